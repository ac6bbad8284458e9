//! From a table to findings, by the catalogue, the plan and the addresses of places.

mod about;
mod checking;
mod clear_text;
mod export;
mod finding;
mod group;
mod known;
mod listeners;
mod machine;
mod missing;
mod peer;
mod pick;
mod pins;
mod report;
mod rows;
mod words;
mod writer;
mod wrong_zone;

pub use about::About;
pub use checking::Checking;
pub use export::{csv, csv_rows};
pub use finding::{Finding, Severity};
pub use group::{Group, Tally, Way, What};
pub use machine::Machine;
pub use peer::Peer;
pub use pick::Pick;
pub use report::{Judged, Report};
pub use rows::Rows;
