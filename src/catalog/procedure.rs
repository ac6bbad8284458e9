//! A procedure: pinning the RPC port of one service.

use std::cmp::Ordering;

use super::set::Set;
use super::source::Source;
use super::vocabulary::{Confidence, Version};

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
#[derive(Debug)]
pub struct ProcedureTexts {
    /// The service.
    pub service: &'static str,
    /// Where it runs.
    pub role: &'static str,
    /// Which ports are good.
    pub allowed: &'static str,
    /// What the value holds.
    pub data: &'static str,
    /// What has to start again.
    pub restart: &'static str,
    /// How to see that it works.
    pub verify: &'static str,
    /// Caveats and details.
    pub notes: &'static str,
    /// How well it is known.
    pub confidence: Confidence,
    /// Where it was read.
    pub sources: Vec<&'static Source>,
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
