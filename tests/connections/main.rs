//! Pasted tables of connections: every format is read, and what the findings say.

#[path = "../support/mod.rs"]
mod support;

mod check;
mod encodings;
mod findings;
mod hostile;
mod lines;
mod printed;
mod printers;
mod samples;
mod tools;

use std::fmt::Write;

use exchange_ports::connections::{Format, Paste, Table};

/// The table of a text.
pub fn table(text: &str) -> Table {
    table_as(text, None)
}

/// The table of a text that is read as a format.
pub fn table_as(text: &str, format: Option<Format>) -> Table {
    let mut paste = Paste::new(text.to_owned(), format);
    while paste.step(1000) {}
    paste.finish()
}

/// A table as a text that people can review: a row in a line, then the lines that were not understood.
pub fn shown(table: &Table) -> String {
    let mut out = format!("{}\n", table.format.map_or("no format", Format::title));
    for row in &table.rows {
        let remote = row.remote.map_or("-".to_owned(), |remote| remote.to_string());
        let state = row.state.map_or("-", |state| state.title());
        let pid = row.pid.map_or("-".to_owned(), |pid| pid.to_string());
        let process = row.process.as_deref().unwrap_or("-");
        writeln!(
            out,
            "{:>3} {:?} {} {remote} {state} {pid} {process}",
            row.line, row.transport, row.local
        )
        .expect("a string can be written");
    }
    for (line, why) in &table.unread {
        writeln!(out, "{line:>3} {why}").expect("a string can be written");
    }
    out
}
