//! Other names of flows, families and values, as words that the search looks for: lower case, letters and digits alone,
//! separated by spaces.

use super::flow::Flow;
use super::tables;

/// The words of a flow's own other names.
pub fn aliases(flow: &Flow) -> &'static str {
    let own = tables::ALIASES.iter().find(|(position, _)| *position == flow.position);
    own.map_or("", |&(_, words)| words)
}

/// The words of the other names of a flow's family.
pub fn family_aliases(flow: &Flow) -> &'static str {
    tables::FAMILIES[usize::from(flow.family)]
}

/// The words of other names of values: the key of the facet, the place of the value in its vocabulary, the words.
pub fn value_words() -> &'static [(&'static str, usize, &'static str)] {
    &tables::VALUE_WORDS
}
