//! Reads scripts of `mgmt_cli`: the kinds of objects and their parameters are those of the Check Point Management API
//! Reference (sc1.checkpoint.com/documents/latest/APIs), which the Ansible collection `check_point.mgmt` names alike
//! (<https://docs.ansible.com/ansible/latest/collections/check_point/mgmt>). Only what the writer has a use for, all else is an
//! error.

use std::collections::BTreeMap;
use std::net::IpAddr;

use exchange_ports::catalog::{PortRange, Transport};
use exchange_ports::firewall::{Family, Network, Side, Snippet};

use super::atom::{Atoms, atoms, everything};
use super::words::{name, network, port_range};

/// What every script begins with: it asks for a name, and adds it only where there is none.
const FUNCTIONS: &str = "layer=Network
set -eu
object() {
  kind=$1 name=$2
  shift 2
  mgmt_cli -s id.txt show \"$kind\" name \"$name\" > /dev/null 2>&1 ||
    mgmt_cli -s id.txt add \"$kind\" name \"$name\" ignore-warnings true \"$@\"
}
rule() {
  kind=$1 name=$2
  shift 2
  mgmt_cli -s id.txt show \"$kind\" layer \"$layer\" name \"$name\" > /dev/null 2>&1 ||
    mgmt_cli -s id.txt add \"$kind\" layer \"$layer\" name \"$name\" ignore-warnings true \"$@\"
}
";

/// What a snippet allows.
pub fn read(snippet: &Snippet) -> Result<Atoms, String> {
    let (head, commands) = snippet.rules.split_once(FUNCTIONS).ok_or("no functions")?;
    if let Some(line) = head.lines().find(|line| !line.starts_with("# ")) {
        return Err(format!("no comment: {line}"));
    }
    let mut reader = Reader::default();
    for line in commands
        .replace("\\\n", "")
        .lines()
        .filter(|line| !line.starts_with("# "))
    {
        reader.command(line).map_err(|error| format!("{error}: {line}"))?;
    }
    reader.finish()
}

#[derive(Default)]
struct Reader {
    networks: BTreeMap<String, Network>,
    services: BTreeMap<String, Service>,
    section: Option<String>,
    rules: Vec<String>,
    is_closed: bool,
    used: Vec<String>,
    all: Atoms,
}

#[derive(Clone, Copy)]
struct Service {
    transport: Transport,
    /// The family of a ping.
    family: Option<Family>,
    ports: Option<PortRange>,
}

impl Reader {
    fn command(&mut self, line: &str) -> Result<(), String> {
        let words = words(line)?;
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let is_new = match words[..] {
            [
                "object",
                kind @ ("host" | "network" | "address-range"),
                object,
                ref settings @ ..,
            ] => {
                let network = network_of(kind, settings)?;
                self.networks.insert(self.free(object)?, network).is_none()
            }
            ["object", kind, object, ref settings @ ..] => {
                let service = service_of(kind, settings)?;
                self.services.insert(self.free(object)?, service).is_none()
            }
            ["rule", "access-section", section, "position", "top"] => {
                self.section.replace(name(section, 100)?).is_none()
            }
            ["rule", "access-rule", rule, place, position, ref settings @ ..] => {
                let rule = name(rule, 100)?;
                let is_new = !self.rules.contains(&rule) && !self.is_closed;
                self.rules.push(rule);
                match (place, self.section.as_deref() == Some(position)) {
                    ("position.bottom", true) => self.accept(settings)?,
                    ("position", _) if position == "bottom" => self.drop(settings)?,
                    _ => return Err("a place where no section is".to_owned()),
                }
                is_new
            }
            _ => return Err("unknown command".to_owned()),
        };
        if is_new {
            Ok(())
        } else {
            Err("said twice, or behind the drop".to_owned())
        }
    }

    /// A name that no object of any kind has.
    fn free(&self, object: &str) -> Result<String, String> {
        let object = name(object, 100)?;
        if self.networks.contains_key(&object) || self.services.contains_key(&object) {
            return Err("a second object of this name".to_owned());
        }
        Ok(object)
    }

    fn accept(&mut self, settings: &[&str]) -> Result<(), String> {
        let [settings @ .., "comments", comment] = settings else {
            return Err("no comment".to_owned());
        };
        if !comment.starts_with("flows: ") || comment.len() > 250 {
            return Err("no flows".to_owned());
        }
        let parts = Parts::new(settings)?;
        if !matches!(
            parts.rest[..],
            ["action", "Accept"] | ["action", "Accept", "track.type", "Log"]
        ) {
            return Err("it does something else".to_owned());
        }
        let (sources, destinations) = (self.end(&parts.sources)?, self.end(&parts.destinations)?);
        let named = sources
            .iter()
            .chain(&destinations)
            .flatten()
            .map(|network| network.family());
        let families: Vec<Family> = match named.collect::<Vec<_>>()[..] {
            [] => Family::ALL.to_vec(),
            [first, ref others @ ..] if others.iter().all(|family| *family == first) => vec![first],
            _ => return Err("both families in one rule".to_owned()),
        };
        let services = self.services(&parts.services)?;
        for family in families {
            let own = |end: &Option<Vec<Network>>| end.clone().unwrap_or_else(|| vec![everything(family)]);
            for service in services
                .iter()
                .filter(|service| service.family.is_none_or(|only| only == family))
            {
                let Service { transport, ports, .. } = *service;
                let more = atoms(Side::Between, &own(&sources), &own(&destinations), transport, &[ports]);
                self.all.extend(more);
            }
        }
        Ok(())
    }

    fn drop(&mut self, settings: &[&str]) -> Result<(), String> {
        self.is_closed = true;
        let parts = Parts::new(settings)?;
        let is_all = [&parts.sources, &parts.destinations, &parts.services]
            .iter()
            .all(|list| list[..] == ["Any"]);
        match parts.rest[..] {
            ["action", "Drop"] | ["action", "Drop", "track.type", "Log"] if is_all => Ok(()),
            _ => Err("the drop spares some".to_owned()),
        }
    }

    /// The networks of an end; `None` is any of both families.
    fn end(&mut self, names: &[&str]) -> Result<Option<Vec<Network>>, String> {
        if names == ["Any"] {
            return Ok(None);
        }
        self.used.extend(names.iter().map(ToString::to_string));
        let known = |name: &&str| self.networks.get(*name).copied();
        names
            .iter()
            .map(known)
            .collect::<Option<_>>()
            .map(Some)
            .ok_or("no such network".to_owned())
    }

    fn services(&mut self, names: &[&str]) -> Result<Vec<Service>, String> {
        if names == ["Any"] {
            let any = Service {
                transport: Transport::Any,
                family: None,
                ports: None,
            };
            return Ok(vec![any]);
        }
        self.used.extend(names.iter().map(ToString::to_string));
        let known = |name: &&str| self.services.get(*name).copied();
        names
            .iter()
            .map(known)
            .collect::<Option<_>>()
            .ok_or("no such service".to_owned())
    }

    fn finish(self) -> Result<Atoms, String> {
        let mut objects = self.networks.keys().chain(self.services.keys());
        match objects.find(|object| !self.used.contains(object)) {
            Some(object) => Err(format!("nothing uses {object}")),
            None => Ok(self.all),
        }
    }
}

/// The lists of a rule, `source Any` or `source.1 a source.2 b`, and what stands behind them.
struct Parts<'a> {
    sources: Vec<&'a str>,
    destinations: Vec<&'a str>,
    services: Vec<&'a str>,
    rest: Vec<&'a str>,
}

impl<'a> Parts<'a> {
    fn new(settings: &[&'a str]) -> Result<Self, String> {
        let mut rest = settings;
        let mut list = |word: &str| {
            let mut values = Vec::new();
            while let [key, value, behind @ ..] = rest {
                let is_any = *key == word && *value == "Any" && values.is_empty();
                if !is_any && *key != format!("{word}.{}", values.len() + 1) {
                    break;
                }
                values.push(*value);
                rest = behind;
                if is_any {
                    break;
                }
            }
            if values.is_empty() {
                Err(format!("no {word}"))
            } else {
                Ok(values)
            }
        };
        let (sources, destinations, services) = (list("source")?, list("destination")?, list("service")?);
        Ok(Self {
            sources,
            destinations,
            services,
            rest: rest.to_vec(),
        })
    }
}

fn network_of(kind: &str, settings: &[&str]) -> Result<Network, String> {
    match (kind, settings) {
        ("host", ["ip-address", address]) => {
            let address: IpAddr = address.parse().map_err(|_| "no address")?;
            Ok(Network::host(address))
        }
        ("network", ["subnet", address, "mask-length", bits]) if *bits != "0" => network(&format!("{address}/{bits}")),
        ("address-range", ["ip-address-first", "0.0.0.0", "ip-address-last", "255.255.255.255"]) => {
            Ok(everything(Family::V4))
        }
        ("address-range", ["ip-address-first", "::", "ip-address-last", last])
            if *last == "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff" =>
        {
            Ok(everything(Family::V6))
        }
        _ => Err("no object of a network".to_owned()),
    }
}

fn service_of(kind: &str, settings: &[&str]) -> Result<Service, String> {
    let (transport, family, ports) = match (kind, settings) {
        ("service-tcp", ["port", ports, "match-for-any", "false"]) => {
            (Transport::Tcp, None, Some(port_range(ports, '-')?))
        }
        ("service-udp", ["port", ports, "match-for-any", "false"]) => {
            (Transport::Udp, None, Some(port_range(ports, '-')?))
        }
        ("service-icmp", ["icmp-type", "8"]) => (Transport::Icmp, Some(Family::V4), None),
        ("service-icmp6", ["icmp-type", "128"]) => (Transport::Icmp, Some(Family::V6), None),
        ("service-other", ["ip-protocol", "50", "match-for-any", "false"]) => (Transport::Esp, None, None),
        _ => return Err("no object of a service".to_owned()),
    };
    Ok(Service {
        transport,
        family,
        ports,
    })
}

/// The words of a line as a shell splits it, with single quotes and nothing else that means something to it.
fn words(line: &str) -> Result<Vec<String>, String> {
    let mut words = Vec::new();
    for (index, part) in line.split('\'').enumerate() {
        if index % 2 == 1 {
            words.push(part.to_owned());
            continue;
        }
        let plain = |letter: char| letter.is_ascii_alphanumeric() || " ._:-".contains(letter);
        if !part.chars().all(plain) {
            return Err("something that a shell reads".to_owned());
        }
        words.extend(part.split_whitespace().map(str::to_owned));
    }
    if line.matches('\'').count() % 2 == 1 {
        return Err("a quote without an end".to_owned());
    }
    Ok(words)
}
