//! Reads scripts of `gcloud compute firewall-rules create`, as its reference
//! (cloud.google.com/sdk/gcloud/reference/compute/firewall-rules/create) describes it: a command over several lines, each
//! flag once, lists separated by commas. Values are plain words that no shell reads in another way, or texts in single
//! quotes. Anything else is an error.

use std::collections::BTreeMap;

use exchange_ports::firewall::Snippet;

use super::atom::Atoms;
use super::google::{FirewallRule, allowed};

/// What a snippet allows.
pub fn read(snippet: &Snippet) -> Result<Atoms, String> {
    let text = snippet.rules.replace(" \\\n  ", "\n--continued\n");
    let mut commands: Vec<Vec<&str>> = Vec::new();
    let mut goes_on = false;
    for line in text.lines() {
        match line {
            "--continued" => goes_on = true,
            _ if goes_on => {
                commands.last_mut().ok_or("nothing goes on")?.push(line);
                goes_on = false;
            }
            _ if line.is_empty() || line.starts_with("# ") => {}
            _ => commands.push(vec![line]),
        }
    }
    let rules: Vec<FirewallRule> = commands.iter().map(|lines| command(lines)).collect::<Result<_, _>>()?;
    allowed(&rules)
}

fn command(lines: &[&str]) -> Result<FirewallRule, String> {
    let (first, others) = lines.split_first().ok_or("no command")?;
    let name = first
        .strip_prefix("gcloud compute firewall-rules create ")
        .ok_or_else(|| format!("unknown command: {first}"))?;
    let mut flags = flags(others)?;
    let mut flag = |name: &str| flags.remove(name).ok_or_else(|| format!("no {name}: {first}"));
    let (protocol, ports) = traffic(&flag("rules")?)?;
    let rule = FirewallRule {
        name: name.to_owned(),
        description: flag("description")?,
        tags: list(&flag("target-tags")?),
        direction: flag("direction")?,
        allows: match flag("action")?.as_str() {
            "ALLOW" => true,
            "DENY" => false,
            other => return Err(format!("unknown action: {other}")),
        },
        priority: flag("priority")?.parse().map_err(|_| format!("no priority: {first}"))?,
        protocol,
        ports,
        sources: list(&flag("source-ranges")?),
        destinations: list(&flag("destination-ranges")?),
    };
    let network = flag("network")?;
    flags.remove("enable-logging");
    match flags.keys().next() {
        Some(name) => Err(format!("unknown flag: {name}")),
        None if network == "default" => Ok(rule),
        None => Err(format!("unknown network: {network}")),
    }
}

fn list(text: &str) -> Vec<String> {
    text.split(',').map(str::to_owned).collect()
}

/// The flags of the lines of a command: several in a line, or one whose value is a text.
fn flags(lines: &[&str]) -> Result<BTreeMap<String, String>, String> {
    let mut flags = BTreeMap::new();
    for line in lines {
        let words: Vec<&str> = match line.strip_suffix('\'') {
            Some(_) => vec![line],
            None => line.split(' ').collect(),
        };
        for word in words {
            let flag = word.strip_prefix("--").ok_or_else(|| format!("no flag: {word}"))?;
            let (name, value) = flag.split_once('=').unwrap_or((flag, ""));
            if flags.insert(name.to_owned(), value_of(value)?).is_some() {
                return Err(format!("{name} is said twice"));
            }
        }
    }
    Ok(flags)
}

/// What a shell makes of a value.
fn value_of(text: &str) -> Result<String, String> {
    let quoted = text.strip_prefix('\'').and_then(|rest| rest.strip_suffix('\''));
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || "-_.:/,".contains(letter);
    match quoted {
        Some(inner) if !inner.contains('\'') => Ok(inner.to_owned()),
        None if text.chars().all(is_plain) => Ok(text.to_owned()),
        _ => Err(format!("a shell reads more than a value: {text}")),
    }
}

/// One protocol, with the ports that are named for it.
fn traffic(text: &str) -> Result<(String, Vec<String>), String> {
    let mut ports = Vec::new();
    let mut protocol: Option<&str> = None;
    for item in text.split(',') {
        let (of_item, port) = item
            .split_once(':')
            .map_or((item, None), |(name, port)| (name, Some(port)));
        if protocol.is_some_and(|known| known != of_item) {
            return Err(format!("several protocols: {text}"));
        }
        protocol = Some(of_item);
        ports.extend(port.map(str::to_owned));
    }
    let is_mixed = !ports.is_empty() && ports.len() != text.split(',').count();
    match protocol {
        Some(protocol) if !is_mixed => Ok((protocol.to_owned(), ports)),
        _ => Err(format!("a protocol with and without ports: {text}")),
    }
}
