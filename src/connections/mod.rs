//! Pasted tables of connections → what each line is, and what to do about it.
//!
//! [`decode`] turns bytes into text. A [`Paste`] takes the text some lines at a time and gives a [`Table`]; a
//! [`Checking`] takes that some rows at a time and gives a [`Report`] for a [`Machine`]. So a page of 100,000 lines
//! never stands still, and both can be dropped half-way.

mod check;
mod read;

pub use check::{
    About, Checking, Finding, Group, Judged, Machine, Peer, Pick, Report, Rows, Severity, Tally, Way, What, csv,
    csv_rows,
};
pub use read::{Endpoint, Format, Paste, Row, Table, TcpState, Unread, decode};
