//! ufw: a shell script of its commands.
//!
//! A command has one source and one destination, so a rule between lists becomes one for each pair. Any address is
//! written as the network that holds all of its family: the word `any` means both families. To ufw two commands that
//! match the same are one rule, whatever their comments say, so what several rules allow is written once.

use super::script::Script;
use super::{Facts, Platform, Snippet, Standing, multiport};
use crate::catalog::{Transport, Vocabulary};
use crate::firewall::address::{Addresses, Family, Network};
use crate::firewall::options::{Placement, Rest};
use crate::firewall::policy::Policy;
use crate::firewall::rule::{Rule, Side};

/// The platform.
pub static PLATFORM: Platform = Platform {
    id: "ufw",
    title: "ufw",
    group: "Linux",
    purpose: "Ubuntu and Debian, a script of commands",
    standing: Standing::Either,
    drops_rest: true,
    names_zones: false,
    comment: "# ",
    file_name: "exchange-ufw.sh",
};

/// What is known of it.
pub static FACTS: Facts = Facts {
    reference: "ufw(8), ufw 0.36",
    limits: "No rules for ICMP. A rule has one source, one destination and 15 ports, a range counts as two: \
             longer rules are split.",
    twice: "Running it twice is safe.",
};

/// Writes a policy down.
pub fn write(policy: &Policy) -> Snippet {
    let mut rules = Script::new(PLATFORM.comment);
    rules.header(policy, &PLATFORM);
    if policy.options.rest == Rest::Drop {
        rules.note("Rules that ufw has already stay: ufw show added lists them.");
    }
    // Nothing is denied by default before all that is allowed is there.
    rules.line("set -e");
    let commands = allow(policy, &mut rules);
    rules.unwritten(policy);
    if policy.options.rest == Rest::Drop {
        for direction in denied(policy) {
            rules.line(format_args!("ufw default deny {direction}"));
        }
    }
    Snippet {
        rules: rules.into_text(),
        apply: apply(policy),
        undo: undo(policy, &commands),
        remarks: Vec::new(),
    }
}

/// One rule as ufw knows it.
struct Command {
    side: Side,
    is_logged: bool,
    /// The words that say what it matches.
    matched: String,
    name: String,
}

impl Command {
    fn adding(&self) -> String {
        self.with("")
    }

    /// With its comment, so that a rule for the same that has another one stays.
    fn deleting(&self) -> String {
        self.with("delete ")
    }

    fn with(&self, delete: &str) -> String {
        let (route, direction) = match self.side {
            Side::Between => ("route ", ""),
            Side::Inbound => ("", "in "),
            Side::Outbound => ("", "out "),
        };
        let log = if self.is_logged { "log " } else { "" };
        let (matched, name) = (&self.matched, &self.name);
        format!("ufw {route}{delete}allow {direction}{log}{matched} comment '{name}'")
    }
}

/// Writes what is allowed, and gives the commands that do it.
fn allow(policy: &Policy, out: &mut Script) -> Vec<Command> {
    let mut written: Vec<Command> = Vec::new();
    let mut before = None;
    for rule in &policy.rules {
        out.explain(before, rule);
        before = Some(rule);
        if rule.transport == Transport::Icmp {
            without_icmp(rule, out);
            continue;
        }
        for command in commands(rule, policy.options.log) {
            let same = written
                .iter()
                .find(|known| known.side == command.side && known.matched == command.matched);
            if let Some(known) = same {
                out.note(format_args!("{} is allowed above, by {}", command.matched, known.name));
            } else {
                out.line(command.adding());
                written.push(command);
            }
        }
    }
    written
}

fn without_icmp(rule: &Rule, out: &mut Script) {
    let (transport, from, to) = (rule.transport.slug(), rule.from.slug(), rule.to.slug());
    let file = match rule.family {
        Family::V4 => "before.rules",
        Family::V6 => "before6.rules",
    };
    out.note(format_args!(
        "not written: {transport} from {from} to {to}: ufw has no rules for ICMP, /etc/ufw/{file} decides"
    ));
}

fn commands(rule: &Rule, is_logged: bool) -> Vec<Command> {
    let mut commands = Vec::new();
    for source in networks(&rule.source, rule.family) {
        for destination in networks(&rule.destination, rule.family) {
            let between = format!("from {source} to {destination}");
            commands.extend(traffic(rule, &between).into_iter().map(|matched| Command {
                side: rule.side,
                is_logged,
                matched,
                name: rule.name.clone(),
            }));
        }
    }
    commands
}

fn networks(addresses: &Addresses, family: Family) -> Vec<String> {
    match (addresses, family) {
        (Addresses::Only(networks), _) => networks.iter().map(Network::to_string).collect(),
        (Addresses::Any, Family::V4) => vec!["0.0.0.0/0".to_owned()],
        (Addresses::Any, Family::V6) => vec!["::/0".to_owned()],
    }
}

fn traffic(rule: &Rule, between: &str) -> Vec<String> {
    let with_ports = |protocol: &str| {
        let lists = multiport::lists(&rule.ports).into_iter();
        lists
            .map(|list| format!("proto {protocol} {between} port {list}"))
            .collect()
    };
    match rule.transport {
        Transport::Tcp => with_ports("tcp"),
        Transport::Udp => with_ports("udp"),
        Transport::Esp => vec![format!("proto esp {between}")],
        Transport::Any => vec![between.to_owned()],
        Transport::Icmp => Vec::new(),
    }
}

/// The directions in which everything else is denied: a router's own connections are not what was asked about.
fn denied(policy: &Policy) -> &'static [&'static str] {
    match policy.options.placement {
        Placement::Network => &["routed", "incoming"],
        Placement::Host => &["routed", "incoming", "outgoing"],
    }
}

fn apply(policy: &Policy) -> String {
    let file = PLATFORM.file_name;
    let mut out = Script::new(PLATFORM.comment);
    out.note("Check the file without changing anything, then run it. Running it twice is safe.");
    out.line(format_args!("sed 's/^ufw /&--dry-run /' {file} | sh > /dev/null"));
    out.line(format_args!("sh {file}"));
    out.note("A rule of yours for exactly the same traffic is replaced; any other that denies it and stands");
    out.note("earlier still does. Show what ufw has, and whether it is active (ufw enable).");
    out.line("ufw show added");
    out.line("ufw status verbose");
    if policy.options.placement == Placement::Network {
        out.note("Nothing passes unless the machine forwards packets: net/ipv4/ip_forward in /etc/ufw/sysctl.conf.");
    }
    out.reachability(policy);
    out.into_text()
}

fn undo(policy: &Policy, commands: &[Command]) -> String {
    let mut out = Script::new(PLATFORM.comment);
    if policy.options.rest == Rest::Drop {
        out.note("What ufw denied by default before is not known. Without a change it is:");
        out.note("ufw default deny incoming, ufw default allow outgoing, ufw default deny routed.");
    }
    if commands.is_empty() {
        out.note("No rule was added.");
    }
    for command in commands {
        out.line(command.deleting());
    }
    out.into_text()
}
