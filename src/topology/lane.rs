//! What one arrow of a drawing stands for.

use crate::catalog::{Flow, Leg, Link, Ports, Set, State, Transport, Version};

/// The most rows of a link that have an arrow each; more share one.
const MOST_ARROWS: usize = 2;

/// Flows of a link that are drawn as one arrow and have one number in the table of a firewall.
#[derive(Clone, Debug)]
pub struct Lane {
    /// The link.
    pub link: &'static Link,
    /// Whether its flows are required; otherwise each depends on something.
    pub is_required: bool,
    /// What flows, at least one row.
    pub rows: Vec<Row>,
}

/// Flows of a lane that use the same ports.
#[derive(Clone, Debug)]
pub struct Row {
    /// The ports; none for transports without.
    pub ports: &'static [Ports],
    /// What carries them.
    pub transports: Set<Transport>,
    /// The flows, in catalogue order.
    pub flows: Vec<&'static Flow>,
}

impl Lane {
    /// The flows of all rows.
    pub fn flows(&self) -> impl Iterator<Item = &'static Flow> {
        self.rows.iter().flat_map(|row| row.flows.iter().copied())
    }

    /// The flows with their legs between the two ends of the link, back again where either side opens them.
    pub fn legs(&self) -> impl Iterator<Item = (&'static Flow, Leg)> {
        let leg = Leg {
            from: self.link.from,
            to: Some(self.link.to),
            reversed: false,
        };
        self.flows().flat_map(move |flow| {
            let back = leg.reversed().filter(|_| flow.opens_both_ways());
            std::iter::once(leg).chain(back).map(move |leg| (flow, leg))
        })
    }
}

/// The lanes of a link in a version: required flows first; none if nothing flows.
pub fn lanes(link: &'static Link, version: Version) -> impl Iterator<Item = Lane> {
    [true, false].into_iter().flat_map(move |is_required| {
        let rows = rows(link, version, is_required);
        let lane = move |rows| Lane {
            link,
            is_required,
            rows,
        };
        let lanes: Vec<Vec<Row>> = match rows.len() {
            0 => Vec::new(),
            1..=MOST_ARROWS => rows.into_iter().map(|row| vec![row]).collect(),
            _ => vec![rows],
        };
        lanes.into_iter().map(lane)
    })
}

fn rows(link: &Link, version: Version, is_required: bool) -> Vec<Row> {
    let wanted = |flow: &&Flow| flow.versions().contains(version) && (flow.state == State::Required) == is_required;
    let mut rows: Vec<Row> = Vec::new();
    for flow in link.flows.iter().copied().filter(wanted) {
        let same = |row: &&mut Row| row.ports == flow.ports && row.transports == flow.transports;
        match rows.iter_mut().find(same) {
            Some(row) => row.flows.push(flow),
            None => rows.push(Row {
                ports: flow.ports,
                transports: flow.transports,
                flows: vec![flow],
            }),
        }
    }
    rows
}
