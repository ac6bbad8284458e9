//! Reads nftables rules, as nft(8) describes them: only the statements that the writer has a use for, anything else is
//! an error.

use exchange_ports::catalog::{PortRange, Transport};
use exchange_ports::firewall::{Family, Network, Side, Snippet};

use super::atom::{Atoms, atoms, everything};
use super::words::{network, port_range};

/// What a snippet allows.
pub fn read(snippet: &Snippet) -> Result<Atoms, String> {
    let mut all = Atoms::new();
    let mut side = None;
    for line in snippet.rules.lines().map(str::trim) {
        if let Some(chain) = line.strip_prefix("chain ") {
            side = Some(side_of(chain.trim_end_matches(" {"))?);
        } else if let Some((rule, _)) = line.split_once(" accept comment ") {
            all.extend(statement(rule, side.ok_or("a rule outside of a chain")?)?);
        } else if let Some((rule, _)) = line.split_once(" ct state new log prefix ") {
            // It lets nothing through, but has to be a statement.
            statement(rule, side.ok_or("a log outside of a chain")?)?;
        } else if !is_frame(line) {
            return Err(format!("unknown line: {line}"));
        }
    }
    Ok(all)
}

fn side_of(chain: &str) -> Result<Side, String> {
    let hook = chain.rsplit('-').next().unwrap_or_default();
    match hook {
        "forward" => Ok(Side::Between),
        "input" => Ok(Side::Inbound),
        "output" => Ok(Side::Outbound),
        _ => Err(format!("unknown chain: {chain}")),
    }
}

/// Lines that allow nothing that was asked for.
fn is_frame(line: &str) -> bool {
    let words: Vec<&str> = line.split(' ').collect();
    line.starts_with('#')
        || line == "}"
        || matches!(words[..], ["table", "inet", _, "{"] | ["delete", "table", "inet", _])
        || matches!(words[..], ["flush", "chain", "inet", "filter", _])
        || matches!(
            words[..],
            ["type", "filter", "hook", _, "priority", "filter;", "policy", "drop;"]
        )
        || line == "ct state established,related accept"
        || matches!(line, "iifname \"lo\" accept" | "oifname \"lo\" accept")
        || line == "icmpv6 type { nd-router-solicit, nd-router-advert, nd-neighbor-solicit, nd-neighbor-advert } accept"
}

fn statement(rule: &str, side: Side) -> Result<Atoms, String> {
    let mut words = rule.split(' ').peekable();
    let (mut family, mut sources, mut destinations) = (None, None, None);
    let mut transport = Transport::Any;
    let mut ports = vec![None];
    while let Some(word) = words.next() {
        let key = words.next().ok_or_else(|| format!("{word} stands alone"))?;
        match (word, key) {
            ("ip", "saddr") => (family, sources) = (Some(Family::V4), Some(set(&mut words, network)?)),
            ("ip", "daddr") => (family, destinations) = (Some(Family::V4), Some(set(&mut words, network)?)),
            ("ip6", "saddr") => (family, sources) = (Some(Family::V6), Some(set(&mut words, network)?)),
            ("ip6", "daddr") => (family, destinations) = (Some(Family::V6), Some(set(&mut words, network)?)),
            ("meta", "nfproto") => {
                family = match words.next() {
                    Some("ipv4") => Some(Family::V4),
                    Some("ipv6") => Some(Family::V6),
                    other => return Err(format!("unknown family: {other:?}")),
                }
            }
            ("meta", "l4proto") if words.next() == Some("esp") => transport = Transport::Esp,
            ("icmp" | "icmpv6", "type") if words.next() == Some("echo-request") => transport = Transport::Icmp,
            ("tcp" | "udp", "dport") => {
                transport = if word == "tcp" { Transport::Tcp } else { Transport::Udp };
                ports = set(&mut words, |text| port_range(text, '-'))?
                    .into_iter()
                    .map(Some)
                    .collect();
            }
            _ => return Err(format!("unknown words: {word} {key}")),
        }
    }
    let all = vec![everything(family.ok_or("no family")?)];
    let sources: Vec<Network> = sources.unwrap_or_else(|| all.clone());
    let ports: Vec<Option<PortRange>> = ports;
    Ok(atoms(side, &sources, &destinations.unwrap_or(all), transport, &ports))
}

/// One value, or several in braces.
fn set<'a, T>(
    words: &mut impl Iterator<Item = &'a str>,
    read: impl Fn(&str) -> Result<T, String>,
) -> Result<Vec<T>, String> {
    let first = words.next().ok_or("a value is missing")?;
    if first != "{" {
        return Ok(vec![read(first)?]);
    }
    words
        .take_while(|word| *word != "}")
        .map(|word| read(word.trim_end_matches(',')))
        .collect()
}
