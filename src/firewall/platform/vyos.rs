//! VyOS: commands that configure, as `show configuration commands` prints them.

use super::chain::{self, Chain, Group};
use super::script::{self, Script};
use super::{Facts, Platform, Snippet, Standing};
use crate::catalog::{Transport, Vocabulary};
use crate::firewall::address::{Addresses, Family};
use crate::firewall::options::Rest;
use crate::firewall::policy::Policy;
use crate::firewall::rule::{Rule, list};

/// The platform.
pub static PLATFORM: Platform = Platform {
    id: "vyos",
    title: "VyOS",
    group: "Network",
    purpose: "commands for version 1.4 and later",
    standing: Standing::Either,
    drops_rest: true,
    names_zones: false,
    comment: "# ",
    file_name: "exchange-vyos.txt",
};

/// What is known of it.
pub static FACTS: Facts = Facts {
    reference: "VyOS documentation, IPv4 and IPv6 Firewall Configuration, VyOS 1.4 and later",
    limits: "A rule takes one network or one group an end: several networks are a group. Descriptions hold 255 letters: \
             names are shorter. Answers need a rule for established connections.",
    twice: "Running it twice changes nothing. Before you run a changed text, undo this one.",
};

/// Writes a policy down.
pub fn write(policy: &Policy) -> Snippet {
    let mut chains = chain::chains(policy);
    chains.retain(|chain| chain.is_needed(policy));
    let mut rules = Script::new(PLATFORM.comment);
    rules.header(policy, &PLATFORM);
    for chain in &chains {
        write_chain(chain, policy, &mut rules);
    }
    if policy.options.rest == Rest::Drop {
        rules.note("The jumps. Where you have a rule 1, give them another number, before all of yours.");
        jump(&chains, &mut rules);
    }
    rules.unwritten(policy);
    Snippet {
        rules: rules.into_text(),
        apply: apply(policy, &chains),
        undo: undo(&chains),
        remarks: Vec::new(),
    }
}

fn write_chain(chain: &Chain, policy: &Policy, out: &mut Script) {
    let path = path(chain);
    let drops = policy.options.rest == Rest::Drop;
    let last = if drops { "drop" } else { "return" };
    out.line(format_args!("set {path} default-action {last}"));
    let mut rules = Rules { path, number: 0, out };
    if drops {
        for matched in own_traffic(chain) {
            rules.accept(&matched);
        }
    }
    let mut before = None;
    for rule in &chain.rules {
        rules.out.explain(before, rule);
        for group in chain::groups(rule) {
            write_group(&group, chain.family, rules.out);
        }
        rules.accept(&words(rule, policy.options.log));
        before = Some(*rule);
    }
}

/// The numbered rules of a chain.
struct Rules<'a> {
    path: String,
    number: u32,
    out: &'a mut Script,
}

impl Rules<'_> {
    fn accept(&mut self, words: &[String]) {
        self.number += 10;
        let (path, number) = (&self.path, self.number);
        self.out.line(format_args!("set {path} rule {number} action accept"));
        for words in words {
            self.out.line(format_args!("set {path} rule {number} {words}"));
        }
    }
}

/// What everything that is dropped must not hold: answers, and what a machine sends to itself and to its neighbours.
fn own_traffic(chain: &Chain) -> Vec<Vec<String>> {
    let mut rules = vec![vec!["state established".to_owned(), "state related".to_owned()]];
    match chain.hook {
        "input" => rules.push(vec!["inbound-interface name lo".to_owned()]),
        "output" => rules.push(vec!["outbound-interface name lo".to_owned()]),
        _ => {}
    }
    if chain.is_of_the_machine() && chain.family == Family::V6 {
        let discovery = ["nd-router-solicit", "nd-router-advert", "nd-neighbor-solicit", "nd-neighbor-advert"];
        rules.extend(discovery.map(|kind| vec!["protocol ipv6-icmp".to_owned(), format!("icmpv6 type-name {kind}")]));
    }
    rules
}

/// What a rule matches, and what it is called.
fn words(rule: &Rule, log: bool) -> Vec<String> {
    let mut words = vec![format!("description {}", rule.name)];
    words.extend(end("source", &rule.source, chain::source_group(rule)));
    words.extend(end("destination", &rule.destination, chain::destination_group(rule)));
    words.extend(traffic(rule));
    if log {
        // Only what begins: the packets that follow may pass here too.
        words.extend(["state new", "log"].map(str::to_owned));
    }
    words
}

fn end(side: &str, addresses: &Addresses, group: Option<Group>) -> Option<String> {
    match (group, script::networks(addresses)) {
        (Some(group), _) => Some(format!("{side} group network-group {}", group.name)),
        (None, [network]) => Some(format!("{side} address {network}")),
        (None, _) => None,
    }
}

fn traffic(rule: &Rule) -> Vec<String> {
    match (rule.transport, rule.family) {
        (Transport::Tcp | Transport::Udp, _) => vec![
            format!("protocol {}", rule.transport.slug()),
            format!("destination port {}", list(&rule.ports)),
        ],
        (Transport::Icmp, Family::V4) => vec!["protocol icmp".to_owned(), "icmp type-name echo-request".to_owned()],
        (Transport::Icmp, Family::V6) => {
            vec!["protocol ipv6-icmp".to_owned(), "icmpv6 type-name echo-request".to_owned()]
        }
        (Transport::Esp, _) => vec!["protocol esp".to_owned()],
        (Transport::Any, _) => Vec::new(),
    }
}

fn write_group(group: &Group, family: Family, out: &mut Script) {
    let path = group_path(group, family);
    for network in group.networks {
        // A group of networks takes no host without its prefix.
        let (address, prefix) = (network.address(), network.prefix());
        out.line(format_args!("set {path} network {address}/{prefix}"));
    }
}

fn group_path(group: &Group, family: Family) -> String {
    let kind = match family {
        Family::V4 => "network-group",
        Family::V6 => "ipv6-network-group",
    };
    format!("firewall group {kind} {}", group.name)
}

fn family(family: Family) -> &'static str {
    match family {
        Family::V4 => "ipv4",
        Family::V6 => "ipv6",
    }
}

fn path(chain: &Chain) -> String {
    format!("firewall {} name {}", family(chain.family), chain.name)
}

/// The rule that jumps to a chain: the first that there can be.
fn jump_path(chain: &Chain) -> String {
    format!("firewall {} {} filter rule 1", family(chain.family), chain.hook)
}

fn jump(chains: &[Chain], out: &mut Script) {
    for chain in chains {
        let path = jump_path(chain);
        out.line(format_args!("set {path} action jump"));
        out.line(format_args!("set {path} jump-target {}", chain.name));
    }
}

fn apply(policy: &Policy, chains: &[Chain]) -> String {
    let mut out = Script::new(PLATFORM.comment);
    out.note(FACTS.twice);
    out.line("configure");
    out.note("Rule 1 is taken for the jump. Where you have one, take another number, before all of yours.");
    for chain in chains {
        out.line(format_args!("show {}", jump_path(chain)));
    }
    out.line(format_args!("source /config/{}", PLATFORM.file_name));
    if policy.options.rest == Rest::Keep {
        out.note("Answers to allowed connections need your own rule for established connections.");
        jump(chains, &mut out);
    }
    out.note("Zones of the firewall decide after this: where you have them, jump from their chains too.");
    out.line("compare");
    out.note("Unless you confirm within ten minutes, the router restarts with the old configuration.");
    out.line("commit-confirm 10");
    out.line("confirm");
    out.line("save");
    out.note("Show what is loaded.");
    for chain in chains {
        out.line(format_args!("run show {}", path(chain)));
    }
    out.reachability(policy);
    out.into_text()
}

fn undo(chains: &[Chain]) -> String {
    let mut out = Script::new(PLATFORM.comment);
    out.note("Where you took another number than 1 for the jump, give that.");
    out.line("configure");
    for chain in chains {
        out.line(format_args!("delete {}", jump_path(chain)));
        out.line(format_args!("delete {}", path(chain)));
        for group in chain.rules.iter().flat_map(|rule| chain::groups(rule)) {
            out.line(format_args!("delete {}", group_path(&group, chain.family)));
        }
    }
    out.line("commit");
    out.line("save");
    out.into_text()
}
