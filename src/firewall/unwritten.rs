//! What is asked for but not written, and why. Nothing is dropped silently.

use std::fmt;

use super::address::Family;
use super::place::Place;
use super::rule::list;
use crate::catalog::{Flow, PortRange, Transport, Vocabulary, Zone};

/// Something that no rule was written for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unwritten {
    /// Where connections are opened.
    pub from: Zone,
    /// Where they go.
    pub to: Zone,
    /// What carries them and to which ports; `None` if the reason holds for all traffic of the flows.
    pub traffic: Option<(Transport, Vec<PortRange>)>,
    /// The flows, in catalogue order.
    pub flows: Vec<&'static Flow>,
    /// Why.
    pub reason: Reason,
}

/// Why no rule was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// No address is known for this place.
    NoAddress(Place),
    /// What was typed for this place is no address.
    RefusedAddress(Place),
    /// The other end has addresses of this family, this place has none.
    NoPartner(Place, Family),
    /// Both ends stand in one zone, where a network firewall sees nothing.
    SameZone,
    /// Microsoft does not support filtering it.
    Unsupported,
    /// One port is to be chosen, and none is.
    NotPinned,
    /// The data says that this zone should never reach it.
    Blocked,
    /// It neither starts nor ends at the host.
    NotAtHost(Place),
    /// Nobody said at which host.
    NoHost,
    /// The facets choose other zones.
    NotChosen,
}

impl Reason {
    /// Whether an address that the reader can give would help.
    pub fn is_missing_address(self) -> bool {
        matches!(self, Self::NoAddress(_) | Self::RefusedAddress(_) | Self::NoPartner(..))
    }

    /// Whether the reason holds for a flow whatever carries it.
    pub fn holds_for_all_traffic(self) -> bool {
        matches!(
            self,
            Self::SameZone | Self::Unsupported | Self::Blocked | Self::NotAtHost(_) | Self::NoHost | Self::NotChosen
        )
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Self::NoAddress(place) => {
                let slug = place.slug();
                write!(out, "no address for {slug} (addr.{slug}=)")
            }
            Self::RefusedAddress(place) => {
                let slug = place.slug();
                write!(out, "the address for {slug} could not be read (addr.{slug}=)")
            }
            Self::NoPartner(place, family) => write!(out, "no {family} address for {}", place.slug()),
            Self::SameZone => out.write_str("both ends are in one zone, a firewall between zones does not see it"),
            Self::Unsupported => out.write_str(
                "Microsoft does not support filtering it from Exchange 2007 on, leave it open \
                 (internal=any or internal=ports writes rules)",
            ),
            Self::NotPinned => out.write_str("choose one port out of the range first (pin.<flow>=)"),
            Self::Blocked => out.write_str("it should never be reached from there"),
            Self::NotAtHost(place) => write!(out, "it does not touch {}", place.slug()),
            Self::NotChosen => out.write_str("the filter asks for other zones"),
            Self::NoHost => out.write_str("say at which host the rules stand (at=)"),
        }
    }
}

impl Unwritten {
    /// What it is and between which zones, such as `tcp 25,443 from perimeter to server-lan`.
    pub fn what(&self) -> String {
        let traffic = match &self.traffic {
            Some((transport, ports)) if ports.is_empty() => transport.slug().to_owned(),
            Some((transport, ports)) => format!("{} {}", transport.slug(), list(ports)),
            None if self.flows.len() == 1 => self.flows[0].id.to_owned(),
            None => format!("{} flows", self.flows.len()),
        };
        format!("{traffic} from {} to {}", self.from.slug(), self.to.slug())
    }
}

impl fmt::Display for Unwritten {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        write!(out, "not written: {}: {}", self.what(), self.reason)
    }
}
