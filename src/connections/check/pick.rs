//! Picking rows of a checked table.

use super::finding::Severity;
use super::group::{Group, Way};
use super::report::Report;
use crate::connections::read::{Endpoint, Row};

/// Which rows are shown. An empty field asks nothing; all fields must fit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pick {
    /// A port of either end, the beginning of an address of either end, or a part of a process, a service or the id of
    /// a flow; read without regard to case.
    pub text: String,
    /// Who opens the connection.
    pub way: Option<Way>,
    /// What findings say of it.
    pub severity: Option<Severity>,
}

impl Pick {
    /// The positions of the rows to show, in the order of the lines.
    pub fn rows(&self, report: &Report) -> Vec<usize> {
        let text = self.text.trim().to_ascii_lowercase();
        // What a group says is asked once, and not for each of its rows.
        let named: Vec<bool> = report.groups.iter().map(|group| is_named(group, &text)).collect();
        let shows = |row: &usize| {
            let judged = report.rows[*row];
            let group = &report.groups[judged.group];
            self.way.is_none_or(|way| way == group.way)
                && (self.severity.is_none() || group.tallies[judged.tally].severity == self.severity)
                && (named[judged.group] || is_in(&report.table.rows[*row], &text))
        };
        (0..report.rows.len()).filter(shows).collect()
    }
}

fn is_named(group: &Group, text: &str) -> bool {
    let has = |name: &str| name.to_ascii_lowercase().contains(text);
    text.is_empty() || group.flows.iter().any(|flow| has(flow.id) || has(flow.service()))
}

fn is_in(row: &Row, text: &str) -> bool {
    let mut ends = [Some(row.local), row.remote].into_iter().flatten();
    if let Ok(port) = text.parse::<u16>() {
        return ends.any(|end| end.number() == port);
    }
    let begins = |end: Endpoint| end.address.is_some_and(|address| address.to_string().starts_with(text));
    let process = row.process.as_deref().unwrap_or_default();
    process.to_ascii_lowercase().contains(text) || ends.any(begins)
}
