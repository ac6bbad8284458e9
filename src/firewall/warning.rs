//! What a reader should know before using rules.

use std::fmt;

use super::address::Addresses;
use super::options::{Internal, Options, Placement};
use super::place::Place;
use super::request::Request;
use super::rule::{Rule, list};
use crate::catalog::{PortRange, State, Vocabulary, Zone, join};

/// A warning, shown above the snippet and written into it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Warning {
    /// These ports may carry clear text from the internet.
    ClearTextFromInternet(Vec<PortRange>),
    /// These ports are for management and are opened to the internet.
    ManagementFromInternet(Vec<PortRange>),
    /// These ports are for legacy services and are opened to the internet.
    LegacyFromInternet(Vec<PortRange>),
    /// A destination without an address is any address, the reader's own networks included.
    AnyDestination,
    /// A whole network stands for machines of this zone, where their own addresses would be narrower.
    WholeZone(Zone),
    /// Ports are written for flows that Microsoft does not support filtering.
    UnsupportedPorts,
    /// The platform cannot stand where it was asked to; its rules stand here.
    StandsElsewhere(Placement),
    /// The platform cannot drop everything else.
    KeepsRest,
}

impl fmt::Display for Warning {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Self::ClearTextFromInternet(ports) => {
                write!(out, "clear text is possible from internet on {}", list(ports))
            }
            Self::ManagementFromInternet(ports) => {
                write!(
                    out,
                    "management is open to internet on {}: allow known addresses only",
                    list(ports)
                )
            }
            Self::LegacyFromInternet(ports) => write!(out, "legacy services are open to internet on {}", list(ports)),
            Self::AnyDestination => {
                out.write_str("a destination without an address is any, your own networks included")
            }
            Self::WholeZone(zone) => {
                let zone = zone.slug();
                write!(
                    out,
                    "a whole network stands for {zone}: the servers alone would be narrower (addr.<role>=)"
                )
            }
            Self::UnsupportedPorts => out.write_str(
                "Microsoft does not support filtering between Exchange servers or to domain controllers \
                 from Exchange 2007 on: these ports alone are not enough (internal=any)",
            ),
            Self::StandsElsewhere(Placement::Host) => out
                .write_str("this firewall stands on a host: the rules are for that host, not for a path between zones"),
            Self::StandsElsewhere(Placement::Network) => {
                out.write_str("this firewall stands between zones: the rules are for a path, not for a host")
            }
            Self::KeepsRest => out.write_str("this format cannot drop everything else: it only allows more"),
        }
    }
}

/// Remote Desktop and Windows Remote Management.
const MANAGEMENT: [u16; 3] = [3389, 5985, 5986];

/// The warnings for rules.
pub fn warnings(rules: &[Rule], request: &Request) -> Vec<Warning> {
    let from_internet = |wanted: &dyn Fn(&Rule) -> bool| {
        let rules = rules.iter().filter(|rule| rule.from == Zone::Internet && wanted(rule));
        join(rules.flat_map(|rule| rule.ports.iter().copied()).collect())
    };
    let mut warnings = unable(request.options);
    let clear = from_internet(&|rule| rule.flows.iter().any(|flow| flow.encryption.may_be_clear()));
    if !clear.is_empty() {
        warnings.push(Warning::ClearTextFromInternet(clear));
    }
    let management = from_internet(&is_management);
    if !management.is_empty() {
        warnings.push(Warning::ManagementFromInternet(management));
    }
    let legacy = from_internet(&|rule| rule.state == State::Legacy);
    if !legacy.is_empty() {
        warnings.push(Warning::LegacyFromInternet(legacy));
    }
    if rules
        .iter()
        .any(|rule| rule.destination == Addresses::Any && rule.to == Zone::Internet)
    {
        warnings.push(Warning::AnyDestination);
    }
    warnings.extend(whole_zones(rules, request));
    let unsupported = |rule: &Rule| rule.flows.iter().any(|flow| request.is_unsupported(flow));
    if request.options.internal == Internal::Ports && rules.iter().any(unsupported) {
        warnings.push(Warning::UnsupportedPorts);
    }
    warnings
}

/// What the platform cannot do of what was asked.
fn unable(asked: &Options) -> Vec<Warning> {
    let placement = asked.standing();
    let elsewhere = (placement != asked.placement).then_some(Warning::StandsElsewhere(placement));
    let keeps = (asked.rest_written() != asked.rest).then_some(Warning::KeepsRest);
    elsewhere.into_iter().chain(keeps).collect()
}

fn is_management(rule: &Rule) -> bool {
    let ports = rule
        .ports
        .iter()
        .flat_map(|range| MANAGEMENT.iter().filter(|&&port| is_in(*range, port)));
    ports.count() > 0
}

fn is_in(range: PortRange, port: u16) -> bool {
    range.first() <= port && port <= range.last()
}

/// Zones of servers for which a network was given rather than hosts.
fn whole_zones(rules: &[Rule], request: &Request) -> Vec<Warning> {
    [Zone::Perimeter, Zone::ServerLan, Zone::Directory]
        .into_iter()
        .filter(|&zone| {
            let given = request.options.addresses.get(&Place::Zone(zone));
            let wide = match given {
                Some(Addresses::Only(networks)) => networks.iter().any(|network| !network.is_host()),
                Some(Addresses::Any) => true,
                None => false,
            };
            wide && rules.iter().any(|rule| rule.to == zone)
        })
        .map(Warning::WholeZone)
        .collect()
}
