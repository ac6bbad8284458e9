//! The least that a rule can allow, so that rules compare however a platform merges or splits them.

use std::collections::BTreeSet;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use exchange_ports::catalog::{PortRange, Transport};
use exchange_ports::firewall::{Addresses, Family, Network, Policy, Rule, Side};

/// One source network, one destination network, one transport, one range of ports, in one place.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Atom {
    pub side: Side,
    pub source: Network,
    pub destination: Network,
    pub transport: Transport,
    /// `None` for a transport without ports.
    pub ports: Option<PortRange>,
}

pub type Atoms = BTreeSet<Atom>;

/// Every address of a family, as a network.
pub fn everything(family: Family) -> Network {
    let address = match family {
        Family::V4 => IpAddr::V4(Ipv4Addr::UNSPECIFIED),
        Family::V6 => IpAddr::V6(Ipv6Addr::UNSPECIFIED),
    };
    Network::new(address, 0).expect("a prefix of 0 fits")
}

/// The networks of an end, any as the one that holds all.
fn networks(addresses: &Addresses, family: Family) -> Vec<Network> {
    match addresses {
        Addresses::Any => vec![everything(family)],
        Addresses::Only(networks) => networks.clone(),
    }
}

/// What a rule allows.
pub fn of_rule(rule: &Rule) -> Atoms {
    let ports: Vec<Option<PortRange>> = if rule.ports.is_empty() {
        vec![None]
    } else {
        rule.ports.iter().copied().map(Some).collect()
    };
    atoms(
        rule.side,
        &networks(&rule.source, rule.family),
        &networks(&rule.destination, rule.family),
        rule.transport,
        &ports,
    )
}

/// Every pairing of sources, destinations and ports.
pub fn atoms(
    side: Side,
    sources: &[Network],
    destinations: &[Network],
    transport: Transport,
    ports: &[Option<PortRange>],
) -> Atoms {
    let mut atoms = Atoms::new();
    for &source in sources {
        for &destination in destinations {
            for &ports in ports {
                atoms.insert(Atom {
                    side,
                    source,
                    destination,
                    transport,
                    ports,
                });
            }
        }
    }
    atoms
}

/// What a policy allows.
pub fn of_policy(policy: &Policy) -> Atoms {
    policy.rules.iter().flat_map(of_rule).collect()
}
