//! Whether services and clients are on the static ports of the plan.

use super::about::About;
use super::finding::Severity;
use super::group::{Group, Way, What};
use super::known::Pin;
use super::peer::Peer;
use super::rows::Rows;
use super::writer::Writer;
use crate::catalog::{Flow, PortRange, Transport, join};

impl Writer<'_> {
    /// What the plan says, and what is so.
    pub fn pins(&mut self) {
        let pins = self.known.pins.clone();
        let mut late: Option<(Vec<&'static Flow>, Rows, Vec<PortRange>)> = None;
        let mut is_silent = false;
        for pin in &pins {
            let way = if pin.is_served { Way::Inbound } else { Way::Outbound };
            let connections = self.rows_of(way, pin.port);
            let (instead, ports) = self.instead(pin, way);
            let listens = self.table.listens(Transport::Tcp, pin.port);
            if connections.count == 0 && !pin.is_served {
                self.pin_unused(pin, instead, ports);
            } else if !listens && pin.is_served && self.table.has_listeners(Transport::Tcp) {
                is_silent = true;
                self.pin_silent(pin, instead, ports);
            } else if listens || connections.count > 0 {
                self.pin_in_use(pin, connections);
                if instead.count > 0 {
                    let (flows, rows, all) = late.get_or_insert_default();
                    flows.extend(&pin.flows);
                    // Two services share a range: their connections are the same rows.
                    *rows = instead;
                    all.extend(ports);
                }
            }
        }
        // A service that is not on its port explains them better.
        if let Some((flows, rows, ports)) = late.filter(|_| !is_silent) {
            let ports = join(ports);
            self.mark_ports(&ports, Severity::Look);
            self.find(Severity::Look, About::PinLate { ports }, flows, rows);
        }
    }

    fn pin_silent(&mut self, pin: &Pin, instead: Rows, ports: Vec<PortRange>) {
        let client = instead.first.first().and_then(|&row| self.address(row));
        self.mark_ports(&ports, Severity::Act);
        let about = About::PinSilent {
            procedure: pin.procedure,
            port: pin.port,
            instead: ports,
            client,
        };
        self.find(Severity::Act, about, pin.flows.clone(), instead);
    }

    fn pin_unused(&mut self, pin: &Pin, instead: Rows, ports: Vec<PortRange>) {
        let severity = if ports.is_empty() {
            Severity::Look
        } else {
            Severity::Act
        };
        self.mark_ports(&ports, severity);
        let about = About::PinUnused {
            procedure: pin.procedure,
            port: pin.port,
            instead: ports,
        };
        self.find(severity, about, pin.flows.clone(), instead);
    }

    fn pin_in_use(&mut self, pin: &Pin, connections: Rows) {
        let about = About::PinInUse {
            procedure: pin.procedure,
            port: pin.port,
            listens: self.table.listens(Transport::Tcp, pin.port),
            connections: connections.count,
        };
        let mut rows = self.rows_of(Way::Listens, pin.port);
        rows.extend(&connections);
        for group in self
            .groups
            .iter_mut()
            .filter(|group| group.port == pin.port && group.what == What::Planned)
        {
            group.mark(Severity::Fine, |peer| peer != Peer::Own);
        }
        self.find(Severity::Fine, about, pin.flows.clone(), rows);
    }

    /// The connections on dynamic ports of clients that ask for the service of a pin, and these ports.
    fn instead(&self, pin: &Pin, way: Way) -> (Rows, Vec<PortRange>) {
        let (mut rows, mut ports) = (Rows::default(), Vec::new());
        let shares = |group: &&Group| group.flows.iter().any(|flow| pin.flows.contains(flow));
        let dynamic = |group: &&Group| group.way == way && group.what == What::Dynamic;
        for group in self.groups.iter().filter(dynamic).filter(shares) {
            let known = group
                .tallies
                .iter()
                .filter(|tally| tally.peer != Peer::Own)
                .flat_map(|tally| &tally.rows.first)
                .filter(|&&row| {
                    self.address(row)
                        .is_some_and(|address| self.askers.binary_search(&address).is_ok())
                });
            let mut known: Vec<u32> = known.copied().collect();
            known.sort_unstable();
            if !known.is_empty() {
                ports.extend(PortRange::new(group.port, group.port));
                let mut more = Rows::default();
                for row in known {
                    more.add(row);
                }
                rows.extend(&more);
            }
        }
        (rows, join(ports))
    }
}
