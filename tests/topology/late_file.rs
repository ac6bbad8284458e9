//! Deployments in the file of long texts.

use exchange_ports::catalog::{load_texts, texts, texts_file};
use proptest::prelude::*;

/// What is loaded first counts, so that a broken file cannot replace the texts of the other tests.
fn loads(file: String) -> bool {
    assert!(texts().is_some());
    load_texts(file)
}

#[test]
fn the_file_that_was_built_is_taken() {
    assert!(loads(texts_file().to_owned()));
}

#[test]
fn a_word_that_is_none_is_refused() {
    for (old, new) in [
        ("machine itself\toutdated\t", "machine itself\tfine\t"),
        ("zone\tinternet\t", "zone\tmoon\t"),
        ("wall\touter\t1", "wall\tfence\t1"),
        ("wall\touter\t1", "wall\touter\tone"),
        ("link\tinternet\t", "link\tmoon\t"),
        ("\t6005-59530\t", "\t59530-6005\t"),
        ("link\tserver-lan\tinternet\t", "link\tserver-lan\tinternet\t9999,"),
    ] {
        let file = texts_file();
        assert!(file.contains(old), "the file has no {old:?}");
        assert!(!loads(file.replacen(old, new, 1)), "{new:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Most records are longer than what is read of them is wide, so that the place is chosen among deployments.
    #[test]
    fn a_file_with_one_record_cut_short_never_panics(line in 0..400_usize, fields in 0..7_usize) {
        let deployments = |line: &&str| {
            ["deployment\t", "article\t", "zone\t", "wall\t", "link\t"].iter().any(|kind| line.starts_with(kind))
        };
        let places: Vec<usize> = texts_file()
            .lines()
            .enumerate()
            .filter(|(_, line)| deployments(line))
            .map(|(place, _)| place)
            .collect();
        let cut = places[line % places.len()];
        let mut whole = true;
        let lines: Vec<String> = texts_file()
            .lines()
            .enumerate()
            .map(|(place, line)| {
                let all = line.split('\t').count();
                let kept: Vec<&str> = line.split('\t').take(if place == cut { fields } else { all }).collect();
                whole &= kept.len() == all;
                kept.join("\t")
            })
            .collect();
        // A record without any field is an empty line, which belongs to no kind; then a deployment may be missing.
        prop_assume!(fields > 0);
        prop_assert_eq!(loads(lines.join("\n") + "\n"), whole);
    }
}
