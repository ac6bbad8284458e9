//! A checked table as CSV.

use super::pick::Pick;
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

/// The rows that are picked, as RFC 4180 wants them; a text that a spreadsheet could take for a formula is made text.
pub fn csv(report: &Report, pick: &Pick) -> String {
    let mut out = line(&COLUMNS);
    for number in (0..report.rows.len()).filter(|&number| pick.shows(report, number)) {
        out += &row(report, number).map(|fields| line(&fields)).unwrap_or_default();
    }
    out
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
