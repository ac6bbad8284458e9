//! A firewall change request as a table: Markdown as GitHub reads it.
//!
//! What other platforms write into a header is a list above the table. What waits for an address has a row with the
//! action INCOMPLETE.

use super::change_request::{APPLY, COLUMNS, TWICE, UNDO, rows, without_row};
use super::script::Script;
use super::{Facts, Platform, Snippet, Standing};
use crate::firewall::{header, markdown};
use crate::firewall::policy::Policy;

/// The platform.
pub static PLATFORM: Platform = Platform {
    id: "change-request-markdown",
    title: "Change request, Markdown",
    group: "Paper",
    purpose: "for an issue or a wiki",
    standing: Standing::Paper,
    drops_rest: false,
    names_zones: false,
    comment: "- ",
    file_name: "exchange-change-request.md",
};

/// What is known of it.
pub static FACTS: Facts = Facts {
    reference: "GitHub Flavored Markdown Spec, tables",
    limits: "A cell is one line.",
    twice: TWICE,
};

/// Writes a policy down.
pub fn write(policy: &Policy) -> Snippet {
    let mut rules = Script::new(PLATFORM.comment);
    for remark in header::lines(policy, &PLATFORM).into_iter().chain(without_row(policy)) {
        rules.note(markdown::escape(&remark));
    }
    rules.line("");
    rules.line(markdown::row(&COLUMNS));
    rules.line(markdown::row(&COLUMNS.map(|_| "---")));
    for row in rows(policy) {
        rules.line(markdown::row(&row.map(|cell| markdown::escape(&cell))));
    }
    Snippet {
        rules: rules.into_text(),
        apply: APPLY.to_owned(),
        undo: UNDO.to_owned(),
        remarks: Vec::new(),
    }
}
