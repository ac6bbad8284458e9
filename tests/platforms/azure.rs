//! What security rules of Azure allow, whichever tool writes them, as "Azure network security groups overview"
//! (learn.microsoft.com, virtual-network/network-security-groups-overview), "Azure Resource Manager virtual networking
//! limits" and "Microsoft.Network/networkSecurityGroups/securityRules" describe it.

use std::collections::BTreeSet;

use exchange_ports::catalog::{PortRange, Transport, Zone};
use exchange_ports::firewall::{Network, Policy, Rule, Side};

use super::atom::{Atoms, atoms, of_rule};
use super::words::{network, port_range};

/// A rule of a group, in the words of Azure.
pub struct SecurityRule {
    pub group: String,
    pub name: String,
    pub description: String,
    pub priority: i64,
    pub direction: String,
    pub access: String,
    pub protocol: String,
    pub sources: Vec<String>,
    pub source_ports: Vec<String>,
    pub destinations: Vec<String>,
    pub ports: Vec<String>,
}

/// What a policy means here: each rule at each end that is a machine of the reader's. Azure knows no kinds of ICMP.
pub fn meant(policy: &Policy) -> Atoms {
    let rules = policy.rules.iter().filter(|rule| rule.transport != Transport::Icmp);
    rules
        .flat_map(|rule| {
            sides(rule)
                .into_iter()
                .flat_map(|side| of_rule(&Rule { side, ..rule.clone() }))
        })
        .collect()
}

fn sides(rule: &Rule) -> Vec<Side> {
    let ends = [(rule.to, Side::Inbound), (rule.from, Side::Outbound)];
    match rule.side {
        Side::Between => {
            let own = ends.into_iter().filter(|(zone, _)| *zone != Zone::Internet);
            own.map(|(_, side)| side).collect()
        }
        side => vec![side],
    }
}

/// What the rules of all groups allow.
pub fn allowed(rules: &[SecurityRule]) -> Result<Atoms, String> {
    let mut all = Atoms::new();
    let mut names = BTreeSet::new();
    let mut priorities = BTreeSet::new();
    for rule in rules {
        let refuse = |why: &str| Err(format!("{}: {why}", rule.name));
        let group = rule.group.to_ascii_lowercase();
        if !is_name(&rule.name) || !is_name(&rule.group) {
            return refuse("no name");
        }
        if !names.insert((group.clone(), rule.name.to_ascii_lowercase())) {
            return refuse("a name that the group has already");
        }
        if !(100..=4096).contains(&rule.priority) || !priorities.insert((group, &rule.direction, rule.priority)) {
            return refuse("a priority that the group has already, or does not have");
        }
        if rule.description.len() > 140 || !rule.description.is_ascii() {
            return refuse("a description that is too long");
        }
        match rule.access.as_str() {
            "Allow" => all.extend(atoms_of(rule).map_err(|error| format!("{}: {error}", rule.name))?),
            "Deny" if is_everything(rule) && rule.priority == 4096 => {}
            _ => return refuse("it neither allows nor drops everything else"),
        }
    }
    Ok(all)
}

/// Word characters, dots and dashes; a word character first, and a word character or an underscore last.
fn is_name(name: &str) -> bool {
    let is_word = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
    let begins = name.starts_with(|letter: char| letter.is_ascii_alphanumeric());
    begins && name.len() <= 80 && name.chars().all(|letter| is_word(letter) || ".-".contains(letter))
}

fn is_everything(rule: &SecurityRule) -> bool {
    let lists = [&rule.sources, &rule.source_ports, &rule.destinations, &rule.ports];
    rule.protocol == "*" && lists.iter().all(|list| list[..] == ["*"])
}

fn atoms_of(rule: &SecurityRule) -> Result<Atoms, String> {
    let side = match rule.direction.as_str() {
        "Inbound" => Side::Inbound,
        "Outbound" => Side::Outbound,
        other => return Err(format!("unknown direction: {other}")),
    };
    let transport = match rule.protocol.as_str() {
        "Tcp" => Transport::Tcp,
        "Udp" => Transport::Udp,
        "Esp" => Transport::Esp,
        "*" => Transport::Any,
        other => return Err(format!("unknown protocol: {other}")),
    };
    if rule.source_ports != ["*"] {
        return Err("connections are opened from any port".to_owned());
    }
    let ports: Vec<Option<PortRange>> = match &rule.ports[..] {
        [any] if any == "*" && !transport.has_ports() => vec![None],
        ports if transport.has_ports() => {
            let ports = ports.iter().map(|port| port_range(port, '-').map(Some));
            ports.collect::<Result<_, _>>()?
        }
        ports => return Err(format!("ports of a protocol without ports: {ports:?}")),
    };
    let (sources, destinations) = (networks(&rule.sources)?, networks(&rule.destinations)?);
    let families: BTreeSet<_> = sources
        .iter()
        .chain(&destinations)
        .map(|network| network.family())
        .collect();
    if families.len() != 1 {
        return Err("both families, or none, in one rule".to_owned());
    }
    Ok(atoms(side, &sources, &destinations, transport, &ports))
}

fn networks(prefixes: &[String]) -> Result<Vec<Network>, String> {
    prefixes.iter().map(|prefix| network(prefix)).collect()
}
