//! The answer in short: for each pair of zones, what has to be open.

use super::filter::Filter;
use crate::catalog::{Filtering, Flow, Leg, PortRange, PortUse, Set, State, Transport, Zone};

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

impl Opened {
    /// What a flow needs to have open.
    pub(crate) fn by(flow: &Flow) -> Vec<Self> {
        let (with_ports, without): (Vec<Transport>, Vec<Transport>) =
            flow.transports.iter().partition(|transport| transport.has_ports());
        let ports = flow.ports.iter().map(|ports| Self {
            range: Some(ports.range),
            choice: ports.usage == PortUse::Choice,
            transports: with_ports.iter().copied().collect(),
        });
        let protocols = without.iter().map(|&transport| Self {
            range: None,
            choice: false,
            transports: Set::EMPTY.with(transport),
        });
        ports.chain(protocols).collect()
    }

    /// Single ports first, then narrow ranges, then wide ones and protocols without ports.
    pub(crate) fn sort_key(&self) -> (bool, bool, u16) {
        let width = self.range.map_or(u16::MAX, PortRange::width);
        (
            self.range.is_none(),
            width >= 1000,
            self.range.map_or(0, PortRange::first),
        )
    }
}

/// The answer for flows, on the legs that the filter chooses; pairs in the order of the zones.
pub fn answer(filter: &Filter, flows: &[&'static Flow]) -> Vec<Answer> {
    let mut answers: Vec<Answer> = Vec::new();
    for flow in flows {
        for (leg, to) in opened_legs(filter, flow) {
            add(row(&mut answers, leg.from, to), flow);
        }
    }
    for answer in &mut answers {
        let required = &answer.required;
        answer
            .optional
            .retain(|opened| !required.iter().any(|needed| covers(needed, opened)));
        answer.required.sort_by_key(Opened::sort_key);
        answer.optional.sort_by_key(Opened::sort_key);
    }
    answers.sort_by_key(|answer| (answer.from, answer.to));
    answers
}

/// The legs of a flow that are asked for and may be opened, each with the zone in which it ends.
pub(crate) fn opened_legs(filter: &Filter, flow: &'static Flow) -> impl Iterator<Item = (Leg, Zone)> {
    let is_opened = !matches!(flow.state, State::NotUsed | State::Local);
    let legs = filter.legs(flow).filter_map(|leg| Some((leg, leg.to?)));
    legs.filter(move |(leg, _)| is_opened && !flow.block_from.contains(leg.from))
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
    for opened in Opened::by(flow) {
        let same = list
            .iter_mut()
            .find(|known| (known.range, known.choice) == (opened.range, opened.choice));
        match same {
            Some(known) => known.transports = known.transports.union(opened.transports),
            None => list.push(opened),
        }
    }
}

fn covers(needed: &Opened, opened: &Opened) -> bool {
    (needed.range, needed.choice) == (opened.range, opened.choice)
        && needed.transports.union(opened.transports) == needed.transports
}
