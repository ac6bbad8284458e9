//! What a static host wants to know: headers, robots, the page for addresses that lead nowhere, the site map.

use std::fs;
use std::io;
use std::path::Path;

use super::assets::Assets;
use super::page::Page;
use super::port_pages::ports;

const NOT_FOUND: &str = "<!doctype html>\n\
    <html lang=\"en\">\n\
    <head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
    <title>Not found: exchange-ports</title></head>\n\
    <body>\n\
    <h1>There is nothing at this address</h1>\n\
    <p>Addresses of exchange-ports have a # in them, such as <code>#/port/443</code>. \
    Go to the start page of this site and search there.</p>\n\
    </body>\n\
    </html>\n";

/// Writes the files.
pub fn write(folder: &Path, assets: &Assets, page: &Page, address: Option<&str>) -> io::Result<()> {
    fs::write(folder.join("404.html"), NOT_FOUND)?;
    fs::write(folder.join("_headers"), headers(assets, page))?;
    let sitemap = address
        .map(|address| format!("Sitemap: {address}sitemap.xml\n"))
        .unwrap_or_default();
    fs::write(folder.join("robots.txt"), format!("User-agent: *\nAllow: /\n{sitemap}"))?;
    match address {
        Some(address) => fs::write(folder.join("sitemap.xml"), site_map(address)),
        None => Ok(()),
    }
}

fn headers(assets: &Assets, page: &Page) -> String {
    let csp = page
        .attribute("http-equiv=\"Content-Security-Policy\" content=\"")
        .unwrap_or_default();
    let mut text = format!(
        "/*\n  Content-Security-Policy: {csp}; frame-ancestors *\n  X-Content-Type-Options: nosniff\n  \
         Referrer-Policy: no-referrer\n  Cache-Control: no-cache\n/exchange-ports.html\n  ! Content-Security-Policy\n  \
         Content-Disposition: attachment; filename=\"exchange-ports.html\"\n"
    );
    for name in assets.names().iter().filter(|name| name.contains('-')) {
        text.push_str(&kept_for_ever(name));
    }
    text
}

fn kept_for_ever(name: &str) -> String {
    format!("/{name}\n  ! Cache-Control\n  Cache-Control: public, max-age=31536000, immutable\n")
}

fn site_map(address: &str) -> String {
    let pages = ports().into_iter().map(|number| format!("{address}port/{number}/"));
    let urls = std::iter::once(address.to_owned()).chain(pages);
    let urls = urls.fold(String::new(), |text, url| {
        format!("{text}<url><loc>{url}</loc></url>\n")
    });
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n{urls}</urlset>\n"
    )
}
