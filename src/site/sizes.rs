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

/// The table of a built site, and the brotli bytes until ready.
///
/// # Errors
///
/// If a file cannot be read.
pub fn sizes(folder: &Path) -> io::Result<(String, usize)> {
    let page = Page::read_built(folder)?;
    let mut files = Vec::new();
    for file in fs::read_dir(folder)? {
        let path = file?.path();
        if path.is_file() {
            files.push(measure(&path)?);
        }
    }
    files.sort_by(|a, b| b.brotli.cmp(&a.brotli).then_with(|| a.name.cmp(&b.name)));
    let first = page.files_until_ready();
    let until_ready = files
        .iter()
        .filter(|file| first.contains(&file.name))
        .map(|file| file.brotli)
        .sum();
    let mut lines = vec![line("file", "raw", "gzip", "brotli")];
    lines.extend(
        files
            .iter()
            .map(|file| line(&file.name, file.raw, file.gzip, file.brotli)),
    );
    let text = format!(
        "{}\nuntil ready, brotli: {until_ready} ({})\n",
        lines.concat(),
        first.join(", ")
    );
    Ok((text, until_ready))
}

fn line(name: &str, raw: impl Display, gzip: impl Display, brotli: impl Display) -> String {
    format!("{name:<48} {raw:>9} {gzip:>9} {brotli:>9}\n")
}

fn measure(path: &Path) -> io::Result<Sizes> {
    let content = fs::read(path)?;
    let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
    gzip.write_all(&content)?;
    let mut brotli = Vec::new();
    brotli::CompressorWriter::new(&mut brotli, 4096, 11, 22).write_all(&content)?;
    Ok(Sizes {
        name: path.file_name().unwrap_or_default().to_string_lossy().into_owned(),
        raw: content.len(),
        gzip: gzip.finish()?.len(),
        brotli: brotli.len(),
    })
}
