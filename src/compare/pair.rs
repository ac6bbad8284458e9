//! What differs between two versions on the way from one zone to another.

use super::entry::{self, Entry, Owner, Stay};
use super::question::Question;
use crate::catalog::{Flow, Version, Vocabulary, Zone};
use crate::query::{Filter, Opened, opened_legs};

/// Two zones, and what both versions have open from one to the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair {
    /// Where connections are opened.
    pub from: Zone,
    /// Where they go.
    pub to: Zone,
    /// What only the old version has.
    pub closes: Vec<Entry>,
    /// What only the new version has.
    pub opens: Vec<Entry>,
    /// What both have.
    pub stays: Vec<Stay>,
    /// Whether Microsoft does not support filtering this path in the old version.
    pub is_whole_in_old: bool,
    /// Whether Microsoft does not support filtering this path in the new version.
    pub is_whole_in_new: bool,
}

impl Pair {
    /// Whether it leads from one of the zones to the other.
    pub(super) fn joins(&self, from: Zone, to: Zone) -> bool {
        (self.from, self.to) == (from, to)
    }

    /// Whether Microsoft does not support filtering it any more in the new version.
    pub fn becomes_whole(&self) -> bool {
        self.is_whole_in_new && !self.is_whole_in_old
    }

    /// Whether a firewall between zones holds entries for it in both versions: it sees the path and may filter it.
    pub fn is_filtered(&self) -> bool {
        self.from != self.to && !self.is_whole_in_old && !self.is_whole_in_new
    }

    /// Whether the new version needs the path as a whole and the old one did not.
    pub fn opens_whole(&self) -> bool {
        self.from != self.to && self.becomes_whole()
    }

    /// Whether the old version needs the path as a whole and the new one does not.
    pub fn closes_whole(&self) -> bool {
        self.from != self.to && self.is_whole_in_old && !self.is_whole_in_new
    }

    /// Whether both versions have the same open.
    pub fn is_unchanged(&self) -> bool {
        self.closes.is_empty() && self.opens.is_empty() && self.is_whole_in_old == self.is_whole_in_new
    }

    /// The ranges of more than one port that are there in one version only and lie elsewhere in the other: each
    /// closed one with each opened one of the same transport and family.
    pub fn moved_ranges(&self) -> Vec<(&Entry, &Entry)> {
        let is_range = |entry: &&Entry| entry.opened.range.is_some_and(|range| range.width() > 1);
        let moved_to = |old: &Entry, new: &Entry| {
            let families = |entry: &Entry| entry.owner.flows.iter().map(|flow| flow.family).collect::<Vec<_>>();
            old.opened.transports == new.opened.transports
                && families(old).iter().any(|family| families(new).contains(family))
        };
        let old = self.closes.iter().filter(is_range);
        old.flat_map(|old| {
            let new = self.opens.iter().filter(is_range);
            new.filter(move |new| moved_to(old, new)).map(move |new| (old, new))
        })
        .collect()
    }

    /// What speaks on the entries that close or open, each with the versions that have it.
    pub fn why(&self) -> Vec<String> {
        let entries = self.closes.iter().chain(&self.opens);
        let mut flows: Vec<&Flow> = entries.flat_map(|entry| entry.owner.flows.iter().copied()).collect();
        flows.sort();
        flows.dedup();
        flows.into_iter().map(service_with_versions).collect()
    }
}

/// Such as `Edge to Edge (2007 to 2010)`.
fn service_with_versions(flow: &Flow) -> String {
    let versions: Vec<Version> = flow.versions().iter().collect();
    let versions = match versions[..] {
        [first, .., last] if versions.len() == last.index() - first.index() + 1 => {
            format!("{} to {}", first.title(), last.title())
        }
        _ => versions.into_iter().map(Version::title).collect::<Vec<_>>().join(", "),
    };
    format!("{} ({versions})", flow.service())
}

/// What is open from one zone to another in one version.
struct Path {
    from: Zone,
    to: Zone,
    entries: Vec<Entry>,
    is_whole: bool,
}

/// The pairs of zones that either version has, in the order of the zones.
pub(super) fn pairs(question: &Question, old: &[&'static Flow], new: &[&'static Flow]) -> Vec<Pair> {
    let old = paths(&question.filter(question.old), old);
    let mut new = paths(&question.filter(question.new), new);
    let mut pairs: Vec<Pair> = Vec::new();
    for path in old {
        let other = new
            .iter()
            .position(|other| (other.from, other.to) == (path.from, path.to));
        let other = other.map(|index| new.swap_remove(index));
        pairs.push(pair(path, other));
    }
    for path in new {
        let nothing = Path {
            entries: Vec::new(),
            is_whole: false,
            ..path
        };
        pairs.push(pair(nothing, Some(path)));
    }
    pairs.sort_by_key(|pair| (pair.from, pair.to));
    pairs
}

fn pair(old: Path, new: Option<Path>) -> Pair {
    let is_whole_in_new = new.as_ref().is_some_and(|new| new.is_whole);
    let mut opens = new.map(|new| new.entries).unwrap_or_default();
    let (mut closes, mut stays) = (Vec::new(), Vec::new());
    for entry in old.entries {
        match opens.iter().position(|new| new.opened == entry.opened) {
            Some(index) => stays.push(Stay {
                opened: entry.opened,
                old: entry.owner,
                new: opens.remove(index).owner,
            }),
            None => closes.push(entry),
        }
    }
    Pair {
        from: old.from,
        to: old.to,
        closes,
        opens,
        stays,
        is_whole_in_old: old.is_whole,
        is_whole_in_new,
    }
}

fn paths(filter: &Filter, flows: &[&'static Flow]) -> Vec<Path> {
    let mut paths: Vec<Path> = Vec::new();
    for flow in flows {
        for (leg, to) in opened_legs(filter, flow) {
            let path = path(&mut paths, leg.from, to);
            path.is_whole |= filter.leaves_open(flow);
            for opened in Opened::by(flow).into_iter().flat_map(entry::by_transport) {
                owner(&mut path.entries, opened).add(flow, leg);
            }
        }
    }
    for path in &mut paths {
        path.entries.sort_by_key(|entry| entry::sort_key(&entry.opened));
    }
    paths
}

fn path(paths: &mut Vec<Path>, from: Zone, to: Zone) -> &mut Path {
    let known = paths.iter().position(|path| (path.from, path.to) == (from, to));
    let index = known.unwrap_or_else(|| {
        paths.push(Path {
            from,
            to,
            entries: Vec::new(),
            is_whole: false,
        });
        paths.len() - 1
    });
    &mut paths[index]
}

fn owner(entries: &mut Vec<Entry>, opened: Opened) -> &mut Owner {
    let known = entries.iter().position(|entry| entry.opened == opened);
    let index = known.unwrap_or_else(|| {
        entries.push(Entry {
            opened,
            owner: Owner::default(),
        });
        entries.len() - 1
    });
    &mut entries[index].owner
}
