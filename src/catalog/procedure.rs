//! A procedure: pinning the RPC port of one service.

use std::cmp::Ordering;

use super::flow::Flow;
use super::set::Set;
use super::tables;
use super::vocabulary::Version;

/// How one service gets a static port. Two are equal if they are the same entry.
#[derive(Debug)]
pub struct Procedure {
    /// The public name.
    pub id: &'static str,
    /// The place in the list, from 0.
    pub position: u16,
    /// The versions that have it.
    pub versions: Set<Version>,
}

/// What people read of a procedure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ProcedureTexts {
    /// The service.
    pub service: &'static str,
    /// Where it runs.
    pub role: &'static str,
}

impl Procedure {
    /// The flows whose servers listen on the port that it pins; none if it pins no port of a server.
    pub fn pins(&self) -> impl Iterator<Item = &'static Flow> {
        let positions = tables::PINNED[usize::from(self.position)];
        positions.iter().map(|&position| &tables::FLOWS[usize::from(position)])
    }
}

impl PartialEq for Procedure {
    fn eq(&self, other: &Self) -> bool {
        self.position == other.position
    }
}

impl Eq for Procedure {}

impl PartialOrd for Procedure {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Procedure {
    fn cmp(&self, other: &Self) -> Ordering {
        self.position.cmp(&other.position)
    }
}
