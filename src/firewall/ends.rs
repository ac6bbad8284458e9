//! Which addresses the two ends of a leg have.

use super::address::{Addresses, Family, Network};
use super::place::Place;
use super::request::Request;
use super::rule::Side;
use super::unwritten::Reason;
use crate::catalog::{End, Flow, Leg, Set, Zone};

/// Source and destination of one family.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair {
    /// The family of both.
    pub family: Family,
    /// The side that opens the connection.
    pub source: Addresses,
    /// The side that is called.
    pub destination: Addresses,
}

/// The pairs of addresses of a leg, and why a family or the whole leg has none.
pub fn pairs(request: &Request, flow: &Flow, leg: Leg, to: Zone, side: Side) -> (Vec<Pair>, Vec<Reason>) {
    let source = addresses(request, flow.start(leg), leg.from, side == Side::Outbound);
    let destination = addresses(request, flow.arrival(leg), to, side == Side::Inbound);
    let (source, destination) = match (source, destination) {
        (Ok(source), Ok(destination)) => (source, destination),
        (source, destination) => {
            // The destination is what people give first, so its absence is told first.
            let reason = destination.err().or(source.err());
            return (Vec::new(), reason.into_iter().collect());
        }
    };
    let mut pairs = Vec::new();
    let mut reasons = Vec::new();
    for family in Family::ALL {
        match (of_family(&source, family), of_family(&destination, family)) {
            (Some(source), Some(destination)) => pairs.push(Pair {
                family,
                source,
                destination,
            }),
            (Some(Addresses::Only(_)), None) => reasons.push(Reason::NoPartner(Place::Zone(to), family)),
            (None, Some(Addresses::Only(_))) => reasons.push(Reason::NoPartner(Place::Zone(leg.from), family)),
            _ => {}
        }
    }
    (pairs, reasons)
}

/// The addresses of an end: those of its roles that have some, otherwise those of its zone. The internet is any
/// without them, and so is the machine on which the rule stands. In a zone that only a drawing gives, the machines are
/// others than those of the roles, so there the zone alone counts.
fn addresses(request: &Request, end: &End, zone: Zone, is_host: bool) -> Result<Addresses, Reason> {
    let given = &request.options.addresses;
    let roles = if end.zones.contains(zone) {
        end.roles
    } else {
        Set::EMPTY
    };
    let of_roles: Vec<&Addresses> = roles.iter().filter_map(|role| given.get(&Place::Role(role))).collect();
    if !of_roles.is_empty() {
        return Ok(union(&of_roles));
    }
    let refused = roles
        .iter()
        .map(Place::Role)
        .chain([Place::Zone(zone)])
        .find(|place| request.refused.contains(place));
    if let Some(place) = refused {
        return Err(Reason::RefusedAddress(place));
    }
    match given.get(&Place::Zone(zone)) {
        Some(addresses) => Ok(addresses.clone()),
        None if zone == Zone::Internet || is_host => Ok(Addresses::Any),
        None => Err(Reason::NoAddress(Place::Zone(zone))),
    }
}

fn union(all: &[&Addresses]) -> Addresses {
    let mut networks = Vec::new();
    for addresses in all {
        match addresses {
            Addresses::Any => return Addresses::Any,
            Addresses::Only(more) => networks.extend(more),
        }
    }
    networks.sort_unstable();
    networks.dedup();
    Addresses::Only(networks)
}

/// The addresses of one family, without networks that lie in others; `None` if there are none.
fn of_family(addresses: &Addresses, family: Family) -> Option<Addresses> {
    let Addresses::Only(networks) = addresses else {
        return Some(Addresses::Any);
    };
    let own: Vec<Network> = networks
        .iter()
        .copied()
        .filter(|network| network.family() == family)
        .collect();
    let needed = |network: &&Network| !own.iter().any(|other| other != *network && other.contains(**network));
    let own: Vec<Network> = own.iter().filter(needed).copied().collect();
    (!own.is_empty()).then_some(Addresses::Only(own))
}
