//! ip6tables: a file for `ip6tables-restore`, IPv6.

use super::restore::{self, Tool};
use super::{Facts, Platform, Snippet, Standing, iptables};
use crate::firewall::address::Family;
use crate::firewall::policy::Policy;

/// The platform.
pub static PLATFORM: Platform = Platform {
    id: "ip6tables",
    title: "ip6tables",
    group: "Linux",
    purpose: "kernel rules, IPv6",
    standing: Standing::Either,
    drops_rest: true,
    names_zones: false,
    comment: "# ",
    file_name: "exchange-ip6tables.rules",
};

/// What is known of it.
pub static FACTS: Facts = Facts {
    reference: "ip6tables-restore(8), iptables-extensions(8), iptables 1.8.9",
    limits: "IPv6 only. A list holds 15 ports, a range counts as two, and some 20 addresses; longer rules are split. \
             Log prefixes hold 29 letters: longer names are cut.",
    twice: "Loading it twice is safe.",
};

static TOOL: Tool = Tool {
    platform: &PLATFORM,
    family: Family::V6,
    other: (&iptables::PLATFORM, Family::V4),
    echo_request: "-p ipv6-icmp --icmpv6-type echo-request",
    discovery: &[
        "router-solicitation",
        "router-advertisement",
        "neighbour-solicitation",
        "neighbour-advertisement",
    ],
};

/// Writes a policy down.
pub fn write(policy: &Policy) -> Snippet {
    restore::write(policy, &TOOL)
}
