//! A checked table as CSV.

use super::report::Report;
use crate::catalog::Vocabulary;
use crate::connections::read::Endpoint;
use crate::firewall::csv::line;

const COLUMNS: [&str; 14] = [
    "Line",
    "Protocol",
    "Local address",
    "Local port",
    "Remote address",
    "Remote port",
    "State",
    "PID",
    "Process",
    "Way",
    "What",
    "Place",
    "Flows",
    "Finding",
];

/// Rows of a report as RFC 4180 wants them, below a line of headings; a text that a spreadsheet could take for a formula
/// is made text. A page writes many rows in parts: [`csv_rows`] goes on without headings.
pub fn csv(report: &Report, rows: &[usize]) -> String {
    line(&COLUMNS) + &csv_rows(report, rows)
}

/// The same without headings; rows beyond the last one are none.
pub fn csv_rows(report: &Report, rows: &[usize]) -> String {
    let lines = rows.iter().filter_map(|&number| row(report, number));
    lines.map(|fields| line(&fields)).collect()
}

fn row(report: &Report, number: usize) -> Option<[String; 14]> {
    let (group, tally) = report.of_row(number)?;
    let row = &report.table.rows[number];
    let flows: Vec<&str> = group.flows.iter().map(|flow| flow.id).collect();
    let address = |end: Option<Endpoint>| end.and_then(|end| end.address).map(|address| address.to_string());
    let port = |end: Option<Endpoint>| end.and_then(|end| end.port).map(|port| port.to_string());
    Some([
        row.line.to_string(),
        row.transport.title().to_owned(),
        address(Some(row.local)).unwrap_or_else(|| "*".to_owned()),
        port(Some(row.local)).unwrap_or_default(),
        address(row.remote).unwrap_or_default(),
        port(row.remote).unwrap_or_default(),
        row.state.map_or("", |state| state.title()).to_owned(),
        row.pid.map(|pid| pid.to_string()).unwrap_or_default(),
        row.process.as_deref().unwrap_or_default().to_owned(),
        group.way.title().to_owned(),
        group.what.title().to_owned(),
        tally.peer.title().to_owned(),
        flows.join(", "),
        tally.severity.map_or("", |severity| severity.title()).to_owned(),
    ])
}
