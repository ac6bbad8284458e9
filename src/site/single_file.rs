//! `exchange-ports.html`: the whole site in one file that opens from a disk without a network.
//!
//! Everything is inline: the style, the glue as a module script (which imports nothing, so that a page on a disk may
//! run it), the WebAssembly of app and late module compressed and in base64, the long texts. Its content security
//! policy names the hashes.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use flate2::Compression;
use flate2::write::GzEncoder;
use sha2::{Digest, Sha256};

use super::page::Page;
use crate::catalog::{date, texts_file};
use crate::ui::prerender;

/// Takes modules from their elements and starts the app; stands behind the glue, in the same script.
const START: &str = "
async function unpacked(id) {
  const packed = Uint8Array.from(atob(document.getElementById(id).textContent), (c) => c.charCodeAt(0));
  return new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip')));
}
unpacked('app-wasm').then((wasm) => wasm.arrayBuffer()).then((module) => {
  initSync({ module });
  document.documentElement.dataset.offline = 'ready';
});
";

/// Writes the file; gives its size in bytes.
pub fn write(folder: &Path, page: &Page, late: &str) -> io::Result<usize> {
    let read = |key: &str| fs::read_to_string(folder.join(page.attribute(key).unwrap_or_default()));
    let packed = |name: &str| {
        let wasm = fs::read(folder.join(name))?;
        Ok::<String, io::Error>(BASE64_STANDARD.encode(gzip(&wasm)?))
    };
    let style = read("rel=\"stylesheet\" href=\"./")?;
    let head_script = read("<script src=\"./")?;
    let fetched = format!("fetch(new URL(\"./{late}\",import.meta.url))");
    let glue = read("data-js=\"./")?;
    if !glue.contains(&fetched) {
        return Err(io::Error::other(format!("the glue has no {fetched}")));
    }
    let app = glue.replacen(&fetched, "unpacked('late-wasm')", 1) + START;
    let csp = format!(
        "default-src 'none'; script-src '{}' '{}' 'wasm-unsafe-eval'; style-src '{}'; img-src data:; base-uri 'none'; \
         form-action 'none'",
        hash(&head_script),
        hash(&app),
        hash(&style)
    );
    let text = format!(
        "<!doctype html>\n\
         <html lang=\"en\">\n\
         <head>\n\
         <meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{csp}\">\n\
         <title>Exchange Server ports and firewall rules, {}</title>\n\
         <link rel=\"icon\" href=\"data:,\">\n\
         <style>{style}</style>\n\
         <script>{head_script}</script>\n\
         </head>\n\
         <body>\n\
         <div id=\"app\">{}</div>\n\
         <script type=\"text/plain\" id=\"texts\">{}</script>\n\
         <script type=\"text/plain\" id=\"app-wasm\">{}</script>\n\
         <script type=\"text/plain\" id=\"late-wasm\">{}</script>\n\
         <script type=\"module\">{app}</script>\n\
         </body>\n\
         </html>\n",
        date(),
        prerender::list(None),
        texts_file(),
        packed(&page.attribute("data-wasm=\"./").unwrap_or_default())?,
        packed(late)?,
    );
    fs::write(folder.join("exchange-ports.html"), &text)?;
    Ok(text.len())
}

fn hash(text: &str) -> String {
    format!("sha256-{}", BASE64_STANDARD.encode(Sha256::digest(text)))
}

fn gzip(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    encoder.finish()
}
