//! Where facts come from, where sources disagree, and where the source article is wrong.

use super::set::Set;
use super::vocabulary::{Confidence, Verdict, Version};

/// A document that facts were read in.
#[derive(Debug, PartialEq, Eq)]
pub struct Source {
    /// The public name.
    pub id: &'static str,
    /// Its title.
    pub title: &'static str,
    /// Repository and path, or whatever finds the text; empty if the title is enough.
    pub location: &'static str,
    /// Its address, only where the source itself gives one.
    pub url: Option<&'static str>,
}

impl Source {
    /// Title and location in one line.
    pub fn citation(&self) -> String {
        if self.location.is_empty() {
            self.title.to_owned()
        } else {
            format!("{} ({})", self.title, self.location)
        }
    }
}

/// A document, as the planner cites it: it has no long texts at hand.
#[derive(Debug, PartialEq, Eq)]
pub struct Cited {
    /// The public name of the [`Source`].
    pub id: &'static str,
    /// Its title.
    pub title: &'static str,
}

/// A port that can be changed in another way than by a static RPC port.
#[derive(Debug)]
pub struct OtherPort {
    /// What listens on it.
    pub what: &'static str,
    /// The versions that let one change it.
    pub versions: Set<Version>,
    /// What it is unless somebody changes it.
    pub default: &'static str,
    /// How it is changed.
    pub how: &'static str,
    /// How well that is known.
    pub confidence: Confidence,
    /// Where it was read.
    pub sources: Vec<&'static Source>,
}

/// A fact that sources tell differently.
#[derive(Debug)]
pub struct Dispute {
    /// The fact.
    pub what: &'static str,
    /// What each side says, two at least.
    pub readings: Vec<Reading>,
}

/// One side of a dispute.
#[derive(Debug)]
pub struct Reading {
    /// What it says.
    pub value: &'static str,
    /// Who says it.
    pub sources: Vec<&'static Source>,
    /// Whether firewall rules use it: the reading that keeps things working.
    pub rule: bool,
}

/// A claim of the source article, and how it stands up.
#[derive(Debug)]
pub struct Erratum {
    /// Its number in the list of errata.
    pub number: u8,
    /// What became of the claim.
    pub verdict: Verdict,
    /// The part of the article.
    pub section: &'static str,
    /// What the article says.
    pub claim: &'static str,
    /// What is right.
    pub fact: &'static str,
    /// How well that is known.
    pub confidence: Confidence,
    /// Where it was read.
    pub sources: Vec<&'static Source>,
}

/// An entry of the change log.
#[derive(Debug)]
pub struct Change {
    /// Year, month, day.
    pub date: &'static str,
    /// What changed.
    pub text: &'static str,
}

/// A general statement with its sources.
#[derive(Debug)]
pub struct Statement {
    /// What is said.
    pub text: &'static str,
    /// Where it was read.
    pub sources: Vec<&'static Source>,
}

/// What is told about one flow.
#[derive(Debug)]
pub struct FlowTexts {
    /// Who opens the connection, in the words of the sources.
    pub from: &'static str,
    /// Who is called, in the words of the sources.
    pub to: &'static str,
    /// How the caller signs in.
    pub authentication: &'static str,
    /// Whether and how the port can be changed.
    pub configurable: &'static str,
    /// What the word for filtering alone does not say.
    pub filtering_note: &'static str,
    /// What the port registry of IANA says of its ports.
    pub iana: &'static str,
    /// Caveats and details.
    pub notes: &'static str,
    /// Where it was read.
    pub sources: Vec<&'static Source>,
    /// What the source article says of it, and how that stands up.
    pub errata: Vec<&'static Erratum>,
    /// What sources tell differently.
    pub disputes: Vec<Dispute>,
}
