//! The facets: the eight closed lists by which one narrows the catalogue, and their counts.

use super::filter::Filter;
use crate::catalog::{Encryption, Flow, Leg, Role, Set, State, Transport, Version, Vocabulary, Word, Zone};

/// A field of the filter that takes values of a closed list; in the order in which links write them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Facet {
    /// Exchange versions.
    Version,
    /// Roles at either end.
    Role,
    /// Zones at either end.
    Zone,
    /// Zones in which the connection is opened.
    From,
    /// Zones to which it goes.
    To,
    /// What carries it.
    Transport,
    /// How it is protected.
    Encryption,
    /// Whether it is needed.
    State,
}

impl Facet {
    /// Every facet.
    pub const ALL: [Self; 8] = [
        Self::Version,
        Self::Role,
        Self::Zone,
        Self::From,
        Self::To,
        Self::Transport,
        Self::Encryption,
        Self::State,
    ];

    /// The key in addresses.
    pub fn key(self) -> &'static str {
        match self {
            Self::Version => "version",
            Self::Role => "role",
            Self::Zone => "zone",
            Self::From => "from",
            Self::To => "to",
            Self::Transport => "transport",
            Self::Encryption => "encryption",
            Self::State => "state",
        }
    }

    /// What people read.
    pub fn title(self) -> &'static str {
        match self {
            Self::Version => "Version",
            Self::Role => "Role",
            Self::Zone => "Zone, either end",
            Self::From => "From",
            Self::To => "To",
            Self::Transport => "Transport",
            Self::Encryption => "Encryption",
            Self::State => "State",
        }
    }

    /// The words of its values, in catalogue order.
    pub fn words(self) -> &'static [Word] {
        match self {
            Self::Version => Version::WORDS,
            Self::Role => Role::WORDS,
            Self::Zone | Self::From | Self::To => Zone::WORDS,
            Self::Transport => Transport::WORDS,
            Self::Encryption => Encryption::WORDS,
            Self::State => State::WORDS,
        }
    }

    /// The chosen values: one bit for each, at its place in [`Facet::words`].
    pub fn chosen(self, filter: &Filter) -> u64 {
        match self {
            Self::Version => filter.versions.bits(),
            Self::Role => filter.roles.bits(),
            Self::Zone => filter.zones.bits(),
            Self::From => filter.from.bits(),
            Self::To => filter.to.bits(),
            Self::Transport => filter.transports.bits(),
            Self::Encryption => filter.encryptions.bits(),
            Self::State => filter.states.bits(),
        }
    }

    /// Chooses exactly these values.
    pub fn choose(self, filter: &mut Filter, bits: u64) {
        match self {
            Self::Version => filter.versions = Set::from_bits(bits),
            Self::Role => filter.roles = Set::from_bits(bits),
            Self::Zone => filter.zones = Set::from_bits(bits),
            Self::From => filter.from = Set::from_bits(bits),
            Self::To => filter.to = Set::from_bits(bits),
            Self::Transport => filter.transports = Set::from_bits(bits),
            Self::Encryption => filter.encryptions = Set::from_bits(bits),
            Self::State => filter.states = Set::from_bits(bits),
        }
    }
}

/// For each value of a facet, how many flows match when it is added to the chosen ones and all else stays. `found` are
/// the flows in which the words of the filter are found: looking for them is most of the work, and serves all facets.
pub fn counts(facet: Facet, filter: &Filter, found: &[&'static Flow]) -> Vec<usize> {
    let chosen = facet.chosen(filter);
    let mut widened = filter.clone();
    facet.choose(&mut widened, 0);
    let mut counts = vec![0; facet.words().len()];
    for flow in found.iter().filter(|flow| widened.allows(flow)) {
        let values = facet.values(&widened, flow);
        for (index, count) in counts.iter_mut().enumerate() {
            *count += usize::from(values & (chosen | 1 << index) != 0);
        }
    }
    counts
}

impl Facet {
    /// The values of which each alone lets a flow match that matches without any.
    fn values(self, filter: &Filter, flow: &Flow) -> u64 {
        let zones = |ends: fn(Leg) -> [Option<Zone>; 2]| {
            let zones: Set<Zone> = filter.legs(flow).flat_map(ends).flatten().collect();
            zones.bits()
        };
        match self {
            Self::Version => flow.versions().bits(),
            Self::Role => {
                let can_be = |role: &Role| flow.from.can_be(*role) || flow.to.can_be(*role);
                let roles: Set<Role> = Role::ALL.iter().copied().filter(can_be).collect();
                roles.bits()
            }
            Self::Zone => zones(|leg| [Some(leg.from), leg.to]),
            Self::From => zones(|leg| [Some(leg.from), None]),
            Self::To => zones(|leg| [leg.to, None]),
            Self::Transport => flow.transports.bits(),
            Self::Encryption => Set::EMPTY.with(flow.encryption).bits(),
            Self::State => Set::EMPTY.with(flow.state).bits(),
        }
    }
}
