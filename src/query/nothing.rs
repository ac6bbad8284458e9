//! Why nothing is found, and what would be.

use std::ops::Range;

use super::facet::Facet;
use super::filter::Filter;
use super::index::Index;
use super::spelling::errors;
use super::terms::{terms, without};
use crate::catalog::{Flow, PortRange};

/// Why a question finds nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Nothing {
    /// What excludes every flow.
    pub obstacle: Obstacle,
    /// The question without it.
    pub without: Filter,
    /// The flow that is nearest to what was asked.
    pub nearest: Option<&'static Flow>,
}

/// What excludes every flow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Obstacle {
    /// A word or number that no flow has.
    Unknown(String),
    /// A word or number that no flow has that the rest of the question asks for.
    Word(String),
    /// The values of a facet.
    Facet(Facet),
    /// The ports of the filter.
    Ports,
    /// All facets and ports together, and none of them alone.
    Filter,
}

/// Why a question finds nothing. For one that finds something, an answer without meaning.
pub fn nothing(filter: &Filter) -> Nothing {
    let words = words(filter);
    let unknown = words.iter().find(|(word, _)| {
        let alone = Filter {
            words: word.clone(),
            ..Filter::default()
        };
        alone.found().is_empty()
    });
    if let Some((word, without)) = unknown {
        return Nothing {
            obstacle: Obstacle::Unknown(word.clone()),
            nearest: spelled_like(word, without),
            without: without.clone(),
        };
    }
    let words = words.into_iter().map(|(word, without)| (Obstacle::Word(word), without));
    let facets = Facet::ALL.into_iter().filter(|facet| facet.chosen(filter) != 0);
    let facets = facets.map(|facet| {
        let mut without = filter.clone();
        facet.choose(&mut without, 0);
        (Obstacle::Facet(facet), without)
    });
    let ports = (!filter.ports.is_empty()).then(|| {
        let mut without = filter.clone();
        without.ports.clear();
        (Obstacle::Ports, without)
    });
    let single = facets.chain(ports).chain(words).find_map(|(obstacle, without)| {
        let nearest = without.flows().first().copied()?;
        Some(Nothing {
            obstacle,
            without,
            nearest: Some(nearest),
        })
    });
    single.unwrap_or_else(|| {
        let without = Filter {
            words: filter.words.clone(),
            ..Filter::default()
        };
        Nothing {
            obstacle: Obstacle::Filter,
            nearest: without.flows().first().copied(),
            without,
        }
    })
}

/// Each word of a question, and the question without it.
fn words(filter: &Filter) -> Vec<(String, Filter)> {
    let mut pieces: Vec<Range<usize>> = terms(&filter.words, Index::catalogue())
        .into_iter()
        .map(|term| term.pieces)
        .collect();
    pieces.dedup();
    let word = |pieces: &Range<usize>| {
        let all = filter.words.split_whitespace().skip(pieces.start);
        let word: Vec<&str> = all.take(pieces.len()).collect();
        let without = Filter {
            words: without(&filter.words, pieces),
            ..filter.clone()
        };
        (word.join(" "), without)
    };
    pieces.iter().map(word).collect()
}

/// The flow with the word or number that is most like one that no flow has.
fn spelled_like(word: &str, without: &Filter) -> Option<&'static Flow> {
    if let Ok(range) = word.parse() {
        return numbered_like(range, without);
    }
    let letters: String = word.chars().filter(char::is_ascii_alphanumeric).collect();
    let (likely, _) = Index::catalogue().nearest(&letters.to_ascii_lowercase(), letters.len() / 2);
    let found = likely.first().and_then(|likely| {
        let question = Filter {
            words: format!("{likely} {}", without.words),
            ..without.clone()
        };
        question.flows().first().copied()
    });
    found.or_else(|| without.flows().first().copied())
}

/// The flow whose port has the fewest other digits, and of those the closest number.
fn numbered_like(range: PortRange, without: &Filter) -> Option<&'static Flow> {
    let digits = range.first().to_string();
    let flows = without.flows().into_iter();
    flows.min_by_key(|flow| {
        let ports = flow.ports.iter().map(|ports| ports.range.first());
        let unlike = ports.map(|port| {
            let number = port.to_string();
            let slips = errors(&digits, &number, digits.len()).unwrap_or(digits.len());
            (
                slips + number.len().abs_diff(digits.len()),
                port.abs_diff(range.first()),
            )
        });
        unlike.min().unwrap_or((usize::MAX, u16::MAX))
    })
}
