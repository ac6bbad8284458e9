//! From an address to the policy that its page shows.

use std::fmt::Write;

use exchange_ports::catalog::{Role, Vocabulary, Zone};
use exchange_ports::firewall::{MOST_NETWORKS, Platform, Policy, Rule, Snippet};
use exchange_ports::link::State;

/// The policy of an address.
pub fn policy(fragment: &str) -> Policy {
    let state = State::open(fragment, Vec::new(), None);
    state.policy(&state.view.flows())
}

/// What a platform writes for an address.
pub fn snippet(platform: &str, fragment: &str) -> Snippet {
    let platform = Platform::find(platform).expect("the platform exists");
    platform.write(&policy(fragment))
}

/// A rule in one line, such as `internet > server-lan: any > 10.0.0.10 tcp 25,443`.
pub fn line(rule: &Rule) -> String {
    let ports: Vec<String> = rule.ports.iter().map(ToString::to_string).collect();
    let (from, to, transport) = (rule.from.slug(), rule.to.slug(), rule.transport.slug());
    let text = format!(
        "{from} > {to}: {} > {} {transport} {}",
        rule.source,
        rule.destination,
        ports.join(",")
    );
    text.trim_end().to_owned()
}

/// The rules of an address, one in a line.
pub fn lines(fragment: &str) -> Vec<String> {
    policy(fragment).rules.iter().map(line).collect()
}

/// What an address leaves out, in the words of the snippet.
pub fn unwritten(fragment: &str) -> Vec<String> {
    policy(fragment).unwritten.iter().map(ToString::to_string).collect()
}

/// The servers as a host, and for every place as many addresses as it may have, each as long as it can be.
pub fn crowded() -> String {
    let mut query = "at=server-lan&internal=ports".to_owned();
    let zones = Zone::ALL.iter().map(|zone| zone.slug());
    for (place, slug) in zones.chain(Role::ALL.iter().map(|role| role.slug())).enumerate() {
        let hosts: Vec<String> = (0..MOST_NETWORKS)
            .map(|host| format!("fd00:aaaa:bbbb:cccc:dddd:eeee:{:x}:{:x}", 0x1000 + place, 0x1000 + host))
            .collect();
        write!(query, "&addr.{slug}={}", hosts.join(",")).expect("a string takes everything");
    }
    query
}
