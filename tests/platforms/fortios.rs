//! Reads scripts of `FortiOS`: `config`, `edit`, `set`, `append`, `next` and `end` as the `FortiOS` 7.6 CLI Reference
//! describes them ("config firewall address", "config firewall address6", "config firewall service custom",
//! "config firewall policy", docs.fortinet.com/document/fortigate/7.6.1/cli-reference/333889629), with the lengths of
//! names that stand there. Only what the writer has a use for, all else is an error.

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr};

use exchange_ports::catalog::{PortRange, Transport};
use exchange_ports::firewall::{Family, Network, Side, Snippet};

use super::atom::{Atoms, atoms, everything};
use super::words::{name, network, port_range, quoted};

/// What a snippet allows.
pub fn read(snippet: &Snippet) -> Result<Atoms, String> {
    let mut reader = Reader::default();
    for line in snippet.rules.lines() {
        if line.contains('?') || line.len() > 1024 {
            return Err(format!("a terminal does not take this: {line}"));
        }
        let line = line.trim_start();
        if !line.starts_with("# ") {
            reader.command(line).map_err(|error| format!("{error}: {line}"))?;
        }
    }
    reader.finish()
}

type Settings = BTreeMap<String, Vec<String>>;

#[derive(Default)]
struct Reader {
    table: Option<String>,
    entry: Option<(String, Settings)>,
    networks: BTreeMap<String, Network>,
    services: BTreeMap<String, (Transport, Option<Family>, Option<PortRange>)>,
    used: Vec<String>,
    /// Numbers and names of policies.
    policies: Vec<(u32, String)>,
    is_closed: bool,
    all: Atoms,
}

impl Reader {
    fn command(&mut self, line: &str) -> Result<(), String> {
        let words = quoted(line)?;
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        match (&words[..], &mut self.table, &mut self.entry) {
            (["config", path @ ..], None, None) => self.table = Some(path.join(" ")),
            (["edit", entry], Some(_), None) => self.entry = Some(((*entry).to_owned(), Settings::new())),
            (["set", word, values @ ..], Some(_), Some((_, settings))) if !values.is_empty() => {
                let values = values.iter().map(ToString::to_string).collect();
                if settings.insert((*word).to_owned(), values).is_some() {
                    return Err("set twice".to_owned());
                }
            }
            (["append", word, values @ ..], Some(_), Some((_, settings))) if !values.is_empty() => {
                let known = settings.get_mut(*word).ok_or("nothing to add to")?;
                known.extend(values.iter().map(ToString::to_string));
            }
            (["next"], Some(table), Some(_)) => {
                let (table, (entry, settings)) = (table.clone(), self.entry.take().expect("it is there"));
                self.entry(&table, &entry, settings)?;
            }
            (["end"], Some(_), None) => self.table = None,
            _ => return Err("unknown command".to_owned()),
        }
        Ok(())
    }

    fn entry(&mut self, table: &str, entry: &str, settings: Settings) -> Result<(), String> {
        let mut settings = Taken(settings);
        let is_new = match table {
            "firewall address" | "firewall address6" => {
                let network = match table {
                    "firewall address" => subnet(&settings.all("subnet")?)?,
                    _ => v6(&settings.one("ip6")?)?,
                };
                self.networks.insert(name(entry, 79)?, network).is_none()
            }
            "firewall service custom" => {
                let service = service(&mut settings)?;
                self.services.insert(name(entry, 79)?, service).is_none()
            }
            "firewall policy" => {
                let number = entry.parse().map_err(|_| "no number")?;
                self.policy(number, &mut settings)?;
                true
            }
            _ => return Err("unknown table".to_owned()),
        };
        settings.are_done()?;
        if is_new {
            Ok(())
        } else {
            Err("a second object of this name".to_owned())
        }
    }

    fn policy(&mut self, number: u32, settings: &mut Taken) -> Result<(), String> {
        let title = name(&settings.one("name")?, 35)?;
        if self
            .policies
            .iter()
            .any(|(known, other)| *known == number || *other == title)
        {
            return Err("a second policy of this number or name".to_owned());
        }
        // 0 is the next free number; what people count up to may be theirs.
        if number < 2_000_000_000 || self.is_closed {
            return Err("a number that may be the reader's, or a policy behind the drop".to_owned());
        }
        self.policies.push((number, title));
        if settings.one("schedule")? != "always" {
            return Err("not always".to_owned());
        }
        if settings.has("logtraffic") && settings.one("logtraffic")? != "all" {
            return Err("another way to log".to_owned());
        }
        let interfaces = (settings.one("srcintf")?, settings.one("dstintf")?);
        match settings.one("action")?.as_str() {
            "accept" => {
                if settings.one("comments")?.len() > 1023 {
                    return Err("a long comment".to_owned());
                }
                name(&interfaces.0, 35)?;
                name(&interfaces.1, 35)?;
                self.accept(settings)
            }
            "deny" => {
                self.is_closed = true;
                let everything = ["srcaddr", "dstaddr", "srcaddr6", "dstaddr6"].map(|word| settings.one(word));
                let is_all = everything.into_iter().all(|end| end == Ok("all".to_owned()));
                let is_any = interfaces == ("any".to_owned(), "any".to_owned());
                if is_all && is_any && settings.one("service")? == "ALL" {
                    Ok(())
                } else {
                    Err("the drop spares some".to_owned())
                }
            }
            _ => Err("unknown action".to_owned()),
        }
    }

    fn accept(&mut self, settings: &mut Taken) -> Result<(), String> {
        let (family, six) = if settings.has("srcaddr6") {
            (Family::V6, "6")
        } else {
            (Family::V4, "")
        };
        let sources = self.end(&settings.all(&format!("srcaddr{six}"))?, family)?;
        let destinations = self.end(&settings.all(&format!("dstaddr{six}"))?, family)?;
        let services = settings.all("service")?;
        if services == ["ALL"] {
            self.all
                .extend(atoms(Side::Between, &sources, &destinations, Transport::Any, &[None]));
            return Ok(());
        }
        for service in services {
            let (transport, only, ports) = *self.services.get(&service).ok_or("no such service")?;
            if only.is_some_and(|only| only != family) {
                return Err("a ping of the other family".to_owned());
            }
            self.used.push(service);
            self.all
                .extend(atoms(Side::Between, &sources, &destinations, transport, &[ports]));
        }
        Ok(())
    }

    fn end(&mut self, names: &[String], family: Family) -> Result<Vec<Network>, String> {
        if names == ["all"] {
            return Ok(vec![everything(family)]);
        }
        self.used.extend(names.iter().cloned());
        let known = |name: &String| match self.networks.get(name) {
            Some(network) if network.family() == family => Ok(*network),
            _ => Err(format!("no such address: {name}")),
        };
        names.iter().map(known).collect()
    }

    fn finish(self) -> Result<Atoms, String> {
        if self.table.is_some() {
            return Err("a table is open".to_owned());
        }
        let mut objects = self.networks.keys().chain(self.services.keys());
        match objects.find(|name| !self.used.contains(*name)) {
            Some(name) => Err(format!("nothing uses {name}")),
            None => Ok(self.all),
        }
    }
}

/// Settings that are taken one by one, so that what is left over is unknown.
struct Taken(Settings);

impl Taken {
    fn has(&self, word: &str) -> bool {
        self.0.contains_key(word)
    }

    fn all(&mut self, word: &str) -> Result<Vec<String>, String> {
        self.0.remove(word).ok_or(format!("no {word}"))
    }

    fn one(&mut self, word: &str) -> Result<String, String> {
        match &self.all(word)?[..] {
            [value] => Ok(value.clone()),
            _ => Err(format!("several values of {word}")),
        }
    }

    fn are_done(&self) -> Result<(), String> {
        match self.0.keys().next() {
            Some(word) => Err(format!("unknown setting: {word}")),
            None => Ok(()),
        }
    }
}

fn subnet(words: &[String]) -> Result<Network, String> {
    let unknown = || format!("no subnet: {words:?}");
    let [address, mask] = words else { return Err(unknown()) };
    let address: Ipv4Addr = address.parse().map_err(|_| unknown())?;
    let mask = u32::from(mask.parse::<Ipv4Addr>().map_err(|_| unknown())?);
    let prefix = u8::try_from(mask.leading_ones()).map_err(|_| unknown())?;
    let network = Network::new(IpAddr::V4(address), prefix).ok_or_else(unknown)?;
    if mask.leading_ones() == mask.count_ones() && network.address() == IpAddr::V4(address) {
        Ok(network)
    } else {
        Err(unknown())
    }
}

fn v6(text: &str) -> Result<Network, String> {
    match network(text)? {
        network if network.family() == Family::V6 && text.contains('/') => Ok(network),
        _ => Err("no IPv6 prefix".to_owned()),
    }
}

/// Without `protocol` a service is one of TCP and UDP; a port without a colon is of the destination.
fn service(settings: &mut Taken) -> Result<(Transport, Option<Family>, Option<PortRange>), String> {
    if !settings.has("protocol") {
        let (transport, word) = if settings.has("tcp-portrange") {
            (Transport::Tcp, "tcp-portrange")
        } else {
            (Transport::Udp, "udp-portrange")
        };
        return Ok((transport, None, Some(port_range(&settings.one(word)?, '-')?)));
    }
    match settings.one("protocol")?.as_str() {
        "ICMP" if settings.one("icmptype")? == "8" => Ok((Transport::Icmp, Some(Family::V4), None)),
        "ICMP6" if settings.one("icmptype")? == "128" => Ok((Transport::Icmp, Some(Family::V6), None)),
        "IP" if settings.one("protocol-number")? == "50" => Ok((Transport::Esp, None, None)),
        _ => Err("unknown protocol".to_owned()),
    }
}
