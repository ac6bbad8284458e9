//! The data as people write it. Words of the vocabularies and ports are parsed on the way in.

use serde::{Deserialize, Deserializer, de};

use super::deployment::Deployment;
use super::ports::Ports;
use super::vocabulary::{
    Confidence, Direction, Encryption, Filtering, Judgement, Role, State, Transport, Verdict, Version, Vocabulary,
    Wall, Zone,
};

/// An entry of a file, with the place where it stands.
pub struct Entry<T> {
    /// The path of the file, from the folder of the data.
    pub file: String,
    /// What a problem calls it.
    pub label: String,
    /// What it says.
    pub value: T,
}

/// Everything under `data/`.
pub struct Catalogue {
    pub families: Vec<Entry<Family>>,
    pub values: Vec<Entry<ValueWords>>,
    pub flows: Vec<Entry<Flow>>,
    pub sources: Vec<Entry<Source>>,
    pub errata: Vec<Entry<Erratum>>,
    pub changes: Vec<Entry<Change>>,
    pub caveats: Vec<Entry<Statement>>,
    pub support: Entry<Statement>,
    pub deployments: Vec<Entry<Deployment>>,
    pub procedures: Vec<Entry<Procedure>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Family {
    /// The name of its file under `flows/`.
    pub id: String,
    pub aliases: Vec<String>,
}

/// Other words for a value of a vocabulary.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ValueWords {
    pub facet: String,
    pub slug: String,
    pub words: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Flow {
    pub id: String,
    pub service: String,
    pub purpose: String,
    #[serde(default)]
    pub aliases: Vec<String>,
    #[serde(default)]
    pub ports: Vec<Ports>,
    pub transports: Vec<Transport>,
    #[serde(default)]
    pub documented: Vec<Version>,
    #[serde(default)]
    pub inferred: Vec<Version>,
    pub from: End,
    pub to: End,
    pub direction: Direction,
    pub encryption: Encryption,
    #[serde(default)]
    pub encryption_note: String,
    pub authentication: String,
    pub configurable: String,
    pub state: State,
    #[serde(default)]
    pub state_note: String,
    pub filtering: Filtering,
    #[serde(default)]
    pub filtering_note: String,
    #[serde(default)]
    pub block_from: Vec<Zone>,
    #[serde(default)]
    pub iana: String,
    pub confidence: Confidence,
    #[serde(default)]
    pub in_source_article: bool,
    pub instead_of: Option<String>,
    pub sources: Vec<String>,
    #[serde(default)]
    pub notes: String,
    #[serde(default, rename = "dispute")]
    pub disputes: Vec<Dispute>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct End {
    pub zones: Vec<Zone>,
    pub roles: Vec<Role>,
    pub note: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dispute {
    pub what: String,
    #[serde(rename = "reading")]
    pub readings: Vec<Reading>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reading {
    pub value: String,
    pub sources: Vec<String>,
    #[serde(default)]
    pub rule: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    pub id: String,
    pub title: String,
    #[serde(default)]
    pub location: String,
    pub url: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Erratum {
    pub number: u8,
    pub verdict: Verdict,
    pub section: String,
    pub claim: String,
    pub fact: String,
    pub confidence: Confidence,
    pub sources: Vec<String>,
    #[serde(default)]
    pub flows: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Change {
    pub date: String,
    pub text: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Statement {
    pub text: String,
    #[serde(default)]
    pub sources: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Procedure {
    pub id: String,
    pub service: String,
    pub role: String,
    pub versions: Vec<Version>,
}

impl Family {
    /// The file of its flows, from the folder of the data.
    pub fn flows_file(&self) -> String {
        format!("flows/{}.toml", self.id)
    }
}

impl ValueWords {
    /// The place of the value in its vocabulary.
    pub fn index(&self) -> Option<usize> {
        match self.facet.as_str() {
            "version" => Version::from_slug(&self.slug).map(Vocabulary::index),
            "zone" => Zone::from_slug(&self.slug).map(Vocabulary::index),
            "role" => Role::from_slug(&self.slug).map(Vocabulary::index),
            _ => None,
        }
    }
}

impl Reading {
    /// The ports that firewall rules use, if this is the reading that they follow.
    pub fn rule_ports(&self) -> Result<Vec<Ports>, String> {
        if !self.rule {
            return Ok(Vec::new());
        }
        self.value
            .split(',')
            .map(|ports| ports.parse().map_err(|error| format!("`{ports}` {error}")))
            .collect()
    }
}

impl<'de> Deserialize<'de> for Ports {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        let text = String::deserialize(input)?;
        text.parse()
            .map_err(|error| de::Error::custom(format_args!("port `{text}` {error}")))
    }
}

macro_rules! read_by_slug {
    ($($name:ident),+) => {$(
        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
                let slug = String::deserialize(input)?;
                Self::ALL.iter().copied().find(|value| value.slug() == slug).ok_or_else(|| {
                    let known: Vec<&str> = Self::WORDS.iter().map(|word| word.slug).collect();
                    de::Error::custom(format_args!(
                        "`{slug}` is not a {} (known: {})",
                        stringify!($name).to_lowercase(),
                        known.join(", "),
                    ))
                })
            }
        }
    )+};
}

read_by_slug!(
    Confidence, Direction, Encryption, Filtering, Judgement, Role, State, Transport, Verdict, Version, Wall, Zone
);
