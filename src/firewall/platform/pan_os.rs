//! Palo Alto Networks PAN-OS: set commands for the configuration mode.
//!
//! A rule names its addresses as they are, so that there are no objects to clean up; ports need service objects, and
//! protocols without ports are applications. To PAN-OS every IPv4 address is an IPv6 address too, so what says IPv6
//! and means nearly all of it would let IPv4 pass.

use std::net::{IpAddr, Ipv6Addr};

use super::families::{WRITTEN_ONCE, is_second, is_without_family};
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
    id: "pan-os",
    title: "Palo Alto PAN-OS",
    group: "Network",
    purpose: "set commands for security rules",
    standing: Standing::Network,
    drops_rest: true,
    names_zones: true,
    comment: "# ",
    file_name: "exchange-pan-os.txt",
};

/// What is known of it.
pub static FACTS: Facts = Facts {
    reference: "PAN-OS CLI Quick Start and PAN-OS Administrator's Guide, PAN-OS 9.1 and later",
    limits: "Names hold 63 letters: ours are shorter. A service holds 1,023 letters of ports: ours are one port or range \
             each. Panorama wants \"device-group NAME\" and \"pre-rulebase\" in each command.",
    twice: "Loading it twice changes nothing. Commands only add: before you load a changed text, undo this one.",
};

/// Writes a policy down.
pub fn write(policy: &Policy) -> Snippet {
    let mut rules = Script::new(PLATFORM.comment);
    header(policy, &mut rules);
    let prefix = &policy.options.prefix;
    for (service, protocol, ports) in services(policy) {
        rules.line(format_args!(
            "set service {} protocol {protocol} port {ports}",
            service.name(prefix)
        ));
    }
    let mut before = None;
    for rule in written(policy) {
        terminal::explain(before, rule, &mut rules);
        write_rule(rule, policy, &mut rules);
        before = Some(rule);
    }
    if policy.options.rest == Rest::Drop {
        drop_rest(policy, &mut rules);
    }
    unwritten(policy, &mut rules);
    Snippet {
        rules: rules.into_text(),
        apply: apply(policy),
        undo: undo(policy),
        remarks: Vec::new(),
    }
}

/// The rules that stand in the text.
fn written(policy: &Policy) -> impl Iterator<Item = &Rule> {
    policy
        .rules
        .iter()
        .filter(|rule| !is_second(rule) && !lets_v4_pass(rule))
}

/// Whether an IPv6 rule would hold for IPv4, because both of its ends do.
fn lets_v4_pass(rule: &Rule) -> bool {
    // Echo requests of IPv6 are an application of their own.
    let is_of_both = rule.family == Family::V6 && rule.transport != Transport::Icmp && !is_without_family(rule);
    is_of_both && holds_v4(&rule.source) && holds_v4(&rule.destination)
}

/// Whether IPv6 addresses hold some that stand for IPv4: the first 96 bits of those are 0.
fn holds_v4(addresses: &Addresses) -> bool {
    let Addresses::Only(networks) = addresses else {
        return true;
    };
    let v4 = Network::new(IpAddr::V6(Ipv6Addr::UNSPECIFIED), 96);
    networks.iter().any(|&network| {
        v4.is_some_and(|v4| network.contains(v4) || v4.contains(network))
    })
}

fn header(policy: &Policy, out: &mut Script) {
    terminal::preamble(policy, &PLATFORM, "those of the firewall", out);
    if policy.rules.iter().any(is_second) {
        terminal::note(WRITTEN_ONCE, out);
    }
    terminal::note(
        "PAN-OS matches the zone behind NAT and addresses before it: where it translates a server, put the public \
         address in place of the server's.",
        out,
    );
    if written(policy).any(|rule| rule.family == Family::V6) {
        terminal::note(
            "PAN-OS filters IPv6 only where IPv6 firewalling is on (Device, Setup, Session).",
            out,
        );
    }
    if policy.options.rest == Rest::Drop {
        terminal::note("What rules of yours above these allow stays allowed.", out);
    }
}

/// The services to make: what they are, their protocol, their ports.
fn services(policy: &Policy) -> Vec<(Service, &'static str, String)> {
    let services = objects::services(written(policy)).into_iter();
    let with_ports = services.filter_map(|service| match service {
        Service::Tcp(ports) => Some((service, "tcp", ports.to_string())),
        Service::Udp(ports) => Some((service, "udp", ports.to_string())),
        Service::Ping(_) | Service::Esp => None,
    });
    with_ports.collect()
}

fn write_rule(rule: &Rule, policy: &Policy, out: &mut Script) {
    let path = path(&rule.name);
    let (application, services) = traffic(rule, &policy.options.prefix);
    let description = objects::description(rule);
    out.line(format_args!("set {path} from {}", policy.options.name_of(rule.from)));
    out.line(format_args!("set {path} to {}", policy.options.name_of(rule.to)));
    list(&path, "source", &addresses(&rule.source), out);
    list(&path, "destination", &addresses(&rule.destination), out);
    out.line(format_args!("set {path} application {application}"));
    list(&path, "service", &services, out);
    out.line(format_args!("set {path} action allow"));
    out.line(format_args!("set {path} description \"{description}\""));
    log(&path, policy, out);
}

fn drop_rest(policy: &Policy, out: &mut Script) {
    let path = path(&objects::rest_name(&policy.options.prefix));
    terminal::note("everything else", out);
    for word in ["from", "to", "source", "destination", "application", "service"] {
        out.line(format_args!("set {path} {word} any"));
    }
    out.line(format_args!("set {path} action drop"));
    log(&path, policy, out);
}

fn path(name: &str) -> String {
    format!("rulebase security rules {name}")
}

fn log(path: &str, policy: &Policy, out: &mut Script) {
    if policy.options.log {
        out.line(format_args!("set {path} log-end yes"));
    }
}

/// How many values stand in one command, so that no line is too long for a terminal.
const VALUES: usize = 16;

/// Adds values to a list of a rule.
fn list(path: &str, word: &str, values: &[String], out: &mut Script) {
    for some in values.chunks(VALUES) {
        match some {
            [value] => out.line(format_args!("set {path} {word} {value}")),
            _ => out.line(format_args!("set {path} {word} [ {} ]", some.join(" "))),
        }
    }
}

fn addresses(addresses: &Addresses) -> Vec<String> {
    match addresses {
        Addresses::Any => vec!["any".to_owned()],
        Addresses::Only(networks) => networks.iter().map(ToString::to_string).collect(),
    }
}

/// The application and the services of a rule.
fn traffic(rule: &Rule, prefix: &Prefix) -> (&'static str, Vec<String>) {
    let without_ports = |service: &str| vec![service.to_owned()];
    match (rule.transport, rule.family) {
        (Transport::Icmp, Family::V4) => ("ping", without_ports("application-default")),
        (Transport::Icmp, Family::V6) => ("ping6", without_ports("application-default")),
        (Transport::Esp, _) => ("ipsec-esp", without_ports("application-default")),
        (Transport::Any, _) => ("any", without_ports("any")),
        (Transport::Tcp | Transport::Udp, _) => {
            let services = Service::of(rule).into_iter();
            ("any", services.map(|service| service.name(prefix)).collect())
        }
    }
}

fn unwritten(policy: &Policy, out: &mut Script) {
    for rule in policy.rules.iter().filter(|rule| lets_v4_pass(rule)) {
        terminal::note(
            format_args!(
                "not written: {} ({}): both ends hold ::/96, which to PAN-OS is all of IPv4",
                rule.name,
                rule.flow_ids()
            ),
            out,
        );
    }
    terminal::unwritten(policy, out);
}

fn apply(policy: &Policy) -> String {
    let prefix = &policy.options.prefix;
    let mut out = Script::new(PLATFORM.comment);
    terminal::note(FACTS.twice, &mut out);
    out.line("set cli scripting-mode on");
    out.line("configure");
    out.note(format_args!(
        "Paste {} here; where the CLI calls a comment unknown, nothing is lost. Rules are added last.",
        PLATFORM.file_name
    ));
    out.note("Where a rule of yours that denies stands above them, move each in front of it:");
    out.note(format_args!("  move {} before NAME-OF-YOURS", path("NAME")));
    out.note("Show the rules, check them, use them.");
    out.line(format_args!("show rulebase security rules | match {prefix}-"));
    out.line("validate full");
    out.line("commit");
    out.line("exit");
    out.reachability(policy);
    out.into_text()
}

fn undo(policy: &Policy) -> String {
    let prefix = &policy.options.prefix;
    let mut out = Script::new(PLATFORM.comment);
    out.note("Rules first: a service that a rule uses stays.");
    out.line("configure");
    for rule in written(policy) {
        out.line(format_args!("delete {}", path(&rule.name)));
    }
    if policy.options.rest == Rest::Drop {
        out.line(format_args!("delete {}", path(&objects::rest_name(prefix))));
    }
    for (service, ..) in services(policy) {
        out.line(format_args!("delete service {}", service.name(prefix)));
    }
    out.line("commit");
    out.line("exit");
    out.into_text()
}
