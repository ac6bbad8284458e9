//! The files of the built site, as they lie in its folder.
//!
//! `make test` builds the site and names its folder in `EXCHANGE_PORTS_SITE`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::{env, fs};

use exchange_ports::catalog::{flows, texts_file};
use exchange_ports::site::{LATE, Parts, complete};
use tempfile::{TempDir, tempdir};

/// Every file, by its path from the folder.
type Files = BTreeMap<String, Vec<u8>>;

fn built() -> Files {
    let folder = env::var_os("EXCHANGE_PORTS_SITE").map(PathBuf::from);
    let is_built = |folder: &PathBuf| folder.join("index.html").is_file();
    let folder = folder
        .filter(is_built)
        .expect("EXCHANGE_PORTS_SITE names no built site; run `make test`, which builds it");
    files(&folder)
}

fn files(folder: &Path) -> Files {
    let mut found = Files::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).expect("the folder can be read") {
            let path = entry.expect("the folder can be read").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).expect("it lies in the folder");
                let name = name.to_str().expect("names are ASCII").to_owned();
                found.insert(name, fs::read(path).expect("the file can be read"));
            }
        }
    }
    found
}

fn text<'a>(files: &'a Files, name: &str) -> &'a str {
    let content = files.get(name).unwrap_or_else(|| panic!("{name} is missing"));
    str::from_utf8(content).expect("a text")
}

/// Everything that stands between two texts, each time.
fn all_between<'a>(text: &'a str, start: &str, end: &str) -> Vec<&'a str> {
    let after = text.split(start).skip(1);
    after
        .filter_map(|rest| rest.split_once(end))
        .map(|(value, _)| value)
        .collect()
}

fn between<'a>(text: &'a str, start: &str, end: &str) -> &'a str {
    let found = all_between(text, start, end);
    let [value] = found[..] else {
        panic!("“{start}…{end}” is to be there once, not {} times", found.len())
    };
    value
}

const FIXED: [&str; 10] = [
    "404.html",
    "_headers",
    "catalog.json",
    "catalog.schema.json",
    "exchange-ports.html",
    "icon.svg",
    "index.html",
    "manifest.webmanifest",
    "robots.txt",
    "sw.js",
];

/// What stands before and after the hash in the name of each hashed file.
const HASHED: [(&str, &str); 7] = [
    ("boot-", ".js"),
    ("exchange-ports-", ".js"),
    ("exchange-ports-", ".wasm"),
    ("head-", ".js"),
    ("style-", ".css"),
    ("texts-", ".tsv"),
    ("late-", ".wasm"),
];

/// The names of hashed files, in the order of [`HASHED`]; each is there once.
fn hashed(files: &Files) -> Vec<&str> {
    let is_hash = |text: &str| text.len() == 16 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    let name = |(start, end): (&str, &str)| {
        let hash = |name: &str| name.strip_prefix(start)?.strip_suffix(end).map(is_hash);
        let found: Vec<&str> = files
            .keys()
            .map(String::as_str)
            .filter(|name| hash(name) == Some(true))
            .collect();
        let [name] = found[..] else {
            panic!("{start}…{end} is to be there once, not as {found:?}")
        };
        name
    };
    HASHED.into_iter().map(name).collect()
}

#[test]
fn there_is_every_promised_file_and_no_other() {
    let files = built();
    let ranges = flows().iter().flat_map(|flow| flow.ports).map(|ports| ports.range);
    let ports = ranges.filter(|range| range.first() == range.last());
    let mut expected: BTreeSet<String> = ports.map(|port| format!("port/{}/index.html", port.first())).collect();
    expected.extend(FIXED.map(str::to_owned));
    expected.extend(hashed(&files).into_iter().map(str::to_owned));
    assert_eq!(files.keys().cloned().collect::<BTreeSet<String>>(), expected);
    for (name, content) in &files {
        assert!(!content.is_empty(), "{name} is empty");
    }
}

#[test]
fn no_file_knows_the_machine_that_built_it() {
    let mut secrets: BTreeSet<String> = ["/rustc/", ".cargo/", ".rustup/", "registry/src", "/target/"]
        .map(str::to_owned)
        .into();
    let folder = env::current_dir().expect("a current directory");
    secrets.insert(folder.display().to_string());
    secrets.insert(env!("CARGO_MANIFEST_DIR").to_owned());
    for name in ["HOME", "CARGO_HOME", "CARGO_TARGET_DIR", "EXCHANGE_PORTS_SITE"] {
        // A home at the root of the machine gives nothing away.
        secrets.extend(env::var(name).ok().filter(|path| path.len() > 1));
    }
    for (name, content) in built() {
        for secret in &secrets {
            assert!(!contains(&content, secret), "{name} contains {secret}");
        }
    }
}

fn contains(content: &[u8], text: &str) -> bool {
    content.windows(text.len()).any(|window| window == text.as_bytes())
}

#[test]
fn without_a_site_address_no_file_knows_where_it_is_hosted() {
    let files = built();
    let mut known: BTreeSet<&str> = ["www.w3.org", "json-schema.org"].into();
    // What the texts of the catalogue name is theirs.
    known.extend(hosts(texts_file()));
    for (name, content) in &files {
        let text = String::from_utf8_lossy(content);
        let foreign: Vec<&str> = hosts(&text).filter(|host| !known.contains(host)).collect();
        assert!(foreign.is_empty(), "{name} names {foreign:?}");
    }
    for name in ["index.html", "port/443/index.html"] {
        let text = text(&files, name);
        assert!(!text.contains("canonical") && !text.contains("og:url"), "{name}");
    }
    assert_eq!(text(&files, "robots.txt"), "User-agent: *\nAllow: /\n");
}

fn hosts(text: &str) -> impl Iterator<Item = &str> {
    let is_host = |letter: char| letter.is_ascii_alphanumeric() || ".-:".contains(letter);
    let after = ["http://", "https://"]
        .into_iter()
        .flat_map(|scheme| text.split(scheme).skip(1));
    let hosts = after.map(move |rest| rest.split(|letter| !is_host(letter)).next().unwrap_or_default());
    hosts.filter(|host| !host.is_empty())
}

#[test]
fn the_page_runs_no_inline_code_and_asks_no_one_else() {
    let files = built();
    let policy = between(
        text(&files, "index.html"),
        "\"Content-Security-Policy\" content=\"",
        "\"",
    );
    assert!(policy.starts_with("default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; "));
    for loose in ["unsafe-inline", "'unsafe-eval'", "*", "http", "blob:"] {
        assert!(!policy.contains(loose), "{policy}");
    }
    for (name, content) in &files {
        let is_page = name == "index.html" || name.starts_with("port/");
        if is_page {
            let text = str::from_utf8(content).expect("a text");
            assert_eq!(
                between(text, "\"Content-Security-Policy\" content=\"", "\""),
                policy,
                "{name}"
            );
        }
    }
    let headers = text(&files, "_headers");
    assert!(
        headers.contains(&format!("/*\n  Content-Security-Policy: {policy};")),
        "{headers}"
    );
}

#[test]
fn the_service_worker_keeps_exactly_what_the_page_needs() {
    let files = built();
    let (page, worker) = (text(&files, "index.html"), text(&files, "sw.js"));
    let kept: BTreeSet<&str> = between(worker, "const ASSETS = [", "];")
        .split(", ")
        .map(|name| name.trim_matches('"').trim_start_matches("./"))
        .collect();
    let mut needed: BTreeSet<&str> = all_between(page, "\"./", "\"").into_iter().collect();
    // The script of the app names its late module.
    let script = hashed(&files)[1];
    let named = all_between(text(&files, script), "\"./", "\"");
    needed.extend(named.into_iter().filter(|name| name.starts_with("late-")));
    assert_eq!(kept, needed);
    for name in &kept {
        assert!(files.contains_key(*name), "{name} is kept, but is not there");
    }
    for name in hashed(&files) {
        assert!(needed.remove(name), "nobody needs {name}");
    }
    assert_eq!(needed, ["icon.svg", "manifest.webmanifest"].into());
    assert_eq!(
        between(worker, "const VERSION = \"", "\""),
        between(page, "data-version=\"", "\"")
    );
}

#[test]
fn hashed_files_are_kept_for_ever_and_nothing_else_is() {
    let files = built();
    let headers = text(&files, "_headers");
    let mut for_ever = BTreeSet::new();
    for rule in headers.split("\n/") {
        let (path, lines) = rule.split_once('\n').expect("a path, then its headers");
        if lines.contains("immutable") {
            assert!(
                lines.contains("! Cache-Control\n"),
                "the rule for all would stay: {lines}"
            );
            assert!(lines.contains("max-age=31536000"), "{lines}");
            for_ever.insert(path);
        }
    }
    assert_eq!(for_ever, hashed(&files).into_iter().collect());
    let for_all = headers.split("\n/").next().unwrap_or_default();
    assert!(for_all.starts_with("/*\n"), "{for_all}");
    assert!(for_all.contains("\n  Cache-Control: no-cache"), "{for_all}");
}

#[test]
fn the_site_in_one_file_is_sent_as_an_attachment() {
    let files = built();
    let headers = text(&files, "_headers");
    let rule = between(headers, "\n/exchange-ports.html\n", "\n/");
    assert!(
        rule.contains("Content-Disposition: attachment; filename=\"exchange-ports.html\""),
        "{rule}"
    );
    // Its own policy names its hashes; that of the site would forbid them.
    assert!(rule.contains("! Content-Security-Policy"), "{rule}");
    let bytes = between(text(&files, "index.html"), "<meta id=\"single-file\" content=\"", "\"");
    assert_eq!(bytes, files["exchange-ports.html"].len().to_string());
}

#[test]
fn the_page_for_unknown_addresses_needs_no_other_file() {
    let files = built();
    let page = text(&files, "404.html");
    for asset in ["src=", "href=", "<script", "<style", "url("] {
        assert!(!page.contains(asset), "{asset}: {page}");
    }
    assert_eq!(between(page, "<h1>", "</h1>"), "There is nothing at this address");
}

#[test]
fn with_a_site_address_the_pages_and_the_site_map_name_it() {
    let address = "https://ports.example/exchange/";
    let site = completed(Some(address));
    let files = files(site.path());
    for (name, place) in [("index.html", ""), ("port/443/index.html", "port/443/")] {
        let canonical = format!("<link rel=\"canonical\" href=\"{address}{place}\">");
        assert!(text(&files, name).contains(&canonical), "{name}");
    }
    assert_eq!(
        between(text(&files, "index.html"), "property=\"og:url\" content=\"", "\""),
        address
    );
    assert!(text(&files, "robots.txt").contains(&format!("Sitemap: {address}sitemap.xml\n")));
    let mapped: BTreeSet<&str> = all_between(text(&files, "sitemap.xml"), "<loc>", "</loc>")
        .into_iter()
        .collect();
    let pages = files.keys().filter_map(|name| name.strip_suffix("index.html"));
    let pages: Vec<String> = pages.map(|place| format!("{address}{place}")).collect();
    assert_eq!(mapped, pages.iter().map(String::as_str).collect());
}

#[test]
fn the_same_build_in_another_folder_is_the_same_to_the_last_byte() {
    let (one, other) = (completed(None), completed(None));
    let (one, other) = (files(one.path()), files(other.path()));
    assert_eq!(one.keys().collect::<Vec<_>>(), other.keys().collect::<Vec<_>>());
    for (name, content) in one {
        assert!(content == other[&name], "{name} differs");
    }
}

/// A site that is completed from as little as Trunk could have built.
fn completed(address: Option<&str>) -> TempDir {
    let folder = tempdir().expect("a folder");
    let page = "<!doctype html>\n<html lang=\"en\">\n<head>\n\
        <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'\">\n\
        <meta id=\"texts\" content=\"texts.tsv\">\n\
        <meta id=\"single-file\" content=\"\">\n\
        <link rel=\"stylesheet\" href=\"./one.css\"/>\n\
        <link rel=\"stylesheet\" href=\"./two.css\"/>\n\
        <script src=\"./head.js\"></script>\n\
        <script defer src=\"./boot.js\" data-js=\"./app.js\" data-wasm=\"./app_bg.wasm\" \
        data-version=\"\"></script>\n\
        </head>\n<body>\n<div id=\"app\"></div>\n</body>\n</html>\n";
    for (name, content) in [
        ("index.html", page),
        ("one.css", "a {}\n"),
        ("two.css", "b {}\n"),
        ("head.js", "1;\n"),
        ("boot.js", "2;\n"),
        ("app.js", "3;\n"),
        ("app_bg.wasm", "4"),
        ("icon.svg", "5"),
        ("manifest.webmanifest", "{}"),
    ] {
        fs::write(folder.path().join(name), content).expect("the file can be written");
    }
    let parts = Parts {
        glue: format!("fetch(new URL(\"./{LATE}\",import.meta.url));\n"),
        app: vec![6],
        late: vec![7],
    };
    complete(folder.path(), parts, address).expect("the site is completed");
    folder
}
