//! Where a flow speaks in clear text although the same can be encrypted.

use super::flow::Flow;
use super::tables;

/// A port on which a flow may be in clear text, and the port that carries the same encrypted.
#[derive(Debug, PartialEq, Eq)]
pub struct EncryptedPort {
    /// The flow.
    pub flow: &'static Flow,
    /// Its port.
    pub port: u16,
    /// The flow that carries the same encrypted; it may be the same one on another port.
    pub instead: &'static Flow,
    /// The port of that.
    pub instead_port: u16,
}

/// What carries the same encrypted as a flow on a port; `None` if nothing does, or if it is encrypted there.
pub fn encrypted_port(flow: &Flow, port: u16) -> Option<&'static EncryptedPort> {
    tables::ENCRYPTED_PORTS
        .iter()
        .find(|entry| entry.flow == flow && entry.port == port)
}
