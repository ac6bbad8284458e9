//! What changes from one version to another.

use super::pair::{self, Pair};
use super::question::Question;
use crate::catalog::Flow;

/// Two versions side by side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comparison {
    /// What is compared.
    pub question: Question,
    /// The pairs of zones that either version has, in the order of the zones.
    pub pairs: Vec<Pair>,
    /// Flows of the old version only, in catalogue order.
    pub ends: Vec<&'static Flow>,
    /// Flows of the new version only.
    pub begins: Vec<&'static Flow>,
    /// Flows of both.
    pub stays: Vec<&'static Flow>,
}

impl Comparison {
    /// Compares two versions.
    pub fn new(question: Question) -> Self {
        let old = question.filter(question.old).flows();
        let new = question.filter(question.new).flows();
        let pairs = pair::pairs(&question, &old, &new);
        let begins = new.iter().copied().filter(|flow| !old.contains(flow)).collect();
        let (stays, ends) = old.iter().partition(|flow| new.contains(flow));
        Self {
            question,
            pairs,
            ends,
            begins,
            stays,
        }
    }

    /// The pairs for which a firewall between zones holds entries.
    pub fn filtered(&self) -> impl Iterator<Item = &Pair> {
        self.pairs.iter().filter(|pair| pair.is_filtered())
    }

    /// The other pairs: no firewall between zones sees them, or Microsoft does not support filtering them in one of
    /// the versions.
    pub fn unfiltered(&self) -> impl Iterator<Item = &Pair> {
        self.pairs.iter().filter(|pair| !pair.is_filtered())
    }

    /// What it means for firewalls between zones, in two sentences such as `Open nothing. Close 14 entries.`
    pub fn finding(&self) -> String {
        let whole = |holds: fn(&Pair) -> bool| self.pairs.iter().filter(|pair| holds(pair)).count();
        let open = amount(
            self.filtered().map(|pair| pair.opens.len()).sum(),
            whole(Pair::opens_whole),
        );
        let close = amount(
            self.filtered().map(|pair| pair.closes.len()).sum(),
            whole(Pair::closes_whole),
        );
        format!("Open {open}. Close {close}.")
    }
}

fn amount(entries: usize, paths: usize) -> String {
    let entries = counted(entries, "entry", "entries");
    let paths = counted(paths, "whole path", "whole paths");
    match (entries, paths) {
        (Some(entries), Some(paths)) => format!("{entries} and {paths}"),
        (entries, paths) => entries.or(paths).unwrap_or_else(|| "nothing".to_owned()),
    }
}

fn counted(count: usize, one: &str, many: &str) -> Option<String> {
    match count {
        0 => None,
        1 => Some(format!("1 {one}")),
        _ => Some(format!("{count} {many}")),
    }
}
