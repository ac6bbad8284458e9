//! Juniper SRX: set commands of Junos for the configuration mode.

use super::objects::{self, Service};
use super::script::Script;
use super::{Facts, Platform, Snippet, Standing, terminal};
use crate::catalog::Transport;
use crate::firewall::address::{Addresses, Family};
use crate::firewall::options::Rest;
use crate::firewall::policy::Policy;
use crate::firewall::rule::Rule;
use crate::firewall::text::Prefix;

/// The platform.
pub static PLATFORM: Platform = Platform {
    id: "juniper-srx",
    title: "Juniper SRX",
    group: "Network",
    purpose: "set commands of Junos",
    standing: Standing::Network,
    drops_rest: true,
    names_zones: true,
    comment: "# ",
    file_name: "exchange-srx.txt",
};

/// What is known of it.
pub static FACTS: Facts = Facts {
    reference: "Junos OS Security Policies User Guide for Security Devices, Junos 15.1X49 and later",
    limits: "Names hold 63 letters: ours are shorter. An application is one port or range. Zones must not have address \
             books of their own: the addresses stand in the global one.",
    twice: "Loading it twice changes nothing. Commands only add: before you load a changed text, undo this one.",
};

/// Writes a policy down.
pub fn write(policy: &Policy) -> Snippet {
    let prefix = &policy.options.prefix;
    let mut rules = Script::new(PLATFORM.comment);
    header(policy, &mut rules);
    for network in objects::all_networks(policy) {
        let name = objects::network_name(network, prefix);
        let (address, bits) = (network.address(), network.prefix());
        rules.line(format_args!("set {ADDRESS} {name} {address}/{bits}"));
    }
    for service in objects::services(policy.rules.iter()) {
        let name = service.name(prefix);
        rules.line(format_args!("set {APPLICATION} {name} {}", traffic(service)));
    }
    let mut before = None;
    for rule in &policy.rules {
        terminal::explain(before, rule, &mut rules);
        write_rule(rule, policy, &mut rules);
        before = Some(rule);
    }
    if policy.options.rest == Rest::Drop {
        drop_rest(policy, &mut rules);
    }
    terminal::unwritten(policy, &mut rules);
    Snippet {
        rules: rules.into_text(),
        apply: apply(policy),
        undo: undo(policy),
        remarks: Vec::new(),
    }
}

const ADDRESS: &str = "security address-book global address";
const APPLICATION: &str = "applications application";

fn header(policy: &Policy, out: &mut Script) {
    terminal::preamble(policy, &PLATFORM, "those of the firewall", out);
    if policy.rules.iter().any(|rule| rule.family == Family::V6) {
        terminal::note(
            "An SRX filters IPv6 only in this mode, which older releases must be told: security forwarding-options \
             family inet6 mode flow-based.",
            out,
        );
    }
    if policy.options.rest == Rest::Drop {
        terminal::note("What policies of yours between zones allow stays allowed.", out);
    }
}

/// What an application matches.
fn traffic(service: Service) -> String {
    match service {
        Service::Tcp(ports) => format!("protocol tcp destination-port {ports}"),
        Service::Udp(ports) => format!("protocol udp destination-port {ports}"),
        Service::Ping(Family::V4) => "protocol icmp icmp-type 8".to_owned(),
        Service::Ping(Family::V6) => "protocol icmp6 icmp6-type 128".to_owned(),
        Service::Esp => "protocol esp".to_owned(),
    }
}

fn write_rule(rule: &Rule, policy: &Policy, out: &mut Script) {
    let prefix = &policy.options.prefix;
    let path = path(rule, policy);
    for address in addresses(&rule.source, rule.family, prefix) {
        out.line(format_args!("set {path} match source-address {address}"));
    }
    for address in addresses(&rule.destination, rule.family, prefix) {
        out.line(format_args!("set {path} match destination-address {address}"));
    }
    for application in applications(rule, prefix) {
        out.line(format_args!("set {path} match application {application}"));
    }
    out.line(format_args!("set {path} then permit"));
    if policy.options.log {
        out.line(format_args!("set {path} then log session-close"));
    }
    out.line(format_args!(
        "set {path} description \"{}\"",
        objects::description(rule)
    ));
}

/// Policies for all zones are asked last, after all those of the reader's that are for two zones.
fn drop_rest(policy: &Policy, out: &mut Script) {
    let path = rest_path(policy);
    terminal::note("everything else", out);
    for word in ["source-address", "destination-address", "application"] {
        out.line(format_args!("set {path} match {word} any"));
    }
    out.line(format_args!("set {path} then deny"));
    if policy.options.log {
        // A session that is denied never closes.
        out.line(format_args!("set {path} then log session-init"));
    }
}

/// The zones of a rule.
fn context(rule: &Rule, policy: &Policy) -> String {
    let (from, to) = (policy.options.name_of(rule.from), policy.options.name_of(rule.to));
    format!("security policies from-zone {from} to-zone {to}")
}

fn path(rule: &Rule, policy: &Policy) -> String {
    format!("{} policy {}", context(rule, policy), rule.name)
}

fn rest_path(policy: &Policy) -> String {
    let name = objects::rest_name(&policy.options.prefix);
    format!("security policies global policy {name}")
}

fn addresses(addresses: &Addresses, family: Family, prefix: &Prefix) -> Vec<String> {
    match (addresses, family) {
        // The bare word would mean both families.
        (Addresses::Any, Family::V4) => vec!["any-ipv4".to_owned()],
        (Addresses::Any, Family::V6) => vec!["any-ipv6".to_owned()],
        (Addresses::Only(networks), _) => networks
            .iter()
            .map(|network| objects::network_name(*network, prefix))
            .collect(),
    }
}

fn applications(rule: &Rule, prefix: &Prefix) -> Vec<String> {
    if rule.transport == Transport::Any {
        return vec!["any".to_owned()];
    }
    let services = Service::of(rule).into_iter();
    services.map(|service| service.name(prefix)).collect()
}

fn apply(policy: &Policy) -> String {
    let mut out = Script::new(PLATFORM.comment);
    terminal::note(FACTS.twice, &mut out);
    out.line("configure");
    out.line(format_args!("load set /var/tmp/{}", PLATFORM.file_name));
    out.note("Policies are added last. Where one of yours that denies stands above them, move each in front of it:");
    if let Some(rule) = policy.rules.first() {
        out.note(format_args!(
            "  insert {} before policy NAME-OF-YOURS",
            path(rule, policy)
        ));
    }
    out.note("Show what changes, check it, use it for five minutes, and then for good.");
    out.line("show | compare");
    out.line("commit check");
    out.line("commit confirmed 5");
    out.line("commit");
    out.line("exit");
    out.note("Show the policies.");
    out.line(format_args!(
        "show configuration security policies | display set | match {}-",
        policy.options.prefix
    ));
    out.reachability(policy);
    out.into_text()
}

fn undo(policy: &Policy) -> String {
    let prefix = &policy.options.prefix;
    let mut out = Script::new(PLATFORM.comment);
    out.note("Where a pair of zones has no policy left, delete the pair too: delete security policies from-zone A to-zone B");
    out.line("configure");
    for rule in &policy.rules {
        out.line(format_args!("delete {}", path(rule, policy)));
    }
    if policy.options.rest == Rest::Drop {
        out.line(format_args!("delete {}", rest_path(policy)));
    }
    for service in objects::services(policy.rules.iter()) {
        out.line(format_args!("delete {APPLICATION} {}", service.name(prefix)));
    }
    for network in objects::all_networks(policy) {
        out.line(format_args!(
            "delete {ADDRESS} {}",
            objects::network_name(network, prefix)
        ));
    }
    out.line("commit");
    out.line("exit");
    out.into_text()
}
