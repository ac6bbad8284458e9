//! pf: the rules of an anchor, for `pfctl -f`.
//!
//! A rule decides at once (`quick`), so it stands wherever the reader's own rules call the anchor. A packet that passes
//! a router is seen twice, where it enters and where it leaves: a rule between zones has no direction and holds for both.

use super::script::Script;
use super::{Facts, Platform, Snippet, Standing};
use crate::catalog::{PortRange, Transport, Vocabulary};
use crate::firewall::address::{Addresses, Family, Network};
use crate::firewall::options::{Placement, Rest};
use crate::firewall::policy::Policy;
use crate::firewall::rule::{Rule, Side};

/// The platform.
pub static PLATFORM: Platform = Platform {
    id: "pf",
    title: "pf",
    group: "BSD",
    purpose: "FreeBSD, OpenBSD and macOS, an anchor",
    standing: Standing::Either,
    drops_rest: true,
    names_zones: false,
    comment: "# ",
    file_name: "exchange.pf.conf",
};

/// What is known of it.
pub static FACTS: Facts = Facts {
    reference: "pf.conf(5) and pfctl(8), FreeBSD 12, OpenBSD 6 and later, macOS 10.7 and later",
    limits: "Labels hold 63 letters: names are shorter. Between zones a rule to any destination also holds for the \
             machine itself.",
    twice: "Loading it twice is safe: it replaces what the anchor holds.",
};

/// Writes a policy down.
pub fn write(policy: &Policy) -> Snippet {
    let mut rules = Script::new(PLATFORM.comment);
    header(policy, &mut rules);
    if policy.options.rest == Rest::Drop {
        before_dropping(policy, &mut rules);
    }
    let mut before = None;
    for rule in &policy.rules {
        rules.explain(before, rule);
        rules.line(pass(rule, policy.options.log));
        before = Some(rule);
    }
    if policy.options.rest == Rest::Drop {
        rules.line("block drop quick all");
    }
    rules.unwritten(policy);
    Snippet {
        rules: rules.into_text(),
        apply: apply(policy),
        undo: undo(policy),
        remarks: Vec::new(),
    }
}

fn header(policy: &Policy, out: &mut Script) {
    out.header(policy, &PLATFORM);
    if policy.options.rest == Rest::Drop {
        out.note("What rules of yours before the anchor pass with quick, and connections that are open, still pass.");
    }
    let is_open = |rule: &Rule| rule.side == Side::Between && rule.destination == Addresses::Any;
    if policy.rules.iter().any(is_open) {
        out.note("pf does not tell what passes this machine from what ends on it: a rule to any holds for both.");
    }
}

/// What a machine cannot do without. A router's own connections are not what was asked about.
fn before_dropping(policy: &Policy, out: &mut Script) {
    out.line("pass quick on lo0 all");
    // Without neighbour discovery no IPv6 packet finds its way.
    let types = "routersol, routeradv, neighbrsol, neighbradv";
    out.line(format_args!("pass quick inet6 proto icmp6 from any to any icmp6-type {{ {types} }}"));
    if policy.options.placement == Placement::Network {
        out.line("pass out quick from self to any");
    }
}

fn pass(rule: &Rule, is_logged: bool) -> String {
    let direction = match rule.side {
        Side::Between => "",
        Side::Inbound => " in",
        Side::Outbound => " out",
    };
    let log = if is_logged { " log" } else { "" };
    let family = match rule.family {
        Family::V4 => "inet",
        Family::V6 => "inet6",
    };
    let protocol = protocol(rule).map_or_else(String::new, |protocol| format!(" proto {protocol}"));
    let (source, destination) = (end(&rule.source), end(&rule.destination));
    let to = destination + ports(rule).as_str() + icmp_type(rule);
    format!(
        "pass{direction}{log} quick {family}{protocol} from {source} to {to} label \"{}\"",
        rule.name
    )
}

fn protocol(rule: &Rule) -> Option<&'static str> {
    match (rule.transport, rule.family) {
        (Transport::Any, _) => None,
        (Transport::Icmp, Family::V6) => Some("icmp6"),
        (transport, _) => Some(transport.slug()),
    }
}

fn end(addresses: &Addresses) -> String {
    match addresses {
        Addresses::Any => "any".to_owned(),
        Addresses::Only(networks) => list(networks.iter().map(Network::to_string)),
    }
}

fn ports(rule: &Rule) -> String {
    if rule.ports.is_empty() {
        return String::new();
    }
    let port = |range: &PortRange| range.to_string().replace('-', ":");
    format!(" port {}", list(rule.ports.iter().map(port)))
}

fn icmp_type(rule: &Rule) -> &'static str {
    match (rule.transport, rule.family) {
        (Transport::Icmp, Family::V4) => " icmp-type echoreq",
        (Transport::Icmp, Family::V6) => " icmp6-type echoreq",
        _ => "",
    }
}

/// One value as it is, several in braces.
fn list(values: impl Iterator<Item = String>) -> String {
    let values: Vec<String> = values.collect();
    match &values[..] {
        [value] => value.clone(),
        _ => format!("{{ {} }}", values.join(", ")),
    }
}

fn apply(policy: &Policy) -> String {
    let (anchor, file) = (&policy.options.prefix, PLATFORM.file_name);
    let mut out = Script::new(PLATFORM.comment);
    out.note("Check the file without loading it, then load it. Loading it twice is safe: it replaces what the");
    out.note("anchor holds.");
    out.line(format_args!("pfctl -a {anchor} -n -f {file}"));
    out.line(format_args!("pfctl -a {anchor} -f {file}"));
    out.note("Once: send packets through it. Add these lines to /etc/pf.conf, before the first rule of yours that");
    out.note("blocks with quick, with the path where you keep the file; then check that file, and load it.");
    out.note(format_args!("  anchor \"{anchor}\""));
    out.note(format_args!("  load anchor \"{anchor}\" from \"/etc/{file}\""));
    out.line("pfctl -n -f /etc/pf.conf");
    out.line("pfctl -f /etc/pf.conf");
    out.note("Show what is loaded, and whether pf is on (pfctl -e).");
    out.line(format_args!("pfctl -a {anchor} -s rules"));
    out.line("pfctl -s info");
    if policy.options.placement == Placement::Network {
        out.note("Nothing passes unless the machine forwards packets (sysctl net.inet.ip.forwarding).");
    }
    out.reachability(policy);
    out.into_text()
}

fn undo(policy: &Policy) -> String {
    let anchor = &policy.options.prefix;
    let mut out = Script::new(PLATFORM.comment);
    out.line(format_args!("pfctl -a {anchor} -F rules"));
    out.note("Take the lines that you added out of /etc/pf.conf, check that file, and load it.");
    out.line("pfctl -n -f /etc/pf.conf");
    out.line("pfctl -f /etc/pf.conf");
    out.note("Connections that are open stay so until they end.");
    out.into_text()
}
