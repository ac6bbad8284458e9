//! Objects that rules of network firewalls refer to: one for each network and one for each port or range, named after
//! what it is, so that rules share them and no list of ports can be too long for one.

use super::script::networks;
use crate::catalog::{PortRange, Transport, Vocabulary};
use crate::firewall::address::{Family, Network};
use crate::firewall::policy::Policy;
use crate::firewall::rule::Rule;
use crate::firewall::text::Prefix;

/// What a rule opens. A rule for any protocol has none.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Service {
    /// Ports of TCP.
    Tcp(PortRange),
    /// Ports of UDP.
    Udp(PortRange),
    /// Echo requests of a family.
    Ping(Family),
    /// Encapsulating security payload.
    Esp,
}

impl Service {
    /// What a rule opens.
    pub fn of(rule: &Rule) -> Vec<Self> {
        let ports = rule.ports.iter().copied();
        match rule.transport {
            Transport::Tcp => ports.map(Self::Tcp).collect(),
            Transport::Udp => ports.map(Self::Udp).collect(),
            Transport::Icmp => vec![Self::Ping(rule.family)],
            Transport::Esp => vec![Self::Esp],
            Transport::Any => Vec::new(),
        }
    }

    /// The name of its object.
    pub fn name(self, prefix: &Prefix) -> String {
        match self {
            Self::Tcp(ports) => format!("{prefix}-{}-{ports}", Transport::Tcp.slug()),
            Self::Udp(ports) => format!("{prefix}-{}-{ports}", Transport::Udp.slug()),
            Self::Ping(Family::V4) => format!("{prefix}-ping"),
            Self::Ping(Family::V6) => format!("{prefix}-ping6"),
            Self::Esp => format!("{prefix}-{}", Transport::Esp.slug()),
        }
    }
}

/// The services of rules, each once.
pub fn services<'a>(rules: impl Iterator<Item = &'a Rule>) -> Vec<Service> {
    each_once(rules.flat_map(Service::of))
}

/// The networks of rules, each once.
pub fn all_networks(policy: &Policy) -> Vec<Network> {
    let ends = policy.rules.iter().flat_map(|rule| [&rule.source, &rule.destination]);
    each_once(ends.flat_map(networks).copied())
}

fn each_once<T: Ord>(values: impl Iterator<Item = T>) -> Vec<T> {
    let mut values: Vec<T> = values.collect();
    values.sort_unstable();
    values.dedup();
    values
}

/// The name of the object of a network. Colons and slashes are no letters of names, so a dash and a line stand for them.
pub fn network_name(network: Network, prefix: &Prefix) -> String {
    format!("{prefix}-{network}").replace(':', "-").replace('/', "_")
}

/// The name of the rule that drops everything else. No other rule has a name as short as this.
pub fn rest_name(prefix: &Prefix) -> String {
    format!("{prefix}-rest")
}

/// How long a description may be: all of these firewalls take this much.
const DESCRIPTION: usize = 200;

/// The flows of a rule, as its description on the firewall; those that do not fit are counted.
pub fn description(rule: &Rule) -> String {
    let ids: Vec<&str> = rule.flows.iter().map(|flow| flow.id).collect();
    let whole = format!("flows: {}", ids.join(", "));
    let some = (1..ids.len()).rev().map(|kept| {
        let more = ids.len() - kept;
        format!("flows: {}, and {more} more", ids[..kept].join(", "))
    });
    let mut texts = std::iter::once(whole).chain(some);
    texts.find(|text| text.len() <= DESCRIPTION).unwrap_or_default()
}
