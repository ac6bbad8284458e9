//! The package cisco-acl reads lists of IOS and NX-OS for IPv4. It lets numbers of ports through that there are not,
//! and unknown words at the end of a line.

use super::support::rules::snippet;
use super::support::selections::{ADDRESSES, SELECTIONS};
use super::tool::{program, run};

/// Our platforms, and what the package calls them.
const PLATFORMS: [(&str, &str); 2] = [("cisco-ios", "ios"), ("cisco-nxos", "nxos")];

fn text(platform: &str, selection: &str) -> String {
    snippet(platform, &format!("#/?{selection}&platform={platform}&{ADDRESSES}")).rules
}

/// The names of the lists that it reads, or what it complains of.
fn read(system: &str, text: &str) -> Result<String, String> {
    let python = program("cisco-acl", "bin/python");
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/vendors/read_lists.py");
    run(&format!("'{python}' '{script}' {system} rules"), text)
}

#[test]
fn the_tool_reads_every_selection() {
    for selection in SELECTIONS {
        for (platform, system) in PLATFORMS {
            let text = text(platform, selection);
            let lists = read(system, &text).unwrap_or_else(|error| panic!("{platform} {selection}: {error}\n{text}"));
            let opened = text.lines().filter(|line| line.starts_with("ip access-list "));
            assert_eq!(lists.lines().count(), opened.count(), "{platform} {selection}");
        }
    }
}

#[test]
fn the_tool_refuses_what_is_broken() {
    for (platform, system) in PLATFORMS {
        let text = text(platform, "version=2019&from=client-lan&to=server-lan");
        assert!(read(system, &text).is_ok_and(|lists| !lists.is_empty()), "{platform}");
        for (word, broken) in [
            (" permit tcp ", " permitt tcp "),
            (" eq ", " eqq "),
            (" 10.1.", " 10.1000."),
        ] {
            assert!(text.contains(word), "{platform}: {word}");
            assert!(
                read(system, &text.replace(word, broken)).is_err(),
                "{platform}: {broken}"
            );
        }
    }
}
