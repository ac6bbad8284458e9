//! A firewall change request as a table: Markdown as GitHub reads it.
//!
//! What other platforms write into a header is a list above the table. What waits for an address has a row with the
//! action INCOMPLETE.

use super::change_request::{APPLY, COLUMNS, TWICE, UNDO, rows, without_row};
use super::script::Script;
use super::{Facts, Platform, Snippet, Standing};
use crate::firewall::header;
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
        rules.note(escape(&remark));
    }
    rules.line("");
    rules.line(line(&COLUMNS));
    rules.line(line(&COLUMNS.map(|_| "---")));
    for row in rows(policy) {
        rules.line(line(&row.map(|cell| escape(&cell))));
    }
    Snippet {
        rules: rules.into_text(),
        apply: APPLY.to_owned(),
        undo: UNDO.to_owned(),
        remarks: Vec::new(),
    }
}

fn line<T: AsRef<str>>(cells: &[T]) -> String {
    let cells: Vec<&str> = cells.iter().map(T::as_ref).collect();
    format!("| {} |", cells.join(" | "))
}

/// A text in which nothing is markup: no cell ends early, no HTML, link, code or emphasis begins.
fn escape(text: &str) -> String {
    let mut escaped = String::new();
    for letter in text.chars() {
        match letter {
            '\\' | '|' | '<' | '>' | '[' | ']' | '`' | '*' | '_' | '~' => escaped.extend(['\\', letter]),
            '\r' | '\n' => escaped.push(' '),
            _ => escaped.push(letter),
        }
    }
    escaped
}
