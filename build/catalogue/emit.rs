//! Writes the checked catalogue as the Rust source of static tables.

use std::cmp::Reverse;
use std::fmt::{Debug, Write};
use std::slice;

use super::ports::Ports;
use super::raw::{Catalogue, Deployment, Dispute, End, Entry, Erratum, Flow, Procedure, Reading, Source, Statement};
use super::vocabulary::{Version, Vocabulary};

/// The tables, as `src/catalog` includes them.
pub fn tables(catalogue: &Catalogue) -> String {
    let flows = in_catalogue_order(&catalogue.flows);
    let mut out = String::new();
    list(&mut out, "SOURCES", "Source", &catalogue.sources, |entry| {
        source(&entry.value)
    });
    list(&mut out, "ERRATA", "Erratum", &catalogue.errata, |entry| {
        erratum(&entry.value, catalogue)
    });
    list(&mut out, "CHANGES", "Change", &catalogue.changes, |entry| {
        format!(
            "Change {{ date: {:?}, text: {:?} }}",
            entry.value.date, entry.value.text
        )
    });
    list(&mut out, "CAVEATS", "Statement", &catalogue.caveats, |entry| {
        statement(&entry.value, catalogue)
    });
    let positions: Vec<(usize, &Flow)> = flows.into_iter().enumerate().collect();
    list(&mut out, "FLOWS", "Flow", &positions, |(position, value)| {
        flow(*position, value, catalogue)
    });
    list(&mut out, "DEPLOYMENTS", "Deployment", &catalogue.deployments, |entry| {
        deployment(&entry.value)
    });
    let procedures: Vec<_> = catalogue.procedures.iter().enumerate().collect();
    list(&mut out, "PROCEDURES", "Procedure", &procedures, |(position, entry)| {
        procedure(*position, &entry.value)
    });
    list(
        &mut out,
        "SUPPORT",
        "Statement",
        slice::from_ref(&catalogue.support),
        |entry| statement(&entry.value, catalogue),
    );
    out
}

/// By state, then first port, then the newest version first, then as edited.
fn in_catalogue_order(flows: &[Entry<Flow>]) -> Vec<&Flow> {
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
    let errata = references(
        "ERRATA",
        catalogue
            .errata
            .iter()
            .enumerate()
            .filter(|(_, entry)| entry.value.flows.contains(&flow.id))
            .map(|(at, _)| at),
    );
    let disputes: Vec<String> = flow.disputes.iter().map(|value| dispute(value, catalogue)).collect();
    [
        format!("Flow {{ id: {:?}, position: {position}", flow.id),
        format!("service: {:?}", flow.service),
        format!("purpose: {:?}", flow.purpose),
        format!("ports: {}", ports(&flow.ports)),
        format!("transports: {}", set(&flow.transports)),
        format!("documented: {}", set(&flow.documented)),
        format!("inferred: {}", set(&flow.inferred)),
        format!("from: {}", end(&flow.from)),
        format!("to: {}", end(&flow.to)),
        value("direction", "Direction", flow.direction),
        value("encryption", "Encryption", flow.encryption),
        format!("encryption_note: {:?}", flow.encryption_note),
        format!("authentication: {:?}", flow.authentication),
        format!("configurable: {:?}", flow.configurable),
        value("state", "State", flow.state),
        format!("state_note: {:?}", flow.state_note),
        value("filtering", "Filtering", flow.filtering),
        format!("filtering_note: {:?}", flow.filtering_note),
        format!("block_from: {}", set(&flow.block_from)),
        format!("iana: {:?}", flow.iana),
        value("confidence", "Confidence", flow.confidence),
        format!("in_source_article: {}", flow.in_source_article),
        format!("instead_of: {:?}", flow.instead_of),
        format!("disputes: &[{}]", disputes.join(", ")),
        format!("errata: {errata}"),
        format!("sources: {}", sources(&flow.sources, catalogue)),
        format!("notes: {:?} }}", flow.notes),
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
    let (zones, roles) = (set(&end.zones), set(&end.roles));
    format!("End {{ zones: {zones}, roles: {roles}, note: {:?} }}", end.note)
}

fn source(source: &Source) -> String {
    format!(
        "Source {{ id: {:?}, title: {:?}, location: {:?}, url: {:?} }}",
        source.id, source.title, source.location, source.url
    )
}

fn sources(ids: &[String], catalogue: &Catalogue) -> String {
    let position = |id: &String| catalogue.sources.iter().position(|source| &source.value.id == id);
    references("SOURCES", ids.iter().filter_map(position))
}

fn references(table: &str, positions: impl Iterator<Item = usize>) -> String {
    let references: Vec<String> = positions.map(|position| format!("&{table}[{position}]")).collect();
    format!("&[{}]", references.join(", "))
}

fn erratum(erratum: &Erratum, catalogue: &Catalogue) -> String {
    format!(
        "Erratum {{ number: {}, verdict: Verdict::{:?}, section: {:?}, claim: {:?}, fact: {:?}, \
         confidence: Confidence::{:?}, sources: {} }}",
        erratum.number,
        erratum.verdict,
        erratum.section,
        erratum.claim,
        erratum.fact,
        erratum.confidence,
        sources(&erratum.sources, catalogue)
    )
}

fn deployment(deployment: &Deployment) -> String {
    format!(
        "Deployment {{ id: {:?}, title: {:?}, versions: {}, supported: {:?} }}",
        deployment.id,
        deployment.title,
        set(&deployment.versions),
        deployment.supported
    )
}

fn procedure(position: usize, procedure: &Procedure) -> String {
    format!(
        "Procedure {{ id: {:?}, position: {position}, service: {:?}, role: {:?}, versions: {} }}",
        procedure.id,
        procedure.service,
        procedure.role,
        set(&procedure.versions)
    )
}

fn statement(statement: &Statement, catalogue: &Catalogue) -> String {
    format!(
        "Statement {{ text: {:?}, sources: {} }}",
        statement.text,
        sources(&statement.sources, catalogue)
    )
}

fn dispute(dispute: &Dispute, catalogue: &Catalogue) -> String {
    let readings: Vec<String> = dispute.readings.iter().map(|value| reading(value, catalogue)).collect();
    format!(
        "Dispute {{ what: {:?}, readings: &[{}] }}",
        dispute.what,
        readings.join(", ")
    )
}

fn reading(reading: &Reading, catalogue: &Catalogue) -> String {
    let rule = reading.rule_ports().unwrap_or_default();
    format!(
        "Reading {{ value: {:?}, sources: {}, rule: {} }}",
        reading.value,
        sources(&reading.sources, catalogue),
        ports(&rule)
    )
}
