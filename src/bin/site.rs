//! Completes the site after Trunk has built it: writes the catalogue for other programs.
//!
//! Trunk runs it as a hook and names the folder.

use std::path::PathBuf;
use std::{env, fs, io};

use exchange_ports::export::{catalog_json, catalog_schema};

fn main() -> io::Result<()> {
    let staging = env::var_os("TRUNK_STAGING_DIR").map(PathBuf::from);
    let site = staging.ok_or_else(|| io::Error::other("TRUNK_STAGING_DIR must name the folder of the built site"))?;
    fs::write(site.join("catalog.json"), catalog_json())?;
    fs::write(site.join("catalog.schema.json"), catalog_schema())
}
