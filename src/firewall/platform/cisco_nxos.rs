//! Cisco NX-OS: access lists of Nexus switches.
//!
//! An access list for IPv6 on a Nexus 9000 denies even neighbour discovery, so every list permits it.

use super::stateless::{self, System};
use super::{Facts, Platform, Snippet, Standing};
use crate::firewall::address::{Family, Network};
use crate::firewall::policy::Policy;

/// The platform.
pub static PLATFORM: Platform = Platform {
    id: "cisco-nxos",
    title: "Cisco NX-OS",
    group: "Network",
    purpose: "access lists of a Nexus switch",
    standing: Standing::Network,
    drops_rest: true,
    names_zones: true,
    comment: "! ",
    file_name: "exchange-nxos.txt",
};

/// What is known of it.
pub static FACTS: Facts = Facts {
    reference: "Cisco Nexus 9000 Series NX-OS Security Configuration Guide, Configuring IP ACLs, NX-OS 7 and later",
    limits: "Remarks hold 100 letters: long ones are several. Names of lists hold 63 and no dots: ours are shorter, a \
             dot becomes a dash. One port or range a line. It remembers no connections: answers over UDP are permitted \
             to every port.",
    twice: "Loading it twice permits no more. Before you load a changed text, undo this one.",
};

/// Writes a policy down.
pub fn write(policy: &Policy) -> Snippet {
    stateless::write(policy, &SYSTEM)
}

static SYSTEM: System = System {
    platform: &PLATFORM,
    facts: &FACTS,
    name: "NX-OS",
    disk: "bootflash:",
    opens_v4: "ip access-list",
    numbers_v6: "",
    network,
    discovery: &["nd-na", "nd-ns", "router-advertisement", "router-solicitation"],
    permits_discovery: false,
    shows,
    shows_bindings: "show running-config aclmgr",
};

/// A host too is a network here.
fn network(network: Network) -> String {
    format!("{}/{}", network.address(), network.prefix())
}

fn shows(family: Family) -> &'static str {
    match family {
        Family::V4 => "show ip access-lists",
        Family::V6 => "show ipv6 access-lists",
    }
}
