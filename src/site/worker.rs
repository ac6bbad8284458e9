//! `sw.js`: the service worker, written from the list of built files.

use super::assets::Assets;

/// The text of the worker.
pub fn service_worker(assets: &Assets, version: &str) -> String {
    let names: Vec<String> = assets.names().iter().map(|name| format!("\"./{name}\"")).collect();
    include_str!("sw.js")
        .replace("{version}", version)
        .replace("[\"{assets}\"]", &format!("[{}]", names.join(", ")))
}
