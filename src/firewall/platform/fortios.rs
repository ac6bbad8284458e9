//! Fortinet `FortiOS`: a script of the command line.
//!
//! `FortiOS` finds a policy by its number only. Numbers made from the names of rules let a text that is loaded twice find
//! its own policies, and let the commands that undo it name them; the next free number would do neither.

use super::access_list::netmask;
use super::objects::{self, Service};
use super::script::Script;
use super::{Facts, Platform, Snippet, Standing, terminal};
use crate::catalog::Transport;
use crate::firewall::address::{Addresses, Family, Network};
use crate::firewall::options::Rest;
use crate::firewall::policy::Policy;
use crate::firewall::rule::Rule;
use crate::firewall::text::Prefix;

/// The platform.
pub static PLATFORM: Platform = Platform {
    id: "fortios",
    title: "Fortinet FortiOS",
    group: "Network",
    purpose: "a script for a FortiGate",
    standing: Standing::Network,
    drops_rest: true,
    names_zones: true,
    comment: "# ",
    file_name: "exchange-fortios.txt",
};

/// What is known of it.
pub static FACTS: Facts = Facts {
    reference: "FortiOS CLI Reference, FortiOS 6.4 and later",
    limits: "Names of policies hold 35 letters: ours are cut and stay different. Names of objects hold 63: ours are \
             shorter.",
    twice: "Loading it twice is safe: each policy has a number made from its name. Before you load a changed text, undo \
            this one.",
};

/// Writes a policy down.
pub fn write(policy: &Policy) -> Snippet {
    let entries = entries(policy);
    let mut rules = Script::new(PLATFORM.comment);
    header(policy, &mut rules);
    for table in tables(policy) {
        table.write(&mut rules);
    }
    rules.block("config firewall policy", "end", |out| {
        let mut before = None;
        for entry in &entries {
            match entry.rule {
                Some(rule) => terminal::explain(before, rule, out),
                None => terminal::note("everything else", out),
            }
            entry.write(policy, out);
            before = entry.rule;
        }
    });
    terminal::unwritten(policy, &mut rules);
    Snippet {
        rules: rules.into_text(),
        apply: apply(policy),
        undo: undo(policy, &entries),
        remarks: Vec::new(),
    }
}

fn header(policy: &Policy, out: &mut Script) {
    terminal::preamble(policy, &PLATFORM, "interfaces or zones", out);
    terminal::note(
        "Numbers of policies are made from their names and begin at 2000000000: no policy of yours may have one of them.",
        out,
    );
    terminal::note(
        "Where a virtual IP translates a server, the policy needs that virtual IP in place of its address.",
        out,
    );
    if policy.options.rest == Rest::Drop {
        terminal::note("What policies of yours above these allow stays allowed.", out);
    }
}

/// Objects of one kind.
struct Table {
    path: &'static str,
    /// Names, with what is set.
    objects: Vec<(String, Vec<String>)>,
}

impl Table {
    fn write(&self, out: &mut Script) {
        if self.objects.is_empty() {
            return;
        }
        out.block(format_args!("config {}", self.path), "end", |out| {
            for (name, settings) in &self.objects {
                out.block(format_args!("edit \"{name}\""), "next", |out| {
                    for setting in settings {
                        out.line(format_args!("set {setting}"));
                    }
                });
            }
        });
    }

    fn delete(&self, out: &mut Script) {
        if self.objects.is_empty() {
            return;
        }
        out.block(format_args!("config {}", self.path), "end", |out| {
            for (name, _) in &self.objects {
                out.line(format_args!("delete \"{name}\""));
            }
        });
    }
}

/// The objects of all rules.
fn tables(policy: &Policy) -> [Table; 3] {
    let prefix = &policy.options.prefix;
    let networks = objects::all_networks(policy);
    let of_family = |path, family| {
        let own = networks.iter().copied().filter(|network| network.family() == family);
        Table {
            path,
            objects: own
                .map(|network| (objects::network_name(network, prefix), vec![network_setting(network)]))
                .collect(),
        }
    };
    let services = objects::services(policy.rules.iter()).into_iter();
    let services = services.map(|service| (service.name(prefix), service_settings(service)));
    [
        of_family("firewall address", Family::V4),
        of_family("firewall address6", Family::V6),
        Table {
            path: "firewall service custom",
            objects: services.collect(),
        },
    ]
}

fn network_setting(network: Network) -> String {
    match netmask(network) {
        Some(mask) => format!("subnet {} {mask}", network.address()),
        None => format!("ip6 {}/{}", network.address(), network.prefix()),
    }
}

fn service_settings(service: Service) -> Vec<String> {
    let settings = |settings: &[&str]| settings.iter().map(ToString::to_string).collect();
    match service {
        Service::Tcp(ports) => vec![format!("tcp-portrange {ports}")],
        Service::Udp(ports) => vec![format!("udp-portrange {ports}")],
        Service::Ping(Family::V4) => settings(&["protocol ICMP", "icmptype 8"]),
        Service::Ping(Family::V6) => settings(&["protocol ICMP6", "icmptype 128"]),
        Service::Esp => settings(&["protocol IP", "protocol-number 50"]),
    }
}

/// A policy of `FortiOS`.
struct Entry<'a> {
    number: u32,
    name: String,
    /// `None` for the one that drops everything else.
    rule: Option<&'a Rule>,
}

/// The policies to write, in their order.
fn entries(policy: &Policy) -> Vec<Entry<'_>> {
    let mut entries: Vec<Entry> = Vec::new();
    for rule in &policy.rules {
        let entry = Entry {
            number: number(&rule.name, &entries),
            name: short(&rule.name),
            rule: Some(rule),
        };
        entries.push(entry);
    }
    if policy.options.rest == Rest::Drop {
        let name = objects::rest_name(&policy.options.prefix);
        let number = number(&name, &entries);
        entries.push(Entry {
            number,
            name,
            rule: None,
        });
    }
    entries
}

/// The first number of the upper half of those that people do not reach by counting.
const FIRST_NUMBER: u32 = 2_000_000_000;

/// The number of a name, which no other entry has.
fn number(name: &str, taken: &[Entry]) -> u32 {
    // FNV-1a: simple, the same everywhere and for ever.
    let step = |hash: u32, byte: u8| (hash ^ u32::from(byte)).wrapping_mul(16_777_619);
    let hash = name.bytes().fold(2_166_136_261, step);
    let mut offset = hash % FIRST_NUMBER;
    while taken.iter().any(|entry| entry.number == FIRST_NUMBER + offset) {
        offset = (offset + 1) % FIRST_NUMBER;
    }
    FIRST_NUMBER + offset
}

/// The most letters of the name of a policy.
const NAME: usize = 35;

/// A name that fits: its zones are cut, its transport and number are kept. The letters that are left of the second zone
/// still tell it from all others.
fn short(name: &str) -> String {
    let end = name.rmatch_indices('-').nth(1).map_or(name.len(), |(index, _)| index);
    let (zones, transport) = name.split_at(end);
    let room = NAME.saturating_sub(transport.len()).min(zones.len());
    format!("{}{transport}", zones[..room].trim_end_matches('-'))
}

impl Entry<'_> {
    fn write(&self, policy: &Policy, out: &mut Script) {
        out.block(format_args!("edit {}", self.number), "next", |out| {
            out.line(format_args!("set name \"{}\"", self.name));
            match self.rule {
                Some(rule) => allow(rule, policy, out),
                None => drop_rest(out),
            }
            out.line("set schedule \"always\"");
            if policy.options.log {
                out.line("set logtraffic all");
            }
        });
    }
}

fn allow(rule: &Rule, policy: &Policy, out: &mut Script) {
    let prefix = &policy.options.prefix;
    let six = match rule.family {
        Family::V4 => "",
        Family::V6 => "6",
    };
    out.line(format_args!("set srcintf \"{}\"", policy.options.name_of(rule.from)));
    out.line(format_args!("set dstintf \"{}\"", policy.options.name_of(rule.to)));
    list(&format!("srcaddr{six}"), &addresses(&rule.source, prefix), out);
    list(&format!("dstaddr{six}"), &addresses(&rule.destination, prefix), out);
    list("service", &services(rule, prefix), out);
    out.line("set action accept");
    out.line(format_args!("set comments \"{}\"", objects::description(rule)));
}

fn drop_rest(out: &mut Script) {
    for word in ["srcintf", "dstintf"] {
        out.line(format_args!("set {word} \"any\""));
    }
    for word in ["srcaddr", "dstaddr", "srcaddr6", "dstaddr6"] {
        out.line(format_args!("set {word} \"all\""));
    }
    out.line("set service \"ALL\"");
    out.line("set action deny");
}

/// How many values stand in one command, so that no line is too long for a terminal.
const VALUES: usize = 16;

/// Fills a list: the first command empties it, the others add.
fn list(word: &str, values: &[String], out: &mut Script) {
    for (index, some) in values.chunks(VALUES).enumerate() {
        let command = if index == 0 { "set" } else { "append" };
        out.line(format_args!("{command} {word} \"{}\"", some.join("\" \"")));
    }
}

fn addresses(addresses: &Addresses, prefix: &Prefix) -> Vec<String> {
    match addresses {
        Addresses::Any => vec!["all".to_owned()],
        Addresses::Only(networks) => networks
            .iter()
            .map(|network| objects::network_name(*network, prefix))
            .collect(),
    }
}

fn services(rule: &Rule, prefix: &Prefix) -> Vec<String> {
    if rule.transport == Transport::Any {
        return vec!["ALL".to_owned()];
    }
    let services = Service::of(rule).into_iter();
    services.map(|service| service.name(prefix)).collect()
}

fn apply(policy: &Policy) -> String {
    let mut out = Script::new(PLATFORM.comment);
    terminal::note(FACTS.twice, &mut out);
    out.note(format_args!(
        "Run {} under your name, Configuration, Scripts, or paste it into a session.",
        PLATFORM.file_name
    ));
    out.note("Policies are added last. Where one of yours that denies stands above them, move each in front of it:");
    out.note("  config firewall policy");
    out.note("    move NUMBER before NUMBER-OF-YOURS");
    out.note("  end");
    out.note("Show the policies.");
    out.line(format_args!(
        "show firewall policy | grep -f \"{}-\"",
        policy.options.prefix
    ));
    out.reachability(policy);
    out.into_text()
}

fn undo(policy: &Policy, entries: &[Entry]) -> String {
    let mut out = Script::new(PLATFORM.comment);
    out.note("Policies first: FortiOS keeps an object that a policy uses.");
    out.block("config firewall policy", "end", |out| {
        for entry in entries {
            out.line(format_args!("delete {}", entry.number));
        }
    });
    for table in tables(policy).iter().rev() {
        table.delete(&mut out);
    }
    out.into_text()
}
