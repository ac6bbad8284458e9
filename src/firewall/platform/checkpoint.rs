//! Check Point: a shell script of `mgmt_cli`, the command line of the management API.
//!
//! Adding what exists is an error there, so two functions of the script ask first. The rules stand in a section of
//! their own at the top of the layer: behind the clean-up rule at its end they would never be asked.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::families::{WRITTEN_ONCE, is_second};
use super::objects::{self, Service};
use super::script::{Script, networks};
use super::{Facts, Platform, Snippet, Standing};
use crate::firewall::address::{Addresses, Family, Network};
use crate::firewall::options::Rest;
use crate::firewall::policy::Policy;
use crate::firewall::rule::Rule;
use crate::firewall::text::Prefix;

/// The platform.
pub static PLATFORM: Platform = Platform {
    id: "checkpoint",
    title: "Check Point",
    group: "Network",
    purpose: "a script of mgmt_cli",
    standing: Standing::Network,
    drops_rest: true,
    names_zones: false,
    comment: "# ",
    file_name: "exchange-checkpoint.sh",
};

/// What is known of it.
pub static FACTS: Facts = Facts {
    reference: "Check Point Management API Reference, R80.10 and later",
    limits: "A service is one port or range. Objects of all kinds share one space of names: ours begin with the prefix.",
    twice: "Running it twice adds nothing: what has its name is left as it is. Before you run a changed text, undo this \
            one.",
};

/// Writes a policy down.
pub fn write(policy: &Policy) -> Snippet {
    let mut rules = Script::new(PLATFORM.comment);
    header(policy, &mut rules);
    functions(&mut rules);
    for object in objects(policy) {
        rules.line(format_args!("object {} {} {}", object.kind, object.name, object.settings));
    }
    let prefix = &policy.options.prefix;
    rules.line(format_args!("rule access-section {prefix} position top"));
    let mut before = None;
    for rule in written(policy) {
        rules.explain(before, rule);
        write_rule(rule, policy, &mut rules);
        before = Some(rule);
    }
    if policy.options.rest == Rest::Drop {
        drop_rest(policy, &mut rules);
    }
    rules.unwritten(policy);
    Snippet {
        rules: rules.into_text(),
        apply: apply(policy),
        undo: undo(policy),
        remarks: Vec::new(),
    }
}

fn written(policy: &Policy) -> impl Iterator<Item = &Rule> {
    policy.rules.iter().filter(|rule| !is_second(rule))
}

fn header(policy: &Policy, out: &mut Script) {
    out.header(policy, &PLATFORM);
    if policy.rules.iter().any(is_second) {
        out.note(WRITTEN_ONCE);
    }
    out.note("Where NAT translates a server, the object that has the NAT belongs in place of ours.");
    if policy.options.rest == Rest::Drop {
        out.note("What rules of yours above the last one allow stays allowed.");
    }
}

/// The name of the layer, and the functions that add what is not there.
fn functions(out: &mut Script) {
    out.note("The first layer of a new policy has this name: replace it by yours, here and where you undo.");
    out.line(LAYER);
    out.line("set -eu");
    let function = |out: &mut Script, name: &str, of_layer: &str| {
        out.block(format_args!("{name}() {{"), "}", |out| {
            out.line("kind=$1 name=$2");
            out.line("shift 2");
            out.line(format_args!(
                "mgmt_cli -s id.txt show \"$kind\"{of_layer} name \"$name\" > /dev/null 2>&1 ||"
            ));
            out.line(format_args!(
                "  mgmt_cli -s id.txt add \"$kind\"{of_layer} name \"$name\" ignore-warnings true \"$@\""
            ));
        });
    };
    function(out, "object", "");
    function(out, "rule", " layer \"$layer\"");
}

const LAYER: &str = "layer=Network";

/// Something that rules refer to.
struct Object {
    kind: &'static str,
    name: String,
    settings: String,
}

/// The objects of all rules.
fn objects(policy: &Policy) -> Vec<Object> {
    let prefix = &policy.options.prefix;
    let networks = objects::all_networks(policy).into_iter();
    let networks = networks.map(|network| network_object(network, prefix));
    let services = objects::services(policy.rules.iter()).into_iter();
    let services = services.map(|service| service_object(service, prefix));
    networks.chain(services).collect()
}

fn network_object(network: Network, prefix: &Prefix) -> Object {
    let (kind, settings) = match (network.address(), network.prefix()) {
        (address, _) if network.is_host() => ("host", format!("ip-address {address}")),
        // A network of everything is not one to Check Point.
        (IpAddr::V4(first), 0) => ("address-range", range(first, Ipv4Addr::BROADCAST)),
        (IpAddr::V6(first), 0) => ("address-range", range(first, Ipv6Addr::from(u128::MAX))),
        (address, bits) => ("network", format!("subnet {address} mask-length {bits}")),
    };
    Object {
        kind,
        name: objects::network_name(network, prefix),
        settings,
    }
}

fn range(first: impl Into<IpAddr>, last: impl Into<IpAddr>) -> String {
    format!("ip-address-first {} ip-address-last {}", first.into(), last.into())
}

fn service_object(service: Service, prefix: &Prefix) -> Object {
    // Without this, rules of the reader's for any service would match through it.
    let quiet = "match-for-any false";
    let (kind, settings) = match service {
        Service::Tcp(ports) => ("service-tcp", format!("port {ports} {quiet}")),
        Service::Udp(ports) => ("service-udp", format!("port {ports} {quiet}")),
        Service::Ping(Family::V4) => ("service-icmp", "icmp-type 8".to_owned()),
        Service::Ping(Family::V6) => ("service-icmp6", "icmp-type 128".to_owned()),
        Service::Esp => ("service-other", format!("ip-protocol 50 {quiet}")),
    };
    Object {
        kind,
        name: service.name(prefix),
        settings,
    }
}

fn write_rule(rule: &Rule, policy: &Policy, out: &mut Script) {
    let prefix = &policy.options.prefix;
    out.line(format_args!("rule access-rule {} position.bottom {prefix} \\", rule.name));
    out.line(format_args!("  {} \\", values("source", &addresses(&rule.source, prefix))));
    out.line(format_args!("  {} \\", values("destination", &addresses(&rule.destination, prefix))));
    out.line(format_args!("  {} \\", values("service", &services(rule, prefix))));
    out.line(format_args!(
        "  action Accept{} comments '{}'",
        track(policy),
        objects::description(rule)
    ));
}

fn drop_rest(policy: &Policy, out: &mut Script) {
    let name = objects::rest_name(&policy.options.prefix);
    out.note("everything else");
    out.line(format_args!("rule access-rule {name} position bottom \\"));
    out.line(format_args!("  source Any destination Any service Any action Drop{}", track(policy)));
}

fn track(policy: &Policy) -> &'static str {
    if policy.options.log { " track.type Log" } else { "" }
}

/// A list of values; none is any.
fn values(word: &str, values: &[String]) -> String {
    if values.is_empty() {
        return format!("{word} Any");
    }
    let numbered = (1..).zip(values).map(|(number, value)| format!("{word}.{number} {value}"));
    numbered.collect::<Vec<_>>().join(" ")
}

fn addresses(addresses: &Addresses, prefix: &Prefix) -> Vec<String> {
    let networks = networks(addresses).iter();
    networks.map(|network| objects::network_name(*network, prefix)).collect()
}

fn services(rule: &Rule, prefix: &Prefix) -> Vec<String> {
    let services = Service::of(rule).into_iter();
    services.map(|service| service.name(prefix)).collect()
}

fn apply(policy: &Policy) -> String {
    let mut out = Script::new(PLATFORM.comment);
    out.note(FACTS.twice);
    out.note("On the management server, in expert mode.");
    out.line("mgmt_cli login -r true > id.txt");
    out.line(format_args!("sh {}", PLATFORM.file_name));
    out.note("Show the rules. Nothing is seen by others yet: \"mgmt_cli -s id.txt discard\" takes all of it back.");
    out.line(LAYER);
    out.line(format_args!(
        "mgmt_cli -s id.txt show access-rulebase name \"$layer\" filter {}-",
        policy.options.prefix
    ));
    out.note("Publish, and install: Standard is the name of a new policy, replace it by yours.");
    publish(&mut out);
    out.reachability(policy);
    out.into_text()
}

fn publish(out: &mut Script) {
    out.line("mgmt_cli -s id.txt publish");
    out.line("mgmt_cli -s id.txt install-policy policy-package Standard");
    out.line("mgmt_cli -s id.txt logout");
    out.line("rm id.txt");
}

fn undo(policy: &Policy) -> String {
    let prefix = &policy.options.prefix;
    let mut out = Script::new(PLATFORM.comment);
    out.note("Rules first: Check Point keeps an object that a rule uses.");
    out.line(LAYER);
    out.line("mgmt_cli login -r true > id.txt");
    let rest = (policy.options.rest == Rest::Drop).then(|| objects::rest_name(prefix));
    for name in written(policy).map(|rule| &rule.name).chain(&rest) {
        delete(&format!("access-rule layer \"$layer\" name {name}"), &mut out);
    }
    delete(&format!("access-section layer \"$layer\" name {prefix}"), &mut out);
    for Object { kind, name, .. } in objects(policy) {
        delete(&format!("{kind} name {name}"), &mut out);
    }
    publish(&mut out);
    out.into_text()
}

fn delete(what: &str, out: &mut Script) {
    out.line(format_args!("mgmt_cli -s id.txt delete {what}"));
}
