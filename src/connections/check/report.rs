//! What a table says about a machine.

use std::net::IpAddr;
use std::rc::Rc;

use super::finding::{Finding, Severity};
use super::group::{Group, Tally};
use super::known::Known;
use super::machine::Machine;
use super::writer::Writer;
use crate::connections::read::Table;

/// Where a row of the table stands in the groups.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Judged {
    /// The position of its group in [`Report::groups`].
    pub group: usize,
    /// The position of its other end in [`Group::tallies`].
    pub tally: usize,
}

/// The findings, and what each row is.
#[derive(Clone, Debug)]
pub struct Report {
    /// The table that was checked.
    pub table: Rc<Table>,
    /// The machine that it was checked for.
    pub machine: Machine,
    /// What to do: the most urgent first.
    pub findings: Vec<Finding>,
    /// What the rows are, by way, transport and port.
    pub groups: Vec<Group>,
    /// For each row of the table where it stands in the groups.
    pub rows: Vec<Judged>,
}

impl Report {
    pub(super) fn new(
        table: Rc<Table>,
        machine: Machine,
        known: &Known,
        groups: Vec<Group>,
        rows: Vec<Judged>,
        askers: &[IpAddr],
    ) -> Self {
        let writer = Writer {
            table: &table,
            known,
            groups,
            askers,
            findings: Vec::new(),
        };
        let (findings, groups) = writer.write(machine);
        Self {
            table,
            machine,
            findings,
            groups,
            rows,
        }
    }

    /// The group of a row, and the part of it that has the same kind of other end; `None` beyond the last row.
    pub fn of_row(&self, row: usize) -> Option<(&Group, &Tally)> {
        let judged = self.rows.get(row)?;
        let group = &self.groups[judged.group];
        Some((group, &group.tallies[judged.tally]))
    }

    /// How many findings are as urgent as this.
    pub fn count(&self, severity: Severity) -> usize {
        let of_severity = |finding: &&Finding| finding.severity == severity;
        self.findings.iter().filter(of_severity).count()
    }

    /// The most important finding in a line.
    pub fn headline(&self) -> String {
        match self.findings.first() {
            Some(first) if first.severity == Severity::Act => first.title(),
            _ => "Nothing to act on".to_owned(),
        }
    }
}
