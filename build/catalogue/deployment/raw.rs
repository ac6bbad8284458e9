//! A deployment as people write it.

use serde::Deserialize;

use crate::catalogue::ports::Ports;
use crate::catalogue::vocabulary::{Judgement, Version, Wall, Zone};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Deployment {
    pub id: String,
    pub title: String,
    pub versions: Vec<Version>,
    pub judgement: Judgement,
    pub supported: String,
    /// Versions for which Microsoft says no to the design.
    #[serde(default)]
    pub unsupported: Vec<Version>,
    pub zones: Vec<PlacedZone>,
    pub drawing: Vec<Element>,
    /// Zones on whose machines a firewall of their own stands.
    #[serde(default)]
    pub hosts: Vec<Zone>,
    #[serde(default)]
    pub notes: String,
    pub sources: Vec<String>,
    pub article: Option<Article>,
    #[serde(rename = "link")]
    pub links: Vec<Link>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlacedZone {
    pub zone: Zone,
    pub label: String,
}

/// What stands beside what, from left to right.
#[derive(Deserialize)]
#[serde(
    untagged,
    expecting = "the drawing is made of columns such as [\"internet\"] and of the walls \"outer\" and \"inner\""
)]
pub enum Element {
    Wall(Wall),
    Column(Vec<Zone>),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Article {
    pub says: String,
    pub today: String,
    pub errata: Vec<u8>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Link {
    pub from: Zone,
    pub to: Zone,
    pub flows: Vec<String>,
    #[serde(default)]
    pub note: String,
    #[serde(default)]
    pub keep_closed: String,
    /// The ports among what must stay closed.
    #[serde(default)]
    pub closed_ports: Vec<Ports>,
    /// Why the link names flows whose own zones are others.
    #[serde(default)]
    pub reason: String,
}

impl Deployment {
    /// The columns, from left to right.
    pub fn columns(&self) -> Vec<&[Zone]> {
        let columns = self.drawing.iter().filter_map(|element| match element {
            Element::Column(zones) => Some(&zones[..]),
            Element::Wall(_) => None,
        });
        columns.collect()
    }

    /// The column in which a zone stands, from 0.
    pub fn column(&self, zone: Zone) -> Option<usize> {
        self.columns().iter().position(|column| column.contains(&zone))
    }

    /// The walls, each with the column that stands right of it.
    pub fn walls(&self) -> Vec<(Wall, usize)> {
        let mut columns = 0;
        let mut walls = Vec::new();
        for element in &self.drawing {
            match element {
                Element::Wall(wall) => walls.push((*wall, columns)),
                Element::Column(_) => columns += 1,
            }
        }
        walls
    }
}
