//! How many bytes a visitor loads: every file raw, gzip and brotli, and the sum until the page is interactive.

use std::fmt::Display;
use std::fs;
use std::io::{self, Write};
use std::path::Path;

use flate2::Compression;
use flate2::write::GzEncoder;

use super::page::Page;

/// A file and its sizes in bytes.
struct Sizes {
    name: String,
    raw: usize,
    gzip: usize,
    brotli: usize,
}

/// The table of a built site, beside the smallest Yew app, and the brotli bytes until ready.
///
/// # Errors
///
/// If a file cannot be read.
pub fn sizes(site: &Path, counter: &Path) -> io::Result<(String, usize)> {
    let page = Page::read_built(site)?;
    let files = measured(site)?;
    let first = page.files_until_ready();
    let until_ready = files
        .iter()
        .filter(|file| first.contains(&file.name))
        .map(|file| file.brotli)
        .sum();
    let counter: usize = measured(counter)?.iter().map(|file| file.brotli).sum();
    let mut lines = vec![line("file", "raw", "gzip", "brotli")];
    lines.extend(
        files
            .iter()
            .map(|file| line(&file.name, file.raw, file.gzip, file.brotli)),
    );
    let text = format!(
        "{}\nuntil ready, brotli: {until_ready} ({})\nYew counter with the same profile, glue and wasm: {counter}\n",
        lines.concat(),
        first.join(", ")
    );
    Ok((text, until_ready))
}

/// The committed figure, and how much more makes a build fail: growth is a decision.
const COMMITTED: &str = include_str!("../../benches/bytes-until-ready");
const GROWTH_PERCENT: usize = 3;

/// Whether a site is no larger than was decided.
///
/// # Errors
///
/// If it is, with both figures and what to do.
pub fn check(until_ready: usize) -> io::Result<()> {
    let committed: usize = COMMITTED.trim().parse().map_err(io::Error::other)?;
    if until_ready * 100 > committed * (100 + GROWTH_PERCENT) {
        return Err(io::Error::other(format!(
            "{until_ready} bytes until ready are more than {GROWTH_PERCENT} % over the {committed} of \
             benches/bytes-until-ready: make it smaller, or decide for the growth and commit the new figure"
        )));
    }
    Ok(())
}

/// The files of a folder, the largest first.
fn measured(folder: &Path) -> io::Result<Vec<Sizes>> {
    let mut files = Vec::new();
    for file in fs::read_dir(folder)? {
        let path = file?.path();
        if path.is_file() {
            files.push(measure(&path)?);
        }
    }
    files.sort_by(|a, b| b.brotli.cmp(&a.brotli).then_with(|| a.name.cmp(&b.name)));
    Ok(files)
}

fn line(name: &str, raw: impl Display, gzip: impl Display, brotli: impl Display) -> String {
    format!("{name:<48} {raw:>9} {gzip:>9} {brotli:>9}\n")
}

/// How many bytes a content has once a host has compressed it as well as brotli can.
///
/// # Errors
///
/// None in practice: it is compressed in memory.
pub fn brotli_bytes(content: &[u8]) -> io::Result<usize> {
    let mut brotli = Vec::new();
    brotli::CompressorWriter::new(&mut brotli, 4096, 11, 22).write_all(content)?;
    Ok(brotli.len())
}

fn measure(path: &Path) -> io::Result<Sizes> {
    let content = fs::read(path)?;
    let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
    gzip.write_all(&content)?;
    Ok(Sizes {
        name: path.file_name().unwrap_or_default().to_string_lossy().into_owned(),
        raw: content.len(),
        gzip: gzip.finish()?.len(),
        brotli: brotli_bytes(&content)?,
    })
}
