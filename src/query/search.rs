//! Words and numbers in the search box. All must be found, each in any field.

use std::sync::LazyLock;

use crate::catalog::{Flow, PortRange, Set, Vocabulary, flows};

/// Whether every word of a question is found in a flow; no word is found in all.
pub fn finds(question: &str, flow: &Flow) -> bool {
    question.split_whitespace().all(|word| finds_word(word, flow))
}

/// A number or range finds the ports that it meets; every word finds the beginnings of words.
fn finds_word(word: &str, flow: &Flow) -> bool {
    let ports: Option<PortRange> = word.parse().ok();
    ports.is_some_and(|range| flow.uses(range))
        || begins_a_word(&TEXTS[usize::from(flow.position)], &word.to_ascii_lowercase())
}

/// The searchable text of each flow, lower case, in catalogue order. The catalogue is English: case beyond ASCII would
/// only add tables to the app.
static TEXTS: LazyLock<Vec<String>> = LazyLock::new(|| flows().iter().map(text).collect());

fn text(flow: &Flow) -> String {
    let mut parts = vec![flow.id, flow.service(), flow.purpose()];
    parts.extend(titles(flow.versions()));
    parts.extend(titles(flow.transports));
    for end in [&flow.from, &flow.to] {
        parts.extend(titles(end.roles));
        parts.extend(titles(end.zones));
    }
    parts.join("\n").to_ascii_lowercase()
}

fn titles<T: Vocabulary>(values: Set<T>) -> impl Iterator<Item = &'static str> {
    values.iter().map(T::title)
}

fn begins_a_word(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        before.is_none_or(|letter| !letter.is_ascii_alphanumeric())
    })
}
