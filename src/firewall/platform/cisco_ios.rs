//! Cisco IOS and IOS-XE: extended access lists, IPv4 and IPv6 apart.
//!
//! IOS remembers no connections, so the answers stand in lists too. Each line has a number, because newer releases give
//! a line without one a number that the next may already have. The numbers do not outlive a restart everywhere, so
//! undoing removes whole lists, which are ours alone.

use std::collections::BTreeSet;

use super::access_list::{self, AccessList};
use super::script::{Script, explanation};
use super::way::Way;
use super::{Facts, Platform, Snippet, Standing, terminal};
use crate::catalog::{PortRange, Transport, Vocabulary};
use crate::firewall::address::{Addresses, Family, Network};
use crate::firewall::options::Rest;
use crate::firewall::policy::Policy;

/// The platform.
pub static PLATFORM: Platform = Platform {
    id: "cisco-ios",
    title: "Cisco IOS, IOS-XE",
    group: "Network",
    purpose: "access lists of a router or switch",
    standing: Standing::Network,
    drops_rest: true,
    names_zones: true,
    comment: "! ",
    file_name: "exchange-ios.txt",
};

/// What is known of it.
pub static FACTS: Facts = Facts {
    reference: "IP Named Access Control Lists and IPv6 Access Control Lists, IOS 15 and IOS-XE 16 and later",
    limits: "Remarks hold 100 letters: long ones are several. One port or range a line. It remembers no connections: \
             answers over UDP are permitted to every port.",
    twice: "Loading it twice changes nothing. Before you load a changed text, undo this one.",
};

/// Writes a policy down.
pub fn write(policy: &Policy) -> Snippet {
    let lists = access_list::stateless(policy);
    let mut rules = Script::new(PLATFORM.comment);
    header(policy, &mut rules);
    for list in &lists {
        write_list(list, policy, &mut rules);
    }
    terminal::unwritten(policy, &mut rules);
    Snippet {
        rules: rules.into_text(),
        apply: apply(policy, &lists),
        undo: undo(&lists),
        remarks: Vec::new(),
    }
}

fn header(policy: &Policy, out: &mut Script) {
    terminal::header(policy, &PLATFORM, out);
    terminal::note(
        "IOS matches addresses as they are on the wire: where it translates them (NAT), write the translated ones.",
        out,
    );
    terminal::note(
        "IOS remembers no connections: answers are permitted by the port that they come from, at the end of a list \
         or in a list of their own, named RETURN.",
        out,
    );
}

fn write_list(list: &AccessList, policy: &Policy, out: &mut Script) {
    out.line(format_args!("{} {}", opening(list.family), list.name));
    let mut lines = Lines {
        family: list.family,
        number: 0,
        known: BTreeSet::new(),
        out,
    };
    let mut before = None;
    for way in &list.ways {
        if way.is_answer {
            lines.answers(*way);
        } else {
            for text in explanation(before, way.rule) {
                lines.remark(&text);
            }
            lines.opening(*way, policy.options.log);
            before = Some(way.rule);
        }
    }
    if policy.options.rest == Rest::Drop {
        lines.drop_rest(policy.options.log);
    }
}

fn opening(family: Family) -> &'static str {
    match family {
        Family::V4 => "ip access-list extended",
        Family::V6 => "ipv6 access-list",
    }
}

/// The lines of one list.
struct Lines<'a> {
    family: Family,
    number: u32,
    /// Entries so far: IOS refuses one that it has.
    known: BTreeSet<String>,
    out: &'a mut Script,
}

impl Lines<'_> {
    fn line(&mut self, text: &str) {
        self.number += 10;
        let number = self.number;
        match self.family {
            Family::V4 => self.out.line(format_args!(" {number} {text}")),
            Family::V6 => self.out.line(format_args!(" sequence {number} {text}")),
        }
    }

    fn remark(&mut self, text: &str) {
        for remark in terminal::remarks(text) {
            self.line(&remark);
        }
    }

    fn opening(&mut self, way: Way, log: bool) {
        self.remark(&way.rule.name);
        let new = self.new_entries(way);
        if new.is_empty() {
            self.remark("all of it is permitted above");
        }
        for entry in new {
            self.line(&format!("{entry}{}", log_word(log)));
        }
    }

    /// Answers are not logged: each packet would be.
    fn answers(&mut self, way: Way) {
        let new = self.new_entries(way);
        if !new.is_empty() {
            self.remark(&format!("answers to {}", way.rule.name));
        }
        for entry in new {
            self.line(&entry);
        }
    }

    fn new_entries(&mut self, way: Way) -> Vec<String> {
        let mut entries = entries(way);
        entries.retain(|entry| self.known.insert(entry.clone()));
        entries
    }

    fn drop_rest(&mut self, log: bool) {
        if self.family == Family::V6 {
            // Neighbour discovery is permitted by itself only while no line denies everything.
            self.line("permit icmp any any nd-na");
            self.line("permit icmp any any nd-ns");
        }
        let everything = protocol(Transport::Any, self.family);
        self.line(&format!("deny {everything} any any{}", log_word(log)));
    }
}

fn log_word(log: bool) -> &'static str {
    if log { " log" } else { "" }
}

/// One entry for each source, destination and port or range.
fn entries(way: Way) -> Vec<String> {
    let mut entries = Vec::new();
    let protocol = protocol(way.rule.transport, way.rule.family);
    for source in &ends(way.source(), way.source_ports()) {
        for destination in &ends(way.destination(), way.destination_ports()) {
            entries.push(format!("permit {protocol} {source} {destination}{}", condition(way)));
        }
    }
    entries
}

fn protocol(transport: Transport, family: Family) -> &'static str {
    match (transport, family) {
        (Transport::Any, Family::V4) => "ip",
        (Transport::Any, Family::V6) => "ipv6",
        _ => transport.slug(),
    }
}

/// What the packets of a way have beside their ends.
fn condition(way: Way) -> &'static str {
    match (way.rule.transport, way.rule.family, way.is_answer) {
        (Transport::Tcp, _, true) => " established",
        (Transport::Icmp, Family::V4, false) => " echo",
        (Transport::Icmp, Family::V6, false) => " echo-request",
        (Transport::Icmp, _, true) => " echo-reply",
        _ => "",
    }
}

/// Every pairing of addresses and ports of an end.
fn ends(addresses: &Addresses, ports: &[PortRange]) -> Vec<String> {
    let addresses = match addresses {
        Addresses::Any => vec!["any".to_owned()],
        Addresses::Only(networks) => networks.iter().copied().map(network).collect(),
    };
    let ports: Vec<String> = if ports.is_empty() {
        vec![String::new()]
    } else {
        ports.iter().copied().map(port).collect()
    };
    let pair = |address: &String| ports.iter().map(move |port| format!("{address}{port}")).collect::<Vec<_>>();
    addresses.iter().flat_map(pair).collect()
}

fn network(network: Network) -> String {
    match access_list::netmask(network) {
        _ if network.is_host() => format!("host {network}"),
        Some(mask) => format!("{} {}", network.address(), !mask),
        None => network.to_string(),
    }
}

fn port(range: PortRange) -> String {
    if range.width() == 1 {
        format!(" eq {range}")
    } else {
        format!(" range {} {}", range.first(), range.last())
    }
}

fn apply(policy: &Policy, lists: &[AccessList]) -> String {
    let mut out = Script::new(PLATFORM.comment);
    out.note(FACTS.twice);
    out.line(format_args!("copy flash:{} running-config", PLATFORM.file_name));
    terminal::before_binding(&mut out);
    out.line("configure terminal");
    bind(lists, "", &mut out);
    out.line("end");
    out.note("Show the lists, and where lists stand.");
    for list in lists {
        match list.family {
            Family::V4 => out.line(format_args!("show ip access-lists {}", list.name)),
            Family::V6 => out.line(format_args!("show ipv6 access-list {}", list.name)),
        }
    }
    out.line("show running-config | include ^interface|access-group|traffic-filter");
    out.reachability(policy);
    out.into_text()
}

fn undo(lists: &[AccessList]) -> String {
    let mut out = Script::new(PLATFORM.comment);
    out.note("Where you bound the lists, take them off first: an empty list lets everything in.");
    out.line("configure terminal");
    bind(lists, "no ", &mut out);
    for list in lists {
        out.line(format_args!("no {} {}", opening(list.family), list.name));
    }
    out.line("end");
    out.note("Lines that you added to a list of your own go with \"no\" and the line, in that list.");
    out.into_text()
}

/// Binds each list to its interface, or with `no ` takes it off.
fn bind(lists: &[AccessList], no: &str, out: &mut Script) {
    let mut interface = None;
    for list in lists {
        if interface != Some(&list.interface) {
            out.line(format_args!("interface {}", list.interface));
            interface = Some(&list.interface);
        }
        let command = match list.family {
            Family::V4 => "ip access-group",
            Family::V6 => "ipv6 traffic-filter",
        };
        out.line(format_args!(" {no}{command} {} in", list.name));
    }
}
