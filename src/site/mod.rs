//! Completes the site that Trunk has built: prerendered pages, one style sheet, hashed files, the service worker, the
//! whole site in one file, the catalogue for other programs, and what a static host wants to know.

mod assets;
mod glue;
mod hosting;
mod page;
mod port_pages;
mod single_file;
mod sizes;
mod split;
mod worker;

use std::fs;
use std::io;
use std::path::Path;

use crate::catalog::texts_file;
use crate::export::{catalog_json, catalog_schema};
use crate::ui::prerender;

pub use sizes::{brotli_bytes, check, sizes};
pub use split::{LATE, Parts, split};

use assets::Assets;
use page::Page;

/// Completes the site in a folder with the parts of the program. With the address under which it will be hosted, the
/// pages name it.
///
/// # Errors
///
/// If a file cannot be read or written, or if `index.html` is not the page that this program knows.
pub fn complete(folder: &Path, parts: Parts, address: Option<&str>) -> io::Result<()> {
    let mut assets = Assets::new(folder);
    let mut page = Page::read(folder)?;
    page.join_styles(&mut assets)?;
    page.hash_scripts(&mut assets)?;
    let late = page.place_app(parts, &mut assets)?;
    page.name_texts(&assets.write("texts.tsv", texts_file().as_bytes())?);
    assets.add(&["icon.svg".to_owned(), "manifest.webmanifest".to_owned()]);

    let single = single_file::write(folder, &page, &late)?;
    page.offer_single_file(single);
    page.prerender(&prerender::list(Some(single)));
    let version = assets.version(page.text());
    page.name_version(&version);
    if let Some(address) = address {
        page.name_address(address);
    }
    port_pages::write(folder, &page, address)?;
    fs::write(folder.join("sw.js"), worker::service_worker(&assets, &version))?;
    page.write(folder)?;

    fs::write(folder.join("catalog.json"), catalog_json())?;
    fs::write(folder.join("catalog.schema.json"), catalog_schema())?;
    hosting::write(folder, &assets, &page, address)
}
