//! What to do about a table.

use super::about::About;
use super::rows::Rows;
use crate::catalog::Flow;

/// How urgent a finding is; the most urgent sorts first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Act on it.
    Act,
    /// Look at it: only a person can say whether it is right.
    Look,
    /// As it should be.
    Fine,
}

impl Severity {
    /// What people read.
    pub fn title(self) -> &'static str {
        match self {
            Self::Act => "act on it",
            Self::Look => "look at it",
            Self::Fine => "as planned",
        }
    }
}

/// Something that a table says about a machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// How urgent it is.
    pub severity: Severity,
    /// What it is.
    pub about: About,
    /// The flows that it is about: where their sources stand, and what rules are written for; may be none.
    pub flows: Vec<&'static Flow>,
    /// The rows that show it; none if it is something that the table lacks.
    pub rows: Rows,
    /// The numbers of the lines of the rows that are named, from 1.
    pub lines: Vec<u32>,
}

impl Finding {
    /// The headline, without a full stop.
    pub fn title(&self) -> String {
        self.about.title(&self.flows)
    }

    /// What it means and what to do, in sentences.
    pub fn text(&self) -> String {
        self.about.text(&self.flows, self.rows.count)
    }
}
