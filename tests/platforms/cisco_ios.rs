//! Reads IOS access lists, as "IP Named Access Control Lists", "IP Access List Entry Sequence Numbering" and the
//! commands `permit (IPv6)` and `remark` describe them: only what the writer has a use for, anything else is an error.
//!
//! The device remembers no connections, so for each connection the mirror of its packets must be permitted too, and
//! nothing but that.

use std::net::{IpAddr, Ipv4Addr};

use exchange_ports::catalog::{PortRange, Transport};
use exchange_ports::firewall::{Family, Network, Policy, Side, Snippet};

use super::atom::{Atom, Atoms, everything, of_policy};
use super::words::{network, port_range};

/// What a policy means here: protocols without ports and kinds look the same in both directions.
pub fn meant(policy: &Policy) -> Atoms {
    let mut all = of_policy(policy);
    let alike = all
        .iter()
        .filter(|atom| matches!(atom.transport, Transport::Esp | Transport::Any));
    let back: Vec<Atom> = alike.map(mirror).collect();
    all.extend(back);
    all
}

fn mirror(atom: &Atom) -> Atom {
    Atom {
        source: atom.destination,
        destination: atom.source,
        ..atom.clone()
    }
}

/// What a snippet allows to be opened, if the answers fit it.
pub fn read(snippet: &Snippet) -> Result<Atoms, String> {
    let mut all = Permitted::default();
    let mut list: Option<List> = None;
    let mut names = Vec::new();
    for line in snippet.rules.lines() {
        if line.contains('?') || line.len() > 253 {
            return Err(format!("a terminal does not take this: {line}"));
        }
        let words: Vec<&str> = line.split_ascii_whitespace().collect();
        match words[..] {
            _ if line.starts_with("! ") => {}
            ["ip", "access-list", "extended", name] => list = Some(List::new(Family::V4, name, &mut names)?),
            ["ipv6", "access-list", name] => list = Some(List::new(Family::V6, name, &mut names)?),
            _ => list.as_mut().ok_or("a line outside of a list")?.line(line, &mut all)?,
        }
    }
    let answered: Atoms = all.answers.iter().map(mirror).collect();
    if answered != all.openings {
        return Err(format!("the answers do not mirror the openings: {all:#?}"));
    }
    if let Some(alone) = all.alike.iter().find(|atom| !all.alike.contains(&mirror(atom))) {
        return Err(format!("no answer to {alone:?}"));
    }
    all.openings.extend(all.alike);
    Ok(all.openings)
}

#[derive(Debug, Default)]
struct Permitted {
    openings: Atoms,
    /// As they are on the wire, the ports those of the source.
    answers: Atoms,
    /// Packets that look the same in both directions.
    alike: Atoms,
}

struct List {
    family: Family,
    number: u32,
    is_closed: bool,
}

impl List {
    /// Lists of both families share one space of names.
    fn new(family: Family, name: &str, names: &mut Vec<String>) -> Result<Self, String> {
        let begins = name.starts_with(|letter: char| letter.is_ascii_alphabetic());
        if !begins || name.len() > 63 || names.iter().any(|known| known == name) {
            return Err(format!("no new name of a list: {name}"));
        }
        names.push(name.to_owned());
        Ok(Self {
            family,
            number: 0,
            is_closed: false,
        })
    }

    fn line(&mut self, line: &str, all: &mut Permitted) -> Result<(), String> {
        let unknown = || format!("unknown line: {line}");
        let numbered = match self.family {
            Family::V4 => line.strip_prefix(' '),
            Family::V6 => line.strip_prefix(" sequence "),
        };
        let (number, text) = numbered.and_then(|text| text.split_once(' ')).ok_or_else(unknown)?;
        let number: u32 = number.parse().map_err(|_| unknown())?;
        if number <= self.number || self.is_closed {
            return Err(format!("out of order: {line}"));
        }
        self.number = number;
        let words: Vec<&str> = text.split(' ').collect();
        match (&words[..], self.family) {
            (["remark", ..], _) if text.len() <= "remark ".len() + 100 => Ok(()),
            (["deny", "ip", "any", "any"] | ["deny", "ip", "any", "any", "log"], Family::V4)
            | (["deny", "ipv6", "any", "any"] | ["deny", "ipv6", "any", "any", "log"], Family::V6) => {
                self.is_closed = true;
                Ok(())
            }
            (["permit", "icmp", "any", "any", "nd-na" | "nd-ns"], Family::V6) => Ok(()),
            (["permit", words @ ..], _) => self.permit(words, all).map_err(|error| format!("{error}: {line}")),
            _ => Err(unknown()),
        }
    }

    fn permit(&self, words: &[&str], all: &mut Permitted) -> Result<(), String> {
        let mut words = words.iter().copied().peekable();
        let protocol = words.next().ok_or("no protocol")?;
        let (source, from) = (self.address(&mut words)?, ports(&mut words)?);
        let (destination, to) = (self.address(&mut words)?, ports(&mut words)?);
        let mut rest: Vec<&str> = words.collect();
        if rest.last() == Some(&"log") {
            rest.pop();
        }
        let atom = |transport, ports| Atom {
            side: Side::Between,
            source,
            destination,
            transport,
            ports,
        };
        match (protocol, self.family, from, to, &rest[..]) {
            ("tcp", _, None, Some(_), []) => all.openings.insert(atom(Transport::Tcp, to)),
            ("tcp", _, Some(_), None, ["established"]) => all.answers.insert(atom(Transport::Tcp, from)),
            ("udp", _, None, Some(_), []) => all.openings.insert(atom(Transport::Udp, to)),
            ("udp", _, Some(_), None, []) => all.answers.insert(atom(Transport::Udp, from)),
            ("icmp", Family::V4, None, None, ["echo"]) | ("icmp", Family::V6, None, None, ["echo-request"]) => {
                all.openings.insert(atom(Transport::Icmp, None))
            }
            ("icmp", _, None, None, ["echo-reply"]) => all.answers.insert(atom(Transport::Icmp, None)),
            ("esp", _, None, None, []) => all.alike.insert(atom(Transport::Esp, None)),
            ("ip", Family::V4, None, None, []) | ("ipv6", Family::V6, None, None, []) => {
                if source.prefix() == 0 && destination.prefix() == 0 {
                    return Err("everything is permitted".to_owned());
                }
                all.alike.insert(atom(Transport::Any, None))
            }
            _ => return Err("unknown entry".to_owned()),
        };
        Ok(())
    }

    fn address<'a>(&self, words: &mut impl Iterator<Item = &'a str>) -> Result<Network, String> {
        let mut word = || words.next().ok_or("an address is missing");
        let read = match (word()?, self.family) {
            ("any", family) => everything(family),
            ("host", _) => network(word()?)?,
            (address, Family::V4) => wildcard(address, word()?)?,
            (prefix, Family::V6) if prefix.contains('/') => network(prefix)?,
            (other, Family::V6) => return Err(format!("no address: {other}")),
        };
        if read.family() == self.family {
            Ok(read)
        } else {
            Err(format!("{read} in a list of the other family"))
        }
    }
}

fn wildcard(address: &str, wildcard: &str) -> Result<Network, String> {
    let unknown = || format!("no address and wildcard: {address} {wildcard}");
    let address: Ipv4Addr = address.parse().map_err(|_| unknown())?;
    let wildcard: Ipv4Addr = wildcard.parse().map_err(|_| unknown())?;
    let mask = !u32::from(wildcard);
    let prefix = u8::try_from(mask.leading_ones()).map_err(|_| unknown())?;
    let network = Network::new(IpAddr::from(address), prefix).ok_or_else(unknown)?;
    if mask.leading_ones() == mask.count_ones() && network.address() == IpAddr::from(address) {
        Ok(network)
    } else {
        Err(unknown())
    }
}

/// One port, or a range of several.
fn ports<'a>(words: &mut std::iter::Peekable<impl Iterator<Item = &'a str>>) -> Result<Option<PortRange>, String> {
    let Some(operator) = words.next_if(|&word| matches!(word, "eq" | "range")) else {
        return Ok(None);
    };
    let mut word = || words.next().ok_or("a port is missing");
    let text = match operator {
        "eq" => word()?.to_owned(),
        _ => format!("{}-{}", word()?, word()?),
    };
    port_range(&text, '-').map(Some)
}
