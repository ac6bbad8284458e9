//! Writes the tables that the check of connections needs.

use super::emit::list;
use super::raw::{Catalogue, EncryptedPort, Flow, Procedure};

/// Which flows a procedure pins, and where a flow can be encrypted; flows by their place in the catalogue.
pub fn tables(catalogue: &Catalogue, flows: &[(usize, &Flow)]) -> String {
    let position = |id: &String| flows.iter().position(|(_, flow)| flow.id == *id).unwrap_or_default();
    let mut out = String::new();
    list(&mut out, "PINNED", "&[u16]", &catalogue.procedures, |entry| {
        pinned(&entry.value, catalogue, position)
    });
    list(
        &mut out,
        "ENCRYPTED_PORTS",
        "EncryptedPort",
        &catalogue.encrypted_ports,
        |entry| encrypted_port(&entry.value, position),
    );
    out
}

fn pinned(procedure: &Procedure, catalogue: &Catalogue, position: impl Fn(&String) -> usize) -> String {
    let entries = catalogue.pinned.iter().map(|entry| &entry.value);
    let own = entries.filter(|entry| entry.procedure == procedure.id);
    let positions: Vec<usize> = own.flat_map(|entry| &entry.flows).map(position).collect();
    format!("&{positions:?}")
}

fn encrypted_port(port: &EncryptedPort, position: impl Fn(&String) -> usize) -> String {
    let (flow, instead) = (position(&port.flow), position(&port.instead));
    format!(
        "EncryptedPort {{ flow: &FLOWS[{flow}], port: {}, instead: &FLOWS[{instead}], instead_port: {} }}",
        port.port, port.instead_port
    )
}
