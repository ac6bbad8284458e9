//! What must hold for the tables that the check of connections needs.

use super::ports::Ports;
use super::problem::Problem;
use super::raw::{Catalogue, EncryptedPort, Entry, Flow, Pinned};
use super::vocabulary::Encryption;

/// All that is wrong, in the order of the files.
pub fn problems(catalogue: &Catalogue) -> Vec<Problem> {
    let flows = &catalogue.flows;
    let missing = catalogue.procedures.iter().filter(|procedure| {
        let own = |entry: &&Entry<Pinned>| entry.value.procedure == procedure.value.id;
        catalogue.pinned.iter().filter(own).count() != 1
    });
    let missing = missing.map(|procedure| problem(procedure, "pinned-flows.toml has not exactly one entry for it"));
    let pinned = catalogue.pinned.iter().flat_map(|entry| {
        let reasons = pinned(&entry.value, catalogue);
        reasons.into_iter().map(move |reason| problem(entry, reason))
    });
    let encrypted = catalogue.encrypted_ports.iter().flat_map(|entry| {
        let reasons = encrypted_port(&entry.value, flows);
        reasons.into_iter().map(move |reason| problem(entry, reason))
    });
    missing.chain(pinned).chain(encrypted).collect()
}

fn problem<T>(entry: &Entry<T>, reason: impl Into<String>) -> Problem {
    Problem {
        file: entry.file.clone(),
        entry: entry.label.clone(),
        reason: reason.into(),
    }
}

fn pinned(pinned: &Pinned, catalogue: &Catalogue) -> Vec<String> {
    let mut reasons = Vec::new();
    let id = &pinned.procedure;
    if !catalogue.procedures.iter().any(|procedure| procedure.value.id == *id) {
        reasons.push(format!("`{id}` is no procedure"));
    }
    let unknown = pinned.flows.iter().filter(|id| flow(id, &catalogue.flows).is_none());
    reasons.extend(unknown.map(|id| format!("it names `{id}`, which is no flow")));
    reasons
}

fn flow<'c>(id: &str, flows: &'c [Entry<Flow>]) -> Option<&'c Flow> {
    flows.iter().map(|entry| &entry.value).find(|flow| flow.id == id)
}

fn encrypted_port(port: &EncryptedPort, flows: &[Entry<Flow>]) -> Vec<String> {
    let (Some(clear), Some(instead)) = (flow(&port.flow, flows), flow(&port.instead, flows)) else {
        return vec![format!("`{}` or `{}` is no flow", port.flow, port.instead)];
    };
    let mut reasons = Vec::new();
    for (flow, number) in [(clear, port.port), (instead, port.instead_port)] {
        let fixed = |ports: &Ports| ports.range.first() == number && ports.range.last() == number;
        if !flow.ports.iter().any(fixed) {
            reasons.push(format!("`{}` has no port {number}", flow.id));
        }
    }
    if !clear.encryption.may_be_clear() {
        reasons.push(format!("`{}` is never in clear text", clear.id));
    }
    if instead.encryption == Encryption::None {
        reasons.push(format!("`{}` is in clear text", instead.id));
    }
    let versions = |flow: &'_ Flow| [flow.documented.clone(), flow.inferred.clone()].concat();
    if !versions(clear)
        .iter()
        .any(|version| versions(instead).contains(version))
    {
        reasons.push("the two flows have no version in common".to_owned());
    }
    reasons
}
