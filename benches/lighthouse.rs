//! Lighthouse on a phone, over the network that it simulates.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use axum::Router;
use serde_json::Value;
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::runtime::Runtime;
use tower_http::services::ServeDir;

/// Its categories, in the order in which it shows them.
pub const CATEGORIES: [&str; 4] = ["performance", "accessibility", "best-practices", "seo"];

const CHROMIUM: &str = "--chrome-flags=--headless=new --no-sandbox --disable-gpu --no-first-run \
    --disable-background-networking --disable-component-update --disable-sync";

/// Lighthouse, and the site as it looks at it. The server ends with it.
pub struct Lighthouse {
    address: String,
    _runtime: Runtime,
    _site: TempDir,
}

impl Lighthouse {
    pub fn new(site: &Path) -> Self {
        let site = compress(site);
        let runtime = Runtime::new().expect("a runtime starts");
        Self {
            address: runtime.block_on(serve(site.path())),
            _runtime: runtime,
            _site: site,
        }
    }

    /// The scores of a page, in the order of the categories, of 100.
    pub fn scores(&self, page: &str) -> [f64; 4] {
        let address = format!("{}/{page}", self.address);
        let report = run(&address);
        CATEGORIES.map(|category| {
            let score = report["categories"][category]["score"].as_f64();
            100.0 * score.unwrap_or_else(|| panic!("{address}: no score for {category}: {}", report["runtimeError"]))
        })
    }
}

/// A copy of the site with a brotli file beside each file: compressing while Lighthouse looks would count as a slow
/// server.
fn compress(site: &Path) -> TempDir {
    let copy = tempfile::tempdir().expect("a folder can be made");
    for file in files(site) {
        let path = copy.path().join(file.strip_prefix(site).expect("it is in the site"));
        let content = fs::read(&file).expect("the file can be read");
        let mut compressed = Vec::new();
        let parameters = brotli::enc::BrotliEncoderParams {
            // What hosts take that compress each answer.
            quality: 5,
            ..Default::default()
        };
        brotli::BrotliCompress(&mut &content[..], &mut compressed, &parameters).expect("memory can be written");
        fs::create_dir_all(path.parent().expect("it is in a folder")).expect("a folder can be made");
        fs::write(&path, content).expect("the copy can be written");
        fs::write(format!("{}.br", path.display()), compressed).expect("the copy can be written");
    }
    copy
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("the folder can be read");
    let paths = entries.map(|entry| entry.expect("the folder can be read").path());
    paths
        .flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] })
        .collect()
}

async fn serve(folder: &Path) -> String {
    let router = Router::new().fallback_service(ServeDir::new(folder).precompressed_br());
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port is free");
    let address = listener.local_addr().expect("a bound socket has an address");
    tokio::spawn(axum::serve(listener, router).into_future());
    format!("http://{address}")
}

fn run(address: &str) -> Value {
    let output = Command::new("lighthouse")
        // The browser of all other figures, even where there is a Chrome.
        .env("CHROME_PATH", "/usr/bin/chromium")
        .args([
            address,
            "--output=json",
            "--quiet",
            "--no-enable-error-reporting",
            CHROMIUM,
        ])
        .stderr(Stdio::inherit())
        .output()
        .expect("Lighthouse starts; `make bench` installs it");
    serde_json::from_slice(&output.stdout).expect("Lighthouse reports JSON")
}
