//! A place that addresses belong to: a zone, or a role that is more exact.

use crate::catalog::{Role, Vocabulary, Zone};

/// A zone or a role. Zones sort first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// Every machine of a zone.
    Zone(Zone),
    /// The machines of a role.
    Role(Role),
}

impl Place {
    /// The public name.
    pub fn slug(self) -> &'static str {
        match self {
            Self::Zone(zone) => zone.slug(),
            Self::Role(role) => role.slug(),
        }
    }

    /// What people read.
    pub fn title(self) -> &'static str {
        match self {
            Self::Zone(zone) => zone.title(),
            Self::Role(role) => role.title(),
        }
    }

    /// The place of a slug, read without regard to case. No zone and role share a slug.
    pub fn from_slug(slug: &str) -> Option<Self> {
        let zone = Zone::from_slug(slug).map(Self::Zone);
        zone.or_else(|| Role::from_slug(slug).map(Self::Role))
    }
}
