//! Who speaks in clear text although the same can be encrypted.

use super::about::About;
use super::finding::Severity;
use super::group::{Tally, Way, What};
use super::peer::Peer;
use super::writer::Writer;
use crate::catalog::{EncryptedPort, Flow, encrypted_port};

impl Writer<'_> {
    /// Connections that may be in clear text beside a port that is encrypted.
    pub fn clear_text(&mut self) {
        for index in 0..self.groups.len() {
            self.clear_text_of(index);
        }
    }

    fn clear_text_of(&mut self, index: usize) {
        let group = &self.groups[index];
        if group.way == Way::Listens || group.what != What::Named {
            return;
        }
        let others: Vec<&Tally> = group.tallies.iter().filter(|tally| tally.peer != Peer::Own).collect();
        let spoken = |flow: &&&'static Flow| others.iter().any(|tally| self.speaks(group.way, tally.peer, flow));
        let flows: Vec<&'static Flow> = group.flows.iter().filter(spoken).copied().collect();
        let ports: Vec<&'static EncryptedPort> = flows
            .iter()
            .filter_map(|flow| encrypted_port(flow, group.port))
            .collect();
        let Some(instead) = ports.first() else {
            return;
        };
        let severity = if flows.iter().all(|flow| flow.encryption.may_be_clear()) {
            Severity::Act
        } else {
            Severity::Look
        };
        let about = About::ClearText {
            way: group.way,
            port: group.port,
            peers: others.iter().map(|tally| tally.peer).collect(),
            instead,
        };
        let mut flows: Vec<&'static Flow> = ports.iter().flat_map(|entry| [entry.flow, entry.instead]).collect();
        flows.sort_unstable();
        flows.dedup();
        let rows = group.seen_rows();
        self.groups[index].mark(severity, |peer| peer != Peer::Own);
        self.find(severity, about, flows, rows);
    }

    /// Whether an other end can be one of a flow: of any, as long as its zones are not known.
    fn speaks(&self, way: Way, peer: Peer, flow: &'static Flow) -> bool {
        let zones = peer.zones();
        let ends = match way {
            Way::Inbound => self
                .known
                .services
                .iter()
                .find(|service| service.flow == flow)
                .map(|service| service.from),
            _ => Some(flow.to.zones),
        };
        zones.is_empty() || ends.is_some_and(|ends| ends.intersects(zones))
    }
}
