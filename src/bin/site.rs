//! Completes the site after Trunk has built it, and measures it.
//!
//! Trunk runs it as a hook and names the folder. `site sizes SITE COUNTER` prints the sizes of a built site and of the
//! smallest Yew app, and fails if the site has grown.

use std::path::{Path, PathBuf};
use std::{env, io};

use exchange_ports::site::{check, complete, sizes};

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
    // Trunk's environment names the profile; this program lies beside what Cargo linked.
    let profile = env::var("TRUNK_PROFILE").unwrap_or_default();
    let target = env::current_exe()?
        .ancestors()
        .nth(2)
        .map(PathBuf::from)
        .unwrap_or_default();
    let program = target
        .join("wasm32-unknown-unknown")
        .join(profile)
        .join("exchange-ports.wasm");
    complete(&folder, &program, address.as_deref())
}
