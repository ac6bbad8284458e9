//! Cisco IOS and IOS-XE: extended access lists.

use super::stateless::{self, System};
use super::{Facts, Platform, Snippet, Standing, access_list};
use crate::firewall::address::{Family, Network};
use crate::firewall::policy::Policy;

/// The platform.
pub static PLATFORM: Platform = Platform {
    id: "cisco-ios",
    title: "Cisco IOS, IOS-XE",
    group: "Network",
    purpose: "access lists of a router or switch",
    standing: Standing::Network,
    drops_rest: true,
    names_zones: true,
    comment: "! ",
    file_name: "exchange-ios.txt",
};

/// What is known of it.
pub static FACTS: Facts = Facts {
    reference: "IP Named Access Control Lists and IPv6 Access Control Lists, IOS 15 and IOS-XE 16 and later",
    limits: "Remarks hold 100 letters: long ones are several. One port or range a line. It remembers no connections: \
             answers over UDP are permitted to every port.",
    twice: "Loading it twice changes nothing. Before you load a changed text, undo this one.",
};

/// Writes a policy down.
pub fn write(policy: &Policy) -> Snippet {
    stateless::write(policy, &SYSTEM)
}

static SYSTEM: System = System {
    platform: &PLATFORM,
    facts: &FACTS,
    name: "IOS",
    disk: "flash:",
    opens_v4: "ip access-list extended",
    numbers_v6: "sequence ",
    network,
    discovery: &["nd-na", "nd-ns"],
    permits_discovery: true,
    shows,
    shows_bindings: "show running-config | include ^interface|access-group|traffic-filter",
};

fn network(network: Network) -> String {
    match access_list::netmask(network) {
        _ if network.is_host() => format!("host {network}"),
        Some(mask) => format!("{} {}", network.address(), !mask),
        None => network.to_string(),
    }
}

fn shows(family: Family) -> &'static str {
    match family {
        Family::V4 => "show ip access-lists",
        Family::V6 => "show ipv6 access-list",
    }
}
