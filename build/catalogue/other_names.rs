//! Writes the other names of flows, families and values as tables of search words.

use std::fmt::Write;

use super::emit::in_catalogue_order;
use super::raw::Catalogue;

/// The tables `ALIASES`, `FAMILIES` and `VALUE_WORDS`, as `src/catalog/other_names.rs` describes them.
pub fn tables(catalogue: &Catalogue) -> String {
    let flows = in_catalogue_order(&catalogue.flows).into_iter().enumerate();
    let aliases = flows.filter(|(_, flow)| !flow.aliases.is_empty());
    let aliases = aliases.map(|(position, flow)| format!("({position}, {:?})", words(&flow.aliases)));
    let families = catalogue.families.iter();
    let families = families.map(|family| format!("{:?}", words(&family.value.aliases)));
    let values = catalogue.values.iter().map(|entry| &entry.value);
    let values = values.filter_map(|value| {
        let (facet, index, words) = (&value.facet, value.index()?, words(&value.words));
        Some(format!("({facet:?}, {index}, {words:?})"))
    });
    let mut out = String::new();
    table(&mut out, "ALIASES", "(u16, &str)", aliases.collect());
    table(&mut out, "FAMILIES", "&str", families.collect());
    table(&mut out, "VALUE_WORDS", "(&str, usize, &str)", values.collect());
    out
}

fn table(out: &mut String, name: &str, kind: &str, entries: Vec<String>) {
    let (count, entries) = (entries.len(), entries.join(", "));
    writeln!(out, "pub static {name}: [{kind}; {count}] = [{entries}];").expect("a string can be written");
}

/// Each word once, in letters and digits alone, as the search looks for them.
fn words(names: &[String]) -> String {
    let mut words: Vec<String> = Vec::new();
    for word in names.iter().flat_map(|name| name.split(' ')) {
        let word: String = word.chars().filter(char::is_ascii_alphanumeric).collect();
        if !words.contains(&word) {
            words.push(word);
        }
    }
    words.join(" ")
}
