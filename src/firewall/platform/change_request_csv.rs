//! A firewall change request as a table: CSV as in RFC 4180.
//!
//! CSV has no comments, so what other platforms write into a header stands above the snippet, and what waits for an
//! address has a row with the action INCOMPLETE.

use super::change_request::{APPLY, COLUMNS, TWICE, UNDO, rows, without_row};
use super::{Facts, Platform, Snippet, Standing};
use crate::firewall::csv::line;
use crate::firewall::header;
use crate::firewall::policy::Policy;

/// The platform.
pub static PLATFORM: Platform = Platform {
    id: "change-request-csv",
    title: "Change request, CSV",
    group: "Paper",
    purpose: "for a ticket",
    standing: Standing::Paper,
    drops_rest: false,
    names_zones: false,
    comment: "",
    file_name: "exchange-change-request.csv",
};

/// What is known of it.
pub static FACTS: Facts = Facts {
    reference: "RFC 4180",
    limits: "No comments: what belongs into a header stands above the table.",
    twice: TWICE,
};

/// Writes a policy down.
pub fn write(policy: &Policy) -> Snippet {
    let mut rules = line(&COLUMNS);
    for row in rows(policy) {
        rules += &line(&row);
    }
    Snippet {
        rules,
        apply: APPLY.to_owned(),
        undo: UNDO.to_owned(),
        remarks: header::lines(policy, &PLATFORM)
            .into_iter()
            .chain(without_row(policy))
            .collect(),
    }
}
