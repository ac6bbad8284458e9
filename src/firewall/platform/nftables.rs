//! nftables: a file for `nft -f`.
//!
//! With `rest=keep` the rules fill regular chains in the table `inet filter`, to which the reader's own base chains
//! jump: an accept in another table would not overrule a drop there. With `rest=drop` they are a table of their own
//! whose base chains drop. Chain and table names carry a suffix, so that no prefix is a keyword of the language.

use std::fmt::Write;

use super::{Platform, Snippet, Standing};
use crate::catalog::{State, Transport, Vocabulary, Zone};
use crate::firewall::address::{Addresses, Family, Network};
use crate::firewall::header;
use crate::firewall::options::{Placement, Rest};
use crate::firewall::policy::Policy;
use crate::firewall::rule::{Rule, Side};

/// The platform.
pub static PLATFORM: Platform = Platform {
    id: "nftables",
    title: "nftables",
    group: "Linux",
    standing: Standing::Either,
    file_name: "exchange.nft",
    reference: "nft(8), nftables 1.0.6 and later",
};

/// Writes a policy down.
pub fn write(policy: &Policy) -> Snippet {
    let mut rules = comment(&header::lines(policy, &PLATFORM));
    match policy.options.rest {
        Rest::Keep => keep(policy, &mut rules),
        Rest::Drop => drop_rest(policy, &mut rules),
    }
    Snippet {
        rules,
        apply: apply(policy),
        undo: undo(policy),
        remarks: Vec::new(),
    }
}

fn comment(lines: &[String]) -> String {
    lines.iter().fold(String::new(), |text, line| text + "# " + line + "\n")
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

fn keep(policy: &Policy, out: &mut String) {
    let prefix = &policy.options.prefix;
    // Made first, so that the flush finds them; flushed, so that loading twice is the same as once.
    line(out, 0, "table inet filter {");
    for (_, hook) in hooks(policy) {
        line(out, 1, &format!("chain {prefix}-{hook} {{"));
        line(out, 1, "}");
    }
    line(out, 0, "}");
    for (_, hook) in hooks(policy) {
        line(out, 0, &format!("flush chain inet filter {prefix}-{hook}"));
    }
    line(out, 0, "table inet filter {");
    for (side, hook) in hooks(policy) {
        line(out, 1, &format!("chain {prefix}-{hook} {{"));
        write_rules(policy, *side, out);
        line(out, 1, "}");
    }
    write_unwritten(policy, out);
    line(out, 0, "}");
}

fn drop_rest(policy: &Policy, out: &mut String) {
    let table = format!("table inet {}-filter", policy.options.prefix);
    line(out, 0, &format!("{table} {{"));
    line(out, 0, "}");
    line(out, 0, &format!("delete {table}"));
    line(out, 0, &format!("{table} {{"));
    for (side, hook) in HOOKS {
        // A router's own connections are not what was asked about.
        if hook == "output" && policy.options.placement == Placement::Network {
            continue;
        }
        line(out, 1, &format!("chain {hook} {{"));
        line(
            out,
            2,
            &format!("type filter hook {hook} priority filter; policy drop;"),
        );
        line(out, 2, "ct state established,related accept");
        match hook {
            "input" => line(out, 2, "iifname \"lo\" accept"),
            "output" => line(out, 2, "oifname \"lo\" accept"),
            _ => {}
        }
        if hook != "forward" {
            // Without neighbour discovery no IPv6 packet finds its way.
            let types = "nd-router-solicit, nd-router-advert, nd-neighbor-solicit, nd-neighbor-advert";
            line(out, 2, &format!("icmpv6 type {{ {types} }} accept"));
        }
        write_rules(policy, side, out);
        line(out, 1, "}");
    }
    write_unwritten(policy, out);
    line(out, 0, "}");
}

fn write_rules(policy: &Policy, side: Side, out: &mut String) {
    let mut block: Option<(Zone, Zone, State)> = None;
    for rule in policy.rules.iter().filter(|rule| rule.side == side) {
        let own = (rule.from, rule.to, rule.state);
        if block != Some(own) {
            let (from, to) = (rule.from.slug(), rule.to.slug());
            line(
                out,
                2,
                &format!("# {} from {from} to {to}{}", rule.state.slug(), when_needed(rule.state)),
            );
            block = Some(own);
        }
        line(out, 2, &format!("# flows: {}", rule.flow_ids()));
        if let Some(range) = rule.wide_range() {
            let width = range.width();
            line(
                out,
                2,
                &format!("# {width} ports: pin the service to one port, then open that one"),
            );
        }
        line(out, 2, &statement(rule, policy.options.log));
    }
}

fn when_needed(state: State) -> &'static str {
    match state {
        State::Optional => ": leave out what you do not use",
        State::Coexistence => ": only beside an older version or during a migration",
        State::Legacy => ": only for old systems",
        State::Required | State::NotUsed | State::Local => "",
    }
}

fn write_unwritten(policy: &Policy, out: &mut String) {
    for entry in &policy.unwritten {
        line(out, 1, &format!("# {entry}"));
    }
}

fn statement(rule: &Rule, log: bool) -> String {
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
    if log {
        parts.push(format!("log prefix \"{} \"", rule.name));
    }
    parts.push(format!("accept comment \"{}\"", rule.name));
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
    let mut out = String::new();
    line(
        &mut out,
        0,
        "# Check the file without loading it, then load it. Loading it twice is safe.",
    );
    line(&mut out, 0, &format!("nft -c -f {file}"));
    line(&mut out, 0, &format!("nft -f {file}"));
    match policy.options.rest {
        Rest::Keep => {
            line(
                &mut out,
                0,
                "# Once: send packets through it, before your own drop. Answers to allowed connections",
            );
            line(&mut out, 0, "# need your own rule for established connections.");
            for (_, hook) in hooks(policy) {
                line(
                    &mut out,
                    0,
                    &format!("nft insert rule inet filter {hook} jump {prefix}-{hook}"),
                );
            }
            line(&mut out, 0, "# Show what is loaded.");
            for (_, hook) in hooks(policy) {
                line(&mut out, 0, &format!("nft list chain inet filter {prefix}-{hook}"));
            }
        }
        Rest::Drop => {
            line(&mut out, 0, "# Show what is loaded.");
            line(&mut out, 0, &format!("nft list table inet {prefix}-filter"));
        }
    }
    out
}

fn undo(policy: &Policy) -> String {
    let prefix = &policy.options.prefix;
    let mut out = String::new();
    match policy.options.rest {
        Rest::Keep => {
            for (_, hook) in hooks(policy) {
                line(
                    &mut out,
                    0,
                    &format!(
                        "nft -a list chain inet filter {hook} | sed -n 's/.*jump {prefix}-{hook} # handle //p' | \
                         xargs -r -n 1 nft delete rule inet filter {hook} handle"
                    ),
                );
                line(&mut out, 0, &format!("nft flush chain inet filter {prefix}-{hook}"));
                line(&mut out, 0, &format!("nft delete chain inet filter {prefix}-{hook}"));
            }
        }
        Rest::Drop => line(&mut out, 0, &format!("nft delete table inet {prefix}-filter")),
    }
    out
}

fn line(out: &mut String, depth: usize, text: &str) {
    writeln!(out, "{:1$}{text}", "", depth * 2).expect("a string can be written");
}
