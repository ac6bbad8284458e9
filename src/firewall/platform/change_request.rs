//! A firewall change request as a table, whatever its format: what stands in the columns of its rows.

use crate::catalog::{Encryption, Flow, Set, Transport, Vocabulary};
use crate::firewall::address::Family;
use crate::firewall::policy::Policy;
use crate::firewall::rule::{Rule, list};
use crate::firewall::unwritten::Unwritten;

/// The cells of a row.
pub type Row = [String; 13];

/// The first row.
pub const COLUMNS: [&str; 13] = [
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

/// How to ask for it.
pub const APPLY: &str = "Hand the file to the people who run the firewall. A row INCOMPLETE waits for an address.\n";

/// How to ask for its end.
pub const UNDO: &str = "Ask for the rows to be removed again, by their Id.\n";

/// What a document does when it is handed over twice.
pub const TWICE: &str = "A document changes nothing.";

/// A row for each rule, then one for each entry that waits for an address.
pub fn rows(policy: &Policy) -> Vec<Row> {
    let missing = policy
        .unwritten
        .iter()
        .filter(|entry| entry.reason.is_missing_address());
    let incomplete = (1..).zip(missing).map(|(number, entry)| incomplete(entry, number));
    policy.rules.iter().map(allowed).chain(incomplete).collect()
}

/// What has no row, because no address would help.
pub fn without_row(policy: &Policy) -> impl Iterator<Item = String> {
    let others = policy
        .unwritten
        .iter()
        .filter(|entry| !entry.reason.is_missing_address());
    others.map(ToString::to_string)
}

fn allowed(rule: &Rule) -> Row {
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

fn incomplete(entry: &Unwritten, number: usize) -> Row {
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

fn protocol(transport: Transport, family: Family) -> String {
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
