//! Plans of addresses, for the other tests.

use exchange_ports::catalog::{Procedure, Version, Vocabulary, procedures, setting};
use exchange_ports::link::State;
use exchange_ports::static_ports::{OnMachine, Plan, Planner};
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

/// The planner of an address.
pub fn planner(query: &str) -> Planner {
    Planner::new(&State::open(&format!("#/static-ports?{query}"), Vec::new(), None))
}

/// The plan of an address in which nothing is wrong.
pub fn plan(query: &str) -> Plan {
    let Planner { plan, findings, .. } = planner(query);
    plan.unwrap_or_else(|| {
        panic!(
            "{query}: {:?}",
            findings.first().map(|finding| finding.kind.to_string())
        )
    })
}

/// What the plan of an address does on a kind of machine, by its slug.
pub fn on(query: &str, machine: &str) -> OnMachine {
    let machines = plan(query).machines();
    let found = machines.into_iter().find(|found| found.machine.slug() == machine);
    found.unwrap_or_else(|| panic!("{query} does nothing on {machine}"))
}

/// The service of an id.
pub fn procedure(id: &str) -> &'static Procedure {
    let found = procedures().iter().find(|procedure| procedure.id == id);
    found.unwrap_or_else(|| panic!("{id} is a service"))
}

/// Every service with a port to set, alone at its proposed port in its oldest version, as a query.
pub fn alone() -> Vec<String> {
    let settable = procedures()
        .iter()
        .filter(|procedure| !setting(procedure).sets_nothing());
    let oldest = settable.filter_map(|procedure| Some((procedure, procedure.versions.iter().next()?)));
    oldest
        .map(|(procedure, version)| query(version, &[(procedure, proposed(procedure))]))
        .collect()
}

/// Some services of a version with any ports, as a query. Not all of them are sound.
pub fn any() -> impl Strategy<Value = String> {
    select(Version::ALL).prop_flat_map(|version| {
        let all: Vec<&'static Procedure> = procedures()
            .iter()
            .filter(|known| known.versions.contains(version))
            .collect();
        let most = all.len().min(5);
        (subsequence(all, 0..=most), proptest::collection::vec(port(), 5)).prop_map(move |(chosen, ports)| {
            let pins: Vec<(&Procedure, u16)> = chosen.into_iter().zip(ports).collect();
            query(version, &pins)
        })
    })
}

/// Often a port that is proposed somewhere, so that plans are sound and services meet.
fn port() -> impl Strategy<Value = u16> {
    let proposed: Vec<u16> = procedures().iter().map(proposed).collect();
    prop_oneof![3 => select(proposed), 3 => 59000..=61000_u16, 1 => 1..=u16::MAX]
}

fn proposed(procedure: &Procedure) -> u16 {
    setting(procedure).proposed
}

fn query(version: Version, pins: &[(&Procedure, u16)]) -> String {
    let pins = pins
        .iter()
        .map(|(procedure, port)| format!("&pin.{}={port}", procedure.id));
    format!("version={}{}", version.slug(), pins.collect::<String>())
}
