//! `index.html`, as text in which known places are filled.

use std::fs;
use std::io;
use std::path::Path;

use super::assets::Assets;
use super::glue;
use super::split::{LATE, Parts};

/// The page.
pub struct Page {
    text: String,
}

const STYLE: &str = "<link rel=\"stylesheet\" href=\"./";
const MOUNT: &str = "<div id=\"app\"></div>";
const TEXTS: &str = "<meta id=\"texts\" content=\"texts.tsv\">";
const SINGLE_FILE: &str = "<meta id=\"single-file\" content=\"\">";
const VERSION: &str = "data-version=\"\"";

impl Page {
    /// The page that Trunk wrote.
    pub fn read(folder: &Path) -> io::Result<Self> {
        let text = fs::read_to_string(folder.join("index.html"))?;
        let page = Self { text };
        for place in [STYLE, MOUNT, TEXTS, SINGLE_FILE, VERSION] {
            page.position(place)?;
        }
        Ok(page)
    }

    /// The page of a completed site.
    pub fn read_built(folder: &Path) -> io::Result<Self> {
        let text = fs::read_to_string(folder.join("index.html"))?;
        Ok(Self { text })
    }

    /// The files that a browser loads before the page is interactive.
    pub fn files_until_ready(&self) -> Vec<String> {
        let scripts = self
            .text
            .split("<script ")
            .skip(1)
            .filter_map(|tag| tag.split("src=\"./").nth(1));
        let scripts = scripts.filter_map(|rest| rest.split('"').next()).map(str::to_owned);
        let mut files = vec!["index.html".to_owned()];
        files.extend(self.attribute("rel=\"stylesheet\" href=\"./"));
        files.extend(scripts);
        files.extend(self.app_files());
        files
    }

    /// Writes it back.
    pub fn write(&self, folder: &Path) -> io::Result<()> {
        fs::write(folder.join("index.html"), &self.text)
    }

    /// Its text.
    pub fn text(&self) -> &str {
        &self.text
    }

    fn position(&self, place: &str) -> io::Result<usize> {
        let missing = || io::Error::other(format!("index.html has no {place}"));
        self.text.find(place).ok_or_else(missing)
    }

    fn fill(&mut self, place: &str, with: &str) {
        self.text = self.text.replacen(place, with, 1);
    }

    /// Puts all style sheets into one.
    pub fn join_styles(&mut self, assets: &mut Assets) -> io::Result<()> {
        let mut style = String::new();
        let first = self.position(STYLE)?;
        while let Ok(start) = self.position(STYLE) {
            let name_start = start + STYLE.len();
            let rest = &self.text[name_start..];
            let name = rest.split('"').next().unwrap_or_default();
            style += &String::from_utf8(assets.take(name)?).map_err(io::Error::other)?;
            let end = name_start + rest.find('>').map_or(rest.len(), |end| end + 1);
            self.text.replace_range(start..end, "");
        }
        let style = minifier::css::minify(&style).map_err(io::Error::other)?;
        let name = assets.write("style.css", style.to_string().as_bytes())?;
        self.text
            .insert_str(first, &format!("<link rel=\"stylesheet\" href=\"./{name}\">"));
        self.text = self.text.replace("\n\n", "\n");
        Ok(())
    }

    /// Gives the scripts that are not built a hash too.
    pub fn hash_scripts(&mut self, assets: &mut Assets) -> io::Result<()> {
        for script in ["head.js", "boot.js"] {
            let content = String::from_utf8(assets.take(script)?).map_err(io::Error::other)?;
            let content = glue::minified(&content)?;
            let name = assets.write(script, content.as_bytes())?;
            self.position(&format!("src=\"./{script}\""))?;
            self.fill(&format!("src=\"./{script}\""), &format!("src=\"./{name}\""));
        }
        Ok(())
    }

    /// The names of the app's own files: its JavaScript and its WebAssembly.
    pub fn app_files(&self) -> Vec<String> {
        ["data-js=\"./", "data-wasm=\"./"]
            .iter()
            .filter_map(|key| self.attribute(key))
            .collect()
    }

    /// The value after a key, up to the next quote.
    pub fn attribute(&self, key: &str) -> Option<String> {
        let (_, rest) = self.text.split_once(key)?;
        rest.split('"').next().map(str::to_owned)
    }

    /// Puts the parts of the program into the place of the files that Trunk made of the whole; gives the name of the
    /// late module.
    pub fn place_app(&mut self, parts: Parts, assets: &mut Assets) -> io::Result<String> {
        let js = self.attribute("data-js=\"./").unwrap_or_default();
        let wasm = self.attribute("data-wasm=\"./").unwrap_or_default();
        assets.take(&js)?;
        assets.take(&wasm)?;
        let (glue, app) = glue::shrink(&parts.glue, parts.app)?;
        let late = assets.write("late.wasm", &parts.late)?;
        let glue = assets.write("exchange-ports.js", glue.replace(LATE, &late).as_bytes())?;
        let app = assets.write("exchange-ports.wasm", &app)?;
        self.text = self.text.replace(&js, &glue).replace(&wasm, &app);
        Ok(late)
    }

    /// Says where the long texts are.
    pub fn name_texts(&mut self, name: &str) {
        self.fill(TEXTS, &format!("<meta id=\"texts\" content=\"./{name}\">"));
    }

    /// Says how large the site in one file is.
    pub fn offer_single_file(&mut self, bytes: usize) {
        self.fill(SINGLE_FILE, &format!("<meta id=\"single-file\" content=\"{bytes}\">"));
    }

    /// Puts the list into the place of the app.
    pub fn prerender(&mut self, list: &str) {
        self.fill(MOUNT, &format!("<div id=\"app\">{list}</div>"));
    }

    /// Says which build it is.
    pub fn name_version(&mut self, version: &str) {
        self.fill(VERSION, &format!("data-version=\"{version}\""));
    }

    /// Says where it is hosted.
    pub fn name_address(&mut self, address: &str) {
        let head = format!(
            "<link rel=\"canonical\" href=\"{address}\">\n<meta property=\"og:url\" content=\"{address}\">\n</head>"
        );
        self.fill("</head>", &head);
    }
}
