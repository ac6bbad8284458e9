//! Reads numbered access lists of devices that remember no connections: for each connection the mirror of its packets
//! must be permitted too, and nothing but that. Each system gives its grammar; anything else is an error.

use std::iter::Peekable;

use exchange_ports::catalog::{PortRange, Transport};
use exchange_ports::firewall::{Family, Network, Policy, Side, Snippet};

use super::atom::{Atom, Atoms, everything, of_policy};
use super::words::port_range;

/// In what the systems differ.
pub struct Grammar {
    /// What opens a list of each family, before its name.
    pub opens: [(Family, &'static str); 2],
    /// What stands before the number of a line.
    pub number: fn(Family) -> &'static str,
    /// The longest name of a list, and what it is made of beside letters and digits.
    pub names: (usize, &'static [char]),
    /// Reads an address or a network.
    pub address: fn(Family, &mut dyn Iterator<Item = &str>) -> Result<Network, String>,
    /// The messages of neighbour discovery that a list permits.
    pub discovery: &'static [&'static str],
    /// Whether each list for IPv6 must permit all of them.
    pub needs_discovery: bool,
}

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
pub fn read(snippet: &Snippet, grammar: &Grammar) -> Result<Atoms, String> {
    let mut all = Permitted::default();
    let mut lists: Vec<List> = Vec::new();
    for line in snippet.rules.lines() {
        if line.contains('?') || line.len() > 253 {
            return Err(format!("a terminal does not take this: {line}"));
        }
        let opened = grammar.opens.iter().find_map(|(family, words)| {
            let name = line.strip_prefix(words)?.strip_prefix(' ')?;
            Some((*family, name))
        });
        match opened {
            _ if line.starts_with("! ") => {}
            Some((family, name)) => lists.push(List::new(grammar, family, name, &lists)?),
            None => lists
                .last_mut()
                .ok_or("a line outside of a list")?
                .line(line, &mut all)?,
        }
    }
    if let Some(list) = lists.iter().find(|list| !list.finds_neighbours()) {
        return Err(format!("IPv6 finds no neighbour through {}", list.name));
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

struct List<'a> {
    grammar: &'a Grammar,
    family: Family,
    name: String,
    number: u32,
    discovery: Vec<String>,
    is_closed: bool,
}

impl<'a> List<'a> {
    /// Lists of both families share one space of names.
    fn new(grammar: &'a Grammar, family: Family, name: &str, lists: &[Self]) -> Result<Self, String> {
        let (longest, signs) = grammar.names;
        let begins = name.starts_with(|letter: char| letter.is_ascii_alphabetic());
        let is_name = name
            .chars()
            .all(|letter| letter.is_ascii_alphanumeric() || signs.contains(&letter));
        if !begins || !is_name || name.len() > longest || lists.iter().any(|list| list.name == name) {
            return Err(format!("no new name of a list: {name}"));
        }
        Ok(Self {
            grammar,
            family,
            name: name.to_owned(),
            number: 0,
            discovery: Vec::new(),
            is_closed: false,
        })
    }

    fn finds_neighbours(&self) -> bool {
        let needed = self.family == Family::V6 && (self.grammar.needs_discovery || self.is_closed);
        let has = |message: &&str| self.discovery.iter().any(|own| own == message);
        !needed || self.grammar.discovery.iter().all(has)
    }

    fn line(&mut self, line: &str, all: &mut Permitted) -> Result<(), String> {
        let unknown = || format!("unknown line: {line}");
        let numbered = line
            .strip_prefix(' ')
            .and_then(|line| line.strip_prefix((self.grammar.number)(self.family)));
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
            (["permit", "icmp", "any", "any", message], Family::V6) if self.grammar.discovery.contains(message) => {
                self.discovery.push((*message).to_owned());
                Ok(())
            }
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

    fn address<'w>(&self, words: &mut Peekable<impl Iterator<Item = &'w str>>) -> Result<Network, String> {
        let read = match words.next_if_eq(&"any") {
            Some(_) => everything(self.family),
            None => (self.grammar.address)(self.family, words)?,
        };
        if read.family() == self.family {
            Ok(read)
        } else {
            Err(format!("{read} in a list of the other family"))
        }
    }
}

/// One port, or a range of several.
fn ports<'a>(words: &mut Peekable<impl Iterator<Item = &'a str>>) -> Result<Option<PortRange>, String> {
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
