//! Reads set commands of Junos for an SRX: policies as "[edit security policies] Hierarchy Level"
//! (juniper.net/documentation/en_US/junos13.2/topics/reference/statement-hierarchy/security-hierarchy-policies.html),
//! applications as "[edit applications] Hierarchy Level" (the same place, applications.html), and `any-ipv4`,
//! `any-ipv6` and policies for all zones as the Security Policies User Guide describe them. Only what the writer has a
//! use for, all else is an error.

use std::collections::BTreeMap;

use exchange_ports::catalog::{PortRange, Transport};
use exchange_ports::firewall::{Family, Network, Side, Snippet};

use super::atom::{Atoms, atoms, everything};
use super::words::{name, network, port_range, quoted};

/// What a snippet allows.
pub fn read(snippet: &Snippet) -> Result<Atoms, String> {
    let mut reader = Reader::default();
    for line in snippet.rules.lines() {
        if line.contains('?') || line.len() > 1000 {
            return Err(format!("a terminal does not take this: {line}"));
        }
        if !line.starts_with("# ") {
            reader.command(line).map_err(|error| format!("{error}: {line}"))?;
        }
    }
    reader.finish()
}

#[derive(Default)]
struct Reader {
    networks: BTreeMap<String, Network>,
    applications: BTreeMap<String, Application>,
    /// By zones and name.
    policies: BTreeMap<(String, String, String), Entry>,
    rest: Entry,
}

#[derive(Clone, Copy)]
struct Application {
    transport: Transport,
    /// The family of a ping.
    family: Option<Family>,
    ports: Option<PortRange>,
}

#[derive(Default)]
struct Entry {
    sources: Vec<String>,
    destinations: Vec<String>,
    applications: Vec<String>,
    then: Vec<String>,
}

impl Reader {
    fn command(&mut self, line: &str) -> Result<(), String> {
        let words = quoted(line)?;
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let is_new = match words[..] {
            ["set", "security", "address-book", "global", "address", object, prefix] if prefix.contains('/') => {
                self.networks.insert(name(object, 63)?, network(prefix)?).is_none()
            }
            ["set", "applications", "application", object, ref traffic @ ..] => self
                .applications
                .insert(name(object, 63)?, application(traffic)?)
                .is_none(),
            [
                "set",
                "security",
                "policies",
                "from-zone",
                from,
                "to-zone",
                to,
                "policy",
                policy,
                ref words @ ..,
            ] => {
                let key = (name(from, 63)?, name(to, 63)?, name(policy, 63)?);
                self.policies.entry(key).or_default().set(words)?
            }
            [
                "set",
                "security",
                "policies",
                "global",
                "policy",
                policy,
                ref words @ ..,
            ] => {
                name(policy, 63)?;
                self.rest.set(words)?
            }
            _ => return Err("unknown command".to_owned()),
        };
        if is_new { Ok(()) } else { Err("said twice".to_owned()) }
    }

    fn finish(&self) -> Result<Atoms, String> {
        let mut all = Atoms::new();
        let mut used = Vec::new();
        for ((_, _, policy), entry) in &self.policies {
            let allowed = self.allowed(entry, &mut used);
            all.extend(allowed.map_err(|error| format!("{error}: {policy}"))?);
        }
        if !self.rest.is_absent() && !self.rest.denies_everything() {
            return Err("the drop spares some".to_owned());
        }
        match self
            .networks
            .keys()
            .chain(self.applications.keys())
            .find(|object| !used.contains(object))
        {
            Some(object) => Err(format!("nothing uses {object}")),
            None => Ok(all),
        }
    }

    fn allowed<'a>(&'a self, entry: &'a Entry, used: &mut Vec<&'a String>) -> Result<Atoms, String> {
        let permits = ["permit".to_owned()];
        let logs = ["permit".to_owned(), "log session-close".to_owned()];
        if entry.then != permits && entry.then != logs {
            return Err(format!("it does something else: {:?}", entry.then));
        }
        let mut all = Atoms::new();
        let ends = (self.end(&entry.sources, used)?, self.end(&entry.destinations, used)?);
        if ends
            .0
            .iter()
            .chain(&ends.1)
            .any(|one| one.family() != ends.0[0].family())
        {
            return Err("both families in one policy".to_owned());
        }
        let mut add = |transport, ports| all.extend(atoms(Side::Between, &ends.0, &ends.1, transport, &[ports]));
        match &entry.applications[..] {
            [] => return Err("no application".to_owned()),
            [any] if any == "any" => add(Transport::Any, None),
            applications => {
                for object in applications {
                    let application = self.applications.get(object).ok_or("no such application")?;
                    if application.family.is_some_and(|family| family != ends.0[0].family()) {
                        return Err("a ping of the other family".to_owned());
                    }
                    used.push(object);
                    add(application.transport, application.ports);
                }
            }
        }
        Ok(all)
    }

    fn end<'a>(&'a self, names: &'a [String], used: &mut Vec<&'a String>) -> Result<Vec<Network>, String> {
        match names {
            [] => Err("no address".to_owned()),
            [any] if any == "any-ipv4" => Ok(vec![everything(Family::V4)]),
            [any] if any == "any-ipv6" => Ok(vec![everything(Family::V6)]),
            _ => {
                used.extend(names);
                let known = |object| self.networks.get(object).copied();
                names
                    .iter()
                    .map(known)
                    .collect::<Option<_>>()
                    .ok_or("no such address".to_owned())
            }
        }
    }
}

impl Entry {
    /// Adds what a command says; whether it is new.
    fn set(&mut self, words: &[&str]) -> Result<bool, String> {
        let (list, value) = match words {
            ["match", "source-address", address] => (&mut self.sources, (*address).to_owned()),
            ["match", "destination-address", address] => (&mut self.destinations, (*address).to_owned()),
            ["match", "application", application] => (&mut self.applications, (*application).to_owned()),
            ["then", action @ ..] => (&mut self.then, action.join(" ")),
            ["description", text] if text.len() <= 300 => return Ok(true),
            _ => return Err("unknown words of a policy".to_owned()),
        };
        let is_new = !list.contains(&value);
        list.push(value);
        Ok(is_new)
    }

    fn is_absent(&self) -> bool {
        self.then.is_empty() && self.sources.is_empty()
    }

    fn denies_everything(&self) -> bool {
        let any = ["any".to_owned()];
        let is_all = self.sources == any && self.destinations == any && self.applications == any;
        let denies = ["deny".to_owned()];
        let logs = ["deny".to_owned(), "log session-init".to_owned()];
        is_all && (self.then == denies || self.then == logs)
    }
}

fn application(words: &[&str]) -> Result<Application, String> {
    let (transport, family, ports) = match words {
        ["protocol", "tcp", "destination-port", ports] => (Transport::Tcp, None, Some(port_range(ports, '-')?)),
        ["protocol", "udp", "destination-port", ports] => (Transport::Udp, None, Some(port_range(ports, '-')?)),
        ["protocol", "icmp", "icmp-type", "8"] => (Transport::Icmp, Some(Family::V4), None),
        ["protocol", "icmp6", "icmp6-type", "128"] => (Transport::Icmp, Some(Family::V6), None),
        ["protocol", "esp"] => (Transport::Esp, None, None),
        _ => return Err("unknown traffic".to_owned()),
    };
    Ok(Application {
        transport,
        family,
        ports,
    })
}
