//! What firewall rules of Google Cloud allow, whichever tool writes them, as "VPC firewall rules" and "Use VPC firewall
//! rules" (docs.cloud.google.com/firewall/docs) describe it: a rule holds ranges of one family, and both ends in either
//! direction.

use std::collections::BTreeSet;

use exchange_ports::catalog::{PortRange, Transport};
use exchange_ports::firewall::{Network, Side};

use super::atom::{Atom, Atoms, atoms};
use super::words::{network, port_range};

/// A rule in the words of Google.
pub struct FirewallRule {
    pub name: String,
    pub description: String,
    pub tags: Vec<String>,
    pub direction: String,
    pub allows: bool,
    pub priority: i64,
    pub protocol: String,
    pub ports: Vec<String>,
    pub sources: Vec<String>,
    pub destinations: Vec<String>,
}

/// What the rules allow.
pub fn allowed(rules: &[FirewallRule]) -> Result<Atoms, String> {
    let mut all = Atoms::new();
    let mut names = BTreeSet::new();
    for rule in rules {
        let refuse = |why: &str| Err(format!("{}: {why}", rule.name));
        if !is_name(&rule.name) || !names.insert(&rule.name) {
            return refuse("no name, or one that exists");
        }
        if rule.tags.len() != 1 || !rule.tags.iter().all(|tag| is_name(tag)) {
            return refuse("it is not for the machines of one tag");
        }
        if rule.description.len() > 2048 || !rule.description.is_ascii() {
            return refuse("a description that is too long");
        }
        let atoms = atoms_of(rule).map_err(|error| format!("{}: {error}", rule.name))?;
        match (rule.allows, rule.priority) {
            (true, 1000) => all.extend(atoms),
            (false, 65534) if atoms.iter().all(is_everything) => {}
            _ => return refuse("it neither allows nor drops everything else"),
        }
    }
    Ok(all)
}

fn is_everything(atom: &Atom) -> bool {
    atom.transport == Transport::Any && atom.source.prefix() == 0 && atom.destination.prefix() == 0
}

/// `[a-z]([-a-z0-9]*[a-z0-9])?`, at most 63 letters.
fn is_name(name: &str) -> bool {
    let allowed = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-';
    let begins = name.starts_with(|letter: char| letter.is_ascii_lowercase());
    begins && !name.ends_with('-') && name.len() <= 63 && name.chars().all(allowed)
}

fn atoms_of(rule: &FirewallRule) -> Result<Atoms, String> {
    let side = match rule.direction.as_str() {
        "INGRESS" => Side::Inbound,
        "EGRESS" => Side::Outbound,
        other => return Err(format!("unknown direction: {other}")),
    };
    let transport = match rule.protocol.as_str() {
        "tcp" => Transport::Tcp,
        "udp" => Transport::Udp,
        "esp" => Transport::Esp,
        "all" => Transport::Any,
        other => return Err(format!("unknown protocol: {other}")),
    };
    // Without ports, TCP and UDP would be open as a whole.
    if transport.has_ports() == rule.ports.is_empty() {
        return Err("ports and protocol do not fit".to_owned());
    }
    let mut ports: Vec<Option<PortRange>> = Vec::new();
    for port in &rule.ports {
        ports.push(Some(port_range(port, '-')?));
    }
    if ports.is_empty() {
        ports.push(None);
    }
    let (sources, destinations) = (ranges(&rule.sources)?, ranges(&rule.destinations)?);
    let families: BTreeSet<_> = sources
        .iter()
        .chain(&destinations)
        .map(|range| range.family())
        .collect();
    if families.len() != 1 {
        return Err("both families, or none, in one rule".to_owned());
    }
    Ok(atoms(side, &sources, &destinations, transport, &ports))
}

/// Ranges are written in CIDR form, hosts too.
fn ranges(texts: &[String]) -> Result<Vec<Network>, String> {
    let range = |text: &String| {
        if text.contains('/') {
            network(text)
        } else {
            Err(format!("no range: {text}"))
        }
    };
    texts.iter().map(range).collect()
}
