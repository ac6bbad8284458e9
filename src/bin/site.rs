//! Completes the site after Trunk has built it, and measures it.
//!
//! Trunk runs it as a hook and names the folder. `site sizes SITE COUNTER` prints the sizes of a built site and of the
//! smallest Yew app, and fails if the site has grown.

use std::path::{Path, PathBuf};
use std::{env, io};

use exchange_ports::site::{check, complete, sizes, split};

fn main() -> io::Result<()> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    if let [command, site, counter] = &arguments[..]
        && command == "sizes"
    {
        let (table, until_ready) = sizes(Path::new(site), Path::new(counter))?;
        print!("{table}");
        return check(until_ready);
    }
    let staging = env::var_os("TRUNK_STAGING_DIR").map(PathBuf::from);
    let folder = staging.ok_or_else(|| io::Error::other("TRUNK_STAGING_DIR must name the folder of the built site"))?;
    let address = env::var("SITE").ok().filter(|address| !address.is_empty());
    complete(&folder, split(&program()?)?, address.as_deref())
}

/// What Cargo linked for the browser: Trunk names the profile, and the target folder is the one of this program.
fn program() -> io::Result<PathBuf> {
    let profile = env::var("TRUNK_PROFILE").map_err(io::Error::other)?;
    let own = env::current_exe()?;
    let target = own.ancestors().nth(2).unwrap_or(&own);
    Ok(target
        .join("wasm32-unknown-unknown")
        .join(profile)
        .join("exchange-ports.wasm"))
}
