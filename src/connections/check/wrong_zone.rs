//! Who is connected from a zone that should not be.

use super::about::About;
use super::finding::Severity;
use super::group::{Tally, Way, What};
use super::peer::Peer;
use super::writer::Writer;
use crate::catalog::Zone;
use crate::firewall::Place;

impl Writer<'_> {
    /// Connections from zones from which no flow comes to their port.
    pub fn wrong_zones(&mut self) {
        for index in 0..self.groups.len() {
            self.wrong_zones_of(index);
        }
    }

    fn wrong_zones_of(&mut self, index: usize) {
        let group = &self.groups[index];
        if group.way != Way::Inbound || group.flows.is_empty() || group.what == What::Elsewhere {
            return;
        }
        let admitted = self.known.admitted(&group.flows);
        let is_wrong = |peer: Peer| {
            let zones = peer.zones();
            !zones.is_empty() && !zones.intersects(admitted)
        };
        let wrong: Vec<Tally> = group
            .tallies
            .iter()
            .filter(|tally| is_wrong(tally.peer))
            .cloned()
            .collect();
        let (port, transport, flows) = (group.port, group.transport, group.flows.clone());
        for Tally { peer, rows, .. } in wrong {
            let is_open = |place| Peer::At(Place::Zone(place)) == peer;
            let blocked = flows.iter().any(|flow| peer.zones().intersects(flow.block_from));
            let severity = if blocked || is_open(Zone::Internet) {
                Severity::Act
            } else {
                Severity::Look
            };
            self.groups[index].mark(severity, |other| other == peer);
            let about = About::WrongZone { port, transport, peer };
            self.find(severity, about, flows.clone(), rows);
        }
    }
}
