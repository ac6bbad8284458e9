//! Samples of what each tool writes, by version, language and encoding. Beside each stands what is read in it;
//! `UPDATE_EXPECT=1` writes that anew, for people to review.

use std::fs;
use std::path::PathBuf;

use exchange_ports::connections::{Format, decode};
use expect_test::expect_file;

use super::{shown, table, table_as};

fn folder() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/expected/connections"))
}

/// Each sample by its name.
pub fn samples() -> Vec<(String, Vec<u8>)> {
    let files = fs::read_dir(folder()).expect("the samples can be listed");
    let paths = files.map(|file| file.expect("the samples can be listed").path());
    let mut samples: Vec<(String, Vec<u8>)> = paths
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
        .map(|path| {
            let name = path.file_stem().expect("a sample has a name").to_string_lossy();
            (name.into_owned(), fs::read(&path).expect("a sample can be read"))
        })
        .collect();
    samples.sort();
    samples
}

/// The text of a sample.
pub fn sample(name: &str) -> String {
    decode(&fs::read(folder().join(format!("{name}.txt"))).expect("the sample is there"))
}

#[test]
fn every_sample_is_read_as_reviewed() {
    let samples = samples();
    assert!(samples.len() >= 25, "{}", samples.len());
    for (name, bytes) in samples {
        let rows = shown(&table(&decode(&bytes)));
        expect_file![folder().join(format!("{name}.rows"))].assert_eq(&rows);
    }
}

#[test]
fn the_names_of_samples_tell_the_format_that_is_recognised() {
    let formats = [
        ("linux-netstat", Format::LinuxNetstat),
        ("ss-", Format::Ss),
        ("windows-2", Format::WindowsNetstat),
        ("half-broken", Format::WindowsNetstat),
    ];
    let by_word = [
        ("csv", Format::PowerShellCsv),
        ("list", Format::PowerShellList),
        ("table", Format::PowerShellTable),
        ("autosize", Format::PowerShellTable),
        ("rows-only", Format::PowerShellTable),
    ];
    for (name, bytes) in samples() {
        let by_beginning = formats.iter().find(|(beginning, _)| name.starts_with(beginning));
        let powershell = name.starts_with("powershell");
        let by_word = by_word.iter().find(|(word, _)| powershell && name.contains(word));
        if let Some((_, format)) = by_beginning.or(by_word) {
            assert_eq!(table(&decode(&bytes)).format, Some(*format), "{name}");
        }
    }
}

#[test]
fn one_can_choose_the_format_that_is_recognised_and_no_other() {
    for (name, bytes) in samples() {
        let text = decode(&bytes);
        let recognised = table(&text);
        let Some(format) = recognised.format else { continue };
        // Rows without headings are known by their shape only, and two tables in one text may differ.
        assert_eq!(table_as(&text, Some(format)).rows, recognised.rows, "{name}");
        for other in Format::ALL.into_iter().filter(|other| *other != format) {
            assert!(table_as(&text, Some(other)).rows.is_empty(), "{name} as {other:?}");
        }
    }
}

#[test]
fn languages_and_code_pages_are_read_alike() {
    let rows = |name: &str| table(&sample(name)).rows;
    let english = rows("windows-2019-netstat-ano");
    assert_eq!(english.len(), 19);
    for name in [
        "windows-2019-netstat-ano-german",
        "windows-2016-netstat-ano-french",
        "windows-2012r2-netstat-ano-spanish",
        "windows-2019-netstat-ano-russian",
        "windows-2008r2-netstat-ano-german-cp850",
        "windows-2012r2-netstat-ano-russian-cp866",
        "windows-2016-netstat-ano-utf16le",
        "windows-2016-netstat-ano-german-utf16be",
    ] {
        assert_eq!(rows(name), english, "{name}");
        assert_eq!(table(&sample(name)).unread, [], "{name}");
    }
}
