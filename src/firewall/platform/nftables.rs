//! nftables: a file for `nft -f`.
//!
//! With `rest=keep` the rules fill regular chains in the table `inet filter`, to which the reader's own base chains
//! jump: an accept in another table would not overrule a drop there. With `rest=drop` they are a table of their own
//! whose base chains drop. Chain and table names carry a suffix, so that no prefix is a keyword of the language.

use super::script::Script;
use super::{Facts, Platform, Snippet, Standing};
use crate::catalog::Transport;
use crate::firewall::address::{Addresses, Family, Network};
use crate::firewall::options::{Placement, Rest};
use crate::firewall::policy::Policy;
use crate::firewall::rule::{Rule, Side};

/// The platform.
pub static PLATFORM: Platform = Platform {
    id: "nftables",
    title: "nftables",
    group: "Linux",
    purpose: "kernel rules, IPv4 and IPv6 in one file",
    standing: Standing::Either,
    drops_rest: true,
    names_zones: false,
    comment: "# ",
    file_name: "exchange.nft",
};

/// What is known of it.
pub static FACTS: Facts = Facts {
    reference: "nft(8), nftables 1.0.6 and later",
    limits: "Comments hold 128 bytes and log prefixes 127: names are shorter.",
    twice: "Loading it twice is safe.",
};

/// Writes a policy down.
pub fn write(policy: &Policy) -> Snippet {
    let mut rules = Script::new(PLATFORM.comment);
    rules.header(policy, &PLATFORM);
    match policy.options.rest {
        Rest::Keep => keep(policy, &mut rules),
        Rest::Drop => drop_rest(policy, &mut rules),
    }
    Snippet {
        rules: rules.into_text(),
        apply: apply(policy),
        undo: undo(policy),
        remarks: Vec::new(),
    }
}

/// The hooks in which rules can stand, with the side of their rules.
const HOOKS: [(Side, &str); 3] = [
    (Side::Between, "forward"),
    (Side::Inbound, "input"),
    (Side::Outbound, "output"),
];

/// The hooks that a placement fills.
fn hooks(policy: &Policy) -> &'static [(Side, &'static str)] {
    match policy.options.placement {
        Placement::Network => &HOOKS[..1],
        Placement::Host => &HOOKS[1..],
    }
}

fn keep(policy: &Policy, out: &mut Script) {
    let prefix = &policy.options.prefix;
    // Made first, so that the flush finds them; flushed, so that loading twice is the same as once.
    out.block("table inet filter {", "}", |out| {
        for (_, hook) in hooks(policy) {
            out.block(format_args!("chain {prefix}-{hook} {{"), "}", |_| {});
        }
    });
    for (_, hook) in hooks(policy) {
        out.line(format_args!("flush chain inet filter {prefix}-{hook}"));
    }
    out.block("table inet filter {", "}", |out| {
        for (side, hook) in hooks(policy) {
            out.block(format_args!("chain {prefix}-{hook} {{"), "}", |out| {
                write_rules(policy, *side, out);
            });
        }
        out.unwritten(policy);
    });
}

fn drop_rest(policy: &Policy, out: &mut Script) {
    let table = format!("table inet {}-filter", policy.options.prefix);
    out.block(format_args!("{table} {{"), "}", |_| {});
    out.line(format_args!("delete {table}"));
    out.block(format_args!("{table} {{"), "}", |out| {
        for (side, hook) in HOOKS {
            // A router's own connections are not what was asked about.
            if hook != "output" || policy.options.placement == Placement::Host {
                out.block(format_args!("chain {hook} {{"), "}", |out| base_chain(policy, side, hook, out));
            }
        }
        out.unwritten(policy);
    });
}

fn base_chain(policy: &Policy, side: Side, hook: &str, out: &mut Script) {
    out.line(format_args!("type filter hook {hook} priority filter; policy drop;"));
    out.line("ct state established,related accept");
    match hook {
        "input" => out.line("iifname \"lo\" accept"),
        "output" => out.line("oifname \"lo\" accept"),
        _ => {}
    }
    if hook != "forward" {
        // Without neighbour discovery no IPv6 packet finds its way.
        let types = "nd-router-solicit, nd-router-advert, nd-neighbor-solicit, nd-neighbor-advert";
        out.line(format_args!("icmpv6 type {{ {types} }} accept"));
    }
    write_rules(policy, side, out);
}

fn write_rules(policy: &Policy, side: Side, out: &mut Script) {
    let mut before = None;
    for rule in policy.rules.iter().filter(|rule| rule.side == side) {
        out.explain(before, rule);
        let traffic = matched(rule);
        if policy.options.log {
            // Only what begins: the packets that follow pass here too where the reader's jump stands early.
            out.line(format_args!("{traffic} ct state new log prefix \"{} \"", rule.name));
        }
        out.line(format_args!("{traffic} accept comment \"{}\"", rule.name));
        before = Some(rule);
    }
}

/// The packets of a rule.
fn matched(rule: &Rule) -> String {
    let keyword = match rule.family {
        Family::V4 => "ip",
        Family::V6 => "ip6",
    };
    let mut parts = Vec::new();
    parts.extend(address(&rule.source).map(|networks| format!("{keyword} saddr {networks}")));
    parts.extend(address(&rule.destination).map(|networks| format!("{keyword} daddr {networks}")));
    if parts.is_empty() {
        let protocol = match rule.family {
            Family::V4 => "ipv4",
            Family::V6 => "ipv6",
        };
        parts.push(format!("meta nfproto {protocol}"));
    }
    parts.extend(traffic(rule));
    parts.join(" ")
}

fn address(addresses: &Addresses) -> Option<String> {
    match addresses {
        Addresses::Any => None,
        Addresses::Only(networks) => Some(set(networks.iter().map(Network::to_string))),
    }
}

fn traffic(rule: &Rule) -> Option<String> {
    let ports = || set(rule.ports.iter().map(ToString::to_string));
    match (rule.transport, rule.family) {
        (Transport::Tcp, _) => Some(format!("tcp dport {}", ports())),
        (Transport::Udp, _) => Some(format!("udp dport {}", ports())),
        (Transport::Icmp, Family::V4) => Some("icmp type echo-request".to_owned()),
        (Transport::Icmp, Family::V6) => Some("icmpv6 type echo-request".to_owned()),
        (Transport::Esp, _) => Some("meta l4proto esp".to_owned()),
        (Transport::Any, _) => None,
    }
}

/// One value as it is, several in braces.
fn set(values: impl Iterator<Item = String>) -> String {
    let values: Vec<String> = values.collect();
    match &values[..] {
        [value] => value.clone(),
        _ => format!("{{ {} }}", values.join(", ")),
    }
}

fn apply(policy: &Policy) -> String {
    let prefix = &policy.options.prefix;
    let file = PLATFORM.file_name;
    let mut out = Script::new(PLATFORM.comment);
    out.note("Check the file without loading it, then load it. Loading it twice is safe.");
    out.line(format_args!("nft -c -f {file}"));
    out.line(format_args!("nft -f {file}"));
    match policy.options.rest {
        Rest::Keep => {
            out.note("Once: send packets through it, before your own drop. Answers to allowed connections");
            out.note("need your own rule for established connections.");
            for (_, hook) in hooks(policy) {
                out.line(format_args!("nft insert rule inet filter {hook} jump {prefix}-{hook}"));
            }
            out.note("Show what is loaded.");
            for (_, hook) in hooks(policy) {
                out.line(format_args!("nft list chain inet filter {prefix}-{hook}"));
            }
        }
        Rest::Drop => {
            out.note("Show what is loaded.");
            out.line(format_args!("nft list table inet {prefix}-filter"));
        }
    }
    out.reachability(policy);
    out.into_text()
}

fn undo(policy: &Policy) -> String {
    let prefix = &policy.options.prefix;
    let mut out = Script::new(PLATFORM.comment);
    match policy.options.rest {
        Rest::Keep => {
            for (_, hook) in hooks(policy) {
                out.line(format_args!(
                    "nft -a list chain inet filter {hook} | sed -n 's/.*jump {prefix}-{hook} # handle //p' | \
                     xargs -r -n 1 nft delete rule inet filter {hook} handle"
                ));
                out.line(format_args!("nft flush chain inet filter {prefix}-{hook}"));
                out.line(format_args!("nft delete chain inet filter {prefix}-{hook}"));
            }
        }
        Rest::Drop => out.line(format_args!("nft delete table inet {prefix}-filter")),
    }
    out.into_text()
}
