//! Reads aliases of `OPNsense` with a JSON reader, and the rules that use them from what to apply.
//!
//! - an import has `aliases.alias`, with an entry for each alias
//!   (<https://docs.opnsense.org/manual/aliases.html>, Import and export)
//! - a name is a letter or an underscore, a letter or digit, then letters, digits and underscores, 31 in all; a
//!   description has at most 255 letters, digits, spaces and `.,_-` (the model `OPNsense/Firewall/Alias.xml` of
//!   <https://github.com/opnsense/core>)
//! - the content is one entry a line: `network` has addresses and networks, `port` has ports and ranges with a colon
//!   (the same page, Alias types)

use std::collections::{BTreeMap, BTreeSet};

use exchange_ports::catalog::{PortRange, Transport};
use exchange_ports::firewall::{Family, Network, Side, Snippet};
use serde_json::{Map, Value};

use super::atom::{Atoms, atoms, everything};
use super::words::{network, port_range};

/// What a snippet allows.
pub fn read(snippet: &Snippet) -> Result<Atoms, String> {
    let file: Value = serde_json::from_str(&snippet.rules).map_err(|error| error.to_string())?;
    let entries = only(&only(&file, "aliases")?, "alias")?;
    let mut aliases = BTreeMap::new();
    for entry in entries.as_object().ok_or("no entries")?.values() {
        let (name, content) = alias(entry.as_object().ok_or("no entry")?)?;
        if aliases.insert(name.clone(), content).is_some() {
            return Err(format!("{name} is there twice"));
        }
    }
    let names: BTreeSet<&str> = aliases.keys().map(String::as_str).collect();
    if removed(&snippet.undo) != names {
        return Err("undoing deletes other aliases than were written".to_owned());
    }
    let mut all = Atoms::new();
    let lines = snippet.apply.lines().filter_map(|line| line.strip_prefix("#   "));
    for line in lines.filter(|line| line.contains(": pass, ")) {
        all.extend(rule(line, &aliases).map_err(|error| format!("{error}: {line}"))?);
    }
    Ok(all)
}

/// The value of the only key of an object.
fn only(value: &Value, key: &str) -> Result<Value, String> {
    match value.as_object() {
        Some(object) if object.len() == 1 => object.get(key).cloned().ok_or_else(|| format!("no {key}")),
        _ => Err(format!("not one key: {value}")),
    }
}

enum Content {
    Networks(Vec<Network>),
    Ports(Vec<PortRange>),
}

fn alias(entry: &Map<String, Value>) -> Result<(String, Content), String> {
    let text = |key: &str| {
        let text = entry.get(key).and_then(Value::as_str);
        text.ok_or_else(|| format!("no {key}: {entry:?}"))
    };
    let (name, content) = (text("name")?, text("content")?);
    if entry.len() != 5 || text("enabled")? != "1" || !is_name(name) || !is_description(text("description")?) {
        return Err(format!("no alias: {entry:?}"));
    }
    let content = match text("type")? {
        "network" => Content::Networks(content.split('\n').map(network).collect::<Result<_, _>>()?),
        "port" => {
            let ports = content.split('\n').map(|port| port_range(port, ':'));
            Content::Ports(ports.collect::<Result<_, _>>()?)
        }
        other => return Err(format!("unknown type: {other}")),
    };
    Ok((name.to_owned(), content))
}

fn is_name(name: &str) -> bool {
    let word = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_';
    let [first, second, rest @ ..] = name.as_bytes() else {
        return false;
    };
    let begins = (first.is_ascii_alphabetic() || *first == b'_') && second.is_ascii_alphanumeric();
    begins && rest.len() <= 29 && rest.iter().all(word)
}

fn is_description(text: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b" .,_-".contains(&byte);
    (1..=255).contains(&text.len()) && text.bytes().all(allowed)
}

/// The aliases that are to be deleted.
fn removed(undo: &str) -> BTreeSet<&str> {
    undo.lines().filter_map(|line| line.strip_prefix("#   ")).collect()
}

/// `NAME: pass, PLACE, FAMILY, PROTOCOL, from ALIAS, to ALIAS[, port ALIAS][, log]`.
fn rule(line: &str, aliases: &BTreeMap<String, Content>) -> Result<Atoms, String> {
    let (_, words) = line.split_once(": pass, ").ok_or("no rule")?;
    let words: Vec<&str> = words.split(", ").collect();
    let (side, words) = match words[..] {
        ["in", _, ref rest @ ..] => (Side::Inbound, rest),
        ["out", _, ref rest @ ..] => (Side::Outbound, rest),
        [place, ref rest @ ..] if place.starts_with("interface ") => (Side::Between, rest),
        _ => return Err("no place".to_owned()),
    };
    let [family, protocol, source, destination, options @ ..] = words else {
        return Err("words are missing".to_owned());
    };
    let family = match *family {
        "IPv4" => Family::V4,
        "IPv6" => Family::V6,
        other => return Err(format!("unknown family: {other}")),
    };
    let transport = match (*protocol, family) {
        ("TCP", _) => Transport::Tcp,
        ("UDP", _) => Transport::Udp,
        ("ESP", _) => Transport::Esp,
        ("any", _) => Transport::Any,
        ("ICMP Echo Request", Family::V4) | ("ICMPv6 Echo Request", Family::V6) => Transport::Icmp,
        _ => return Err(format!("unknown protocol: {protocol}")),
    };
    let end = |word: &str, key: &str| match word.strip_prefix(key) {
        Some("any") => Ok(vec![everything(family)]),
        Some(name) => match aliases.get(name) {
            Some(Content::Networks(networks)) if networks.iter().all(|network| network.family() == family) => {
                Ok(networks.clone())
            }
            _ => Err(format!("no addresses: {name}")),
        },
        None => Err(format!("no {key}: {word}")),
    };
    let ports = ports(options.strip_suffix(&["log"]).unwrap_or(options), transport, aliases)?;
    let (sources, destinations) = (end(source, "from ")?, end(destination, "to ")?);
    Ok(atoms(side, &sources, &destinations, transport, &ports))
}

fn ports(
    options: &[&str],
    transport: Transport,
    aliases: &BTreeMap<String, Content>,
) -> Result<Vec<Option<PortRange>>, String> {
    match options {
        [] if !transport.has_ports() => Ok(vec![None]),
        [option] if transport.has_ports() => {
            let name = option.strip_prefix("port ").ok_or("no port")?;
            match aliases.get(name) {
                Some(Content::Ports(ports)) => Ok(ports.iter().copied().map(Some).collect()),
                _ => Err(format!("no ports: {name}")),
            }
        }
        _ => Err(format!("unknown words: {options:?}")),
    }
}
