//! What iptables and ip6tables share: a file for the restore command of one family.
//!
//! With `rest=keep` the rules fill regular chains, to which the reader's own chains jump: with `--noflush` nothing else
//! changes, and a chain that is declared again is emptied first, so that loading twice is the same as once. With
//! `rest=drop` the file is the whole filter table, and what stood there is saved before.

use super::script::Script;
use super::{Platform, Snippet, multiport};
use crate::catalog::Transport;
use crate::firewall::address::{Addresses, Family, Network};
use crate::firewall::options::{Placement, Rest};
use crate::firewall::policy::Policy;
use crate::firewall::rule::{Rule, Side};

/// In what the two commands differ.
pub struct Tool {
    /// The platform; its id is the command.
    pub platform: &'static Platform,
    /// The family of the command.
    pub family: Family,
    /// The platform that writes the other family, and that family.
    pub other: (&'static Platform, Family),
    /// What matches an echo request.
    pub echo_request: &'static str,
    /// The ICMP types without which no packet finds its way to a neighbour.
    pub discovery: &'static [&'static str],
}

/// Writes the rules of one family down.
pub fn write(policy: &Policy, tool: &Tool) -> Snippet {
    let mut rules = Script::new("# ");
    rules.header(policy, tool.platform);
    other_family(policy, tool, &mut rules);
    rules.line("*filter");
    match policy.options.rest {
        Rest::Keep => keep(policy, tool, &mut rules),
        Rest::Drop => whole_table(policy, tool, &mut rules),
    }
    rules.unwritten(policy);
    rules.line("COMMIT");
    Snippet {
        rules: rules.into_text(),
        apply: apply(policy, tool),
        undo: undo(policy, tool),
        remarks: Vec::new(),
    }
}

fn other_family(policy: &Policy, tool: &Tool, out: &mut Script) {
    let (family, (platform, other)) = (tool.family, tool.other);
    let count = policy.rules.iter().filter(|rule| rule.family == other).count();
    out.note(format_args!(
        "{family} only, {other} stays as it is. Its rules, which the platform {} writes: {count}",
        platform.id
    ));
}

/// A built-in chain, and what the name of the regular chain for its rules ends with.
struct Hook {
    side: Side,
    chain: &'static str,
    suffix: &'static str,
}

const HOOKS: [Hook; 3] = [
    Hook {
        side: Side::Between,
        chain: "FORWARD",
        suffix: "forward",
    },
    Hook {
        side: Side::Inbound,
        chain: "INPUT",
        suffix: "input",
    },
    Hook {
        side: Side::Outbound,
        chain: "OUTPUT",
        suffix: "output",
    },
];

impl Hook {
    fn own_chain(&self, policy: &Policy) -> String {
        format!("{}-{}", policy.options.prefix, self.suffix)
    }

    /// Whether everything else is dropped here: a router's own connections are not what was asked about.
    fn drops_rest(&self, policy: &Policy) -> bool {
        self.side != Side::Outbound || policy.options.placement == Placement::Host
    }
}

/// The hooks that a placement fills.
fn hooks(policy: &Policy) -> &'static [Hook] {
    match policy.options.placement {
        Placement::Network => &HOOKS[..1],
        Placement::Host => &HOOKS[1..],
    }
}

fn keep(policy: &Policy, tool: &Tool, out: &mut Script) {
    for hook in hooks(policy) {
        out.line(format_args!(":{} - [0:0]", hook.own_chain(policy)));
    }
    for hook in hooks(policy) {
        write_rules(policy, tool, hook.side, &hook.own_chain(policy), out);
    }
}

fn whole_table(policy: &Policy, tool: &Tool, out: &mut Script) {
    for hook in &HOOKS {
        let verdict = if hook.drops_rest(policy) { "DROP" } else { "ACCEPT" };
        out.line(format_args!(":{} {verdict} [0:0]", hook.chain));
    }
    for hook in HOOKS.iter().filter(|hook| hook.drops_rest(policy)) {
        let chain = hook.chain;
        out.line(format_args!(
            "-A {chain} -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT"
        ));
        for matched in own_traffic(tool, hook.side) {
            out.line(format_args!("-A {chain} {matched} -j ACCEPT"));
        }
        write_rules(policy, tool, hook.side, chain, out);
    }
}

/// What a machine must be able to send to itself and to its neighbours.
fn own_traffic(tool: &Tool, side: Side) -> Vec<String> {
    let loopback = match side {
        Side::Between => return Vec::new(),
        Side::Inbound => "-i lo",
        Side::Outbound => "-o lo",
    };
    let discovery = tool
        .discovery
        .iter()
        .map(|kind| format!("-p ipv6-icmp --icmpv6-type {kind}"));
    [loopback.to_owned()].into_iter().chain(discovery).collect()
}

fn write_rules(policy: &Policy, tool: &Tool, side: Side, chain: &str, out: &mut Script) {
    let mut before = None;
    let numbered = policy.rules.iter().zip(1..);
    for (rule, number) in numbered.filter(|(rule, _)| rule.side == side && rule.family == tool.family) {
        out.explain(before, rule);
        for matched in matches(rule, tool) {
            if policy.options.log {
                let name = log_name(&rule.name, number);
                // A chain may see packets of connections that were allowed before: those are no news.
                out.line(format_args!(
                    "-A {chain}{matched} -m conntrack --ctstate NEW -j LOG --log-prefix \"{name} \""
                ));
            }
            let name = &rule.name;
            out.line(format_args!(
                "-A {chain}{matched} -m comment --comment \"{name}\" -j ACCEPT"
            ));
        }
        before = Some(rule);
    }
}

/// A name for the log, where 29 letters fit and the last one is a space. A longer name is cut, and stays unique by the
/// number of its rule behind a dot, which no other name has.
fn log_name(name: &str, number: usize) -> String {
    const LONGEST: usize = 28;
    if name.len() <= LONGEST {
        return name.to_owned();
    }
    let end = format!(".{number}");
    format!("{}{end}", &name[..LONGEST - end.len()])
}

/// What a rule matches, in as few lines as hold it.
fn matches(rule: &Rule, tool: &Tool) -> Vec<String> {
    let (sources, destinations) = (end("-s", &rule.source), end("-d", &rule.destination));
    let traffic = traffic(rule, tool);
    let mut lines = Vec::new();
    for source in &sources {
        for destination in &destinations {
            lines.extend(traffic.iter().map(|traffic| format!("{source}{destination}{traffic}")));
        }
    }
    lines
}

/// So many networks stay below the 1,024 bytes that the commands keep for one word.
const NETWORKS: usize = 20;

/// One end in each form that lines need, with a space before it; nothing for any.
fn end(option: &str, addresses: &Addresses) -> Vec<String> {
    match addresses {
        Addresses::Any => vec![String::new()],
        Addresses::Only(networks) => networks
            .chunks(NETWORKS)
            .map(|networks| {
                let networks: Vec<String> = networks.iter().map(Network::to_string).collect();
                format!(" {option} {}", networks.join(","))
            })
            .collect(),
    }
}

/// Protocol and ports in each form that lines need, with a space before it; nothing for any protocol.
fn traffic(rule: &Rule, tool: &Tool) -> Vec<String> {
    match rule.transport {
        Transport::Tcp => ports("tcp", rule),
        Transport::Udp => ports("udp", rule),
        Transport::Icmp => vec![format!(" {}", tool.echo_request)],
        Transport::Esp => vec![" -p esp".to_owned()],
        Transport::Any => vec![String::new()],
    }
}

fn ports(protocol: &str, rule: &Rule) -> Vec<String> {
    let lists = multiport::lists(&rule.ports).into_iter();
    lists
        .map(|list| {
            let option = if list.contains(',') {
                "-m multiport --dports"
            } else {
                "--dport"
            };
            format!(" -p {protocol} {option} {list}")
        })
        .collect()
}

fn apply(policy: &Policy, tool: &Tool) -> String {
    let (command, file) = (tool.platform.id, tool.platform.file_name);
    let mut out = Script::new("# ");
    out.note("Check the file without loading it, then load it. Loading it twice is safe.");
    match policy.options.rest {
        Rest::Keep => {
            out.line(format_args!("{command}-restore --test --noflush < {file}"));
            out.line(format_args!("{command}-restore --noflush < {file}"));
            out.note("Send packets through it, before your own drop. Answers to allowed connections");
            out.note("need your own rule for established connections.");
            for hook in hooks(policy) {
                let (chain, own) = (hook.chain, hook.own_chain(policy));
                out.line(format_args!(
                    "{command} -C {chain} -j {own} 2>/dev/null || {command} -I {chain} -j {own}"
                ));
            }
            out.note("Show what is loaded.");
            for hook in hooks(policy) {
                out.line(format_args!("{command} -S {}", hook.own_chain(policy)));
            }
        }
        Rest::Drop => {
            let saved = saved(policy, tool);
            out.line(format_args!("{command}-restore --test < {file}"));
            out.note("What is loaded now is kept in a file, from which it comes back.");
            out.line(format_args!("[ -e {saved} ] || {command}-save -t filter > {saved}"));
            out.line(format_args!("{command}-restore < {file}"));
            out.note("Show what is loaded.");
            out.line(format_args!("{command} -S"));
        }
    }
    out.note("A restart forgets it. On Debian netfilter-persistent save keeps it.");
    let own = policy.rules.iter().filter(|rule| rule.family == tool.family);
    out.reachability(&Policy {
        rules: own.cloned().collect(),
        ..policy.clone()
    });
    out.into_text()
}

fn undo(policy: &Policy, tool: &Tool) -> String {
    let command = tool.platform.id;
    let mut out = Script::new("# ");
    match policy.options.rest {
        Rest::Keep => {
            for hook in hooks(policy) {
                let (chain, own) = (hook.chain, hook.own_chain(policy));
                out.line(format_args!(
                    "while {command} -D {chain} -j {own} 2>/dev/null; do :; done"
                ));
                out.line(format_args!("{command} -F {own}"));
                out.line(format_args!("{command} -X {own}"));
            }
        }
        Rest::Drop => {
            let saved = saved(policy, tool);
            out.note("In the folder in which it was loaded: the table as it was before.");
            out.line(format_args!("{command}-restore < {saved} && rm {saved}"));
        }
    }
    out.into_text()
}

/// The file that keeps the table as it was before.
fn saved(policy: &Policy, tool: &Tool) -> String {
    format!("{}-before-{}.rules", policy.options.prefix, tool.platform.id)
}
