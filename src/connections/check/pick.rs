//! Picking rows of a checked table.

use super::finding::Severity;
use super::group::Way;
use super::report::Report;

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
    /// Whether a row is one to show; `false` beyond the last row.
    pub fn shows(&self, report: &Report, row: usize) -> bool {
        let Some((group, tally)) = report.of_row(row) else {
            return false;
        };
        self.way.is_none_or(|way| way == group.way)
            && self.severity.is_none_or(|severity| tally.severity == Some(severity))
            && self.finds(report, row)
    }

    fn finds(&self, report: &Report, row: usize) -> bool {
        let wanted = self.text.trim();
        if wanted.is_empty() {
            return true;
        }
        let Some((group, _)) = report.of_row(row) else {
            return false;
        };
        let row = &report.table.rows[row];
        let mut ends = [Some(row.local), row.remote].into_iter().flatten();
        if let Ok(port) = wanted.parse::<u16>() {
            return ends.any(|end| end.number() == port);
        }
        let has = |text: &str| text.to_ascii_lowercase().contains(&wanted.to_ascii_lowercase());
        let of_flow = group.flows.iter().any(|flow| has(flow.id) || has(flow.service()));
        let of_process = row.process.as_deref().is_some_and(has);
        let of_end = ends.filter_map(|end| end.address).any(|address| {
            let address = address.to_string();
            address.starts_with(&wanted.to_ascii_lowercase())
        });
        of_flow || of_process || of_end
    }
}
