//! What the firewall of Windows knows of a rule, whichever tool writes it down.

use std::net::{IpAddr, Ipv6Addr};

use super::Platform;
use super::families::{self, is_second, is_without_family};
use super::script::{Script, networks};
use crate::catalog::Transport;
use crate::firewall::address::{Addresses, Family, Network};
use crate::firewall::policy::Policy;
use crate::firewall::rule::{Rule, Side};

/// A rule as its host sees it: what is its own, and what is at the other end. An empty list is any address.
pub struct HostRule<'a> {
    /// What it says.
    pub rule: &'a Rule,
    /// The addresses of the host itself.
    pub local: Vec<String>,
    /// The addresses of the other end.
    pub remote: Vec<String>,
}

impl HostRule<'_> {
    /// Whether connections leave the host. No rule stands between zones here.
    pub fn is_outbound(&self) -> bool {
        self.rule.side == Side::Outbound
    }

    /// The ports, as Windows writes them.
    pub fn ports(&self) -> Vec<String> {
        self.rule.ports.iter().map(ToString::to_string).collect()
    }
}

/// The rules to write.
pub fn rules(policy: &Policy) -> Vec<HostRule<'_>> {
    let rules = policy.rules.iter().filter(|rule| !is_second(rule));
    rules.filter_map(host_rule).collect()
}

/// What marks rules as ours; the prefix keeps selections apart.
pub fn group(policy: &Policy) -> String {
    format!("exchange-ports-{}", policy.options.prefix)
}

/// The header, with what one must know before adding rules to this firewall; `listing` shows the rules that are there.
pub fn header(policy: &Policy, platform: &Platform, listing: &str, out: &mut Script) {
    out.header(policy, platform);
    out.note("Allow rules add up: Exchange Setup's own rules still allow these ports from anywhere, and nothing here");
    out.note("disables a rule. Their names begin with MSExchange, SESWorker or UM. List what is there, read-only:");
    out.note(format_args!("  {listing}"));
    if policy.rules.iter().any(|rule| rule.side == Side::Outbound) {
        out.note(
            "Windows lets every outbound connection pass unless that was changed; only then outbound rules matter.",
        );
    }
    if policy.rules.iter().any(is_second) {
        out.note(families::WRITTEN_ONCE);
    }
    if policy.options.log {
        out.note("not written: log=1: Windows logs the allowed connections of a whole profile, not of a rule");
        out.note("(Set-NetFirewallProfile -LogAllowed True).");
    }
}

/// What is asked for and not written.
pub fn unwritten(policy: &Policy, out: &mut Script) {
    for rule in &policy.rules {
        for end in [&rule.source, &rule.destination] {
            for network in networks(end).iter().filter(|network| text(**network).is_none()) {
                out.note(format_args!(
                    "not written: {network} in {}: Windows takes neither :: nor ::1 as an address",
                    rule.name
                ));
            }
        }
    }
    out.unwritten(policy);
}

/// `None` if Windows takes none of the addresses of an end.
fn host_rule(rule: &Rule) -> Option<HostRule<'_>> {
    let (source, destination) = (texts(&rule.source)?, texts(&rule.destination)?);
    let (local, mut remote) = match rule.side {
        Side::Outbound => (source, destination),
        Side::Inbound | Side::Between => (destination, source),
    };
    // A whole family at both ends is less than any address.
    if local.is_empty() && remote.is_empty() && rule.transport != Transport::Icmp && !is_without_family(rule) {
        remote.push(whole(rule.family).to_owned());
    }
    Some(HostRule { rule, local, remote })
}

/// The addresses of an end. A whole family is left out like any address: the other end holds the family.
fn texts(addresses: &Addresses) -> Option<Vec<String>> {
    let networks = networks(addresses);
    if networks.iter().all(|network| network.prefix() == 0) {
        return Some(Vec::new());
    }
    let texts: Vec<String> = networks.iter().copied().filter_map(text).collect();
    (!texts.is_empty()).then_some(texts)
}

/// Every address of a family. Windows refuses a prefix of 0 ([MS-FASP] 2.2.4 and 2.2.6).
fn whole(family: Family) -> &'static str {
    match family {
        Family::V4 => "0.0.0.0-255.255.255.255",
        Family::V6 => "::2-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
    }
}

/// A network as Windows takes it: it refuses `::` and `::1`, also as the beginning of one ([MS-FASP] 2.2.6 and 2.2.10).
fn text(network: Network) -> Option<String> {
    match network.address() {
        IpAddr::V6(first) if first.is_unspecified() || first.is_loopback() => {
            let host_bits = u128::MAX.checked_shr(network.prefix().into()).unwrap_or(0);
            let last = Ipv6Addr::from(u128::from(first) | host_bits);
            (!last.is_loopback() && !last.is_unspecified()).then(|| format!("::2-{last}"))
        }
        _ => Some(network.to_string()),
    }
}
