//! The neutral policy: what to allow, what was left out and why. Platforms only write it down.

use super::draft::{Drafts, Key};
use super::ends;
use super::options::{Grouping, Internal, Options, Placement};
use super::place::Place;
use super::request::Request;
use super::rule::{Rule, Side, is_wide};
use super::unwritten::{Reason, Unwritten};
use super::warning::{self, Warning};
use crate::catalog::{End, Flow, Leg, PortRange, PortUse, Ports, Role, Set, State, Transport, Zone, flows};
use crate::query::Filter;

/// What a firewall is to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    /// What to allow, in the order in which it is written.
    pub rules: Vec<Rule>,
    /// What was asked for and is not written.
    pub unwritten: Vec<Unwritten>,
    /// Flows that never become rules: not used, or without a way over a network.
    pub never: Vec<&'static Flow>,
    /// What the reader should know before using the rules.
    pub warnings: Vec<Warning>,
    /// The flows that were asked for.
    pub flows: Vec<&'static Flow>,
    /// The choices that were made, as far as the platform can follow them.
    pub options: Options,
    /// The address of the page that shows the same, without addresses of networks.
    pub permalink: String,
}

impl Policy {
    /// Works out the rules for a request.
    pub fn new(request: &Request) -> Self {
        let flows = request.options.selected(request.flows);
        let mut builder = Builder {
            request,
            host: host(request, &flows),
            replaced: replaced(request, &flows),
            drafts: Drafts::default(),
            unwritten: Vec::new(),
            never: Vec::new(),
        };
        for flow in &flows {
            builder.flow(flow);
        }
        let rules = builder.drafts.finish(&request.options.prefix);
        let warnings = warning::warnings(&rules, request);
        let (unwritten, never) = (builder.unwritten, builder.never);
        Self {
            rules,
            unwritten,
            never,
            warnings,
            flows,
            options: Options {
                placement: request.options.standing(),
                rest: request.options.rest_written(),
                ..request.options.clone()
            },
            permalink: request.permalink.clone(),
        }
    }

    /// How many entries wait for an address.
    pub fn missing_addresses(&self) -> usize {
        self.unwritten
            .iter()
            .filter(|entry| entry.reason.is_missing_address())
            .count()
    }
}

/// The host on which rules stand: the chosen one, or the destination that all legs share.
fn host(request: &Request, flows: &[&'static Flow]) -> Option<Place> {
    request
        .options
        .at
        .or_else(|| shared_destination(request.filter, flows).map(Place::Zone))
}

/// The zone in which all legs end that could become rules.
pub(crate) fn shared_destination(filter: &Filter, flows: &[&'static Flow]) -> Option<Zone> {
    let legs = flows
        .iter()
        .filter(|flow| !is_never(flow))
        .flat_map(|flow| filter.legs(flow));
    let destinations: Set<Zone> = legs.filter_map(|leg| leg.to).collect();
    let mut destinations = destinations.iter();
    destinations.next().filter(|_| destinations.next().is_none())
}

/// The ids of flows that pinned ones replace.
fn replaced(request: &Request, flows: &[&'static Flow]) -> Vec<&'static str> {
    let pinned = flows.iter().filter(|flow| request.options.pins.contains_key(*flow));
    pinned.filter_map(|flow| flow.instead_of).collect()
}

fn is_never(flow: &Flow) -> bool {
    matches!(flow.state, State::NotUsed | State::Local)
        || flow.to.zones.is_empty()
        || flow.to.zones.contains(Zone::Local)
}

/// Whether an end of a leg is the host.
fn is_host(host: Place, zone: Option<Zone>, end: &End) -> bool {
    match host {
        Place::Zone(host) => zone == Some(host),
        // "Any Exchange server" is this role only where machines of the role stand.
        Place::Role(role) => {
            let stands_there = || zone.is_some_and(|zone| zones_of(role).contains(zone));
            end.roles.contains(role) || end.can_be(role) && stands_there()
        }
    }
}

/// The zones in which flows name a role alone.
fn zones_of(role: Role) -> Set<Zone> {
    let ends = flows().iter().flat_map(|flow| [&flow.from, &flow.to]);
    let alone = ends.filter(|end| end.roles == Set::EMPTY.with(role));
    alone.flat_map(|end| end.zones.iter()).collect()
}

/// The end of a pair that is everybody: any protocol is only for addresses that somebody chose.
fn open_end(pair: &ends::Pair, leg: Leg, to: Zone) -> Option<Place> {
    let ends = [(&pair.destination, to), (&pair.source, leg.from)];
    let open = ends.into_iter().find(|(addresses, _)| addresses.hold_everything());
    open.map(|(_, zone)| Place::Zone(zone))
}

struct Builder<'a> {
    request: &'a Request<'a>,
    host: Option<Place>,
    replaced: Vec<&'static str>,
    drafts: Drafts,
    unwritten: Vec<Unwritten>,
    never: Vec<&'static Flow>,
}

impl Builder<'_> {
    fn flow(&mut self, flow: &'static Flow) {
        if is_never(flow) {
            self.never.push(flow);
        } else if !self.replaced.contains(&flow.id) {
            let (chosen, others): (Vec<Leg>, Vec<Leg>) = flow.legs().partition(|&leg| self.request.filter.chooses(leg));
            let is_left_out = chosen.is_empty();
            for (leg, to) in chosen.into_iter().filter_map(|leg| Some((leg, leg.to?))) {
                self.leg(flow, leg, to);
            }
            if is_left_out {
                for (from, to) in others.into_iter().filter_map(|leg| Some((leg.from, leg.to?))) {
                    self.leave_out(flow, from, to, None, Reason::NotChosen);
                }
            }
        }
    }

    fn leg(&mut self, flow: &'static Flow, leg: Leg, to: Zone) {
        if flow.block_from.contains(leg.from) {
            return self.leave_out(flow, leg.from, to, None, Reason::Blocked);
        }
        let sides = match self.sides(flow, leg) {
            Ok(sides) => sides,
            Err(reason) => return self.leave_out(flow, leg.from, to, None, reason),
        };
        let unsupported = self.request.is_unsupported(flow);
        match self.request.options.internal {
            Internal::Omit if unsupported => self.leave_out(flow, leg.from, to, None, Reason::Unsupported),
            Internal::Any if unsupported => {
                for side in sides {
                    self.any_protocol(flow, leg, to, side);
                }
            }
            _ => {
                for side in sides {
                    self.traffic(flow, leg, to, side);
                }
            }
        }
    }

    /// Where rules for a leg stand.
    fn sides(&self, flow: &Flow, leg: Leg) -> Result<Vec<Side>, Reason> {
        match (self.request.options.standing(), self.host) {
            (Placement::Network, _) if leg.is_inside_one_zone() => Err(Reason::SameZone),
            (Placement::Network, _) => Ok(vec![Side::Between]),
            (Placement::Host, None) => Err(Reason::NoHost),
            (Placement::Host, Some(host)) => {
                let inbound = is_host(host, leg.to, flow.arrival(leg));
                let outbound = is_host(host, Some(leg.from), flow.start(leg));
                let sides = [(inbound, Side::Inbound), (outbound, Side::Outbound)];
                let sides: Vec<Side> = sides
                    .into_iter()
                    .filter_map(|(holds, side)| holds.then_some(side))
                    .collect();
                if sides.is_empty() {
                    Err(Reason::NotAtHost(host))
                } else {
                    Ok(sides)
                }
            }
        }
    }

    fn traffic(&mut self, flow: &'static Flow, leg: Leg, to: Zone, side: Side) {
        for transport in flow.transports.iter() {
            let (ports, unpinned) = self.ports(flow, transport);
            if !unpinned.is_empty() {
                self.leave_out(flow, leg.from, to, Some((transport, unpinned)), Reason::NotPinned);
            }
            if ports.is_empty() && transport.has_ports() {
                continue;
            }
            let (pairs, reasons) = ends::pairs(self.request, flow, leg, to, side);
            for reason in reasons {
                self.leave_out(flow, leg.from, to, Some((transport, ports.clone())), reason);
            }
            for pair in pairs {
                if let Some(place) = open_end(&pair, leg, to).filter(|_| transport == Transport::Any) {
                    self.leave_out(
                        flow,
                        leg.from,
                        to,
                        Some((transport, Vec::new())),
                        Reason::NoAddress(place),
                    );
                    continue;
                }
                let key = || Key {
                    flow: (self.request.options.grouping == Grouping::PerFlow).then_some(flow),
                    ..Key::new(flow, side, (leg.from, to), pair.clone(), transport)
                };
                let (wide, narrow): (Vec<PortRange>, Vec<PortRange>) = ports.iter().partition(|&&range| is_wide(range));
                if !narrow.is_empty() || ports.is_empty() {
                    self.drafts.add(key(), &narrow, flow);
                }
                for range in wide {
                    self.drafts.add(
                        Key {
                            wide: Some(range),
                            ..key()
                        },
                        &[range],
                        flow,
                    );
                }
            }
        }
    }

    /// The ports to write for a transport, and those of which one would first have to be chosen. A disputed value
    /// is the one that keeps things working.
    fn ports(&self, flow: &'static Flow, transport: Transport) -> (Vec<PortRange>, Vec<PortRange>) {
        if !transport.has_ports() {
            return (Vec::new(), Vec::new());
        }
        let ports = flow.ports_for_rules();
        let pin = self
            .request
            .options
            .pins
            .get(flow)
            .and_then(|pin| PortRange::new(pin.get(), pin.get()));
        let (chosen, certain): (Vec<Ports>, Vec<Ports>) =
            ports.iter().partition(|ports| ports.usage == PortUse::Choice);
        let certain = certain.iter().map(|ports| ports.range);
        match pin {
            Some(pin) if !chosen.is_empty() => (certain.chain([pin]).collect(), Vec::new()),
            _ => (certain.collect(), chosen.iter().map(|ports| ports.range).collect()),
        }
    }

    /// One rule for any protocol each way, between explicit addresses.
    fn any_protocol(&mut self, flow: &'static Flow, leg: Leg, to: Zone, side: Side) {
        let (pairs, reasons) = ends::pairs(self.request, flow, leg, to, side);
        for reason in reasons {
            self.leave_out(flow, leg.from, to, Some((Transport::Any, Vec::new())), reason);
        }
        for pair in pairs {
            if let Some(place) = open_end(&pair, leg, to) {
                let traffic = Some((Transport::Any, Vec::new()));
                self.leave_out(flow, leg.from, to, traffic, Reason::NoAddress(place));
                continue;
            }
            let back = ends::Pair {
                family: pair.family,
                source: pair.destination.clone(),
                destination: pair.source.clone(),
            };
            let ways = [(side, (leg.from, to), pair), (side.opposite(), (to, leg.from), back)];
            for (side, zones, pair) in ways {
                let key = Key {
                    state: State::Required,
                    clear: false,
                    ..Key::new(flow, side, zones, pair, Transport::Any)
                };
                self.drafts.add(key, &[], flow);
            }
        }
    }

    fn leave_out(
        &mut self,
        flow: &'static Flow,
        from: Zone,
        to: Zone,
        traffic: Option<(Transport, Vec<PortRange>)>,
        reason: Reason,
    ) {
        let transport = traffic.as_ref().map(|(transport, _)| *transport);
        let same = self.unwritten.iter_mut().find(|known| {
            let known_transport = known.traffic.as_ref().map(|(transport, _)| *transport);
            (known.from, known.to, known_transport, known.reason) == (from, to, transport, reason)
        });
        let Some(known) = same else {
            let flows = vec![flow];
            self.unwritten.push(Unwritten {
                from,
                to,
                traffic,
                flows,
                reason,
            });
            return;
        };
        if let (Some((_, known)), Some((_, more))) = (&mut known.traffic, traffic) {
            known.extend(more);
            known.sort_unstable();
            known.dedup();
        }
        if !known.flows.contains(&flow) {
            known.flows.push(flow);
        }
    }
}
