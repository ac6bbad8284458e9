//! The answer in short: for each pair of zones, what has to be open.

use super::filter::Filter;
use crate::catalog::{Filtering, Flow, PortRange, PortUse, Set, State, Transport, Zone};

/// What has to be open from one zone to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// Where connections are opened.
    pub from: Zone,
    /// Where they go.
    pub to: Zone,
    /// What at least one required flow uses.
    pub required: Vec<Opened>,
    /// What only other flows use.
    pub optional: Vec<Opened>,
    /// Whether Microsoft does not support filtering some of it.
    pub unsupported: bool,
}

/// Something to open: ports and what carries them, or a protocol without ports.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    /// The ports; `None` for a protocol without ports.
    pub range: Option<PortRange>,
    /// Whether one number out of the range is chosen.
    pub choice: bool,
    /// What carries it.
    pub transports: Set<Transport>,
}

/// The answer for flows, on the legs that the filter chooses; pairs in the order of the zones.
pub fn answer(filter: &Filter, flows: &[&'static Flow]) -> Vec<Answer> {
    let mut answers: Vec<Answer> = Vec::new();
    for flow in flows
        .iter()
        .filter(|flow| !matches!(flow.state, State::NotUsed | State::Local))
    {
        for (from, to) in filter.legs(flow).filter_map(|leg| Some((leg.from, leg.to?))) {
            if !flow.block_from.contains(from) {
                add(row(&mut answers, from, to), flow);
            }
        }
    }
    for answer in &mut answers {
        let required = &answer.required;
        answer
            .optional
            .retain(|opened| !required.iter().any(|needed| covers(needed, opened)));
        answer.required.sort_by_key(sort_key);
        answer.optional.sort_by_key(sort_key);
    }
    answers.sort_by_key(|answer| (answer.from, answer.to));
    answers
}

fn row(answers: &mut Vec<Answer>, from: Zone, to: Zone) -> &mut Answer {
    let index = answers
        .iter()
        .position(|answer| (answer.from, answer.to) == (from, to))
        .unwrap_or_else(|| {
            answers.push(Answer {
                from,
                to,
                required: Vec::new(),
                optional: Vec::new(),
                unsupported: false,
            });
            answers.len() - 1
        });
    &mut answers[index]
}

fn add(answer: &mut Answer, flow: &Flow) {
    answer.unsupported |= flow.filtering == Filtering::Unsupported;
    let list = if flow.state == State::Required {
        &mut answer.required
    } else {
        &mut answer.optional
    };
    for opened in opened(flow) {
        let same = list
            .iter_mut()
            .find(|known| (known.range, known.choice) == (opened.range, opened.choice));
        match same {
            Some(known) => known.transports = known.transports.union(opened.transports),
            None => list.push(opened),
        }
    }
}

fn opened(flow: &Flow) -> Vec<Opened> {
    let (with_ports, without): (Vec<Transport>, Vec<Transport>) =
        flow.transports.iter().partition(|transport| transport.has_ports());
    let ports = flow.ports.iter().map(|ports| Opened {
        range: Some(ports.range),
        choice: ports.usage == PortUse::Choice,
        transports: with_ports.iter().copied().collect(),
    });
    let protocols = without.iter().map(|&transport| Opened {
        range: None,
        choice: false,
        transports: Set::EMPTY.with(transport),
    });
    ports.chain(protocols).collect()
}

fn covers(needed: &Opened, opened: &Opened) -> bool {
    (needed.range, needed.choice) == (opened.range, opened.choice)
        && needed.transports.union(opened.transports) == needed.transports
}

/// Single ports first, then narrow ranges, then wide ones and protocols without ports.
fn sort_key(opened: &Opened) -> (bool, bool, u16) {
    let width = opened.range.map_or(u16::MAX, PortRange::width);
    (
        opened.range.is_none(),
        width >= 1000,
        opened.range.map_or(0, PortRange::first),
    )
}
