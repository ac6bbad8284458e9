//! Access lists that stand at the entrance of an interface: which packets meet which list.
//!
//! An interface takes one list for each family and direction, so all that enters through it stands in one list:
//! connections that are opened there, and, for a device that remembers none, answers to those opened elsewhere.

use std::net::{IpAddr, Ipv4Addr};

use super::way::Way;
use crate::catalog::Zone;
use crate::firewall::address::{Family, Network};
use crate::firewall::options::Rest;
use crate::firewall::policy::Policy;

/// An interface and what enters through it.
pub struct Interface<'a> {
    /// What the reader calls it, or the slug of its zone.
    pub name: String,
    /// Openings first, then answers, each in the order of the policy.
    pub ways: Vec<Way<'a>>,
}

/// The list of one family at an interface.
pub struct AccessList<'a> {
    /// The name of the interface.
    pub interface: String,
    /// Unique among the lists of a policy; ends with `RETURN` if it holds answers only.
    pub name: String,
    /// The family of its addresses.
    pub family: Family,
    /// What it permits.
    pub ways: Vec<Way<'a>>,
}

/// The interfaces of a policy: those where connections are opened, then those where only answers enter.
pub fn interfaces(policy: &Policy) -> Vec<Interface<'_>> {
    let mut interfaces = Vec::new();
    for rule in &policy.rules {
        at(&mut interfaces, policy.options.name_of(rule.from))
            .ways
            .push(Way::opening(rule));
    }
    for rule in &policy.rules {
        at(&mut interfaces, policy.options.name_of(rule.to))
            .ways
            .push(Way::answer(rule));
    }
    interfaces
}

/// The lists of a device that remembers no connections. With `rest=drop` each interface has one of either family, so
/// that nothing passes it by.
pub fn stateless(policy: &Policy) -> Vec<AccessList<'_>> {
    let mut lists: Vec<AccessList> = Vec::new();
    for Interface { name: interface, ways } in interfaces(policy) {
        for family in Family::ALL {
            let ways: Vec<Way> = ways.iter().copied().filter(|way| way.rule.family == family).collect();
            if !ways.is_empty() || policy.options.rest == Rest::Drop {
                let name = unique(list_name(policy, &interface, family, &ways), &lists);
                lists.push(AccessList {
                    interface: interface.clone(),
                    name,
                    family,
                    ways,
                });
            }
        }
    }
    lists
}

/// The zones whose slugs stand for interfaces, because the reader named none.
pub fn unnamed(policy: &Policy) -> Vec<Zone> {
    let mut zones: Vec<Zone> = policy.rules.iter().flat_map(|rule| [rule.from, rule.to]).collect();
    zones.sort_unstable();
    zones.dedup();
    zones.retain(|zone| !policy.options.labels.contains_key(zone));
    zones
}

/// The bits of an IPv4 network that its addresses share; `None` for IPv6, which is written with its prefix.
pub fn netmask(network: Network) -> Option<Ipv4Addr> {
    let shared = || u32::MAX.checked_shl(32 - u32::from(network.prefix())).unwrap_or(0);
    match network.address() {
        IpAddr::V4(_) => Some(Ipv4Addr::from(shared())),
        IpAddr::V6(_) => None,
    }
}

/// The interface of a name, read without regard to case as devices do.
fn at<'i, 'a>(interfaces: &'i mut Vec<Interface<'a>>, name: String) -> &'i mut Interface<'a> {
    let known = interfaces
        .iter()
        .position(|interface| interface.name.eq_ignore_ascii_case(&name));
    let index = known.unwrap_or_else(|| {
        interfaces.push(Interface { name, ways: Vec::new() });
        interfaces.len() - 1
    });
    &mut interfaces[index]
}

fn list_name(policy: &Policy, interface: &str, family: Family, ways: &[Way]) -> String {
    // Lists of both families share one space of names.
    let family = match family {
        Family::V4 => "",
        Family::V6 => "-V6",
    };
    let answers_only = !ways.is_empty() && ways.iter().all(|way| way.is_answer);
    let content = if answers_only { "-RETURN" } else { "" };
    format!("{}-{interface}{family}{content}", policy.options.prefix)
}

/// The name, with a number if a list of another interface has it: the reader may call one `lan` and one `lan-V6`.
fn unique(name: String, lists: &[AccessList]) -> String {
    let mut free = name.clone();
    let mut number = 1;
    while lists.iter().any(|list| list.name == free) {
        number += 1;
        free = format!("{name}-{number}");
    }
    free
}
