//! Writes the checked catalogue as the Rust source of static tables.

use std::cmp::Reverse;
use std::fmt::{Debug, Write};

use super::deployment::Deployment;
use super::ports::Ports;
use super::raw::{Catalogue, End, Entry, Family, Flow, Procedure};
use super::vocabulary::{Verdict, Version, Vocabulary};

/// The tables, as `src/catalog` includes them.
pub fn tables(catalogue: &Catalogue) -> String {
    let mut out = String::new();
    let flows: Vec<(usize, &Flow)> = in_catalogue_order(&catalogue.flows).into_iter().enumerate().collect();
    list(&mut out, "FLOWS", "Flow", &flows, |(position, value)| {
        flow(*position, value, catalogue)
    });
    list(&mut out, "WORDS", "Words", &flows, |(_, value)| {
        format!("Words {{ service: {:?}, purpose: {:?} }}", value.service, value.purpose)
    });
    let deployments: Vec<_> = catalogue.deployments.iter().enumerate().collect();
    list(
        &mut out,
        "DEPLOYMENTS",
        "Deployment",
        &deployments,
        |(position, entry)| deployment(*position, &entry.value),
    );
    let procedures: Vec<_> = catalogue.procedures.iter().enumerate().collect();
    list(&mut out, "PROCEDURES", "Procedure", &procedures, |(position, entry)| {
        procedure(*position, &entry.value)
    });
    out.push_str(&super::other_names::tables(catalogue));
    let date = &catalogue.changes[0].value.date;
    writeln!(out, "pub const DATE: &str = {date:?};").expect("a string can be written");
    out
}

/// By state, then first port, then the newest version first, then as edited.
pub fn in_catalogue_order(flows: &[Entry<Flow>]) -> Vec<&Flow> {
    let mut flows: Vec<&Flow> = flows.iter().map(|entry| &entry.value).collect();
    flows.sort_by_key(|flow| {
        let first = flow.ports.first().map_or(u16::MAX, |ports| ports.range.first());
        let newest: Option<Version> = flow.documented.iter().chain(&flow.inferred).copied().max();
        (flow.state, first, Reverse(newest))
    });
    flows
}

fn list<T>(out: &mut String, name: &str, kind: &str, values: &[T], print: impl Fn(&T) -> String) {
    writeln!(out, "pub static {name}: [{kind}; {}] = [", values.len()).expect("a string can be written");
    for value in values {
        writeln!(out, "    {},", print(value)).expect("a string can be written");
    }
    out.push_str("];\n\n");
}

fn flow(position: usize, flow: &Flow, catalogue: &Catalogue) -> String {
    let corrected = catalogue.errata.iter().map(|entry| &entry.value).any(|erratum| {
        matches!(erratum.verdict, Verdict::Wrong | Verdict::Imprecise) && erratum.flows.contains(&flow.id)
    });
    let readings = flow.disputes.iter().flat_map(|dispute| &dispute.readings);
    let rule_ports: Vec<Ports> = readings
        .filter_map(|reading| reading.rule_ports().ok())
        .flatten()
        .collect();
    [
        format!("Flow {{ id: {:?}, position: {position}", flow.id),
        format!(
            "family: {}, standing: {}",
            family(flow, catalogue),
            standing(flow, catalogue)
        ),
        format!("ports: {}", ports(&flow.ports)),
        format!("transports: {}", set(&flow.transports)),
        format!("documented: {}", set(&flow.documented)),
        format!("inferred: {}", set(&flow.inferred)),
        format!("from: {}", end(&flow.from)),
        format!("to: {}", end(&flow.to)),
        value("direction", "Direction", flow.direction),
        value("encryption", "Encryption", flow.encryption),
        format!("encryption_note: {:?}", flow.encryption_note),
        value("state", "State", flow.state),
        format!("state_note: {:?}", flow.state_note),
        value("filtering", "Filtering", flow.filtering),
        format!("block_from: {}", set(&flow.block_from)),
        value("confidence", "Confidence", flow.confidence),
        format!("in_source_article: {}", flow.in_source_article),
        format!("instead_of: {:?}", flow.instead_of),
        format!("corrected: {corrected}"),
        format!("disputed: {}", !flow.disputes.is_empty()),
        format!("rule_ports: {} }}", ports(&rule_ports)),
    ]
    .join(", ")
}

/// The place of its family in the list of families.
fn family(flow: &Flow, catalogue: &Catalogue) -> usize {
    let entry = catalogue.flows.iter().find(|entry| entry.value.id == flow.id);
    let file = entry.map_or("", |entry| entry.file.as_str());
    let of_file = |family: &Entry<Family>| family.value.flows_file() == file;
    catalogue.families.iter().position(of_file).unwrap_or(0)
}

/// Its place in the order in which people ask for flows: by family, then as edited.
fn standing(flow: &Flow, catalogue: &Catalogue) -> usize {
    let mut flows: Vec<&Flow> = catalogue.flows.iter().map(|entry| &entry.value).collect();
    flows.sort_by_key(|flow| family(flow, catalogue));
    flows.iter().position(|other| other.id == flow.id).unwrap_or(0)
}

fn value(key: &str, vocabulary: &str, value: impl Debug) -> String {
    format!("{key}: {vocabulary}::{value:?}")
}

fn set<T: Vocabulary>(values: &[T]) -> String {
    let bits: u64 = values.iter().fold(0, |bits, value| bits | 1 << value.index());
    format!("Set::from_bits({bits})")
}

fn ports(ports: &[Ports]) -> String {
    let ports: Vec<String> = ports
        .iter()
        .map(|ports| {
            let (first, last) = (ports.range.first(), ports.range.last());
            format!("ports({first}, {last}, PortUse::{:?})", ports.usage)
        })
        .collect();
    format!("&[{}]", ports.join(", "))
}

fn end(end: &End) -> String {
    format!("End {{ zones: {}, roles: {} }}", set(&end.zones), set(&end.roles))
}

fn deployment(position: usize, deployment: &Deployment) -> String {
    let versions = set(&deployment.versions);
    format!(
        "Deployment {{ id: {:?}, position: {position}, versions: {versions} }}",
        deployment.id
    )
}

fn procedure(position: usize, procedure: &Procedure) -> String {
    let versions = set(&procedure.versions);
    format!(
        "Procedure {{ id: {:?}, position: {position}, versions: {versions} }}",
        procedure.id
    )
}
