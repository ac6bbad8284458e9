//! Inputs from which fuzzing starts, and those that it found: whatever stands in them, what must hold holds.

#[path = "support/parsers.rs"]
mod parsers;

use std::fs;
use std::path::Path;

use proptest::prelude::*;

fn all(folder: &str, parser: fn(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(folder);
    let files = fs::read_dir(&folder).expect("the folder can be listed");
    let mut count = 0;
    for file in files {
        parser(&fs::read(file.expect("the folder can be listed").path()).expect("a file can be read"));
        count += 1;
    }
    assert!(count > 0, "{} is empty", folder.display());
}

#[test]
fn connections() {
    all("corpus/connections", parsers::connections);
    all("expected/connections", parsers::connections);
}

#[test]
fn links() {
    all("corpus/links", parsers::links);
}

#[test]
fn addresses() {
    all("corpus/addresses", parsers::addresses);
}

#[test]
fn ports() {
    all("corpus/ports", parsers::ports);
}

proptest! {
    #[test]
    fn links_hold_for_any_text(text in any::<String>(), key in "(addr\\.internet|as\\.cloud|pin\\.|port|q|name|from)=") {
        parsers::links(text.as_bytes());
        parsers::links(format!("#/?{key}{text}").as_bytes());
    }

    #[test]
    fn addresses_hold_for_any_text(text in prop_oneof![any::<String>(), "[0-9a-f:./, any%-]{0,40}"]) {
        parsers::addresses(text.as_bytes());
    }

    #[test]
    fn ports_hold_for_any_text(text in prop_oneof![any::<String>(), "(one of )?[0-9]{0,6}-?[0-9]{0,6}"]) {
        parsers::ports(text.as_bytes());
    }
}
