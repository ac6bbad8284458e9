//! `catalog.json`: the whole catalogue, every vocabulary value as its slug.

use serde::Serialize;

use crate::catalog::{
    self, Dispute, End, Erratum, Flow, FlowTexts, Ports, Reading, Role, Set, Source, Verdict, Version, Vocabulary,
    Word, Zone,
};

/// The version of the format.
pub(super) const SCHEMA: u32 = 1;

#[derive(Serialize)]
struct Document {
    schema: u32,
    date: &'static str,
    flows: Vec<FlowEntry>,
    sources: Vec<SourceEntry>,
    versions: Vec<WordEntry>,
    roles: Vec<WordEntry>,
    zones: Vec<WordEntry>,
}

#[derive(Serialize)]
struct WordEntry {
    id: &'static str,
    title: &'static str,
}

#[derive(Serialize)]
struct SourceEntry {
    id: &'static str,
    title: String,
    url: Option<&'static str>,
}

#[derive(Serialize)]
struct FlowEntry {
    id: &'static str,
    service: &'static str,
    ports: Vec<PortsEntry>,
    transports: Vec<&'static str>,
    versions: Vec<&'static str>,
    versions_inferred: Vec<&'static str>,
    from: EndEntry,
    to: EndEntry,
    direction: &'static str,
    encryption: &'static str,
    encryption_note: &'static str,
    authentication: &'static str,
    configurable: &'static str,
    state: &'static str,
    state_note: &'static str,
    filtering: &'static str,
    filtering_note: &'static str,
    block_from: Vec<&'static str>,
    purpose: &'static str,
    notes: &'static str,
    iana: &'static str,
    confidence: &'static str,
    instead_of: Option<&'static str>,
    disputes: Vec<DisputeEntry>,
    article: Option<ArticleEntry>,
    in_source_article: bool,
    sources: Vec<&'static str>,
}

#[derive(Serialize)]
struct PortsEntry {
    first: u16,
    last: u16,
    #[serde(rename = "use")]
    usage: &'static str,
}

#[derive(Serialize)]
struct EndEntry {
    roles: Vec<&'static str>,
    zones: Vec<&'static str>,
    note: &'static str,
}

#[derive(Serialize)]
struct DisputeEntry {
    what: &'static str,
    readings: Vec<ReadingEntry>,
}

#[derive(Serialize)]
struct ReadingEntry {
    value: &'static str,
    sources: Vec<&'static str>,
    rule: bool,
}

#[derive(Serialize)]
struct ArticleEntry {
    verdict: &'static str,
    text: String,
}

/// The text of the file; ends with a newline.
///
/// # Panics
///
/// Never: strings and numbers can be written, and on the host the texts are always there.
pub fn catalog_json() -> String {
    let texts = catalog::texts().expect("on the host the texts are always there");
    let document = Document {
        schema: SCHEMA,
        date: catalog::date(),
        flows: catalog::flows()
            .iter()
            .map(|entry| flow(entry, texts.of(entry)))
            .collect(),
        sources: texts.sources.iter().map(source).collect(),
        versions: words(Version::WORDS),
        roles: words(Role::WORDS),
        zones: words(Zone::WORDS),
    };
    serde_json::to_string_pretty(&document).expect("strings and numbers can be written") + "\n"
}

fn words(words: &[Word]) -> Vec<WordEntry> {
    words
        .iter()
        .map(|word| WordEntry {
            id: word.slug,
            title: word.title,
        })
        .collect()
}

fn source(source: &Source) -> SourceEntry {
    SourceEntry {
        id: source.id,
        title: source.citation(),
        url: source.url,
    }
}

fn flow(flow: &Flow, texts: &FlowTexts) -> FlowEntry {
    FlowEntry {
        id: flow.id,
        service: flow.service(),
        ports: flow.ports.iter().copied().map(ports).collect(),
        transports: slugs(flow.transports),
        versions: slugs(flow.versions()),
        versions_inferred: slugs(flow.inferred),
        from: end(&flow.from, texts.from),
        to: end(&flow.to, texts.to),
        direction: flow.direction.slug(),
        encryption: flow.encryption.slug(),
        encryption_note: flow.encryption_note,
        authentication: texts.authentication,
        configurable: texts.configurable,
        state: flow.state.slug(),
        state_note: flow.state_note,
        filtering: flow.filtering.slug(),
        filtering_note: texts.filtering_note,
        block_from: slugs(flow.block_from),
        purpose: flow.purpose(),
        notes: texts.notes,
        iana: texts.iana,
        confidence: flow.confidence.slug(),
        instead_of: flow.instead_of,
        disputes: texts.disputes.iter().map(dispute).collect(),
        article: article(&texts.errata),
        in_source_article: flow.in_source_article,
        sources: source_ids(&texts.sources),
    }
}

fn ports(ports: Ports) -> PortsEntry {
    PortsEntry {
        first: ports.range.first(),
        last: ports.range.last(),
        usage: ports.usage.slug(),
    }
}

fn end(end: &End, note: &'static str) -> EndEntry {
    EndEntry {
        roles: slugs(end.roles),
        zones: slugs(end.zones),
        note,
    }
}

fn dispute(dispute: &Dispute) -> DisputeEntry {
    DisputeEntry {
        what: dispute.what,
        readings: dispute.readings.iter().map(reading).collect(),
    }
}

fn reading(reading: &Reading) -> ReadingEntry {
    ReadingEntry {
        value: reading.value,
        sources: source_ids(&reading.sources),
        rule: reading.rule,
    }
}

/// What the source article says of a flow: the gravest verdict, and the text of all.
fn article(errata: &[&Erratum]) -> Option<ArticleEntry> {
    let verdict: Verdict = errata.iter().map(|erratum| erratum.verdict).min()?;
    let texts: Vec<String> = errata
        .iter()
        .map(|erratum| format!("{} {}", erratum.claim, erratum.fact))
        .collect();
    Some(ArticleEntry {
        verdict: verdict.slug(),
        text: texts.join(" "),
    })
}

fn slugs<T: Vocabulary>(values: Set<T>) -> Vec<&'static str> {
    values.iter().map(T::slug).collect()
}

fn source_ids(sources: &[&'static Source]) -> Vec<&'static str> {
    sources.iter().map(|source| source.id).collect()
}
