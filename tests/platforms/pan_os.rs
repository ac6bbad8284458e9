//! Reads PAN-OS set commands: the form is that of the "Configure CLI Command Hierarchy" of the PAN-OS CLI Quick Start
//! (docs.paloaltonetworks.com/pan-os/10-0/cli-reference/pan-os-10-0-configure-cli-command-hierarchy); what a rule
//! means is in the PAN-OS Administrator's Guide ("Components of a Security Policy Rule"; "Policy": `any` is both
//! families, and every IPv4 address lies in `::/96`); `ping`, `ping6` and `ipsec-esp` are those of Applipedia. Only
//! what the writer has a use for, all else is an error.

use std::collections::BTreeMap;

use exchange_ports::catalog::{PortRange, Transport};
use exchange_ports::firewall::{Addresses, Family, Network, Policy, Rule, Side, Snippet};

use super::atom::{Atoms, atoms, everything, of_rule};
use super::words::{name, network, port_range, quoted};

/// What a policy means here: all but the rules of IPv6 that would let IPv4 pass.
pub fn meant(policy: &Policy) -> Atoms {
    let kept = policy.rules.iter().filter(|rule| !would_let_v4_pass(rule));
    kept.flat_map(of_rule).collect()
}

fn would_let_v4_pass(rule: &Rule) -> bool {
    let ends = [&rule.source, &rule.destination];
    let hold = |end: &&Addresses| match end {
        Addresses::Any => true,
        Addresses::Only(networks) => networks.iter().copied().any(holds_v4),
    };
    rule.family == Family::V6
        && rule.transport != Transport::Icmp
        && ends.iter().all(hold)
        && ends.iter().any(|end| **end != Addresses::Any)
}

/// Whether there are addresses in it that stand for IPv4.
fn holds_v4(one: Network) -> bool {
    let v4 = network("::/96").expect("it is a network");
    one.contains(v4) || v4.contains(one)
}

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
    services: BTreeMap<String, (Transport, PortRange)>,
    /// In their order.
    rules: Vec<(String, BTreeMap<String, Vec<String>>)>,
}

impl Reader {
    fn command(&mut self, line: &str) -> Result<(), String> {
        let words = quoted(line)?;
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        match words[..] {
            ["set", "service", service, "protocol", protocol, "port", ports] => {
                let transport = match protocol {
                    "tcp" => Transport::Tcp,
                    "udp" => Transport::Udp,
                    _ => return Err("unknown protocol".to_owned()),
                };
                let ports = (transport, port_range(ports, '-')?);
                match self.services.insert(name(service, 63)?, ports) {
                    Some(_) => Err("a second service of this name".to_owned()),
                    None => Ok(()),
                }
            }
            ["set", "rulebase", "security", "rules", rule, word, ref values @ ..] => {
                let values = match values {
                    ["[", values @ .., "]"] if values.len() > 1 => values,
                    [_] => values,
                    _ => return Err("no value or list".to_owned()),
                };
                self.set(&name(rule, 63)?, word, values)
            }
            _ => Err("unknown command".to_owned()),
        }
    }

    fn set(&mut self, rule: &str, word: &str, values: &[&str]) -> Result<(), String> {
        if self.rules.last().is_none_or(|(last, _)| last != rule) {
            if self.rules.iter().any(|(known, _)| known == rule) {
                return Err("a second rule of this name".to_owned());
            }
            self.rules.push((rule.to_owned(), BTreeMap::new()));
        }
        let (_, settings) = self.rules.last_mut().expect("there is a rule");
        let known = settings.entry(word.to_owned()).or_default();
        let is_list = ["source", "destination", "service"].contains(&word);
        if !is_list && !known.is_empty() {
            return Err("set twice".to_owned());
        }
        known.extend(values.iter().map(ToString::to_string));
        Ok(())
    }

    fn finish(mut self) -> Result<Atoms, String> {
        let mut all = Atoms::new();
        let mut used = Vec::new();
        let rules = std::mem::take(&mut self.rules);
        let last = rules.len().saturating_sub(1);
        for (index, (rule, settings)) in rules.into_iter().enumerate() {
            let settings = Settings(settings);
            let allowed = match settings.one("action")?.as_str() {
                "allow" => self.allowed(&settings, &mut used),
                "drop" if index == last => settings.is_everything().map(|()| Atoms::new()),
                _ => Err("no action, or rules behind the drop".to_owned()),
            };
            all.extend(allowed.map_err(|error| format!("{error}: {rule}"))?);
        }
        match self.services.keys().find(|service| !used.contains(*service)) {
            Some(service) => Err(format!("nothing uses {service}")),
            None => Ok(all),
        }
    }

    fn allowed(&self, settings: &Settings, used: &mut Vec<String>) -> Result<Atoms, String> {
        settings.are_known()?;
        if settings.one("description")?.len() > 255 {
            return Err("a long description".to_owned());
        }
        for zone in ["from", "to"] {
            name(&settings.one(zone)?, 31)?;
        }
        let (sources, destinations) = (ends(settings.list("source")?)?, ends(settings.list("destination")?)?);
        let services = settings.list("service")?;
        let application = settings.one("application")?;
        let named: Vec<&str> = services.iter().map(String::as_str).collect();
        match (application.as_str(), &named[..]) {
            ("ping", ["application-default"]) => {
                Ok(of_family(Family::V4, &sources, &destinations, Transport::Icmp, None))
            }
            ("ping6", ["application-default"]) => {
                Ok(of_family(Family::V6, &sources, &destinations, Transport::Icmp, None))
            }
            ("ipsec-esp", ["application-default"]) => of_both(&sources, &destinations, Transport::Esp, None),
            ("any", ["any"]) => of_both(&sources, &destinations, Transport::Any, None),
            ("any", services) => {
                let mut all = Atoms::new();
                for &service in services {
                    let (transport, ports) = self.services.get(service).ok_or("no such service")?;
                    used.push(service.to_owned());
                    all.extend(of_both(&sources, &destinations, *transport, Some(*ports))?);
                }
                Ok(all)
            }
            _ => Err("unknown application or service".to_owned()),
        }
    }
}

struct Settings(BTreeMap<String, Vec<String>>);

impl Settings {
    fn list(&self, word: &str) -> Result<&[String], String> {
        self.0.get(word).map(Vec::as_slice).ok_or(format!("no {word}"))
    }

    fn one(&self, word: &str) -> Result<String, String> {
        match self.list(word)? {
            [value] => Ok(value.clone()),
            _ => Err(format!("several values of {word}")),
        }
    }

    fn are_known(&self) -> Result<(), String> {
        const KNOWN: [&str; 9] = [
            "from",
            "to",
            "source",
            "destination",
            "application",
            "service",
            "action",
            "description",
            "log-end",
        ];
        let logs = self.0.get("log-end").is_none_or(|values| values[..] == ["yes"]);
        match self.0.keys().find(|word| !KNOWN.contains(&word.as_str())) {
            None if logs => Ok(()),
            word => Err(format!("unknown setting: {word:?}")),
        }
    }

    /// Whether it is for all that there is.
    fn is_everything(&self) -> Result<(), String> {
        self.are_known()?;
        for word in ["from", "to", "source", "destination", "application", "service"] {
            if self.one(word)? != "any" {
                return Err(format!("the drop spares some: {word}"));
            }
        }
        Ok(())
    }
}

/// The networks of an end; `None` is any of both families.
type End = Option<Vec<Network>>;

fn ends(values: &[String]) -> Result<End, String> {
    if values == ["any"] {
        return Ok(None);
    }
    values
        .iter()
        .map(|value| network(value))
        .collect::<Result<_, _>>()
        .map(Some)
}

fn of_both(sources: &End, destinations: &End, transport: Transport, ports: Option<PortRange>) -> Result<Atoms, String> {
    let holds = |end: &End| {
        end.as_ref()
            .is_none_or(|networks| networks.iter().copied().any(holds_v4))
    };
    let is_any = sources.is_none() && destinations.is_none();
    let mut all = of_family(Family::V4, sources, destinations, transport, ports);
    let v6 = of_family(Family::V6, sources, destinations, transport, ports);
    if !v6.is_empty() && holds(sources) && holds(destinations) && !is_any {
        return Err("an IPv6 rule lets IPv4 pass".to_owned());
    }
    all.extend(v6);
    if all.is_empty() {
        return Err("a rule that matches nothing".to_owned());
    }
    Ok(all)
}

fn of_family(
    family: Family,
    sources: &End,
    destinations: &End,
    transport: Transport,
    ports: Option<PortRange>,
) -> Atoms {
    let own = |end: &End| match end {
        None => vec![everything(family)],
        Some(networks) => networks.iter().copied().filter(|one| one.family() == family).collect(),
    };
    atoms(Side::Between, &own(sources), &own(destinations), transport, &[ports])
}
