//! Reads ASA access lists and object groups, as the chapters "Objects for Access Control", "Access Control Lists" and
//! "Access Rules" of the ASA Firewall CLI Configuration Guide describe them: only what the writer has a use for,
//! anything else is an error.

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr};

use exchange_ports::catalog::{PortRange, Transport};
use exchange_ports::firewall::{Family, Network, Policy, Side, Snippet};

use super::atom::{Atoms, atoms, everything, of_policy};
use super::words::{network, port_range};

/// What a policy means here.
pub fn meant(policy: &Policy) -> Atoms {
    of_policy(policy)
}

/// What a snippet allows.
pub fn read(snippet: &Snippet) -> Result<Atoms, String> {
    let mut reader = Reader::default();
    for line in snippet.rules.lines() {
        if line.contains('?') || line.len() > 510 {
            return Err(format!("a terminal does not take this: {line}"));
        }
        reader.line(line).map_err(|error| format!("{error}: {line}"))?;
    }
    match reader.groups.iter().find(|(_, group)| !group.is_used) {
        Some((name, _)) => Err(format!("nothing uses {name}")),
        None => Ok(reader.all),
    }
}

#[derive(Default)]
struct Reader {
    groups: BTreeMap<String, Group>,
    /// The group to which members belong.
    open: Option<String>,
    /// Lists that have their deny.
    closed: Vec<String>,
    all: Atoms,
}

struct Group {
    members: Members,
    is_used: bool,
}

enum Members {
    Networks(Vec<Network>),
    Services(Vec<(Transport, PortRange)>),
}

impl Reader {
    fn line(&mut self, line: &str) -> Result<(), String> {
        let words: Vec<&str> = line.split(' ').collect();
        match &words[..] {
            ["!", ..] => Ok(()),
            ["object-group", "network", name] => self.group(name, Members::Networks(Vec::new())),
            ["object-group", "service", name] => self.group(name, Members::Services(Vec::new())),
            ["", member @ ..] => self.member(member),
            ["access-list", name, rest @ ..] => {
                self.open = None;
                if self.closed.iter().any(|closed| closed == name) {
                    return Err("behind the deny of its list".to_owned());
                }
                self.list_line(name, rest)
            }
            _ => Err("unknown line".to_owned()),
        }
    }

    fn group(&mut self, name: &str, members: Members) -> Result<(), String> {
        let group = Group {
            members,
            is_used: false,
        };
        self.open = Some(name.to_owned());
        if name.len() > 64 || self.groups.insert(name.to_owned(), group).is_some() {
            return Err("no new name of a group".to_owned());
        }
        Ok(())
    }

    fn member(&mut self, words: &[&str]) -> Result<(), String> {
        let open = self.open.as_ref().ok_or("a member outside of a group")?;
        let group = self.groups.get_mut(open).ok_or("no such group")?;
        match (&mut group.members, words) {
            (Members::Networks(networks), ["network-object", words @ ..]) => {
                networks.push(address(&mut words.iter().copied())?);
            }
            (Members::Services(services), ["service-object", transport, "destination", ports @ ..]) => {
                services.push((tcp_or_udp(transport)?, port(ports)?));
            }
            _ => return Err("unknown member".to_owned()),
        }
        Ok(())
    }

    fn list_line(&mut self, list: &str, words: &[&str]) -> Result<(), String> {
        match words {
            ["remark", words @ ..] if words.join(" ").len() <= 100 => Ok(()),
            ["extended", "deny", "ip", "any", "any"] | ["extended", "deny", "ip", "any", "any", "log"] => {
                self.closed.push(list.to_owned());
                Ok(())
            }
            ["extended", "permit", words @ .., "log"] | ["extended", "permit", words @ ..] => self.permit(words),
            _ => Err("unknown line of a list".to_owned()),
        }
    }

    fn permit(&mut self, words: &[&str]) -> Result<(), String> {
        let mut words = words.iter().copied();
        let mut word = || words.next().ok_or("the line ends early");
        let protocol = match word()? {
            "object-group" => Err(word()?.to_owned()),
            protocol => Ok(protocol),
        };
        let sources = self.end(&mut words)?;
        let destinations = self.end(&mut words)?;
        let family = sources[0].family();
        if sources.iter().chain(&destinations).any(|end| end.family() != family) {
            return Err("both families in one entry".to_owned());
        }
        let rest: Vec<&str> = words.collect();
        let services = match (protocol, family, &rest[..]) {
            (Err(group), _, []) => self.services(&group)?,
            (Ok("icmp"), Family::V4, ["echo"]) | (Ok("icmp6"), Family::V6, ["echo"]) => {
                vec![(Transport::Icmp, None)]
            }
            (Ok("esp"), _, []) => vec![(Transport::Esp, None)],
            (Ok("ip"), _, []) => vec![(Transport::Any, None)],
            (Ok(transport), _, ports) => vec![(tcp_or_udp(transport)?, Some(port(ports)?))],
            _ => return Err("unknown entry".to_owned()),
        };
        for (transport, ports) in services {
            self.all
                .extend(atoms(Side::Between, &sources, &destinations, transport, &[ports]));
        }
        Ok(())
    }

    fn end<'a>(&mut self, words: &mut (impl Iterator<Item = &'a str> + Clone)) -> Result<Vec<Network>, String> {
        let mut ahead = words.clone();
        if ahead.next() != Some("object-group") {
            return address(words).map(|network| vec![network]);
        }
        *words = ahead;
        let group = self
            .groups
            .get_mut(words.next().ok_or("no name")?)
            .ok_or("no such group")?;
        group.is_used = true;
        match &group.members {
            Members::Networks(networks) if !networks.is_empty() => Ok(networks.clone()),
            _ => Err("no group of networks".to_owned()),
        }
    }

    fn services(&mut self, name: &str) -> Result<Vec<(Transport, Option<PortRange>)>, String> {
        let group = self.groups.get_mut(name).ok_or("no such group")?;
        group.is_used = true;
        match &group.members {
            Members::Services(services) if !services.is_empty() => Ok(services
                .iter()
                .map(|&(transport, ports)| (transport, Some(ports)))
                .collect()),
            _ => Err("no group of services".to_owned()),
        }
    }
}

fn tcp_or_udp(text: &str) -> Result<Transport, String> {
    match text {
        "tcp" => Ok(Transport::Tcp),
        "udp" => Ok(Transport::Udp),
        _ => Err(format!("no transport: {text}")),
    }
}

fn port(words: &[&str]) -> Result<PortRange, String> {
    match words {
        ["eq", port] => port_range(port, '-'),
        ["range", first, last] => port_range(&format!("{first}-{last}"), '-'),
        _ => Err("unknown ports".to_owned()),
    }
}

/// A bare `any` would be both families, so it is unknown here.
fn address<'a>(words: &mut impl Iterator<Item = &'a str>) -> Result<Network, String> {
    let mut word = || words.next().ok_or("an address is missing");
    match word()? {
        "any4" => Ok(everything(Family::V4)),
        "any6" => Ok(everything(Family::V6)),
        "host" => network(word()?),
        prefix if prefix.contains('/') => network(prefix).and_then(|network| match network.family() {
            Family::V6 => Ok(network),
            Family::V4 => Err("a prefix where a netmask belongs".to_owned()),
        }),
        address => with_netmask(address, word()?),
    }
}

fn with_netmask(address: &str, mask: &str) -> Result<Network, String> {
    let unknown = || format!("no address and netmask: {address} {mask}");
    let address: Ipv4Addr = address.parse().map_err(|_| unknown())?;
    let mask: Ipv4Addr = mask.parse().map_err(|_| unknown())?;
    let mask = u32::from(mask);
    let prefix = u8::try_from(mask.leading_ones()).map_err(|_| unknown())?;
    let network = Network::new(IpAddr::from(address), prefix).ok_or_else(unknown)?;
    if mask.leading_ones() == mask.count_ones() && network.address() == IpAddr::from(address) {
        Ok(network)
    } else {
        Err(unknown())
    }
}
