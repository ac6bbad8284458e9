//! What the search box proposes: values of facets, ports and flows.

use super::facet::Facet;
use super::filter::Filter;
use super::terms::without;
use crate::catalog::{Flow, PortRange, flows, value_words};

/// Something to choose in place of the last words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    /// What is chosen.
    pub choice: Choice,
    /// What is asked then.
    pub filter: Filter,
}

/// What a completion chooses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choice {
    /// A value of a facet: its place in [`Facet::words`].
    Value(Facet, usize),
    /// A port.
    Port(PortRange),
    /// A flow, on its page.
    Flow(&'static Flow),
}

/// Facets whose values are proposed. `from` and `to` have the values of `zone`, which holds for either end.
const FACETS: [Facet; 6] = [
    Facet::Version,
    Facet::Role,
    Facet::Zone,
    Facet::Transport,
    Facet::Encryption,
    Facet::State,
];

/// How many of each kind are proposed at most.
const MOST: usize = 4;

/// How many of the last words can be one value.
const LONGEST: usize = 3;

/// What to propose for the words of a filter, which finds these flows. Only what leaves a flow.
pub fn completions(filter: &Filter, found: &[&'static Flow]) -> Vec<Completion> {
    let pieces = filter.words.split_whitespace().count();
    let mut completions = Vec::new();
    for count in (1..=pieces.min(LONGEST)).rev() {
        let last = pieces - count..pieces;
        let typed: Vec<&str> = filter.words.split_whitespace().skip(last.start).collect();
        let rest = Filter {
            words: without(&filter.words, &last),
            ..filter.clone()
        };
        let values = values(&typed.join(" ").to_ascii_lowercase(), &rest);
        if !values.is_empty() {
            completions = values;
            break;
        }
    }
    if let Some(last) = filter.words.split_whitespace().next_back() {
        let rest = Filter {
            words: without(&filter.words, &(pieces - 1..pieces)),
            ..filter.clone()
        };
        completions.extend(ports(last, &rest));
        let flows = found.iter().take(MOST).map(|flow| Completion {
            choice: Choice::Flow(flow),
            filter: filter.clone(),
        });
        completions.extend(flows);
    }
    completions
}

/// The values that begin so, or of which another name does.
fn values(typed: &str, rest: &Filter) -> Vec<Completion> {
    let facets = FACETS.into_iter().flat_map(|facet| {
        let words = facet.words().iter().enumerate();
        words.map(move |(index, word)| (facet, index, word))
    });
    let fitting = facets.filter(|(facet, index, word)| {
        let others = value_words().iter();
        let mut others = others.filter(|(key, place, _)| (*key, place) == (facet.key(), index));
        facet.chosen(rest) & (1 << index) == 0
            && (begins(word.title, typed)
                || word.slug.starts_with(typed)
                || others.any(|(_, _, words)| words.split(' ').any(|word| word == typed)))
    });
    let chosen = fitting.filter_map(|(facet, index, _)| {
        let mut filter = rest.clone();
        facet.choose(&mut filter, facet.chosen(rest) | 1 << index);
        let finds = !filter.flows().is_empty();
        finds.then_some(Completion {
            choice: Choice::Value(facet, index),
            filter,
        })
    });
    chosen.take(MOST).collect()
}

fn begins(title: &str, typed: &str) -> bool {
    let beginning = title.as_bytes().get(..typed.len());
    beginning.is_some_and(|beginning| beginning.eq_ignore_ascii_case(typed.as_bytes()))
}

/// The ports whose numbers begin so, ascending.
fn ports(typed: &str, rest: &Filter) -> Vec<Completion> {
    if !typed.bytes().all(|byte| byte.is_ascii_digit()) {
        return Vec::new();
    }
    let ranges = flows().iter().flat_map(|flow| flow.ports).map(|ports| ports.range);
    let mut numbers: Vec<PortRange> = ranges
        .filter(|range| range.width() == 1 && range.to_string().starts_with(typed))
        .collect();
    numbers.sort_unstable();
    numbers.dedup();
    let chosen = numbers.into_iter().filter_map(|range| {
        let filter = Filter {
            ports: vec![range],
            ..rest.clone()
        };
        let finds = !filter.flows().is_empty();
        finds.then_some(Completion {
            choice: Choice::Port(range),
            filter,
        })
    });
    chosen.take(MOST).collect()
}
