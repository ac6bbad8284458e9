//! Reads a script of `New-NetFirewallRule` commands, as the reference of the `NetSecurity` module describes them:
//! literal texts in single quotes, words of closed lists as they are, anything else is an error.

use std::collections::{BTreeMap, BTreeSet};

use exchange_ports::catalog::Transport;
use exchange_ports::firewall::{Family, Side, Snippet};

use super::atom::Atoms;
use super::windows::{HostRule, addresses, ports};

/// What a snippet allows.
pub fn read(snippet: &Snippet) -> Result<Atoms, String> {
    let mut all = Atoms::new();
    let mut names = BTreeSet::new();
    let mut statements = statements(&snippet.rules)?.into_iter().peekable();
    let group = match statements.peek() {
        None => return Ok(all),
        Some(_) => replaced(&mut statements, &mut names)?,
    };
    for statement in statements {
        let mut parameters = parameters(&statement)?;
        let name = text(&mut parameters, "Name")?;
        let is_known = names.remove(&name);
        let marks = (text(&mut parameters, "DisplayName")?, text(&mut parameters, "Group")?);
        if !is_known || marks != (name.clone(), group.clone()) {
            return Err(format!("{name} is written twice, is not replaced, or has other marks"));
        }
        all.extend(rule(&mut parameters)?.atoms()?);
        if let Some(name) = parameters.keys().next() {
            return Err(format!("unknown parameter: {name}"));
        }
    }
    match names.first() {
        Some(name) => Err(format!("{name} is removed, but not written")),
        None => Ok(all),
    }
}

/// The statements, each in one line: comments and empty lines are left out, continued lines are joined.
fn statements(script: &str) -> Result<Vec<String>, String> {
    let mut statements = Vec::new();
    let mut begun = String::new();
    for line in script
        .strip_suffix('\n')
        .ok_or("the last line does not end")?
        .split('\n')
    {
        if !line.bytes().all(|byte| (b' '..=b'~').contains(&byte)) {
            return Err(format!(
                "Windows PowerShell reads this line in another encoding: {line}"
            ));
        }
        let is_inside = !begun.is_empty();
        if !is_inside && (line.is_empty() || line.starts_with("# ")) {
            continue;
        }
        begun += if is_inside { line.trim_start() } else { line };
        match begun.strip_suffix('`') {
            Some(open) => begun = open.to_owned(),
            None => statements.push(std::mem::take(&mut begun)),
        }
    }
    if begun.is_empty() {
        Ok(statements)
    } else {
        Err(format!("goes on nowhere: {begun}"))
    }
}

/// Reads the commands that remove what an earlier run wrote: the names, and the group that the rules must have.
fn replaced(statements: &mut impl Iterator<Item = String>, names: &mut BTreeSet<String>) -> Result<String, String> {
    let mut next = || statements.next().ok_or("the removal ends early");
    if next()? != "$names = @(" {
        return Err("no list of names".to_owned());
    }
    loop {
        match next()?.as_str() {
            ")" => break,
            name if names.insert(literal(name.trim_start())?.to_owned()) => {}
            name => return Err(format!("{name} is in the list twice")),
        }
    }
    let (get, filter, remove) = (next()?, next()?, next()?);
    if (get.as_str(), remove.as_str())
        != (
            "Get-NetFirewallRule -Name $names -ErrorAction SilentlyContinue |",
            "  Remove-NetFirewallRule",
        )
    {
        return Err(format!("unknown removal: {get} {remove}"));
    }
    let group = filter
        .strip_prefix("  Where-Object Group -eq ")
        .and_then(|rest| rest.strip_suffix(" |"));
    Ok(literal(group.ok_or("the removal has no group")?)?.to_owned())
}

type Parameters = BTreeMap<String, Vec<String>>;

/// The parameters of a `New-NetFirewallRule`, with their values as they are written.
fn parameters(statement: &str) -> Result<Parameters, String> {
    let mut words = statement.split(' ').peekable();
    if words.next() != Some("New-NetFirewallRule") {
        return Err(format!("unknown command: {statement}"));
    }
    let mut parameters = Parameters::new();
    while let Some(word) = words.next() {
        let name = word.strip_prefix('-').ok_or_else(|| format!("no parameter: {word}"))?;
        let mut values = Vec::new();
        loop {
            let value = words.next().ok_or_else(|| format!("{name} has no value"))?;
            values.push(value.trim_end_matches(',').to_owned());
            if !value.ends_with(',') {
                break;
            }
        }
        if parameters.insert(name.to_owned(), values).is_some() {
            return Err(format!("{name} is said twice"));
        }
    }
    Ok(parameters)
}

/// What stands in single quotes.
fn literal(word: &str) -> Result<&str, String> {
    let inner = word.strip_prefix('\'').and_then(|rest| rest.strip_suffix('\''));
    let is_plain = |text: &&str| {
        text.bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b".:/-".contains(&byte))
    };
    inner
        .filter(is_plain)
        .ok_or_else(|| format!("no plain literal: {word}"))
}

/// The literals of a parameter; none if it is not there.
fn literals(parameters: &mut Parameters, name: &str) -> Result<Vec<String>, String> {
    let values = parameters.remove(name).unwrap_or_default();
    values.iter().map(|value| literal(value).map(str::to_owned)).collect()
}

fn text(parameters: &mut Parameters, name: &str) -> Result<String, String> {
    let literals = literals(parameters, name)?;
    let [literal] = &literals[..] else {
        return Err(format!("{name} is not one text: {literals:?}"));
    };
    Ok(literal.clone())
}

fn word(parameters: &mut Parameters, name: &str) -> Result<String, String> {
    match parameters.remove(name).as_deref() {
        Some([word]) => Ok(word.clone()),
        other => Err(format!("{name} is not one word: {other:?}")),
    }
}

fn rule(parameters: &mut Parameters) -> Result<HostRule, String> {
    let (side, port) = match word(parameters, "Direction")?.as_str() {
        "Inbound" => (Side::Inbound, "LocalPort"),
        "Outbound" => (Side::Outbound, "RemotePort"),
        other => return Err(format!("unknown direction: {other}")),
    };
    if (
        word(parameters, "Action")?.as_str(),
        word(parameters, "Profile")?.as_str(),
    ) != ("Allow", "Any")
    {
        return Err("a rule allows, in every profile".to_owned());
    }
    let protocol = word(parameters, "Protocol")?;
    let types = literals(parameters, "IcmpType")?;
    let (transport, family) = transport(&protocol, &types.join(","))?;
    let mut list = |name: &str| literals(parameters, name);
    let (local, remote, numbers) = (list("LocalAddress")?, list("RemoteAddress")?, list(port)?);
    Ok(HostRule {
        side,
        transport,
        family,
        local: addresses(local.iter().map(String::as_str))?,
        remote: addresses(remote.iter().map(String::as_str))?,
        ports: ports(numbers.iter().map(String::as_str))?,
    })
}

fn transport(protocol: &str, icmp_type: &str) -> Result<(Transport, Option<Family>), String> {
    match (protocol, icmp_type) {
        ("TCP", "") => Ok((Transport::Tcp, None)),
        ("UDP", "") => Ok((Transport::Udp, None)),
        ("ICMPv4", "8") => Ok((Transport::Icmp, Some(Family::V4))),
        ("ICMPv6", "128") => Ok((Transport::Icmp, Some(Family::V6))),
        ("50", "") => Ok((Transport::Esp, None)),
        ("Any", "") => Ok((Transport::Any, None)),
        _ => Err(format!("unknown protocol: {protocol} {icmp_type}")),
    }
}
