//! firewalld: a shell script of its commands.
//!
//! The rules are rich rules of policies, one for each way of packets: through the machine, into it, out of it. A policy
//! stands before all zones, so a rule needs no word of which zone an address is in. A rich rule has one source, one
//! destination and one port or range, so a rule of lists becomes one for each of their combinations.

use super::script::Script;
use super::{Facts, Platform, Snippet, Standing};
use crate::catalog::{Transport, Vocabulary};
use crate::firewall::address::{Addresses, Family};
use crate::firewall::options::{Placement, Rest};
use crate::firewall::policy::Policy;
use crate::firewall::rule::{Rule, Side};

/// The platform.
pub static PLATFORM: Platform = Platform {
    id: "firewalld",
    title: "firewalld",
    group: "Linux",
    purpose: "Red Hat and SUSE, a script of commands",
    standing: Standing::Either,
    drops_rest: true,
    names_zones: false,
    comment: "# ",
    file_name: "exchange-firewalld.sh",
};

/// What is known of it.
pub static FACTS: Facts = Facts {
    reference: "firewall-cmd(1), firewalld.policies(5) and firewalld.richlanguage(5), firewalld 0.9 and later",
    limits: "A rich rule has one source, one destination and one port or range: longer rules are split. \
             Names of policies hold 17 letters: ours are shorter.",
    twice: "Running it twice is safe: its own policies are replaced.",
};

/// Writes a policy down.
pub fn write(policy: &Policy) -> Snippet {
    let mut rules = Script::new(PLATFORM.comment);
    header(policy, &mut rules);
    rules.line("set -e");
    rules.note("Only what an earlier run wrote is replaced.");
    for way in &WAYS {
        let name = way.name(policy);
        rules.line(format_args!(
            "firewall-cmd --permanent --delete-policy={name} > /dev/null 2>&1 || true"
        ));
    }
    for way in ways(policy) {
        write_way(way, policy, &mut rules);
    }
    rules.unwritten(policy);
    Snippet {
        rules: rules.into_text(),
        apply: apply(policy),
        undo: undo(policy),
        remarks: Vec::new(),
    }
}

/// A way of packets, and between which zones it lies in the words of firewalld.
struct Way {
    side: Side,
    suffix: &'static str,
    ingress: &'static str,
    egress: &'static str,
}

const WAYS: [Way; 3] = [
    Way {
        side: Side::Between,
        suffix: "fwd",
        ingress: "ANY",
        egress: "ANY",
    },
    Way {
        side: Side::Inbound,
        suffix: "in",
        ingress: "ANY",
        egress: "HOST",
    },
    Way {
        side: Side::Outbound,
        suffix: "out",
        ingress: "HOST",
        egress: "ANY",
    },
];

impl Way {
    fn name(&self, policy: &Policy) -> String {
        format!("{}-{}", policy.options.prefix, self.suffix)
    }
}

/// The ways that are written: those on which rules stand, and with `rest=drop` all but a router's own connections,
/// which are not what was asked about.
fn ways(policy: &Policy) -> &'static [Way] {
    match (policy.options.placement, policy.options.rest) {
        (Placement::Network, Rest::Keep) => &WAYS[..1],
        (Placement::Network, Rest::Drop) => &WAYS[..2],
        (Placement::Host, Rest::Keep) => &WAYS[1..],
        (Placement::Host, Rest::Drop) => &WAYS,
    }
}

fn header(policy: &Policy, out: &mut Script) {
    out.header(policy, &PLATFORM);
    if policy.options.rest == Rest::Drop {
        out.note("What firewalld forwards to another address (forward-port) still passes.");
    }
}

fn write_way(way: &Way, policy: &Policy, out: &mut Script) {
    let name = way.name(policy);
    let command = format!("firewall-cmd --permanent --policy={name}");
    out.line(format_args!("firewall-cmd --permanent --new-policy={name}"));
    out.line(format_args!("{command} --add-ingress-zone={}", way.ingress));
    out.line(format_args!("{command} --add-egress-zone={}", way.egress));
    if policy.options.rest == Rest::Drop {
        // Before every other policy, so that none allows more.
        out.line(format_args!("{command} --set-priority=-32768"));
        out.line(format_args!("{command} --set-target=DROP"));
        if way.side != Side::Between {
            // Without neighbour discovery no IPv6 packet finds its way.
            add(&command, &DISCOVERY.map(discovery), out);
        }
    }
    let mut before = None;
    for rule in policy.rules.iter().filter(|rule| rule.side == way.side) {
        out.explain(before, rule);
        out.note(&rule.name);
        add(&command, &rich_rules(rule, policy.options.log), out);
        before = Some(rule);
    }
}

const DISCOVERY: [&str; 4] = [
    "router-solicitation",
    "router-advertisement",
    "neighbour-solicitation",
    "neighbour-advertisement",
];

fn discovery(icmp_type: &str) -> String {
    format!("rule family=\"ipv6\" icmp-type name=\"{icmp_type}\" accept")
}

/// The most rich rules of a command: the line of a shell holds two megabytes, a rich rule some hundred bytes.
const AT_ONCE: usize = 500;

fn add(command: &str, rich_rules: &[String], out: &mut Script) {
    for rich_rules in rich_rules.chunks(AT_ONCE) {
        let options = rich_rules.iter().map(|rule| format!("--add-rich-rule='{rule}'"));
        let words: Vec<String> = [command.to_owned()].into_iter().chain(options).collect();
        out.line(words.join(" \\\n  "));
    }
}

fn rich_rules(rule: &Rule, is_logged: bool) -> Vec<String> {
    let family = match rule.family {
        Family::V4 => "ipv4",
        Family::V6 => "ipv6",
    };
    let log = if is_logged {
        format!(" log prefix=\"{} \" level=\"info\"", rule.name)
    } else {
        String::new()
    };
    let traffic = traffic(rule);
    let mut rich_rules = Vec::new();
    for source in end("source", &rule.source) {
        for destination in end("destination", &rule.destination) {
            let traffic = traffic.iter();
            rich_rules.extend(
                traffic.map(|traffic| format!("rule family=\"{family}\"{source}{destination}{traffic}{log} accept")),
            );
        }
    }
    rich_rules
}

/// The elements of an end, one for each network; for any address an empty one.
fn end(element: &str, addresses: &Addresses) -> Vec<String> {
    match addresses {
        Addresses::Any => vec![String::new()],
        Addresses::Only(networks) => networks
            .iter()
            .map(|network| format!(" {element} address=\"{network}\""))
            .collect(),
    }
}

/// The elements of what carries connections, one for each port or range.
fn traffic(rule: &Rule) -> Vec<String> {
    match rule.transport {
        Transport::Tcp | Transport::Udp => {
            let transport = rule.transport.slug();
            let ports = rule.ports.iter();
            ports
                .map(|range| format!(" port port=\"{range}\" protocol=\"{transport}\""))
                .collect()
        }
        Transport::Icmp => vec![" icmp-type name=\"echo-request\"".to_owned()],
        Transport::Esp => vec![" protocol value=\"esp\"".to_owned()],
        Transport::Any => vec![String::new()],
    }
}

fn apply(policy: &Policy) -> String {
    let file = PLATFORM.file_name;
    let mut out = Script::new(PLATFORM.comment);
    out.note("As root, while firewalld runs. Running it twice is safe: its own policies are replaced.");
    out.line(format_args!("sh {file}"));
    out.line("firewall-cmd --check-config");
    out.note("Until here nothing is active. Reloading makes it so, and forgets what is set at runtime only:");
    out.note("firewall-cmd --runtime-to-permanent keeps that; run it before the script.");
    out.line("firewall-cmd --reload");
    if policy.options.rest == Rest::Keep {
        out.note("A policy of yours with a priority below -1 comes first, and what it denies stays denied.");
    }
    out.note("Show what is loaded.");
    for way in ways(policy) {
        out.line(format_args!("firewall-cmd --info-policy={}", way.name(policy)));
    }
    if policy.options.placement == Placement::Network {
        out.note("Nothing passes unless the machine forwards packets (net.ipv4.ip_forward).");
    }
    out.reachability(policy);
    out.into_text()
}

fn undo(policy: &Policy) -> String {
    let mut out = Script::new(PLATFORM.comment);
    for way in ways(policy) {
        out.line(format_args!(
            "firewall-cmd --permanent --delete-policy={}",
            way.name(policy)
        ));
    }
    out.line("firewall-cmd --reload");
    out.into_text()
}
