//! Writes the checked catalogue as the Rust source of static tables.

use std::cmp::Reverse;
use std::fmt::{Debug, Write};

use super::ports::Ports;
use super::raw::{Catalogue, Deployment, EncryptedPort, End, Entry, Flow, Procedure};
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
    let position = |id: &String| flows.iter().position(|(_, flow)| flow.id == *id).unwrap_or_default();
    list(&mut out, "PINNED", "&[u16]", &procedures, |(_, entry)| {
        pinned(&entry.value, catalogue, position)
    });
    let encrypted: Vec<_> = catalogue.encrypted_ports.iter().map(|entry| &entry.value).collect();
    list(&mut out, "ENCRYPTED_PORTS", "EncryptedPort", &encrypted, |port| {
        encrypted_port(port, position)
    });
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

/// The positions of the flows that a procedure pins.
fn pinned(procedure: &Procedure, catalogue: &Catalogue, position: impl Fn(&String) -> usize) -> String {
    let entries = catalogue.pinned.iter().map(|entry| &entry.value);
    let own = entries.filter(|entry| entry.procedure == procedure.id);
    let positions: Vec<usize> = own.flat_map(|entry| &entry.flows).map(position).collect();
    format!("&{positions:?}")
}

fn encrypted_port(port: &EncryptedPort, position: impl Fn(&String) -> usize) -> String {
    let (flow, instead) = (position(&port.flow), position(&port.instead));
    format!(
        "EncryptedPort {{ flow: &FLOWS[{flow}], port: {}, instead: &FLOWS[{instead}], instead_port: {} }}",
        port.port, port.instead_port
    )
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
