//! MikroTik RouterOS: a script for `/import`, in the form of `/export`.
//!
//! The script empties its chains before it fills them. A list of addresses bears the name of its chain as its comment,
//! so that lists go with the chain, whatever rules it held. Texts stand in quotes: without them a dash is a minus where
//! something is to be found.

use super::chain::{self, Chain, Group};
use super::multiport;
use super::script::{self, Script};
use super::{Facts, Platform, Snippet, Standing};
use crate::catalog::{Transport, Vocabulary};
use crate::firewall::address::{Addresses, Family, Network};
use crate::firewall::options::Rest;
use crate::firewall::policy::Policy;
use crate::firewall::rule::{Rule, list};

/// The platform.
pub static PLATFORM: Platform = Platform {
    id: "routeros",
    title: "MikroTik RouterOS",
    group: "Network",
    purpose: "script for version 7",
    standing: Standing::Either,
    drops_rest: true,
    names_zones: false,
    comment: "# ",
    file_name: "exchange.rsc",
};

/// What is known of it.
pub static FACTS: Facts = Facts {
    reference: "RouterOS documentation, Filter, Address-lists and Scripting, RouterOS 7",
    limits: "A rule takes 15 ports, a range counts as two: more are several rules. Several networks of an end are a list \
             of addresses. Answers need a rule for established connections.",
    twice: "Importing it twice is safe: it empties its own chains first.",
};

/// Writes a policy down.
pub fn write(policy: &Policy) -> Snippet {
    let chains = chain::chains(policy);
    let mut rules = Script::new(PLATFORM.comment);
    rules.header(policy, &PLATFORM);
    for family in Family::ALL {
        let chains: Vec<&Chain> = chains.iter().filter(|chain| chain.family == family).collect();
        write_family(family, &chains, policy, &mut rules);
    }
    rules.unwritten(policy);
    Snippet {
        rules: rules.into_text(),
        apply: apply(policy, &chains),
        undo: undo(&chains),
        remarks: Vec::new(),
    }
}

fn write_family(family: Family, chains: &[&Chain], policy: &Policy, out: &mut Script) {
    let drops = policy.options.rest == Rest::Drop;
    out.line(address_lists(family));
    for chain in chains {
        out.line(format_args!("remove [find comment=\"{}\"]", chain.name));
    }
    for chain in chains {
        for group in chain.rules.iter().flat_map(|rule| chain::groups(rule)) {
            write_list(&group, chain, out);
        }
    }
    out.line(filter(family));
    for chain in chains {
        if drops {
            // A chain that is empty for a moment drops nothing: the jump comes last.
            out.line(format_args!("remove [find jump-target=\"{}\"]", chain.name));
        }
        out.line(format_args!("remove [find chain=\"{}\"]", chain.name));
    }
    for chain in chains {
        write_chain(chain, policy, out);
    }
    if drops {
        for chain in chains {
            jump(chain, out);
        }
    }
}

fn write_chain(chain: &Chain, policy: &Policy, out: &mut Script) {
    let name = &chain.name;
    let drops = policy.options.rest == Rest::Drop;
    if drops {
        for matched in own_traffic(chain) {
            out.line(format_args!("add chain=\"{name}\" action=accept {matched}"));
        }
    }
    let mut before = None;
    for rule in &chain.rules {
        out.explain(before, rule);
        for words in matches(rule) {
            let words = words.into_iter().chain(described(rule, policy.options.log));
            let words: Vec<String> = words.collect();
            out.line(format_args!("add chain=\"{name}\" action=accept {}", words.join(" ")));
        }
        before = Some(*rule);
    }
    if drops {
        out.line(format_args!("add chain=\"{name}\" action=drop"));
    }
}

/// What everything that is dropped must not hold: answers, and what a machine sends to itself and to its neighbours.
fn own_traffic(chain: &Chain) -> Vec<String> {
    let mut matches = vec!["connection-state=established,related".to_owned()];
    if chain.is_of_the_machine() {
        // The interface lo has a name in newer releases only.
        let loopback = match chain.family {
            Family::V4 => "127.0.0.0/8",
            Family::V6 => "::1/128",
        };
        matches.push(format!("dst-address={loopback}"));
        if chain.family == Family::V6 {
            // Solicitations and advertisements of routers and of neighbours.
            matches.extend([133, 134, 135, 136].map(|kind| format!("protocol=icmpv6 icmp-options={kind}:0")));
        }
    }
    matches
}

/// What a rule matches, in as few rules as hold it.
fn matches(rule: &Rule) -> Vec<Vec<String>> {
    let source = end("src", &rule.source, chain::source_group(rule));
    let destination = end("dst", &rule.destination, chain::destination_group(rule));
    let ends: Vec<String> = source.into_iter().chain(destination).collect();
    let traffic = traffic(rule).into_iter();
    traffic.map(|traffic| [ends.clone(), traffic].concat()).collect()
}

fn end(side: &str, addresses: &Addresses, group: Option<Group>) -> Option<String> {
    match (group, script::networks(addresses)) {
        (Some(group), _) => Some(format!("{side}-address-list=\"{}\"", group.name)),
        (None, [network]) => Some(format!("{side}-address={}", written(*network))),
        (None, _) => None,
    }
}

/// A network with its prefix: a host of IPv6 needs it too.
fn written(network: Network) -> String {
    format!("{}/{}", network.address(), network.prefix())
}

fn traffic(rule: &Rule) -> Vec<Vec<String>> {
    let protocol = |name: &str| format!("protocol={name}");
    match (rule.transport, rule.family) {
        (Transport::Tcp | Transport::Udp, _) => {
            let chunks = multiport::chunks(&rule.ports).into_iter();
            let transport = rule.transport.slug();
            chunks
                .map(|chunk| vec![protocol(transport), format!("dst-port={}", list(chunk))])
                .collect()
        }
        (Transport::Icmp, Family::V4) => vec![vec![protocol("icmp"), "icmp-options=8:0".to_owned()]],
        (Transport::Icmp, Family::V6) => vec![vec![protocol("icmpv6"), "icmp-options=128:0".to_owned()]],
        (Transport::Esp, _) => vec![vec![protocol("ipsec-esp")]],
        (Transport::Any, _) => vec![Vec::new()],
    }
}

/// What a rule is called, and what it logs: only what begins, for packets that follow may pass here too.
fn described(rule: &Rule, log: bool) -> Vec<String> {
    let name = &rule.name;
    let log = log.then(|| format!("connection-state=new log=yes log-prefix=\"{name}\""));
    log.into_iter().chain([format!("comment=\"{name}\"")]).collect()
}

fn write_list(group: &Group, chain: &Chain, out: &mut Script) {
    let (list, comment) = (&group.name, &chain.name);
    for network in group.networks {
        let address = written(*network);
        out.line(format_args!("add list=\"{list}\" address={address} comment=\"{comment}\""));
    }
}

/// The jump to a chain, before every other rule. Some rule stands before it in the table: those of the chain.
fn jump(chain: &Chain, out: &mut Script) {
    let (hook, name) = (chain.hook, &chain.name);
    out.line(format_args!(
        "add chain={hook} action=jump jump-target=\"{name}\" comment=\"{name}\" place-before=[:pick [find dynamic=no] 0]"
    ));
}

fn address_lists(family: Family) -> &'static str {
    match family {
        Family::V4 => "/ip firewall address-list",
        Family::V6 => "/ipv6 firewall address-list",
    }
}

fn filter(family: Family) -> &'static str {
    match family {
        Family::V4 => "/ip firewall filter",
        Family::V6 => "/ipv6 firewall filter",
    }
}

fn apply(policy: &Policy, chains: &[Chain]) -> String {
    let mut out = Script::new(PLATFORM.comment);
    out.note(FACTS.twice);
    out.note("In safe mode (Ctrl+X, and again to keep it) everything comes back if the connection breaks.");
    out.line(format_args!("/import file-name={}", PLATFORM.file_name));
    let needed = || chains.iter().filter(|chain| chain.is_needed(policy));
    if policy.options.rest == Rest::Keep {
        out.note("Send packets through the chains, before your own drop. Answers to allowed connections");
        out.note("need your own rule for established connections.");
        for chain in needed() {
            out.line(filter(chain.family));
            out.line(format_args!("remove [find jump-target=\"{}\"]", chain.name));
            jump(chain, &mut out);
        }
    }
    out.note("Show what is loaded.");
    for chain in needed() {
        out.line(format_args!("{} print where chain=\"{}\"", filter(chain.family), chain.name));
    }
    out.reachability(policy);
    out.into_text()
}

fn undo(chains: &[Chain]) -> String {
    let mut out = Script::new(PLATFORM.comment);
    for chain in chains {
        let (filter, lists, name) = (filter(chain.family), address_lists(chain.family), &chain.name);
        out.line(format_args!("{filter} remove [find jump-target=\"{name}\"]"));
        out.line(format_args!("{filter} remove [find chain=\"{name}\"]"));
        out.line(format_args!("{lists} remove [find comment=\"{name}\"]"));
    }
    out.into_text()
}
