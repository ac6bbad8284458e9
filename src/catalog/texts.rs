//! The long texts of the catalogue: details, sources, errata, changes.
//!
//! They are half of its bytes and nobody needs them at once, so they are a file of their own that the page loads once
//! it is interactive: one record a line, fields separated by tabs, written by the build script. On the host they are
//! always there.

use std::sync::OnceLock;

use super::deployment::{Deployment, DeploymentTexts, Layout, Link, PlacedWall, PlacedZone};
use super::flow::Flow;
use super::procedure::{Procedure, ProcedureTexts};
use super::source::{Change, Dispute, Erratum, FlowTexts, Reading, Source, Statement};
use super::vocabulary::{Verdict, Vocabulary};
use crate::catalog::Confidence;

/// Every long text.
#[derive(Debug, Default)]
pub struct Texts {
    /// Every cited document.
    pub sources: &'static [Source],
    /// Every claim of the source article that was checked.
    pub errata: &'static [Erratum],
    /// What changed in the catalogue, newest first.
    pub changes: Vec<Change>,
    /// What to keep in mind about all entries.
    pub caveats: Vec<Statement>,
    /// Microsoft's rule on firewalls between Exchange servers and to domain controllers.
    pub support: Vec<Statement>,
    deployments: Vec<DeploymentTexts>,
    procedures: Vec<ProcedureTexts>,
    flows: Vec<FlowTexts>,
}

static TEXTS: OnceLock<Texts> = OnceLock::new();

/// The texts, once they are there.
#[cfg(target_arch = "wasm32")]
pub fn texts() -> Option<&'static Texts> {
    TEXTS.get()
}

/// The texts, once they are there; on the host, always.
///
/// # Panics
///
/// Never: the build script wrote the file.
#[cfg(not(target_arch = "wasm32"))]
pub fn texts() -> Option<&'static Texts> {
    Some(TEXTS.get_or_init(|| read(texts_file()).expect("the build script wrote the file")))
}

/// The file of the texts, as the site holds it.
#[cfg(not(target_arch = "wasm32"))]
pub fn texts_file() -> &'static str {
    include_str!(concat!(env!("OUT_DIR"), "/texts.tsv"))
}

/// Takes the texts from their file. `false` if it is not that file, such as one of another edition.
pub fn load_texts(file: String) -> bool {
    match read(file.leak()) {
        Some(texts) => {
            // A second load brings the same texts.
            drop(TEXTS.set(texts));
            true
        }
        None => false,
    }
}

impl Texts {
    /// The texts of a flow.
    pub fn of(&self, flow: &Flow) -> &FlowTexts {
        &self.flows[usize::from(flow.position)]
    }

    /// What is known of a deployment.
    pub fn of_deployment(&self, deployment: &Deployment) -> &DeploymentTexts {
        &self.deployments[usize::from(deployment.position)]
    }

    /// The texts of a procedure.
    pub fn of_procedure(&self, procedure: &Procedure) -> ProcedureTexts {
        self.procedures[usize::from(procedure.position)]
    }
}

/// Reads the file; `None` if a record is not what this edition expects.
fn read(file: &'static str) -> Option<Texts> {
    let mut texts = Texts {
        sources: records(file, "source").map(source).collect::<Option<Vec<_>>>()?.leak(),
        ..Texts::default()
    };
    let sources = texts.sources;
    let errata = records(file, "erratum")
        .map(|fields| erratum(fields, sources))
        .collect::<Option<Vec<_>>>()?;
    texts.errata = errata.leak();
    texts.changes = records(file, "change").map(change).collect::<Option<_>>()?;
    texts.caveats = records(file, "caveat")
        .map(|fields| statement(fields, sources))
        .collect::<Option<_>>()?;
    texts.support = records(file, "support")
        .map(|fields| statement(fields, sources))
        .collect::<Option<_>>()?;
    for mut fields in file.lines().map(|line| line.split('\t')) {
        match fields.next()? {
            "flow" => texts.flows.push(flow(fields, sources, texts.errata)?),
            "dispute" => texts.flows.last_mut()?.disputes.push(Dispute {
                what: fields.next()?,
                readings: Vec::new(),
            }),
            "reading" => {
                let dispute = texts.flows.last_mut()?.disputes.last_mut()?;
                dispute.readings.push(reading(fields, sources)?);
            }
            "deployment" => texts.deployments.push(DeploymentTexts::read(fields, sources)?),
            "article" => texts.deployments.last_mut()?.article = Some(Layout::read(fields, texts.errata)?),
            "zone" => texts.deployments.last_mut()?.zones.push(PlacedZone::read(fields)?),
            "wall" => texts.deployments.last_mut()?.walls.push(PlacedWall::read(fields)?),
            "link" => texts.deployments.last_mut()?.links.push(Link::read(fields)?),
            "procedure" => texts.procedures.push(ProcedureTexts {
                service: fields.next()?,
                role: fields.next()?,
            }),
            _ => {}
        }
    }
    let is_whole = texts.flows.len() == super::flows().len()
        && texts.deployments.len() == super::deployments().len()
        && texts.procedures.len() == super::procedures().len();
    is_whole.then_some(texts)
}

/// The fields of a record behind its kind.
pub(super) type Fields = std::str::Split<'static, char>;

/// The fields of the records of a kind.
fn records(file: &'static str, kind: &'static str) -> impl Iterator<Item = Fields> {
    file.lines().filter_map(move |line| {
        let mut fields = line.split('\t');
        (fields.next() == Some(kind)).then_some(fields)
    })
}

/// The items of a table at the positions that a field lists.
pub(super) fn at<T>(table: &'static [T], positions: &str) -> Option<Vec<&'static T>> {
    let positions = positions.split(',').filter(|position| !position.is_empty());
    positions
        .map(|position| table.get(position.parse::<usize>().ok()?))
        .collect()
}

fn source(mut fields: Fields) -> Option<Source> {
    Some(Source {
        id: fields.next()?,
        title: fields.next()?,
        location: fields.next()?,
        url: fields.next().filter(|url| !url.is_empty()),
    })
}

fn erratum(mut fields: Fields, sources: &'static [Source]) -> Option<Erratum> {
    Some(Erratum {
        number: fields.next()?.parse().ok()?,
        verdict: Verdict::from_slug(fields.next()?)?,
        section: fields.next()?,
        claim: fields.next()?,
        fact: fields.next()?,
        confidence: Confidence::from_slug(fields.next()?)?,
        sources: at(sources, fields.next()?)?,
    })
}

fn change(mut fields: Fields) -> Option<Change> {
    Some(Change {
        date: fields.next()?,
        text: fields.next()?,
    })
}

fn statement(mut fields: Fields, sources: &'static [Source]) -> Option<Statement> {
    Some(Statement {
        text: fields.next()?,
        sources: at(sources, fields.next()?)?,
    })
}

fn reading(mut fields: Fields, sources: &'static [Source]) -> Option<Reading> {
    Some(Reading {
        value: fields.next()?,
        sources: at(sources, fields.next()?)?,
        rule: fields.next()? == "rule",
    })
}

fn flow(mut fields: Fields, sources: &'static [Source], errata: &'static [Erratum]) -> Option<FlowTexts> {
    Some(FlowTexts {
        from: fields.next()?,
        to: fields.next()?,
        authentication: fields.next()?,
        configurable: fields.next()?,
        filtering_note: fields.next()?,
        iana: fields.next()?,
        notes: fields.next()?,
        sources: at(sources, fields.next()?)?,
        errata: at(errata, fields.next()?)?,
        disputes: Vec::new(),
    })
}
