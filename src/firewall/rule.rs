//! A rule of the neutral policy.

use super::address::{Addresses, Family};
use crate::catalog::{Flow, PortRange, State, Transport, Zone};

/// Where a rule sees its packets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Side {
    /// On a firewall between source and destination.
    Between,
    /// On the destination itself.
    Inbound,
    /// On the source itself.
    Outbound,
}

impl Side {
    /// Where the rule for the other direction stands.
    #[must_use]
    pub fn opposite(self) -> Self {
        match self {
            Self::Between => Self::Between,
            Self::Inbound => Self::Outbound,
            Self::Outbound => Self::Inbound,
        }
    }
}

/// One rule that allows new connections. Only types that cannot carry the syntax of a platform.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Unique among the rules of a policy: prefix, zones, transport, number.
    pub name: String,
    /// Where it stands.
    pub side: Side,
    /// The family of its addresses.
    pub family: Family,
    /// Where connections are opened.
    pub from: Zone,
    /// Where they go.
    pub to: Zone,
    /// Who opens them; networks of the family only.
    pub source: Addresses,
    /// Who is called; networks of the family only.
    pub destination: Addresses,
    /// What carries them.
    pub transport: Transport,
    /// The ports of the destination, ascending and joined; empty for a transport without ports.
    pub ports: Vec<PortRange>,
    /// The state of its flows.
    pub state: State,
    /// The flows that it is for, in catalogue order.
    pub flows: Vec<&'static Flow>,
}

impl Rule {
    /// The range, if the rule is for one of 1,000 ports or more.
    pub fn wide_range(&self) -> Option<PortRange> {
        self.ports.iter().copied().find(|&range| is_wide(range))
    }

    /// The ids of its flows, separated by commas.
    pub fn flow_ids(&self) -> String {
        let ids: Vec<&str> = self.flows.iter().map(|flow| flow.id).collect();
        ids.join(", ")
    }
}

/// Whether a range is so wide that it stands in a rule of its own.
pub fn is_wide(range: PortRange) -> bool {
    range.width() >= 1000
}

/// Ports separated by commas, such as `25,443,6001-6004`.
pub fn list(ports: &[PortRange]) -> String {
    let ports: Vec<String> = ports.iter().map(ToString::to_string).collect();
    ports.join(",")
}
