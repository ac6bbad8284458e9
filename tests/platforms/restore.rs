//! Reads files for iptables-restore and ip6tables-restore, as iptables-restore(8), iptables(8) and
//! iptables-extensions(8) describe them: only the options that the writer has a use for, anything else is an error.
//!
//! A line is a comment, a table, a chain with its policy, `COMMIT`, or the arguments of the command. Addresses of `-s`
//! and `-d` may be lists; multiport takes up to 15 ports, of which a range counts as two.

use exchange_ports::catalog::{PortRange, Transport};
use exchange_ports::firewall::{Family, Network, Policy, Side, Snippet};

use super::atom::{Atoms, atoms, everything, of_policy};
use super::words::{multiport, network, port_range};

/// What a snippet for iptables allows.
pub fn read_v4(snippet: &Snippet) -> Result<Atoms, String> {
    read(snippet, Family::V4)
}

/// What a snippet for ip6tables allows.
pub fn read_v6(snippet: &Snippet) -> Result<Atoms, String> {
    read(snippet, Family::V6)
}

/// What of a policy is meant for iptables.
pub fn meant_v4(policy: &Policy) -> Atoms {
    meant(policy, Family::V4)
}

/// What of a policy is meant for ip6tables.
pub fn meant_v6(policy: &Policy) -> Atoms {
    meant(policy, Family::V6)
}

fn meant(policy: &Policy, family: Family) -> Atoms {
    let mut atoms = of_policy(policy);
    atoms.retain(|atom| atom.source.family() == family);
    atoms
}

fn read(snippet: &Snippet, family: Family) -> Result<Atoms, String> {
    let mut lines = snippet.rules.lines().filter(|line| !line.starts_with('#'));
    if lines.next() != Some("*filter") {
        return Err("the table is missing".to_owned());
    }
    let mut all = Atoms::new();
    let mut chains = Vec::new();
    for line in lines.by_ref().take_while(|line| *line != "COMMIT") {
        if let Some(chain) = line.strip_prefix(':') {
            chains.push(declared(chain)?);
        } else {
            let rule = line
                .strip_prefix("-A ")
                .ok_or_else(|| format!("unknown line: {line}"))?;
            let (chain, rule) = rule.split_once(' ').ok_or_else(|| format!("an empty rule: {line}"))?;
            if !chains.contains(&chain) {
                return Err(format!("a rule in an undeclared chain: {line}"));
            }
            if !is_frame(chain, rule, family) {
                let side = side(chain)?;
                all.extend(statement(rule, side, family).map_err(|error| format!("{error}: {line}"))?);
            }
        }
    }
    match lines.next() {
        None => Ok(all),
        Some(line) => Err(format!("something after the end: {line}")),
    }
}

/// The name of a chain: a regular one has no policy.
fn declared(chain: &str) -> Result<&str, String> {
    match chain.split(' ').collect::<Vec<_>>()[..] {
        [name @ ("INPUT" | "FORWARD" | "OUTPUT"), "DROP", "[0:0]"] | [name @ "OUTPUT", "ACCEPT", "[0:0]"] => Ok(name),
        [name, "-", "[0:0]"] if name.len() < 29 => Ok(name),
        _ => Err(format!("unknown chain: {chain}")),
    }
}

fn side(chain: &str) -> Result<Side, String> {
    let hook = chain.rsplit('-').next().unwrap_or_default();
    match hook.to_ascii_lowercase().as_str() {
        "forward" => Ok(Side::Between),
        "input" => Ok(Side::Inbound),
        "output" => Ok(Side::Outbound),
        _ => Err(format!("unknown chain: {chain}")),
    }
}

/// Lines of built-in chains that allow nothing that was asked for.
fn is_frame(chain: &str, rule: &str, family: Family) -> bool {
    let discovery = [
        "router-solicitation",
        "router-advertisement",
        "neighbour-solicitation",
        "neighbour-advertisement",
    ];
    let is_discovery = discovery
        .iter()
        .any(|kind| rule == format!("-p ipv6-icmp --icmpv6-type {kind} -j ACCEPT"));
    match chain {
        "FORWARD" => rule == ESTABLISHED,
        "INPUT" => [ESTABLISHED, "-i lo -j ACCEPT"].contains(&rule) || family == Family::V6 && is_discovery,
        "OUTPUT" => [ESTABLISHED, "-o lo -j ACCEPT"].contains(&rule) || family == Family::V6 && is_discovery,
        _ => false,
    }
}

const ESTABLISHED: &str = "-m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT";

fn statement(rule: &str, side: Side, family: Family) -> Result<Atoms, String> {
    let all = vec![everything(family)];
    let (mut sources, mut destinations): (Vec<Network>, Vec<Network>) = (all.clone(), all);
    let mut transport = Transport::Any;
    let mut ports: Vec<Option<PortRange>> = vec![None];
    let words: Vec<&str> = rule.split(' ').collect();
    let mut rest = &words[..];
    loop {
        rest = match rest {
            ["-s", list, rest @ ..] => {
                sources = networks(list, family)?;
                rest
            }
            ["-d", list, rest @ ..] => {
                destinations = networks(list, family)?;
                rest
            }
            ["-p", protocol, rest @ ..] => {
                let (found, rest) = protocol_of(protocol, rest, family)?;
                transport = found;
                rest
            }
            ["--dport", range, rest @ ..] if has_ports(transport) => {
                ports = vec![Some(port_range(range, ':')?)];
                rest
            }
            ["-m", "multiport", "--dports", list, rest @ ..] if has_ports(transport) => {
                ports = multiport(list)?.into_iter().map(Some).collect();
                rest
            }
            ["-m", "comment", "--comment", text, "-j", "ACCEPT"] if is_quoted(text, 255) => break,
            [
                "-m",
                "conntrack",
                "--ctstate",
                "NEW",
                "-j",
                "LOG",
                "--log-prefix",
                begin,
                "\"",
            ] if is_quoted(&format!("{begin} \""), 29) => {
                return Ok(Atoms::new());
            }
            _ => return Err(format!("unknown words: {rest:?}")),
        };
    }
    if has_ports(transport) && ports == [None] {
        return Err("every port".to_owned());
    }
    Ok(atoms(side, &sources, &destinations, transport, &ports))
}

fn has_ports(transport: Transport) -> bool {
    matches!(transport, Transport::Tcp | Transport::Udp)
}

fn protocol_of<'a, 'b>(
    protocol: &str,
    rest: &'a [&'b str],
    family: Family,
) -> Result<(Transport, &'a [&'b str]), String> {
    match (protocol, family, rest) {
        ("tcp", _, rest) => Ok((Transport::Tcp, rest)),
        ("udp", _, rest) => Ok((Transport::Udp, rest)),
        ("esp", _, rest) => Ok((Transport::Esp, rest)),
        ("icmp", Family::V4, ["--icmp-type", "echo-request", rest @ ..])
        | ("ipv6-icmp", Family::V6, ["--icmpv6-type", "echo-request", rest @ ..]) => Ok((Transport::Icmp, rest)),
        _ => Err(format!("unknown protocol: {protocol}")),
    }
}

/// A list of the family; one argument holds less than 1,024 bytes.
fn networks(list: &str, family: Family) -> Result<Vec<Network>, String> {
    let networks = list.split(',').map(network).collect::<Result<Vec<_>, _>>()?;
    if list.len() >= 1024 || networks.iter().any(|network| network.family() != family) {
        return Err(format!("no list of {family}: {list}"));
    }
    Ok(networks)
}

/// Whether a text stands in double quotes, is not empty, needs no escape, and has at most so many letters.
fn is_quoted(text: &str, longest: usize) -> bool {
    let inner = text.strip_prefix('"').and_then(|text| text.strip_suffix('"'));
    inner.is_some_and(|inner| !inner.is_empty() && inner.len() <= longest && !inner.contains(['"', '\\', '\'']))
}
