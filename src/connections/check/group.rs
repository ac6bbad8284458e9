//! Rows that are the same but for their other ends.

use super::finding::Severity;
use super::peer::Peer;
use super::rows::Rows;
use crate::catalog::{Flow, Transport};

/// Who opens a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Way {
    /// Nobody yet: this machine listens.
    Listens,
    /// The other end: it is connected to a port on which this machine listens.
    Inbound,
    /// This machine.
    Outbound,
}

impl Way {
    /// Every way.
    pub const ALL: [Self; 3] = [Self::Listens, Self::Inbound, Self::Outbound];

    /// What people read.
    pub fn title(self) -> &'static str {
        match self {
            Self::Listens => "listens",
            Self::Inbound => "inbound",
            Self::Outbound => "outbound",
        }
    }
}

/// What the catalogue says of a port.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum What {
    /// The plan pins it.
    Planned,
    /// Flows of this machine name it.
    Named,
    /// Flows name it, but for other machines.
    Elsewhere,
    /// It lies in a dynamic range of the version.
    Dynamic,
    /// No flow of the version names it.
    Unnamed,
}

impl What {
    /// What people read.
    pub fn title(self) -> &'static str {
        match self {
            Self::Planned => "static port of the plan",
            Self::Named => "in the catalogue",
            Self::Elsewhere => "in the catalogue, for other machines",
            Self::Dynamic => "in the dynamic range",
            Self::Unnamed => "not in the catalogue",
        }
    }
}

/// Rows of one way, transport and port.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// Who opens the connection.
    pub way: Way,
    /// TCP or UDP.
    pub transport: Transport,
    /// The port of the side that is called; 0 for none.
    pub port: u16,
    /// What it is.
    pub what: What,
    /// The flows that say so, in catalogue order; empty if none does.
    pub flows: Vec<&'static Flow>,
    /// The rows, by their other ends.
    pub tallies: Vec<Tally>,
}

/// The rows of a group that have the same kind of other end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tally {
    /// The other end.
    pub peer: Peer,
    /// The rows.
    pub rows: Rows,
    /// The worst that a finding says of them; `None` if none speaks of them.
    pub severity: Option<Severity>,
}

impl Group {
    /// The place of a kind of other end among the tallies; a new one if there is none.
    pub(super) fn tally(&mut self, peer: Peer) -> usize {
        let known = self.tallies.iter().position(|tally| tally.peer == peer);
        known.unwrap_or_else(|| {
            self.tallies.push(Tally {
                peer,
                rows: Rows::default(),
                severity: None,
            });
            self.tallies.len() - 1
        })
    }

    /// The rows whose other end is another machine, or nobody.
    pub(super) fn seen_rows(&self) -> Rows {
        let mut rows = Rows::default();
        for tally in self.tallies.iter().filter(|tally| tally.peer != Peer::Own) {
            rows.extend(&tally.rows);
        }
        rows
    }

    /// Notes that a finding speaks of the rows of some other ends.
    pub(super) fn mark(&mut self, severity: Severity, is_meant: impl Fn(Peer) -> bool) {
        for tally in self.tallies.iter_mut().filter(|tally| is_meant(tally.peer)) {
            // The most urgent sorts first.
            tally.severity = Some(tally.severity.map_or(severity, |known| known.min(severity)));
        }
    }
}
