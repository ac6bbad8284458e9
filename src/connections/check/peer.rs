//! Who is at the other end of a connection.

use std::net::IpAddr;

use litemap::LiteMap;

use crate::catalog::{Role, Set, Zone, flows};
use crate::firewall::{Addresses, Network, Place};

/// The other end of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Peer {
    /// Nobody: the row is a listener.
    Nobody,
    /// This machine itself; a listener on the loopback address is of this kind as well.
    Own,
    /// A machine of this place.
    At(Place),
    /// A machine whose address belongs to no place that was given.
    Unplaced,
}

impl Peer {
    /// What people read.
    pub fn title(self) -> &'static str {
        match self {
            Self::Nobody => "",
            Self::Own => "same machine",
            Self::At(place) => place.title(),
            Self::Unplaced => "no place known",
        }
    }

    /// The zones in which it may stand; none if that is not known.
    pub(super) fn zones(self) -> Set<Zone> {
        match self {
            Self::At(Place::Zone(zone)) => Set::EMPTY.with(zone),
            Self::At(Place::Role(role)) => zones_of(role),
            _ => Set::EMPTY,
        }
    }
}

/// The zones in which flows name a role.
fn zones_of(role: Role) -> Set<Zone> {
    let ends = flows().iter().flat_map(|flow| [&flow.from, &flow.to]);
    let named = ends.filter(|end| end.roles.contains(role));
    named.flat_map(|end| end.zones.iter()).collect()
}

/// The networks of the places for which there are addresses, the narrowest first.
#[derive(Debug)]
pub struct Places(Vec<(Network, Place)>);

impl Places {
    /// The places of the addresses that rules use.
    pub fn new(addresses: &LiteMap<Place, Addresses>) -> Self {
        let mut places: Vec<(Network, Place)> = Vec::new();
        for (place, addresses) in addresses {
            match addresses {
                Addresses::Only(networks) => places.extend(networks.iter().map(|network| (*network, *place))),
                Addresses::Any => places.extend(everything().map(|network| (network, *place))),
            }
        }
        // Of two that are as narrow, a role says more than a zone.
        places.sort_by_key(|(network, place)| (u8::MAX - network.prefix(), matches!(place, Place::Zone(_))));
        Self(places)
    }

    /// The place of an address. Once somebody has told of a network, a public address outside of it is the internet.
    pub fn of(&self, address: IpAddr) -> Peer {
        let host = Network::host(address);
        let place = self.0.iter().find(|(network, _)| network.contains(host));
        match place {
            Some((_, place)) => Peer::At(*place),
            None if !self.0.is_empty() && is_public(address) => Peer::At(Place::Zone(Zone::Internet)),
            None => Peer::Unplaced,
        }
    }
}

/// The networks of every address of a family.
fn everything() -> impl Iterator<Item = Network> {
    let first = [IpAddr::from([0; 4]), IpAddr::from([0; 16])];
    first.into_iter().filter_map(|address| Network::new(address, 0))
}

/// Whether an address is one of the public internet.
fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => {
            let shared = address.octets()[0] == 100 && address.octets()[1] & 0xC0 == 64;
            let reserved = address.octets()[0] == 0 || address.octets()[0] >= 224;
            !(address.is_private() || address.is_link_local() || address.is_loopback() || shared || reserved)
        }
        IpAddr::V6(address) => address.segments()[0] & 0xE000 == 0x2000,
    }
}
