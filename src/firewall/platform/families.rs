//! Rules of firewalls whose word for any address means both families.

use crate::catalog::Transport;
use crate::firewall::address::{Addresses, Family};
use crate::firewall::rule::Rule;

/// What to say where a rule stands for both families.
pub const WRITTEN_ONCE: &str = "A rule without addresses holds for IPv4 and IPv6, and is written once.";

/// Whether it is the IPv6 half of a pair of rules that such a firewall writes as one, because neither names an address.
pub fn is_second(rule: &Rule) -> bool {
    rule.family == Family::V6 && is_without_family(rule)
}

/// Whether nothing in it says which family it is of. ICMP is a protocol of its own in each.
pub fn is_without_family(rule: &Rule) -> bool {
    (&rule.source, &rule.destination) == (&Addresses::Any, &Addresses::Any) && rule.transport != Transport::Icmp
}
