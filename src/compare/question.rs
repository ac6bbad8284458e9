//! Which versions are compared, and between which zones.

use crate::catalog::{Set, Version, Zone};
use crate::query::Filter;

/// Two versions and the zones between which they are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Question {
    /// The version that one comes from.
    pub old: Version,
    /// The version that one goes to.
    pub new: Version,
    /// Zones in which connections are opened; empty for all.
    pub from: Set<Zone>,
    /// Zones to which they go; empty for all.
    pub to: Set<Zone>,
}

impl Question {
    /// The comparison of two versions between the zones of a filter. What else the filter asks belongs to the list of
    /// flows, which keeps it: here it would leave out entries unseen.
    pub fn new(old: Version, new: Version, filter: &Filter) -> Self {
        Self {
            old,
            new,
            from: filter.from,
            to: filter.to,
        }
    }

    /// What it asks of one version.
    pub(super) fn filter(&self, version: Version) -> Filter {
        self.filter_of(Set::EMPTY.with(version))
    }

    /// What it asks of both versions together.
    pub(super) fn both(&self) -> Filter {
        self.filter_of(Set::EMPTY.with(self.old).with(self.new))
    }

    fn filter_of(&self, versions: Set<Version>) -> Filter {
        Filter {
            versions,
            from: self.from,
            to: self.to,
            ..Filter::default()
        }
    }
}
