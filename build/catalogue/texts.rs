//! Writes the long texts as the file that the page loads later: one record a line, fields separated by tabs.

use super::deployment;
use super::emit::in_catalogue_order;
use super::raw::{Catalogue, Flow};
use super::vocabulary::Vocabulary;

/// The file, as `src/catalog/texts.rs` reads it.
pub fn texts(catalogue: &Catalogue) -> String {
    let sources = |ids: &[String]| positions(ids, &catalogue.sources, |source| &source.id);
    let mut lines: Vec<Vec<String>> = Vec::new();
    for source in catalogue.sources.iter().map(|entry| &entry.value) {
        let url = source.url.clone().unwrap_or_default();
        lines.push(record("source", [&source.id, &source.title, &source.location, &url]));
    }
    for erratum in catalogue.errata.iter().map(|entry| &entry.value) {
        let number = erratum.number.to_string();
        let (verdict, confidence) = (erratum.verdict.slug().to_owned(), erratum.confidence.slug().to_owned());
        let cited = sources(&erratum.sources);
        let fields = [
            &number,
            &verdict,
            &erratum.section,
            &erratum.claim,
            &erratum.fact,
            &confidence,
            &cited,
        ];
        lines.push(record("erratum", fields));
    }
    for change in catalogue.changes.iter().map(|entry| &entry.value) {
        lines.push(record("change", [&change.date, &change.text]));
    }
    for caveat in catalogue.caveats.iter().map(|entry| &entry.value) {
        lines.push(record("caveat", [&caveat.text, &sources(&caveat.sources)]));
    }
    let support = &catalogue.support.value;
    lines.push(record("support", [&support.text, &sources(&support.sources)]));
    for entry in &catalogue.deployments {
        lines.extend(deployment::records(&entry.value, catalogue));
    }
    for procedure in catalogue.procedures.iter().map(|entry| &entry.value) {
        lines.push(record("procedure", [&procedure.service, &procedure.role]));
    }
    for flow in in_catalogue_order(&catalogue.flows) {
        lines.extend(flow_records(flow, catalogue, &sources));
    }
    lines
        .iter()
        .fold(String::new(), |text, fields| text + &fields.join("\t") + "\n")
}

fn flow_records(flow: &Flow, catalogue: &Catalogue, sources: &impl Fn(&[String]) -> String) -> Vec<Vec<String>> {
    let errata = catalogue.errata.iter().enumerate();
    let errata = errata
        .filter(|(_, entry)| entry.value.flows.contains(&flow.id))
        .map(|(position, _)| position);
    let (cited, errata) = (sources(&flow.sources), list(errata));
    let mut records = vec![record(
        "flow",
        [
            &flow.from.note,
            &flow.to.note,
            &flow.authentication,
            &flow.configurable,
            &flow.filtering_note,
            &flow.iana,
            &flow.notes,
            &cited,
            &errata,
        ],
    )];
    for dispute in &flow.disputes {
        records.push(record("dispute", [&dispute.what]));
        for reading in &dispute.readings {
            let rule = if reading.rule { "rule" } else { "" }.to_owned();
            records.push(record("reading", [&reading.value, &sources(&reading.sources), &rule]));
        }
    }
    records
}

/// The fields of a record, its kind first.
pub fn record<const N: usize>(kind: &str, fields: [&String; N]) -> Vec<String> {
    let fields = fields.into_iter().cloned();
    std::iter::once(kind.to_owned()).chain(fields).collect()
}

/// Where entries of these ids stand, separated by commas.
pub fn positions<T>(ids: &[String], entries: &[super::raw::Entry<T>], id: impl Fn(&T) -> &String) -> String {
    list(
        ids.iter()
            .filter_map(|wanted| entries.iter().position(|entry| id(&entry.value) == wanted)),
    )
}

/// Numbers separated by commas.
pub fn list(positions: impl Iterator<Item = usize>) -> String {
    positions
        .map(|position| position.to_string())
        .collect::<Vec<_>>()
        .join(",")
}
