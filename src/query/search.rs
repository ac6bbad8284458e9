//! Which flows a question means, and in which order. `docs/search.md` tells the rules to people.

use super::index::{Distance, Found, Index};
use super::terms::{Known, Term, terms};
use crate::catalog::{Flow, Version, Vocabulary};

/// What puts flows into an order; less comes first, and the parts count in this order.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Rank {
    /// Letters that are wrong in the question.
    errors: u16,
    /// How wide the ranges are that hold a number.
    width: u16,
    /// Words that do not name the flow.
    unnamed: u16,
    /// How many versions are newer than the newest that has the flow; 0 if the question asks for versions.
    age: u16,
    /// How far its words are from the question.
    field: u16,
    /// How far the words are that fit nearly everything.
    vague: u16,
    /// The order in which people ask for flows.
    standing: u16,
}

/// The flows that a question means, the closest first; all in their order if it is empty.
pub fn search(index: &Index, question: &str, asks_versions: bool) -> Vec<&'static Flow> {
    let terms = terms(question, index);
    let asks_versions = asks_versions || terms.iter().any(|term| index.is_version(&term.word));
    let mut distances = vec![Some(Distance::default()); index.flows().len()];
    for term in &terms {
        for (distance, found) in distances.iter_mut().zip(find(index, term).distances) {
            let found = if term.is_vague() {
                Some(Distance::vague(found))
            } else {
                found
            };
            *distance = distance.zip(found).map(|(one, other)| one.and(other));
        }
    }
    let hits = index.flows().iter().zip(distances);
    let mut hits: Vec<(Rank, &'static Flow)> = hits
        .filter_map(|(&flow, distance)| Some((rank(flow, distance?, asks_versions), flow)))
        .collect();
    if !terms.is_empty() {
        hits.sort_unstable_by(|(one, _), (other, _)| one.cmp(other));
    }
    hits.into_iter().map(|(_, flow)| flow).collect()
}

/// The beginnings of words, lower case, and the numbers that a question finds.
pub fn marks(index: &Index, question: &str) -> Vec<String> {
    let terms = terms(question, index);
    terms.iter().flat_map(|term| find(index, term).marks).collect()
}

/// Where a term is found: as ports, as a word, or as either.
fn find(index: &Index, term: &Term) -> Found {
    match term.ports {
        None => index.find_word(&term.word),
        Some(range) if term.word.is_empty() => index.find_ports(range),
        Some(range) => index.find_number(range, &term.word),
    }
}

fn age(flow: &Flow) -> u16 {
    let newer = |version: &&Version| Some(**version) > flow.newest();
    Version::ALL.iter().filter(newer).fold(0, |age, _| age + 1)
}

fn rank(flow: &Flow, distance: Distance, asks_versions: bool) -> Rank {
    Rank {
        errors: distance.errors,
        width: distance.width,
        unnamed: distance.unnamed,
        age: if asks_versions { 0 } else { age(flow) },
        field: distance.field,
        vague: distance.vague,
        standing: flow.standing,
    }
}
