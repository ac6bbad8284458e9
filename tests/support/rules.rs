//! From an address to the policy that its page shows.

use exchange_ports::firewall::{Platform, Policy, Rule, Snippet};
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
    use exchange_ports::catalog::Vocabulary;
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
