//! Where facts come from, where sources disagree, and where the source article is wrong.

use super::ports::Ports;
use super::vocabulary::{Confidence, Verdict};

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

/// A fact that sources tell differently.
#[derive(Debug)]
pub struct Dispute {
    /// The fact.
    pub what: &'static str,
    /// What each side says, two at least.
    pub readings: &'static [Reading],
}

/// One side of a dispute.
#[derive(Debug)]
pub struct Reading {
    /// What it says.
    pub value: &'static str,
    /// Who says it.
    pub sources: &'static [&'static Source],
    /// The ports that firewall rules use, if this is the reading that keeps things working.
    pub rule: &'static [Ports],
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
    pub sources: &'static [&'static Source],
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
    pub sources: &'static [&'static Source],
}
