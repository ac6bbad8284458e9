//! Reads a batch file of netsh commands, as the reference of `netsh advfirewall firewall` describes them, in the lines
//! that cmd.exe reads: any other word, and any sign that cmd.exe could take for its own, is an error.

use std::collections::{BTreeMap, BTreeSet};

use exchange_ports::catalog::Transport;
use exchange_ports::firewall::{Family, Network, Side, Snippet};

use super::atom::{Atoms, of_policy};
use super::support::rules;
use super::windows::{HostRule, addresses, ports};

/// The most characters that a line may have, says "Command prompt line string limitation".
const LONGEST_LINE: usize = 8191;

/// What a snippet allows.
pub fn read(snippet: &Snippet) -> Result<Atoms, String> {
    let text = snippet.rules.strip_suffix("\r\n").ok_or("the last line does not end")?;
    let mut all = Atoms::new();
    let mut names = BTreeSet::new();
    let mut deleted = None;
    for line in text.split("\r\n") {
        check_line(line)?;
        let words: Vec<&str> = line.split(' ').collect();
        match words[..] {
            ["rem", ..] => {}
            ["netsh", "advfirewall", "firewall", "delete", "rule", name] => deleted = Some(name),
            [
                "netsh",
                "advfirewall",
                "firewall",
                "add",
                "rule",
                name,
                ref parameters @ ..,
            ] => {
                if deleted.take() != Some(name) || !names.insert(name) {
                    return Err(format!("{name} is added twice, or not deleted first"));
                }
                all.extend(rule(parameters)?.atoms()?);
            }
            _ => return Err(format!("unknown line: {line}")),
        }
    }
    Ok(all)
}

/// Printable characters; the signs of cmd.exe only in a comment in quotes, and none that quotes do not hold.
fn check_line(line: &str) -> Result<(), String> {
    let quoted = line.strip_prefix("rem \"").and_then(|rest| rest.strip_suffix('"'));
    let signs: &[char] = match quoted {
        Some(_) => &['"', '%', '!'],
        None => &['"', '%', '!', '&', '<', '>', '|', '^'],
    };
    let is_printable = line.bytes().all(|byte| (b' '..=b'~').contains(&byte));
    if !is_printable || line.is_empty() || line.len() > LONGEST_LINE || quoted.unwrap_or(line).contains(signs) {
        return Err(format!("cmd.exe would not read this line as it is: {line}"));
    }
    Ok(())
}

fn rule(words: &[&str]) -> Result<HostRule, String> {
    let mut parameters = BTreeMap::new();
    for word in words {
        let (key, value) = word.split_once('=').ok_or_else(|| format!("no parameter: {word}"))?;
        if parameters.insert(key, value).is_some() {
            return Err(format!("{key} is said twice"));
        }
    }
    let mut take = |key: &str| parameters.remove(key).ok_or_else(|| format!("no {key}"));
    let (side, port) = match take("dir")? {
        "in" => (Side::Inbound, "localport"),
        "out" => (Side::Outbound, "remoteport"),
        other => return Err(format!("unknown direction: {other}")),
    };
    if (take("action")?, take("profile")?) != ("allow", "any") {
        return Err("a rule allows, in every profile".to_owned());
    }
    let (transport, family) = protocol(take("protocol")?)?;
    let (local, remote) = (end(take("localip")?)?, end(take("remoteip")?)?);
    let ports = take(port).map_or(Ok(Vec::new()), |list| ports(list.split(',')))?;
    if let Some(key) = parameters.keys().next() {
        return Err(format!("unknown parameter: {key}"));
    }
    Ok(HostRule {
        side,
        transport,
        family,
        local,
        remote,
        ports,
    })
}

fn end(text: &str) -> Result<Vec<Network>, String> {
    match text {
        "any" => Ok(Vec::new()),
        list => addresses(list.split(',')),
    }
}

fn protocol(text: &str) -> Result<(Transport, Option<Family>), String> {
    match text {
        "tcp" => Ok((Transport::Tcp, None)),
        "udp" => Ok((Transport::Udp, None)),
        "icmpv4:8,any" => Ok((Transport::Icmp, Some(Family::V4))),
        "icmpv6:128,any" => Ok((Transport::Icmp, Some(Family::V6))),
        "50" => Ok((Transport::Esp, None)),
        "any" => Ok((Transport::Any, None)),
        _ => Err(format!("unknown protocol: {text}")),
    }
}

#[test]
fn a_rule_that_is_split_says_the_same() {
    let fragment = format!("#/?platform=netsh&version=2019&flow=edge-to-org&{}", rules::crowded());
    let text = rules::snippet("netsh", &fragment);
    assert!(text.rules.contains("-tcp-1-2 "), "a rule is split");
    assert!(read(&text) == Ok(of_policy(&rules::policy(&fragment))));
}
