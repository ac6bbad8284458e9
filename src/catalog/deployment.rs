//! A deployment: a known way of placing servers.

use super::flow::Flow;
use super::flows;
use super::ports::PortRange;
use super::set::Set;
use super::source::{Erratum, Source};
use super::texts::{Fields, at};
use super::vocabulary::{Judgement, Version, Vocabulary, Wall, Zone};

/// A way of placing servers in zones.
#[derive(Debug, PartialEq, Eq)]
pub struct Deployment {
    /// The public name.
    pub id: &'static str,
    /// The place in the list, from 0.
    pub position: u16,
    /// The versions for which it is known.
    pub versions: Set<Version>,
}

/// What is known of a deployment.
#[derive(Debug)]
pub struct DeploymentTexts {
    /// Its name.
    pub title: &'static str,
    /// What Microsoft says of it, in a word.
    pub judgement: Judgement,
    /// What the word alone does not say, in sentences.
    pub supported: &'static str,
    /// The versions for which Microsoft says no to this design; none of them is one of its own.
    pub unsupported: Set<Version>,
    /// What to keep in mind.
    pub notes: &'static str,
    /// Where it was read.
    pub sources: Vec<&'static Source>,
    /// What the source article says of it, if it does.
    pub article: Option<Layout>,
    /// Its zones, by column, in each from top to bottom.
    pub zones: Vec<PlacedZone>,
    /// The firewalls between columns, from left to right.
    pub walls: Vec<PlacedWall>,
    /// What flows between its zones, in the order in which it is drawn.
    pub links: Vec<Link>,
}

/// A layout or an advice of the source article.
#[derive(Debug)]
pub struct Layout {
    /// What the article says.
    pub says: &'static str,
    /// What the rules of today say about it.
    pub today: &'static str,
    /// Its claims that were checked.
    pub errata: Vec<&'static Erratum>,
}

/// A zone of a deployment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlacedZone {
    /// The zone; each stands in a deployment once.
    pub zone: Zone,
    /// Who stands there.
    pub label: &'static str,
    /// The column of the drawing, from 0 at the left.
    pub column: usize,
    /// Whether the machines have a firewall of their own that counts as one of the deployment.
    pub is_host: bool,
}

/// Where a wall stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlacedWall {
    /// Which one; each stands in a deployment once.
    pub wall: Wall,
    /// The column right of it, 1 or more.
    pub before: usize,
}

/// What flows from one zone of a deployment to another, or within one.
///
/// The link gives the two ends, whatever zones its flows name elsewhere.
#[derive(Debug)]
pub struct Link {
    /// Where connections are opened.
    pub from: Zone,
    /// Where they go.
    pub to: Zone,
    /// The flows of all versions, in catalogue order.
    pub flows: Vec<&'static Flow>,
    /// What to keep in mind; may be empty.
    pub note: &'static str,
    /// What must stay closed on this way; may be empty.
    pub keep_closed: &'static str,
    /// The ports among that.
    pub closed_ports: Vec<PortRange>,
    /// Why it names flows whose own zones are others; empty if it names none.
    pub reason: &'static str,
}

impl DeploymentTexts {
    /// Reads the record `deployment`; others that follow belong to it.
    pub(super) fn read(mut fields: Fields, sources: &'static [Source]) -> Option<Self> {
        Some(Self {
            title: fields.next()?,
            judgement: Judgement::from_slug(fields.next()?)?,
            supported: fields.next()?,
            unsupported: items(fields.next()?).map(Version::from_slug).collect::<Option<_>>()?,
            notes: fields.next()?,
            sources: at(sources, fields.next()?)?,
            article: None,
            zones: Vec::new(),
            walls: Vec::new(),
            links: Vec::new(),
        })
    }

    /// The zone of a deployment, `None` if it has no such zone.
    pub fn zone(&self, zone: Zone) -> Option<&PlacedZone> {
        self.zones.iter().find(|placed| placed.zone == zone)
    }
}

impl Layout {
    /// Reads the record `article`.
    pub(super) fn read(mut fields: Fields, errata: &'static [Erratum]) -> Option<Self> {
        Some(Self {
            says: fields.next()?,
            today: fields.next()?,
            errata: at(errata, fields.next()?)?,
        })
    }
}

impl PlacedZone {
    /// Reads the record `zone`.
    pub(super) fn read(mut fields: Fields) -> Option<Self> {
        Some(Self {
            zone: Zone::from_slug(fields.next()?)?,
            label: fields.next()?,
            column: fields.next()?.parse().ok()?,
            is_host: fields.next()? == "host",
        })
    }
}

impl PlacedWall {
    /// Reads the record `wall`.
    pub(super) fn read(mut fields: Fields) -> Option<Self> {
        Some(Self {
            wall: Wall::from_slug(fields.next()?)?,
            before: fields.next()?.parse().ok()?,
        })
    }
}

impl Link {
    /// Reads the record `link`.
    pub(super) fn read(mut fields: Fields) -> Option<Self> {
        Some(Self {
            from: Zone::from_slug(fields.next()?)?,
            to: Zone::from_slug(fields.next()?)?,
            flows: at(flows(), fields.next()?)?,
            note: fields.next()?,
            keep_closed: fields.next()?,
            closed_ports: items(fields.next()?)
                .map(|ports| ports.parse().ok())
                .collect::<Option<_>>()?,
            reason: fields.next()?,
        })
    }
}

fn items(list: &str) -> impl Iterator<Item = &str> {
    list.split(',').filter(|item| !item.is_empty())
}
