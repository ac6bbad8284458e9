//! A firewall change request as a table: CSV as in RFC 4180.
//!
//! Every field is quoted, and one that a spreadsheet could take for a formula is made text. CSV has no comments, so
//! what other platforms write into a header stands above the snippet, and what waits for an address has a row with
//! the action INCOMPLETE.

use super::{Platform, Snippet, Standing};
use crate::catalog::{Encryption, Flow, Set, Transport, Vocabulary};
use crate::firewall::header;
use crate::firewall::policy::Policy;
use crate::firewall::rule::{Rule, list};
use crate::firewall::unwritten::Unwritten;

/// The platform.
pub static PLATFORM: Platform = Platform {
    id: "change-request-csv",
    title: "Change request, CSV",
    group: "Paper",
    purpose: "for a ticket",
    standing: Standing::Paper,
    drops_rest: false,
    file_name: "exchange-change-request.csv",
    reference: "RFC 4180",
    limits: "No comments: what belongs into a header stands above the table.",
    twice: "A document changes nothing.",
};

const COLUMNS: [&str; 13] = [
    "Id",
    "Action",
    "From",
    "Source",
    "To",
    "Destination",
    "Protocol",
    "Ports",
    "State",
    "Encryption",
    "Services",
    "Reason",
    "Flows",
];

/// Writes a policy down.
pub fn write(policy: &Policy) -> Snippet {
    let (missing, others): (Vec<&Unwritten>, Vec<&Unwritten>) = policy
        .unwritten
        .iter()
        .partition(|entry| entry.reason.is_missing_address());
    let mut rules = row(&COLUMNS.map(str::to_owned));
    for rule in &policy.rules {
        rules += &row(&allowed(rule));
    }
    for (index, entry) in missing.iter().enumerate() {
        rules += &row(&incomplete(entry, index + 1));
    }
    let mut remarks = header::lines(policy, &PLATFORM);
    remarks.extend(others.iter().map(ToString::to_string));
    Snippet {
        rules,
        apply: "Hand the file to the people who run the firewall. A row INCOMPLETE waits for an address.\n".to_owned(),
        undo: "Ask for the rows to be removed again, by their Id.\n".to_owned(),
        remarks,
    }
}

fn allowed(rule: &Rule) -> [String; 13] {
    [
        rule.name.clone(),
        "ALLOW".to_owned(),
        rule.from.slug().to_owned(),
        rule.source.to_string(),
        rule.to.slug().to_owned(),
        rule.destination.to_string(),
        protocol(rule.transport, rule.family),
        list(&rule.ports),
        rule.state.slug().to_owned(),
        encryptions(rule),
        each(rule, Flow::service),
        each(rule, Flow::purpose),
        rule.flow_ids(),
    ]
}

fn incomplete(entry: &Unwritten, number: usize) -> [String; 13] {
    let (transport, ports) = entry.traffic.clone().unwrap_or((Transport::Any, Vec::new()));
    let ids: Vec<&str> = entry.flows.iter().map(|flow| flow.id).collect();
    let services: Vec<&str> = entry.flows.iter().map(|flow| flow.service()).collect();
    [
        format!("incomplete-{number}"),
        "INCOMPLETE".to_owned(),
        entry.from.slug().to_owned(),
        String::new(),
        entry.to.slug().to_owned(),
        String::new(),
        transport.slug().to_owned(),
        list(&ports),
        String::new(),
        String::new(),
        services.join("; "),
        entry.reason.to_string(),
        ids.join(", "),
    ]
}

fn protocol(transport: Transport, family: crate::firewall::Family) -> String {
    format!("{} ({family})", transport.slug())
}

fn encryptions(rule: &Rule) -> String {
    let all: Set<Encryption> = rule.flows.iter().map(|flow| flow.encryption).collect();
    let titles: Vec<&str> = all.iter().map(Encryption::title).collect();
    titles.join("; ")
}

/// The texts of the flows of a rule, each once.
fn each(rule: &Rule, text: impl Fn(&Flow) -> &'static str) -> String {
    let mut texts: Vec<&str> = Vec::new();
    for flow in &rule.flows {
        if !texts.contains(&text(flow)) {
            texts.push(text(flow));
        }
    }
    texts.join("; ")
}

fn row(fields: &[String; 13]) -> String {
    let fields: Vec<String> = fields.iter().map(|field| quote(field)).collect();
    fields.join(",") + "\r\n"
}

fn quote(field: &str) -> String {
    let formula = field.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let guard = if formula { "'" } else { "" };
    format!("\"{guard}{}\"", field.replace('"', "\"\""))
}
