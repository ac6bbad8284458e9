//! A sound plan: what it opens, and what it writes.

use std::num::NonZeroU16;

use super::change_plan;
use super::file::File;
use super::finding::Finding;
use super::on_machine::OnMachine;
use crate::catalog::{
    Flow, FlowSet, Machine, PortRange, PortUse, Procedure, RegistryValue, Role, Transport, Version, Vocabulary, Way,
    Zone, join, procedures, setting,
};
use crate::firewall::{Addresses, Options, Place, is_unsupported_from};
use crate::link::{Page, View, print};
use crate::query::Filter;

/// A port for a service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pin {
    /// The service.
    pub procedure: &'static Procedure,
    /// Its port.
    pub port: NonZeroU16,
}

impl Pin {
    /// Whether the version has the service, and a port to set for it.
    pub fn is_of(&self, version: Version) -> bool {
        self.procedure.versions.contains(version) && !setting(self.procedure).sets_nothing()
    }

    /// Whether a server has only one of the two: both set the port of one service, in different ways.
    pub fn excludes(&self, other: &Self) -> bool {
        let (one, two) = (setting(self.procedure), setting(other.procedure));
        let is_file = |way: &Way| matches!(way, Way::ConfigFile { .. });
        one.machine == two.machine
            && one.restarts == two.restarts
            && is_file(&one.way) != is_file(&two.way)
            && one.flows == two.flows
    }

    /// Whether both are one registry value, under which two roles find their port.
    pub fn shares_value_with(&self, other: &Self) -> bool {
        let (Way::Registry(own), Way::Registry(others)) = (&setting(self.procedure).way, &setting(other.procedure).way)
        else {
            return false;
        };
        let is_shared = |value: &RegistryValue| {
            others
                .iter()
                .any(|other| (other.key, other.name) == (value.key, value.name))
        };
        own.iter().any(is_shared)
    }

    /// Whether one computer would have to listen twice on one port.
    pub fn collides_with(&self, other: &Self) -> bool {
        let machines = [self, other].map(|pin| setting(pin.procedure).machine);
        let is_one = machines[0] == machines[1] || machines.iter().all(|machine| machine.is_exchange());
        is_one && self.port == other.port && !self.shares_value_with(other) && !self.excludes(other)
    }
}

/// Pins in which nothing is wrong.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The version.
    pub version: Version,
    /// The pins, in the order of the catalogue.
    pub pins: Vec<Pin>,
    options: Options,
}

/// What a firewall opens on one way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opening {
    /// Where connections are opened.
    pub from: Zone,
    /// Where they go.
    pub to: Zone,
    /// What carries them.
    pub transport: Transport,
    /// The ports, ascending and joined.
    pub ports: Vec<PortRange>,
}

impl Plan {
    /// Pins of a version in which nothing is wrong; the view has the addresses.
    pub(super) fn new(version: Version, pins: Vec<Pin>, view: &View) -> Self {
        Self {
            version,
            pins,
            options: view.options.clone(),
        }
    }

    /// The view whose rules are those of the plan: flows of the endpoint mapper and of what is pinned, with their pins,
    /// on the platform and between the addresses that were chosen. `None` if no flow becomes narrower by the plan.
    pub fn rules_view(&self) -> Option<View> {
        let mut options = Options {
            ticked: self.flows(),
            required_only: false,
            ..self.options.clone()
        };
        // Where nothing is ticked, everything would be written.
        if options.ticked.is_empty() {
            return None;
        }
        options.pins.clear();
        for flow in pinned_by(&self.pins, self.version).iter() {
            let ports = narrowed(flow, &self.pins, self.version);
            options.pins.extend(ports.map(|ports| (flow, ports)));
        }
        Some(View {
            filter: Filter {
                versions: [self.version].into_iter().collect(),
                ..Filter::default()
            },
            options,
            ..View::default()
        })
    }

    /// What a firewall opens in all, whatever the addresses.
    pub fn openings(&self) -> Vec<Opening> {
        let mut openings: Vec<Opening> = Vec::new();
        let Some(view) = self.rules_view() else {
            return openings;
        };
        for flow in view
            .options
            .ticked
            .iter()
            .filter(|flow| !is_unsupported_from(flow, self.version))
        {
            let (ports, _) = view.options.ports(flow);
            let ways = flow.legs().filter_map(|leg| Some((leg.from, leg.to?)));
            for (from, to) in ways {
                for transport in flow.transports.iter() {
                    add(&mut openings, from, to, transport, &ports);
                }
            }
        }
        openings
    }

    /// What is done, machine by machine.
    pub fn machines(&self) -> Vec<OnMachine> {
        let machines = Machine::ALL.iter().filter_map(|&machine| OnMachine::new(self, machine));
        machines.collect()
    }

    /// The change plan for print, in Markdown. `firewall` is the change request of [`Plan::rules_view`] in Markdown, as
    /// a platform writes it; `findings` is what was said about the plan.
    pub fn change_plan(&self, findings: &[Finding], firewall: &str) -> File {
        change_plan::write(self, findings, firewall)
    }

    /// The address of this plan, without addresses of networks.
    pub fn permalink(&self) -> String {
        print(&View {
            page: Page::StaticPorts,
            filter: Filter {
                versions: [self.version].into_iter().collect(),
                ..Filter::default()
            },
            plan: self.pins.iter().map(|pin| (pin.procedure, pin.port)).collect(),
            ..View::default()
        })
    }

    /// What the names of all its files begin with.
    pub(super) fn file_stem(&self) -> String {
        format!("static-ports-{}", self.version.slug())
    }

    /// The addresses of single machines of a kind, as far as somebody gave them.
    pub(super) fn hosts(&self, machine: Machine) -> Vec<String> {
        let given = places(machine)
            .iter()
            .find_map(|place| self.options.addresses.get(place));
        let Some(Addresses::Only(networks)) = given else {
            return Vec::new();
        };
        let hosts = networks.iter().filter(|network| network.is_host());
        hosts.map(ToString::to_string).collect()
    }

    /// The flows to open: what is narrowed, and the endpoint mapper before it.
    fn flows(&self) -> FlowSet {
        let mut flows = FlowSet::default();
        for pin in &self.pins {
            let setting = setting(pin.procedure);
            let own = setting.flows.iter().copied();
            let own = own.filter(|flow| narrowed(flow, &self.pins, self.version).is_some());
            let mappers = setting.mappers.iter().copied();
            own.chain(mappers)
                .filter(|flow| flow.versions().contains(self.version))
                .for_each(|flow| flows.insert(flow));
        }
        flows
    }
}

/// The flows of a version that have a pinned service behind them.
pub fn pinned_by(pins: &[Pin], version: Version) -> FlowSet {
    let flows = pins.iter().flat_map(|pin| setting(pin.procedure).flows.iter().copied());
    flows.filter(|flow| flow.versions().contains(version)).collect()
}

/// The ports to which a flow is narrowed; `None` as long as a service behind it has no static port. A flow that lets
/// one choose a port has one service behind it, however that is set.
pub fn narrowed(flow: &Flow, pins: &[Pin], version: Version) -> Option<Vec<NonZeroU16>> {
    let is_behind =
        |procedure: &Procedure| procedure.versions.contains(version) && setting(procedure).flows.contains(&flow);
    let is_pinned = |procedure: &Procedure| pins.iter().any(|pin| pin.procedure == procedure);
    let mut behind = procedures().iter().filter(|procedure| is_behind(procedure));
    let is_choice = flow.ports.iter().any(|ports| ports.usage == PortUse::Choice);
    let is_narrowed = if is_choice {
        behind.any(is_pinned)
    } else {
        behind.all(is_pinned)
    };
    let ports = pins.iter().filter(|pin| is_behind(pin.procedure)).map(|pin| pin.port);
    let mut ports: Vec<NonZeroU16> = ports.collect();
    ports.sort_unstable();
    ports.dedup();
    (is_narrowed && !ports.is_empty()).then_some(ports)
}

fn add(openings: &mut Vec<Opening>, from: Zone, to: Zone, transport: Transport, ports: &[PortRange]) {
    let is_same = |known: &&mut Opening| (known.from, known.to, known.transport) == (from, to, transport);
    match openings.iter_mut().find(is_same) {
        Some(known) => known.ports = join([&known.ports, ports].concat()),
        None => openings.push(Opening {
            from,
            to,
            transport,
            ports: join(ports.to_vec()),
        }),
    }
}

/// The places under which the addresses of a machine are given, the most exact first.
fn places(machine: Machine) -> &'static [Place] {
    match machine {
        Machine::ExchangeServer => &[
            Place::Role(Role::Mailbox),
            Place::Role(Role::BackEnd),
            Place::Role(Role::Exchange5_5),
            Place::Role(Role::ExchangeServer),
            Place::Zone(Zone::ServerLan),
        ],
        Machine::ClientAccess => &[Place::Role(Role::ClientAccess), Place::Zone(Zone::ServerLan)],
        Machine::PublicFolders => &[Place::Role(Role::Mailbox), Place::Zone(Zone::ServerLan)],
        Machine::DomainController => &[Place::Role(Role::DomainController), Place::Zone(Zone::Directory)],
        Machine::Outlook => &[Place::Role(Role::Outlook), Place::Zone(Zone::ClientLan)],
    }
}
