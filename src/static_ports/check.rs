//! What is checked about the pins of a version.

use super::finding::{Finding, Kind, Reading};
use super::plan::{Pin, narrowed, pinned_by};
use crate::catalog::{
    DynamicRange, Flow, Machine, PortRange, PortUse, Procedure, Role, Set, State, Transport, Version, commands,
    dynamic_ranges, flows, procedures, setting,
};
use crate::firewall::{is_unsupported_from, is_wide};

/// Everything that is to be said about pins of one version.
pub fn findings(pins: &[Pin], version: Version) -> Vec<Finding> {
    let mut findings = Vec::new();
    for pin in pins {
        findings.extend(accepted(pin));
        findings.extend(clashes(pin, version));
        findings.extend(known(pin));
    }
    findings.extend(pairs(pins));
    findings.extend(recommended(pins));
    findings.extend(dynamic(pins, version));
    findings.extend(not_filtered(pins, version));
    findings.extend(stays_wide(pins, version));
    findings.extend(still_dynamic(pins, version));
    findings.extend(every_member(pins));
    findings.extend(fine(pins, &findings));
    findings
}

fn accepted(pin: &Pin) -> Option<Finding> {
    let setting = setting(pin.procedure);
    let port = pin.port.get();
    let kind = Kind::NotAccepted(port, setting.accepted, setting.allowed);
    (!holds(setting.accepted, port)).then(|| Finding::at(pin.procedure, kind).citing(setting.range_sources))
}

fn clashes(pin: &Pin, version: Version) -> Option<Finding> {
    let port = pin.port.get();
    let taken = taken(pin, version);
    // One is enough: whoever moves the port is told the next.
    let (flow, is_certain) = taken.min_by_key(|(_, is_certain)| !is_certain)?;
    let kind = if is_certain {
        Kind::Taken(port, flow)
    } else {
        Kind::PerhapsTaken(port, flow)
    };
    Some(Finding::at(pin.procedure, kind))
}

/// The flows that arrive at the port of a pin, and whether they certainly arrive at its machine. A port that is the
/// only one accepted is the one that the catalogue knows.
pub fn taken(pin: &Pin, version: Version) -> impl Iterator<Item = (&'static Flow, bool)> {
    let setting = setting(pin.procedure);
    let port = pin.port.get();
    let is_free = setting.accepted.width() == 1;
    let listens = move |flow: &&'static Flow| {
        let has_port = flow
            .ports
            .iter()
            .any(|ports| ports.usage != PortUse::Choice && !is_wide(ports.range) && holds(ports.range, port));
        has_port
            && flow.versions().contains(version)
            && flow.transports.intersects(transports(pin.procedure))
            && flow.state != State::NotUsed
            && !setting.flows.contains(flow)
    };
    let flows = flows().iter().filter(move |_| !is_free).filter(listens);
    flows.filter_map(move |flow| Some((flow, arrives(flow, setting.machine)?)))
}

fn transports(procedure: &Procedure) -> Set<Transport> {
    let flows = setting(procedure).flows.iter();
    let all = flows.fold(Set::EMPTY, |all, flow| all.union(flow.transports));
    if all.is_empty() { all.with(Transport::Tcp) } else { all }
}

/// Whether a flow certainly arrives at a machine; `None` if it never does.
fn arrives(flow: &Flow, machine: Machine) -> Option<bool> {
    let certain: &[Role] = match machine {
        Machine::ExchangeServer => &[Role::Mailbox, Role::BackEnd, Role::Exchange5_5],
        Machine::ClientAccess => &[Role::ClientAccess],
        Machine::PublicFolders => &[Role::Mailbox],
        Machine::DomainController => &[Role::DomainController],
        Machine::Outlook => &[Role::Outlook],
    };
    if certain.iter().any(|&role| flow.to.can_be(role)) {
        return Some(true);
    }
    // An Edge server never is another Exchange server.
    let mut others = flow.to.roles.iter().filter(|&role| role != Role::EdgeTransport);
    (machine.is_exchange() && others.any(Role::is_exchange)).then_some(false)
}

fn known(pin: &Pin) -> Option<Finding> {
    let setting = setting(pin.procedure);
    let kind = Kind::Known(setting.caution);
    (!setting.caution.is_empty()).then(|| Finding::at(pin.procedure, kind).citing(setting.sources))
}

fn pairs(pins: &[Pin]) -> Vec<Finding> {
    let others = |index: usize| pins[index + 1..].iter();
    let pairs = (0..pins.len()).flat_map(|index| others(index).map(move |other| (index, other)));
    pairs.filter_map(|(index, other)| pair(&pins[index], other)).collect()
}

fn pair(pin: &Pin, other: &Pin) -> Option<Finding> {
    let kind = if pin.excludes(other) {
        Kind::TwoReleases
    } else if pin.shares_value_with(other) {
        (pin.port != other.port).then_some(Kind::TwoPortsForOneValue)?
    } else if pin.port != other.port {
        return None;
    } else if pin.collides_with(other) {
        Kind::SamePort(pin.port.get())
    } else {
        let machines = [pin, other].map(|pin| setting(pin.procedure).machine);
        let has_both =
            machines.contains(&Machine::DomainController) && machines.iter().any(|machine| machine.is_exchange());
        has_both.then_some(Kind::PerhapsSamePort(pin.port.get()))?
    };
    let finding = Finding {
        at: vec![pin.procedure, other.procedure],
        ..Finding::about_all(kind)
    };
    let sources = [pin, other].map(|pin| setting(pin.procedure).sources);
    Some(sources.into_iter().fold(finding, Finding::citing))
}

/// One finding for all ports that lie inside of a recommended range, one for all outside.
fn recommended(pins: &[Pin]) -> Vec<Finding> {
    let mut findings: Vec<Finding> = Vec::new();
    for pin in pins {
        let setting = setting(pin.procedure);
        let port = pin.port.get();
        let Some(range) = setting.recommended.filter(|_| holds(setting.accepted, port)) else {
            continue;
        };
        let is_inside = holds(range, port);
        let same = findings.iter_mut().find_map(|finding| match &mut finding.kind {
            Kind::Recommended(ports, known, _) if is_inside && *known == range => Some((&mut finding.at, ports)),
            Kind::NotRecommended(ports, known, _) if !is_inside && *known == range => Some((&mut finding.at, ports)),
            _ => None,
        });
        if let Some((at, ports)) = same {
            at.push(pin.procedure);
            push_once(ports, port);
            continue;
        }
        let kind = if is_inside {
            Kind::Recommended(vec![port], range, setting.accepted)
        } else {
            Kind::NotRecommended(vec![port], range, setting.allowed)
        };
        findings.push(Finding::at(pin.procedure, kind).citing(setting.range_sources));
    }
    findings
}

/// One finding for all ports that lie alike to the readings of the dynamic range.
fn dynamic(pins: &[Pin], version: Version) -> Vec<Finding> {
    let mut findings: Vec<Finding> = Vec::new();
    for pin in pins {
        let port = pin.port.get();
        let readings: Vec<Reading> = ranges_of(setting(pin.procedure).machine, version)
            .map(|range| Reading {
                range,
                inside: holds(range.ports, port),
            })
            .collect();
        let same = findings.iter_mut().find_map(|finding| match &mut finding.kind {
            Kind::Dynamic(ports, known) if are_alike(known, &readings) => Some((&mut finding.at, ports)),
            _ => None,
        });
        if let Some((at, ports)) = same {
            at.push(pin.procedure);
            push_once(ports, port);
        } else if !readings.is_empty() {
            let sources = readings.iter().map(|reading| reading.range.sources);
            let finding = Finding::at(pin.procedure, Kind::Dynamic(vec![port], readings.clone()));
            findings.push(Finding {
                command: command_for_range(version),
                ..sources.fold(finding, Finding::citing)
            });
        }
    }
    findings
}

fn ranges_of(machine: Machine, version: Version) -> impl Iterator<Item = &'static DynamicRange> {
    let holds = move |range: &&DynamicRange| range.machines.contains(machine) && range.versions.contains(version);
    dynamic_ranges().iter().filter(holds)
}

fn are_alike(some: &[Reading], others: &[Reading]) -> bool {
    let alike = |(one, other): (&Reading, &Reading)| std::ptr::eq(one.range, other.range) && one.inside == other.inside;
    some.len() == others.len() && some.iter().zip(others).all(alike)
}

/// What shows the dynamic range of a server; Windows before Server 2008 has no command for it.
fn command_for_range(version: Version) -> Option<&'static str> {
    let mut known = commands().iter().filter(|command| command.versions.contains(version));
    known
        .find(|command| command.name == "dynamic range")
        .map(|command| command.text)
}

fn not_filtered(pins: &[Pin], version: Version) -> Option<Finding> {
    let to_directory = |pin: &&Pin| {
        let mut flows = setting(pin.procedure)
            .flows
            .iter()
            .filter(|flow| flow.versions().contains(version));
        flows.any(|flow| is_unsupported_from(flow, version))
    };
    together(pins.iter().filter(to_directory), Kind::NotFiltered)
}

/// Flows that have more services behind them than are pinned.
fn stays_wide(pins: &[Pin], version: Version) -> Vec<Finding> {
    let mut findings = Vec::new();
    for flow in pinned_by(pins, version).iter() {
        if narrowed(flow, pins, version).is_some() || is_unsupported_from(flow, version) {
            continue;
        }
        let behind = procedures()
            .iter()
            .filter(|procedure| procedure.versions.contains(version) && setting(procedure).flows.contains(&flow));
        let missing = behind.filter(|procedure| !pins.iter().any(|pin| pin.procedure == *procedure));
        let kind = Kind::StaysWide(flow, missing.map(|procedure| setting(procedure).service).collect());
        let pins = pins.iter().filter(|pin| setting(pin.procedure).flows.contains(&flow));
        findings.extend(together(pins, kind));
    }
    findings
}

/// Services of Exchange that clients need and that nobody pins, beside some that are pinned.
fn still_dynamic(pins: &[Pin], version: Version) -> Option<Finding> {
    let is_exchange = |procedure: &Procedure| setting(procedure).machine.is_exchange();
    let is_needed = |flow: &&Flow| {
        let replaced = flow.instead_of.and_then(crate::catalog::flow);
        [Some(*flow), replaced]
            .into_iter()
            .flatten()
            .any(|flow| flow.state == State::Required)
    };
    let pinned = pinned_by(pins, version);
    let is_open = |procedure: &&Procedure| {
        let mut needed = setting(procedure).flows.iter().copied().filter(|flow| is_needed(flow));
        procedure.versions.contains(version)
            && is_exchange(procedure)
            && needed.any(|flow| flow.versions().contains(version) && !pinned.contains(flow))
    };
    let mut open: Vec<&Procedure> = Vec::new();
    for procedure in procedures().iter().filter(is_open) {
        // RTM and later releases are one service in two ways.
        if !open
            .iter()
            .any(|known| setting(known).flows == setting(procedure).flows)
        {
            open.push(procedure);
        }
    }
    let has_exchange = pins.iter().any(|pin| is_exchange(pin.procedure));
    let services = open.iter().map(|procedure| setting(procedure).service);
    (has_exchange && !open.is_empty()).then(|| Finding::about_all(Kind::StillDynamic(services.collect())))
}

fn every_member(pins: &[Pin]) -> Option<Finding> {
    let members = pins
        .iter()
        .filter(|pin| setting(pin.procedure).machine == Machine::ClientAccess);
    let members: Vec<&Pin> = members.collect();
    let sources = members
        .first()
        .map(|pin| setting(pin.procedure).sources)
        .unwrap_or_default();
    let finding = together(members.into_iter(), Kind::EveryMember)?;
    Some(finding.citing(sources))
}

/// What was checked and is right.
fn fine(pins: &[Pin], findings: &[Finding]) -> Vec<Finding> {
    let has = |wanted: fn(&Kind) -> bool| findings.iter().any(|finding| wanted(&finding.kind));
    let mut fine = Vec::new();
    let is_shared = has(|kind| matches!(kind, Kind::SamePort(_) | Kind::PerhapsSamePort(_)));
    if pins.len() > 1 && !is_shared {
        fine.push(Finding::about_all(Kind::Distinct));
    }
    let mut ports: Vec<u16> = Vec::new();
    for pin in pins {
        push_once(&mut ports, pin.port.get());
    }
    if !ports.is_empty() && !has(|kind| matches!(kind, Kind::Taken(..) | Kind::PerhapsTaken(..))) {
        fine.push(Finding::about_all(Kind::Free(ports)));
    }
    fine
}

/// One finding at several fields; none if there is no field.
fn together<'a>(pins: impl Iterator<Item = &'a Pin>, kind: Kind) -> Option<Finding> {
    let mut at = Vec::new();
    let mut finding = Finding::about_all(kind);
    for pin in pins {
        at.push(pin.procedure);
        finding = finding.citing(setting(pin.procedure).sources);
    }
    (!at.is_empty()).then_some(Finding { at, ..finding })
}

fn holds(range: PortRange, port: u16) -> bool {
    range.first() <= port && port <= range.last()
}

fn push_once(ports: &mut Vec<u16>, port: u16) {
    if !ports.contains(&port) {
        ports.push(port);
    }
}
