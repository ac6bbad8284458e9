//! Reads scripts of firewall-cmd commands: only the words that the writer has a use for, anything else is an error.
//!
//! - firewall-cmd(1), Policy Options: `--permanent --policy=POLICY` with one of `--add-ingress-zone`,
//!   `--add-egress-zone`, `--set-priority`, `--set-target`, or any number of `--add-rich-rule`
//! - firewalld.policies(5): a policy holds for packets from an ingress to an egress zone; `HOST` is the machine itself,
//!   `ANY` is every zone; the name has at most 17 letters
//! - firewalld.richlanguage(5): `rule family="ipv4|ipv6" [source address] [destination address]
//!   [port|protocol|icmp-type] [log] accept`; an address needs a family, and one element is all that a rule has

use std::collections::BTreeMap;

use exchange_ports::catalog::{PortRange, Transport};
use exchange_ports::firewall::{Family, Network, Side, Snippet};

use super::atom::{Atoms, atoms, everything};
use super::words::{network, port_range};

/// What a snippet allows.
pub fn read(snippet: &Snippet) -> Result<Atoms, String> {
    let mut policies: BTreeMap<String, Zones> = BTreeMap::new();
    let mut all = Atoms::new();
    for line in lines(&snippet.rules) {
        if line == "set -e" || is_removal(&line) {
            continue;
        }
        let words = line.strip_prefix("firewall-cmd --permanent ");
        let words = words.ok_or_else(|| format!("unknown line: {line}"))?;
        if let Some(name) = words.strip_prefix("--new-policy=") {
            if name.len() > 17 || policies.insert(name.to_owned(), Zones::default()).is_some() {
                return Err(format!("no new policy: {name}"));
            }
            continue;
        }
        let option = words.strip_prefix("--policy=").and_then(|words| words.split_once(' '));
        let (name, options) = option.ok_or_else(|| format!("no policy: {line}"))?;
        let policy = policies.get_mut(name).ok_or_else(|| format!("{name} is not there"))?;
        all.extend(policy.take(options)?);
    }
    Ok(all)
}

/// The commands, those over several lines as one.
fn lines(text: &str) -> Vec<String> {
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    let joined: Vec<&str> = lines.collect();
    joined
        .join("\n")
        .replace(" \\\n  ", " ")
        .lines()
        .map(str::to_owned)
        .collect()
}

/// Whether a line removes a policy before it is written.
fn is_removal(line: &str) -> bool {
    let name = line
        .strip_prefix("firewall-cmd --permanent --delete-policy=")
        .and_then(|rest| rest.strip_suffix(" > /dev/null 2>&1 || true"));
    name.is_some_and(is_plain)
}

fn is_plain(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

/// Between which zones the packets of a policy go.
#[derive(Default)]
struct Zones {
    ingress: Option<String>,
    egress: Option<String>,
}

impl Zones {
    /// Applies the options of one command, and gives what they allow.
    fn take(&mut self, options: &str) -> Result<Atoms, String> {
        match options.split_once('=') {
            Some(("--add-ingress-zone", zone)) => self.ingress = Some(zone.to_owned()),
            Some(("--add-egress-zone", zone)) => self.egress = Some(zone.to_owned()),
            Some(("--set-priority", "-32768") | ("--set-target", "DROP")) => {}
            Some(("--add-rich-rule", _)) => return self.rich_rules(options),
            _ => return Err(format!("unknown options: {options}")),
        }
        Ok(Atoms::new())
    }

    fn side(&self) -> Result<Side, String> {
        match (self.ingress.as_deref(), self.egress.as_deref()) {
            (Some("ANY"), Some("ANY")) => Ok(Side::Between),
            (Some("ANY"), Some("HOST")) => Ok(Side::Inbound),
            (Some("HOST"), Some("ANY")) => Ok(Side::Outbound),
            other => Err(format!("unknown zones: {other:?}")),
        }
    }

    fn rich_rules(&self, options: &str) -> Result<Atoms, String> {
        let mut all = Atoms::new();
        let inner = options
            .strip_prefix("--add-rich-rule='")
            .and_then(|rest| rest.strip_suffix('\''));
        for rule in inner.ok_or("no quotes")?.split("' --add-rich-rule='") {
            if rule.contains('\'') {
                return Err(format!("a quote in a rule: {rule}"));
            }
            all.extend(rich_rule(self.side()?, rule)?);
        }
        Ok(all)
    }
}

fn rich_rule(side: Side, rule: &str) -> Result<Atoms, String> {
    let words: Vec<&str> = rule.split(' ').collect();
    let (family, mut words) = match words[..] {
        ["rule", "family=\"ipv4\"", ref rest @ ..] => (Family::V4, rest),
        ["rule", "family=\"ipv6\"", ref rest @ ..] => (Family::V6, rest),
        _ => return Err(format!("no family: {rule}")),
    };
    let source = end("source", family, &mut words)?;
    let destination = end("destination", family, &mut words)?;
    let mut port: Option<PortRange> = None;
    let transport = match *words {
        ["port", number, protocol, ref rest @ ..] => {
            words = rest;
            port = Some(port_range(value("port", number)?, '-')?);
            match value("protocol", protocol)? {
                "tcp" => Transport::Tcp,
                "udp" => Transport::Udp,
                other => return Err(format!("unknown protocol: {other}")),
            }
        }
        ["protocol", "value=\"esp\"", ref rest @ ..] => {
            words = rest;
            Transport::Esp
        }
        ["icmp-type", name, ref rest @ ..] => {
            words = rest;
            match value("name", name)? {
                "echo-request" => Transport::Icmp,
                _ if rule == format!("rule family=\"ipv6\" icmp-type {name} accept") && is_discovery(name) => {
                    return Ok(Atoms::new());
                }
                other => return Err(format!("unknown type: {other}")),
            }
        }
        _ => Transport::Any,
    };
    // A prefix ends with a space, so that what follows in the log is a word of its own.
    if let ["log", prefix, "\"", "level=\"info\"", rest @ ..] = words {
        let name = prefix.strip_prefix("prefix=\"").filter(|name| name.len() < 127);
        name.filter(|name| is_plain(name)).ok_or("no prefix of a log")?;
        words = rest;
    }
    if *words != ["accept"] {
        return Err(format!("unknown words: {words:?} in {rule}"));
    }
    Ok(atoms(side, &[source], &[destination], transport, &[port]))
}

/// The address of an element, if the rule goes on with it.
fn end(element: &str, family: Family, words: &mut &[&str]) -> Result<Network, String> {
    match *words {
        [word, address, rest @ ..] if *word == element => {
            *words = rest;
            let network = network(value("address", address)?)?;
            let fits = network.family() == family;
            fits.then_some(network)
                .ok_or_else(|| format!("{network} is not of the family"))
        }
        _ => Ok(everything(family)),
    }
}

fn value<'a>(attribute: &str, word: &'a str) -> Result<&'a str, String> {
    let inner = word
        .strip_prefix(attribute)
        .and_then(|rest| rest.strip_prefix("=\""))
        .and_then(|rest| rest.strip_suffix('"'));
    inner.ok_or_else(|| format!("no {attribute}: {word}"))
}

/// Without these types no IPv6 packet finds its way; nobody asks for them.
fn is_discovery(name: &str) -> bool {
    matches!(
        name,
        "name=\"router-solicitation\""
            | "name=\"router-advertisement\""
            | "name=\"neighbour-solicitation\""
            | "name=\"neighbour-advertisement\""
    )
}
