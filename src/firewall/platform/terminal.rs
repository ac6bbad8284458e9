//! Lines for a terminal: short, and without the question mark, which calls for help there.

use std::fmt::Display;

use super::script::{Script, explanation};
use super::{Platform, access_list};
use crate::catalog::Vocabulary;
use crate::firewall::header;
use crate::firewall::options::Rest;
use crate::firewall::policy::Policy;
use crate::firewall::rule::Rule;

/// The most letters of a remark.
const REMARK: usize = 100;

/// The most letters of a comment: with its sign it must fit into a line, and a line of IOS holds 254.
const COMMENT: usize = 250;

/// Adds a comment, over several lines if it is long.
pub fn note(note: impl Display, out: &mut Script) {
    for line in wrapped(&note.to_string().replace('?', "%3F"), COMMENT) {
        out.note(line);
    }
}

/// A text as remarks of an access list.
pub fn remarks(text: &str) -> Vec<String> {
    wrapped(text, REMARK)
        .into_iter()
        .map(|line| format!("remark {line}"))
        .collect()
}

/// The comment that every snippet begins with, and what holds for all access lists.
pub fn header(policy: &Policy, platform: &Platform, out: &mut Script) {
    if policy.options.rest == Rest::Keep {
        note(HIDDEN_DENY, out);
    }
    preamble(policy, platform, "interfaces", out);
}

/// The comment that every snippet begins with, and for what the slugs of zones stand that have no name of the reader's.
pub fn preamble(policy: &Policy, platform: &Platform, stand_for: &str, out: &mut Script) {
    for line in header::lines(policy, platform) {
        note(line, out);
    }
    if policy.permalink.contains('?') {
        note(
            "In the link, %3F stands for a question mark; over several lines it is one word.",
            out,
        );
    }
    let unnamed = access_list::unnamed(policy);
    if !unnamed.is_empty() {
        let keys: Vec<String> = unnamed.iter().map(|zone| format!("as.{}=", zone.slug())).collect();
        let keys = keys.join(", ");
        note(
            format_args!("Names of zones stand for {stand_for}: replace them by yours ({keys})."),
            out,
        );
    }
}

const HIDDEN_DENY: &str = "CAUTION: an access list ends with a deny that it does not show. Bound to an interface, it cuts \
                           everything that enters there and is not permitted below.";

/// What stands above a rule.
pub fn explain(before: Option<&Rule>, rule: &Rule, out: &mut Script) {
    for line in explanation(before, rule) {
        note(line, out);
    }
}

/// What is asked for and not written.
pub fn unwritten(policy: &Policy, out: &mut Script) {
    for entry in &policy.unwritten {
        note(entry, out);
    }
}

/// What to know before lists are bound to interfaces.
pub fn before_binding(out: &mut Script) {
    note(HIDDEN_DENY, out);
    note(
        "An interface takes one list for each direction. Where it has one, add these lines to that, before its deny, \
         and leave out the commands for this interface.",
        out,
    );
}

/// A text in lines, cut between words, or inside one that is too long.
fn wrapped(text: &str, longest: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for mut word in text.split(' ') {
        if !line.is_empty() && line.len() + 1 + word.len() > longest {
            lines.push(std::mem::take(&mut line));
        }
        while word.len() > longest {
            let (head, rest) = word.split_at(word.floor_char_boundary(longest));
            lines.push(head.to_owned());
            word = rest;
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line += word;
    }
    lines.push(line);
    lines
}
