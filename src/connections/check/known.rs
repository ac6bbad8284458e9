//! What the catalogue and the plan know of the ports of a machine.

use std::num::NonZeroU16;

use litemap::LiteMap;

use super::group::{Way, What};
use super::machine::Machine;
use crate::catalog::{self, Flow, PortRange, PortUse, Procedure, Set, State, Transport, Zone, flows};
use crate::connections::read::PortSet;

/// A flow that ends at the machine.
#[derive(Debug)]
pub struct Service {
    /// The flow.
    pub flow: &'static Flow,
    /// The zones from which it comes, without those that should never reach it.
    pub from: Set<Zone>,
    /// Whether no other role stands in front of those of the machine.
    pub is_expected: bool,
}

/// A port that the plan pins, where the machine has to do with it.
#[derive(Clone, Debug)]
pub struct Pin {
    /// How it is pinned.
    pub procedure: &'static Procedure,
    /// The port.
    pub port: u16,
    /// The flows that go there.
    pub flows: Vec<&'static Flow>,
    /// Whether the machine listens there; otherwise it connects to it.
    pub is_served: bool,
}

/// What is known of the ports of a machine.
#[derive(Debug)]
pub struct Known {
    /// The flows that end at the machine.
    pub services: Vec<Service>,
    /// The pins that it has to do with.
    pub pins: Vec<Pin>,
    calls: Vec<&'static Flow>,
    all: Vec<&'static Flow>,
    dynamic: Vec<PortRange>,
    served: [PortSet; 2],
}

impl Known {
    /// Collects what is known.
    pub fn new(machine: Machine, plan: &LiteMap<&'static Procedure, NonZeroU16>) -> Self {
        let all: Vec<&Flow> = flows()
            .iter()
            .filter(|flow| flow.versions().contains(machine.version))
            .collect();
        let services: Vec<Service> = all.iter().filter_map(|flow| service(machine, flow)).collect();
        let calls: Vec<&Flow> = all
            .iter()
            .copied()
            .filter(|flow| flow.legs().any(|leg| machine.calls(flow, leg)))
            .collect();
        let ranges = all
            .iter()
            .flat_map(|flow| flow.ports)
            .filter(|ports| ports.usage == PortUse::Range);
        let mut known = Self {
            pins: pins(machine, plan, &services, &calls),
            dynamic: ranges.map(|ports| ports.range).collect(),
            services,
            calls,
            all,
            served: [PortSet::default(), PortSet::default()],
        };
        known.note_served();
        known
    }

    fn note_served(&mut self) {
        for (index, transport) in [Transport::Tcp, Transport::Udp].into_iter().enumerate() {
            let flows = self.services.iter().map(|service| service.flow);
            let flows = flows.filter(|flow| flow.transports.contains(transport));
            let fixed = flows.flat_map(fixed_ports);
            fixed.for_each(|port| self.served[index].insert(port));
        }
        for pin in self.pins.iter().filter(|pin| pin.is_served) {
            self.served[0].insert(pin.port);
        }
    }

    /// Whether the machine is known to listen on a port.
    pub fn serves(&self, transport: Transport, port: u16) -> bool {
        self.served[usize::from(transport == Transport::Udp)].contains(port)
    }

    /// What a port is that the machine listens on or connects to, and the flows that say so.
    pub fn what(&self, way: Way, transport: Transport, port: u16) -> (What, Vec<&'static Flow>) {
        let is_served = way != Way::Outbound;
        let pins = self
            .pins
            .iter()
            .filter(|pin| pin.is_served == is_served && pin.port == port);
        let pinned: Vec<&Flow> = pins.flat_map(|pin| pin.flows.iter().copied()).collect();
        if !pinned.is_empty() && transport == Transport::Tcp {
            return (What::Planned, pinned);
        }
        let own: Vec<&Flow> = if is_served {
            self.services.iter().map(|service| service.flow).collect()
        } else {
            self.calls.clone()
        };
        let named = by_port(&own, transport, port, PortUse::Fixed);
        if !named.is_empty() {
            return (What::Named, named);
        }
        let elsewhere = by_port(&self.all, transport, port, PortUse::Fixed);
        let single = PortRange::new(port, port);
        let is_dynamic = single.is_some_and(|port| self.dynamic.iter().any(|range| range.overlaps(port)));
        let mut dynamic = by_port(&own, transport, port, PortUse::Range);
        dynamic.extend(by_port(&own, transport, port, PortUse::Choice));
        match (dynamic.is_empty(), elsewhere.is_empty()) {
            (_, false) => (What::Elsewhere, elsewhere),
            (false, true) => (What::Dynamic, dynamic),
            (true, true) if is_dynamic => (What::Dynamic, Vec::new()),
            (true, true) => (What::Unnamed, Vec::new()),
        }
    }

    /// The zones from which flows may come; any protocol counts for each of them.
    pub fn admitted(&self, flows: &[&'static Flow]) -> Set<Zone> {
        let of_port =
            |service: &&Service| flows.contains(&service.flow) || service.flow.transports.contains(Transport::Any);
        let services = self.services.iter().filter(of_port);
        services.fold(Set::EMPTY, |zones, service| zones.union(service.from))
    }
}

fn service(machine: Machine, flow: &'static Flow) -> Option<Service> {
    let legs = flow.legs().filter(|&leg| machine.is_called(flow, leg));
    let mut service = Service {
        flow,
        from: Set::EMPTY,
        is_expected: false,
    };
    let mut is_called = false;
    for leg in legs {
        is_called = true;
        service.is_expected |= machine.must_answer(flow.arrival(leg));
        if !flow.block_from.contains(leg.from) {
            service.from = service.from.with(leg.from);
        }
    }
    (is_called && flow.state != State::NotUsed).then_some(service)
}

/// The pins of a plan that a machine has to do with; procedures that pin the same port are one.
fn pins(
    machine: Machine,
    plan: &LiteMap<&'static Procedure, NonZeroU16>,
    services: &[Service],
    calls: &[&'static Flow],
) -> Vec<Pin> {
    let mut pins: Vec<Pin> = Vec::new();
    for (procedure, port) in plan {
        let Some(pin) = pin(machine, procedure, *port, services, calls) else {
            continue;
        };
        let same = pins
            .iter_mut()
            .find(|known| (known.port, known.is_served) == (pin.port, pin.is_served));
        match same {
            Some(known) => {
                known.flows.extend(pin.flows);
                known.flows.sort_unstable();
                known.flows.dedup();
            }
            None => pins.push(pin),
        }
    }
    pins
}

fn pin(
    machine: Machine,
    procedure: &'static Procedure,
    port: NonZeroU16,
    services: &[Service],
    calls: &[&'static Flow],
) -> Option<Pin> {
    if !procedure.versions.contains(machine.version) {
        return None;
    }
    // Clients without the plan are on the ports of the flow that is replaced.
    let replaced = |flow: &Flow| flow.instead_of.and_then(catalog::flow);
    let pinned: Vec<&Flow> = procedure
        .pins()
        .filter(|flow| flow.transports.contains(Transport::Tcp))
        .flat_map(|flow| std::iter::once(flow).chain(replaced(flow)))
        .collect();
    let is_service = |flow: &&'static Flow| {
        let mut expected = services.iter().filter(|service| service.is_expected);
        expected.any(|service| service.flow == *flow)
    };
    let served: Vec<&Flow> = pinned.iter().copied().filter(is_service).collect();
    let called: Vec<&Flow> = pinned.into_iter().filter(|flow| calls.contains(flow)).collect();
    let is_served = !served.is_empty();
    let flows = if is_served { served } else { called };
    (!flows.is_empty()).then_some(Pin {
        procedure,
        port: port.get(),
        flows,
        is_served,
    })
}

fn by_port(flows: &[&'static Flow], transport: Transport, port: u16, usage: PortUse) -> Vec<&'static Flow> {
    let Some(port) = PortRange::new(port, port) else {
        return Vec::new();
    };
    let uses = |flow: &&&'static Flow| {
        let mut ports = flow.ports.iter().chain(flow.rule_ports);
        flow.transports.contains(transport) && ports.any(|ports| ports.usage == usage && ports.range.overlaps(port))
    };
    flows.iter().filter(uses).copied().collect()
}

/// The single ports of a flow.
pub fn fixed_ports(flow: &Flow) -> impl Iterator<Item = u16> {
    let fixed = flow.ports.iter().filter(|ports| ports.usage == PortUse::Fixed);
    fixed.map(|ports| ports.range.first())
}
