//! `port/<number>/index.html`: the flows of a port, useful without JavaScript.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::num::NonZeroU16;
use std::path::Path;

use super::page::Page;
use crate::catalog::flows;
use crate::ui::prerender;

/// The ports that have a page: those that a flow names alone.
pub fn ports() -> BTreeSet<NonZeroU16> {
    let ranges = flows().iter().flat_map(|flow| flow.ports).map(|ports| ports.range);
    ranges
        .filter(|range| range.width() == 1)
        .filter_map(|range| NonZeroU16::new(range.first()))
        .collect()
}

/// Writes all pages.
pub fn write(folder: &Path, index: &Page, address: Option<&str>) -> io::Result<()> {
    let csp = index
        .attribute("http-equiv=\"Content-Security-Policy\" content=\"")
        .unwrap_or_default();
    let style = index.attribute("rel=\"stylesheet\" href=\"./").unwrap_or_default();
    for number in ports() {
        let place = folder.join(format!("port/{number}"));
        fs::create_dir_all(&place)?;
        fs::write(place.join("index.html"), page(number, &csp, &style, address))?;
    }
    Ok(())
}

fn page(number: NonZeroU16, csp: &str, style: &str, address: Option<&str>) -> String {
    let canonical = address
        .map(|address| format!("<link rel=\"canonical\" href=\"{address}port/{number}/\">\n"))
        .unwrap_or_default();
    let body = prerender::port(number);
    format!(
        "<!doctype html>\n\
         <html lang=\"en\">\n\
         <head>\n\
         <meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{csp}\">\n\
         <title>Port {number} and Microsoft Exchange Server</title>\n\
         <meta name=\"description\" content=\"What uses port {number} in Exchange Server, 5.5 to SE: from where to \
         where, in which versions, encrypted or not, with sources.\">\n\
         <link rel=\"icon\" href=\"../../icon.svg\" type=\"image/svg+xml\">\n\
         <link rel=\"stylesheet\" href=\"../../{style}\">\n\
         {canonical}\
         </head>\n\
         <body>{body}</body>\n\
         </html>\n"
    )
}
