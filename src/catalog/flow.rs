//! A flow: one kind of connection.

use std::cmp::Ordering;

use super::leg::Leg;
use super::ports::{PortRange, Ports};
use super::set::Set;
use super::vocabulary::{Confidence, Direction, Encryption, Filtering, Role, State, Transport, Version, Zone};

/// One kind of connection that Exchange, its clients or its surroundings open: what lists, rules and the search
/// need. What else is known stands in [`super::Texts`].
///
/// Two flows are equal if they are the same entry; they sort in catalogue order.
#[derive(Debug)]
pub struct Flow {
    /// The public name, stable for ever.
    pub id: &'static str,
    /// The place in the catalogue, from 0.
    pub position: u16,
    /// The place of its family among the families, from 0.
    pub family: u8,
    /// The place in the order in which people ask for flows, from 0: by family, then as edited.
    pub standing: u16,
    /// The ports of the side that is called, ascending; empty for transports without ports.
    pub ports: &'static [Ports],
    /// What carries it; ports belong to TCP and UDP only.
    pub transports: Set<Transport>,
    /// The versions that a cited source names.
    pub documented: Set<Version>,
    /// The versions that no cited source names: carried over by design continuity or general knowledge.
    pub inferred: Set<Version>,
    /// The side that opens the connection.
    pub from: End,
    /// The side that is called.
    pub to: End,
    /// The direction as the sources tell it; only [`Direction::Both`] has a consequence: a second leg.
    pub direction: Direction,
    /// How it is protected.
    pub encryption: Encryption,
    /// What the word alone does not say.
    pub encryption_note: &'static str,
    /// Whether it is needed.
    pub state: State,
    /// When it is needed, if the state alone does not say it.
    pub state_note: &'static str,
    /// What Microsoft says of a firewall on its way.
    pub filtering: Filtering,
    /// The zones that should never reach it.
    pub block_from: Set<Zone>,
    /// How well it is known.
    pub confidence: Confidence,
    /// Whether the source article lists it.
    pub in_source_article: bool,
    /// The id of the flow that this one replaces, once its port is pinned.
    pub instead_of: Option<&'static str>,
    /// Whether the source article has it wrong or imprecise.
    pub corrected: bool,
    /// Whether sources disagree about it.
    pub disputed: bool,
    /// The ports that rules use in place of disputed ones: the reading that keeps things working.
    pub rule_ports: &'static [Ports],
}

/// One end of a flow.
#[derive(Debug)]
pub struct End {
    /// Where the machine stands.
    pub zones: Set<Zone>,
    /// What the machine does.
    pub roles: Set<Role>,
}

impl Flow {
    /// Every version, documented or inferred.
    pub fn versions(&self) -> Set<Version> {
        self.documented.union(self.inferred)
    }

    /// The newest version that has it.
    pub fn newest(&self) -> Option<Version> {
        self.versions().iter().next_back()
    }

    /// The pairs of zones between which it is opened: from each of its zones to each, and back again if
    /// either side opens it.
    pub fn legs(&self) -> impl Iterator<Item = Leg> {
        let back = (self.direction == Direction::Both).then(|| self.forward_legs().filter_map(Leg::reversed));
        self.forward_legs().chain(back.into_iter().flatten())
    }

    fn forward_legs(&self) -> impl Iterator<Item = Leg> {
        let nowhere = self.to.zones.is_empty().then_some(None);
        self.from.zones.iter().flat_map(move |from| {
            let destinations = self.to.zones.iter().map(Some).chain(nowhere);
            destinations.map(move |to| Leg {
                from,
                to,
                reversed: false,
            })
        })
    }

    /// The end at which a leg of this flow starts.
    pub fn start(&self, leg: Leg) -> &End {
        if leg.reversed { &self.to } else { &self.from }
    }

    /// The end at which a leg of this flow arrives.
    pub fn arrival(&self, leg: Leg) -> &End {
        if leg.reversed { &self.from } else { &self.to }
    }

    /// The ports that rules use: where sources disagree, the reading that keeps things working.
    pub fn ports_for_rules(&self) -> &'static [Ports] {
        if self.rule_ports.is_empty() {
            self.ports
        } else {
            self.rule_ports
        }
    }

    /// Whether one of its ports lies in the range.
    pub fn uses(&self, range: PortRange) -> bool {
        self.ports.iter().any(|ports| ports.range.overlaps(range))
    }
}

impl End {
    /// Whether a machine of this role can be this end: any Exchange role can be "any Exchange server".
    pub fn can_be(&self, role: Role) -> bool {
        self.roles.contains(role) || role.is_exchange() && self.roles.contains(Role::ExchangeServer)
    }
}

impl PartialEq for Flow {
    fn eq(&self, other: &Self) -> bool {
        self.position == other.position
    }
}

impl Eq for Flow {}

impl PartialOrd for Flow {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Flow {
    fn cmp(&self, other: &Self) -> Ordering {
        self.position.cmp(&other.position)
    }
}
