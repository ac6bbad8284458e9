//! Cisco ASA: extended access lists, which hold both families.
//!
//! Several addresses of an end or several ports of a rule are an object group, named after the rule. A group of
//! services says the transport too, so it stands where the protocol would; that is the form that every release reads.

use super::access_list::{self, Interface};
use super::script::{Script, explanation};
use super::{Facts, Platform, Snippet, Standing, terminal};
use crate::catalog::{PortRange, Transport, Vocabulary};
use crate::firewall::address::{Addresses, Family, Network};
use crate::firewall::options::Rest;
use crate::firewall::policy::Policy;
use crate::firewall::rule::Rule;

/// The platform.
pub static PLATFORM: Platform = Platform {
    id: "cisco-asa",
    title: "Cisco ASA",
    group: "Network",
    purpose: "access lists and object groups of a firewall",
    standing: Standing::Network,
    drops_rest: true,
    names_zones: true,
    comment: "! ",
    file_name: "exchange-asa.txt",
};

/// What is known of it.
pub static FACTS: Facts = Facts {
    reference: "ASA Firewall CLI Configuration Guide, ASA 9.0 and later",
    limits: "Remarks hold 100 letters: long ones are several. Names of groups hold 64: ours are shorter.",
    twice: "Loading it twice permits no more. Lists and groups only grow: before you load a changed text, undo this one.",
};

/// Writes a policy down.
pub fn write(policy: &Policy) -> Snippet {
    let lists = lists(policy);
    let mut rules = Script::new(PLATFORM.comment);
    header(policy, &mut rules);
    for list in &lists {
        write_list(list, policy, &mut rules);
    }
    terminal::unwritten(policy, &mut rules);
    Snippet {
        rules: rules.into_text(),
        apply: apply(policy, &lists),
        undo: undo(policy, &lists),
        remarks: Vec::new(),
    }
}

/// What an ASA permits at an interface. It remembers connections, so only those that are opened there need a line.
struct List<'a> {
    interface: String,
    name: String,
    rules: Vec<&'a Rule>,
}

/// With `rest=drop` an interface where nothing is opened has a list too.
fn lists(policy: &Policy) -> Vec<List<'_>> {
    let list = |Interface { name: interface, ways }| List {
        name: format!("{}-{interface}", policy.options.prefix),
        interface,
        rules: ways.iter().filter(|way| !way.is_answer).map(|way| way.rule).collect(),
    };
    let mut lists: Vec<List> = access_list::interfaces(policy).into_iter().map(list).collect();
    lists.retain(|list| !list.rules.is_empty() || policy.options.rest == Rest::Drop);
    lists
}

fn header(policy: &Policy, out: &mut Script) {
    terminal::header(policy, &PLATFORM, out);
    terminal::note("An ASA matches the servers' own addresses, whatever it translates (NAT).", out);
    let has = |transport: Transport| policy.rules.iter().any(|rule| rule.transport == transport);
    if has(Transport::Icmp) {
        terminal::note("Answers to pings need \"inspect icmp\" in the global policy.", out);
    }
    if has(Transport::Esp) {
        terminal::note("ESP in answer needs \"inspect ipsec-pass-thru\" in the global policy.", out);
    }
}

fn write_list(list: &List, policy: &Policy, out: &mut Script) {
    let name = &list.name;
    for rule in &list.rules {
        for Group { kind, name, members } in groups(rule) {
            out.line(format_args!("object-group {kind} {name}"));
            for member in members {
                out.line(format_args!(" {member}"));
            }
        }
    }
    let log = if policy.options.log { " log" } else { "" };
    let mut before = None;
    for rule in &list.rules {
        let mut remarks = explanation(before, rule);
        remarks.push(rule.name.clone());
        for remark in remarks.iter().flat_map(|text| terminal::remarks(text)) {
            out.line(format_args!("access-list {name} {remark}"));
        }
        out.line(format_args!("access-list {name} extended permit {}{log}", entry(rule)));
        before = Some(*rule);
    }
    if policy.options.rest == Rest::Drop {
        out.line(format_args!("access-list {name} extended deny ip any any{log}"));
    }
}

/// Several values under one name.
struct Group {
    kind: &'static str,
    name: String,
    members: Vec<String>,
}

/// The groups that a rule needs.
fn groups(rule: &Rule) -> Vec<Group> {
    let source = network_group(&rule.source, source_group(rule));
    let destination = network_group(&rule.destination, destination_group(rule));
    let services = (rule.ports.len() > 1).then(|| services(rule));
    [source, destination, services].into_iter().flatten().collect()
}

fn network_group(addresses: &Addresses, name: String) -> Option<Group> {
    let Addresses::Only(networks) = addresses else {
        return None;
    };
    let member = |&network: &Network| format!("network-object {}", one(network));
    (networks.len() > 1).then(|| Group {
        kind: "network",
        name,
        members: networks.iter().map(member).collect(),
    })
}

fn services(rule: &Rule) -> Group {
    let transport = rule.transport.slug();
    let member = |&range: &PortRange| format!("service-object {transport} destination {}", port(range));
    Group {
        kind: "service",
        name: service_group(rule),
        members: rule.ports.iter().map(member).collect(),
    }
}

fn source_group(rule: &Rule) -> String {
    format!("{}-from", rule.name)
}

fn destination_group(rule: &Rule) -> String {
    format!("{}-to", rule.name)
}

fn service_group(rule: &Rule) -> String {
    format!("{}-ports", rule.name)
}

/// Protocol, ends and ports of a rule.
fn entry(rule: &Rule) -> String {
    let source = end(rule, &rule.source, source_group(rule));
    let destination = end(rule, &rule.destination, destination_group(rule));
    match (&rule.ports[..], rule.transport) {
        ([], transport) => format!("{} {source} {destination}{}", protocol(transport, rule.family), kind(transport)),
        (&[range], transport) => format!("{} {source} {destination} {}", transport.slug(), port(range)),
        _ => format!("object-group {} {source} {destination}", service_group(rule)),
    }
}

fn end(rule: &Rule, addresses: &Addresses, group: String) -> String {
    match (addresses, rule.family) {
        // The bare word would mean both families.
        (Addresses::Any, Family::V4) => "any4".to_owned(),
        (Addresses::Any, Family::V6) => "any6".to_owned(),
        (Addresses::Only(networks), _) => match networks[..] {
            [network] => one(network),
            _ => format!("object-group {group}"),
        },
    }
}

fn one(network: Network) -> String {
    match access_list::netmask(network) {
        _ if network.is_host() => format!("host {network}"),
        Some(mask) => format!("{} {mask}", network.address()),
        None => network.to_string(),
    }
}

fn port(range: PortRange) -> String {
    if range.width() == 1 {
        format!("eq {range}")
    } else {
        format!("range {} {}", range.first(), range.last())
    }
}

fn protocol(transport: Transport, family: Family) -> &'static str {
    match (transport, family) {
        (Transport::Any, _) => "ip",
        (Transport::Icmp, Family::V6) => "icmp6",
        _ => transport.slug(),
    }
}

/// The kind of message, for a protocol that has kinds.
fn kind(transport: Transport) -> &'static str {
    if transport == Transport::Icmp { " echo" } else { "" }
}

fn apply(policy: &Policy, lists: &[List]) -> String {
    let mut out = Script::new(PLATFORM.comment);
    terminal::note(FACTS.twice, &mut out);
    out.line(format_args!("copy disk0:/{} running-config", PLATFORM.file_name));
    terminal::before_binding(&mut out);
    out.line("configure terminal");
    bind(lists, "", &mut out);
    out.line("end");
    out.note("Show the lists, and where lists stand.");
    for list in lists {
        out.line(format_args!("show access-list {}", list.name));
    }
    out.line("show running-config access-group");
    out.reachability(policy);
    out.into_text()
}

fn undo(policy: &Policy, lists: &[List]) -> String {
    let mut out = Script::new(PLATFORM.comment);
    out.note("Where you bound the lists, they go off the interfaces first; then the lists, then their groups.");
    out.line("configure terminal");
    bind(lists, "no ", &mut out);
    for list in lists {
        out.line(format_args!("clear configure access-list {}", list.name));
    }
    for Group { kind, name, .. } in policy.rules.iter().flat_map(groups) {
        out.line(format_args!("no object-group {kind} {name}"));
    }
    out.line("end");
    out.note("Lines that you added to a list of your own go with \"no\" and the line, before the groups.");
    out.into_text()
}

/// Binds each list to its interface, or with `no ` takes it off.
fn bind(lists: &[List], no: &str, out: &mut Script) {
    for List { interface, name, .. } in lists {
        out.line(format_args!("{no}access-group {name} in interface {interface}"));
    }
}
