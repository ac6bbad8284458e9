//! Reads scripts of ufw commands, as ufw(8) describes their full syntax under RULE SYNTAX: only the words that the
//! writer has a use for, anything else is an error.
//!
//! `ufw [route] allow [in|out] [log] [proto PROTOCOL] from ADDRESS to ADDRESS [port PORTS] comment 'COMMENT'`. Up to 15
//! ports, of which a range counts as two; ports need tcp or udp. ICMP is no protocol of ufw.

use exchange_ports::catalog::Transport;
use exchange_ports::firewall::{Policy, Side, Snippet};

use super::atom::{Atoms, atoms, of_policy};
use super::words::{multiport, network};

/// What a snippet allows.
pub fn read(snippet: &Snippet) -> Result<Atoms, String> {
    let mut all = Atoms::new();
    for line in snippet.rules.lines().filter(|line| !line.starts_with('#')) {
        let words: Vec<&str> = line.split(' ').collect();
        match words[..] {
            ["set", "-e"] | ["ufw", "default", "deny", "incoming" | "outgoing" | "routed"] => {}
            ["ufw", "route", "allow", ref rule @ ..] => all.extend(statement(Side::Between, rule)?),
            ["ufw", "allow", "in", ref rule @ ..] => all.extend(statement(Side::Inbound, rule)?),
            ["ufw", "allow", "out", ref rule @ ..] => all.extend(statement(Side::Outbound, rule)?),
            _ => return Err(format!("unknown line: {line}")),
        }
    }
    Ok(all)
}

/// What of a policy is meant for ufw.
pub fn meant(policy: &Policy) -> Atoms {
    let mut atoms = of_policy(policy);
    atoms.retain(|atom| atom.transport != Transport::Icmp);
    atoms
}

fn statement(side: Side, rule: &[&str]) -> Result<Atoms, String> {
    let rule = rule.strip_prefix(&["log"]).unwrap_or(rule);
    let (transport, rule) = match rule {
        ["proto", "tcp", rest @ ..] => (Transport::Tcp, rest),
        ["proto", "udp", rest @ ..] => (Transport::Udp, rest),
        ["proto", "esp", rest @ ..] => (Transport::Esp, rest),
        rest => (Transport::Any, rest),
    };
    let ["from", source, "to", destination, rule @ .., "comment", comment] = rule else {
        return Err(format!("unknown words: {rule:?}"));
    };
    let ports = match (transport, rule) {
        (Transport::Tcp | Transport::Udp, ["port", list]) => multiport(list)?.into_iter().map(Some).collect(),
        (Transport::Esp | Transport::Any, []) => vec![None],
        _ => return Err(format!("unknown words: {rule:?}")),
    };
    let (source, destination) = (network(source)?, network(destination)?);
    if source.family() != destination.family() {
        return Err(format!("{source} and {destination} are of two families"));
    }
    if !is_quoted(comment) {
        return Err(format!("no comment: {comment}"));
    }
    Ok(atoms(side, &[source], &[destination], transport, &ports))
}

/// Whether a word stands in single quotes, as the shell wants it, and has none inside, as ufw wants it.
fn is_quoted(word: &str) -> bool {
    let inner = word.strip_prefix('\'').and_then(|word| word.strip_suffix('\''));
    inner.is_some_and(|inner| !inner.is_empty() && !inner.contains('\''))
}
