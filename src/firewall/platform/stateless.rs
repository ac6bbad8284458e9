//! What Cisco's IOS and NX-OS share: numbered access lists, IPv4 and IPv6 apart, of a device that remembers no
//! connections, so that the answers stand in lists too.
//!
//! Each line has a number, because newer releases of IOS give a line without one a number that the next may already
//! have. The numbers do not outlive a restart everywhere, so undoing removes whole lists, which are ours alone.

use std::collections::BTreeSet;

use super::access_list::{self, AccessList};
use super::script::{Script, explanation};
use super::way::Way;
use super::{Facts, Platform, Snippet, terminal};
use crate::catalog::{PortRange, Transport, Vocabulary};
use crate::firewall::address::{Addresses, Family, Network};
use crate::firewall::options::Rest;
use crate::firewall::policy::Policy;

/// In what the systems differ.
pub struct System {
    /// The platform.
    pub platform: &'static Platform,
    /// What is known of it.
    pub facts: &'static Facts,
    /// What people call it in a sentence.
    pub name: &'static str,
    /// Where its files lie.
    pub disk: &'static str,
    /// What opens a list for IPv4.
    pub opens_v4: &'static str,
    /// What stands before the number of a line for IPv6.
    pub numbers_v6: &'static str,
    /// A network as its lists hold it.
    pub network: fn(Network) -> String,
    /// The messages without which no IPv6 packet finds its way to a neighbour.
    pub discovery: &'static [&'static str],
    /// Whether a list permits them by itself, as long as no line denies everything.
    pub permits_discovery: bool,
    /// What shows a list of each family, before its name.
    pub shows: fn(Family) -> &'static str,
    /// What shows where lists stand.
    pub shows_bindings: &'static str,
}

/// Writes a policy down.
pub fn write(policy: &Policy, system: &System) -> Snippet {
    let lists = access_list::stateless(policy);
    let mut rules = Script::new(system.platform.comment);
    header(policy, system, &mut rules);
    for list in &lists {
        write_list(list, policy, system, &mut rules);
    }
    terminal::unwritten(policy, &mut rules);
    Snippet {
        rules: rules.into_text(),
        apply: apply(policy, &lists, system),
        undo: undo(&lists, system),
        remarks: Vec::new(),
    }
}

fn header(policy: &Policy, system: &System, out: &mut Script) {
    terminal::header(policy, system.platform, out);
    let name = system.name;
    terminal::note(
        format_args!(
            "{name} matches addresses as they are on the wire: where it translates them (NAT), write the translated \
             ones."
        ),
        out,
    );
    terminal::note(
        format_args!(
            "{name} remembers no connections: answers are permitted by the port that they come from, at the end of a \
             list or in a list of their own, named RETURN."
        ),
        out,
    );
}

fn write_list(list: &AccessList, policy: &Policy, system: &System, out: &mut Script) {
    out.line(format_args!("{} {}", system.opens(list.family), list.name));
    let mut lines = Lines {
        system,
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
    let drops = policy.options.rest == Rest::Drop;
    if list.family == Family::V6 && (drops || !system.permits_discovery) {
        lines.discovery();
    }
    if drops {
        lines.drop_rest(policy.options.log);
    }
}

impl System {
    fn opens(&self, family: Family) -> &'static str {
        match family {
            Family::V4 => self.opens_v4,
            Family::V6 => "ipv6 access-list",
        }
    }
}

/// The lines of one list.
struct Lines<'a> {
    system: &'a System,
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
        let before = match self.family {
            Family::V4 => "",
            Family::V6 => self.system.numbers_v6,
        };
        self.out.line(format_args!(" {before}{number} {text}"));
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
        let mut entries = entries(way, self.system);
        entries.retain(|entry| self.known.insert(entry.clone()));
        entries
    }

    fn discovery(&mut self) {
        self.remark("neighbour discovery");
        for message in self.system.discovery {
            self.line(&format!("permit icmp any any {message}"));
        }
    }

    fn drop_rest(&mut self, log: bool) {
        let everything = protocol(Transport::Any, self.family);
        self.line(&format!("deny {everything} any any{}", log_word(log)));
    }
}

fn log_word(log: bool) -> &'static str {
    if log { " log" } else { "" }
}

/// One entry for each source, destination and port or range.
fn entries(way: Way, system: &System) -> Vec<String> {
    let mut entries = Vec::new();
    let protocol = protocol(way.rule.transport, way.rule.family);
    for source in &ends(way.source(), way.source_ports(), system) {
        for destination in &ends(way.destination(), way.destination_ports(), system) {
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
fn ends(addresses: &Addresses, ports: &[PortRange], system: &System) -> Vec<String> {
    let addresses = match addresses {
        Addresses::Any => vec!["any".to_owned()],
        Addresses::Only(networks) => networks.iter().copied().map(system.network).collect(),
    };
    let ports: Vec<String> = if ports.is_empty() {
        vec![String::new()]
    } else {
        ports.iter().copied().map(port).collect()
    };
    let pair = |address: &String| {
        ports
            .iter()
            .map(move |port| format!("{address}{port}"))
            .collect::<Vec<_>>()
    };
    addresses.iter().flat_map(pair).collect()
}

fn port(range: PortRange) -> String {
    if range.width() == 1 {
        format!(" eq {range}")
    } else {
        format!(" range {} {}", range.first(), range.last())
    }
}

fn apply(policy: &Policy, lists: &[AccessList], system: &System) -> String {
    let System { platform, disk, .. } = system;
    let mut out = Script::new(platform.comment);
    out.note(system.facts.twice);
    out.line(format_args!("copy {disk}{} running-config", platform.file_name));
    terminal::before_binding(&mut out);
    out.line("configure terminal");
    bind(lists, "", &mut out);
    out.line("end");
    out.note("Show the lists, and where lists stand.");
    for list in lists {
        out.line(format_args!("{} {}", (system.shows)(list.family), list.name));
    }
    out.line(system.shows_bindings);
    out.reachability(policy);
    out.into_text()
}

fn undo(lists: &[AccessList], system: &System) -> String {
    let mut out = Script::new(system.platform.comment);
    out.note("Where you bound the lists, take them off first: an empty list lets everything in.");
    out.line("configure terminal");
    bind(lists, "no ", &mut out);
    for list in lists {
        out.line(format_args!("no {} {}", system.opens(list.family), list.name));
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
