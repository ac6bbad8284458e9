//! What is allowed, written by hand: `outside,outside2 > servers v6 tcp 25,6005-59530`.

use std::collections::BTreeSet;
use std::net::IpAddr;

use exchange_ports::catalog::{PortRange, Transport, Vocabulary};
use exchange_ports::firewall::Family;

use super::probe::{ESP, Kind, Probe};
use super::world::{HOSTS, address};

/// Traffic that is allowed.
pub struct Allowance {
    sources: Vec<IpAddr>,
    destinations: Vec<IpAddr>,
    transport: Transport,
    /// None for a transport without ports.
    ports: Vec<PortRange>,
}

impl Allowance {
    /// Reads one: hosts, `>`, hosts, `v4` or `v6` if it is one of them, a transport, its ports. The name of a host is
    /// its first address, with a `2` it is the second one.
    pub fn read(text: &str) -> Self {
        let words: Vec<&str> = text.split(' ').collect();
        let [sources, ">", destinations, words @ ..] = &words[..] else {
            panic!("two ends are missing: {text}");
        };
        let (families, words): (&[Family], _) = match words {
            ["v4", words @ ..] => (&[Family::V4], words),
            ["v6", words @ ..] => (&[Family::V6], words),
            _ => (&Family::ALL, words),
        };
        let [transport, ports @ ..] = words else {
            panic!("a transport is missing: {text}");
        };
        let transport = Transport::from_slug(transport).expect("it is a transport");
        assert_eq!(ports.len(), usize::from(transport.has_ports()), "{text}");
        Self {
            sources: ends(sources, families),
            destinations: ends(destinations, families),
            transport,
            ports: ports
                .iter()
                .flat_map(|list| list.split(','))
                .map(|text| text.parse().expect("it is a port or a range"))
                .collect(),
        }
    }

    /// Whether a packet may arrive.
    pub fn allows(&self, probe: Probe) -> bool {
        self.sources.contains(&probe.source)
            && self.destinations.contains(&probe.destination)
            && match (self.transport, probe.kind) {
                (Transport::Tcp, Kind::Tcp(port)) | (Transport::Udp, Kind::Udp(port)) => self.has(port),
                (Transport::Icmp, kind) => kind == Kind::Echo,
                (Transport::Esp, kind) => kind == ESP,
                (Transport::Any, _) => true,
                _ => false,
            }
    }

    fn has(&self, port: u16) -> bool {
        self.ports
            .iter()
            .any(|range| (range.first()..=range.last()).contains(&port))
    }

    /// The first and the last port of each range, and those beside them.
    pub fn edges(&self) -> BTreeSet<u16> {
        let of_range = |range: &PortRange| {
            let (first, last) = (range.first(), range.last());
            [first.saturating_sub(1).max(1), first, last, last.saturating_add(1)]
        };
        self.ports.iter().flat_map(of_range).collect()
    }
}

fn ends(names: &str, families: &[Family]) -> Vec<IpAddr> {
    let of_name = |name: &str| {
        let (name, number) = name.strip_suffix('2').map_or((name, 1), |name| (name, 2));
        let host = HOSTS.iter().position(|host| *host == name).expect("it is a host");
        families
            .iter()
            .map(|&family| address(host, number, family))
            .collect::<Vec<_>>()
    };
    names.split(',').flat_map(of_name).collect()
}
