//! iptables: a file for `iptables-restore`, IPv4.

use super::restore::{self, Tool};
use super::{Facts, Platform, Snippet, Standing, ip6tables};
use crate::firewall::address::Family;
use crate::firewall::policy::Policy;

/// The platform.
pub static PLATFORM: Platform = Platform {
    id: "iptables",
    title: "iptables",
    group: "Linux",
    purpose: "kernel rules, IPv4",
    standing: Standing::Either,
    drops_rest: true,
    names_zones: false,
    comment: "# ",
    file_name: "exchange-iptables.rules",
};

/// What is known of it.
pub static FACTS: Facts = Facts {
    reference: "iptables-restore(8), iptables-extensions(8), iptables 1.8.9",
    limits: "IPv4 only. A list holds 15 ports, a range counts as two, and some 20 addresses; longer rules are split. \
             Log prefixes hold 29 letters: longer names are cut.",
    twice: "Loading it twice is safe.",
};

static TOOL: Tool = Tool {
    platform: &PLATFORM,
    family: Family::V4,
    other: (&ip6tables::PLATFORM, Family::V6),
    echo_request: "-p icmp --icmp-type echo-request",
    discovery: &[],
};

/// Writes a policy down.
pub fn write(policy: &Policy) -> Snippet {
    restore::write(policy, &TOOL)
}
