//! Which services of the machine do not listen.

use super::about::About;
use super::finding::Severity;
use super::known::fixed_ports;
use super::rows::Rows;
use super::writer::Writer;
use crate::catalog::{Flow, PortRange, Set, State, Transport, join};

/// A port on which something should listen and nothing does.
struct Silent {
    port: u16,
    transports: Set<Transport>,
    flows: Vec<&'static Flow>,
}

impl Silent {
    fn add(&mut self, transport: Transport, flow: &'static Flow) {
        self.transports = self.transports.with(transport);
        if !self.flows.contains(&flow) {
            self.flows.push(flow);
        }
    }
}

impl Writer<'_> {
    /// Ports on which something should listen and nothing does.
    pub fn missing(&mut self) {
        if !self.table.has_listeners(Transport::Tcp) && !self.table.has_listeners(Transport::Udp) {
            if !self.table.rows.is_empty() {
                self.find(Severity::Look, About::NoListeners, Vec::new(), Rows::default());
            }
            return;
        }
        let mut optional = Vec::new();
        let mut optional_flows = Vec::new();
        for Silent {
            port,
            transports,
            flows,
        } in self.silent()
        {
            let needed: Vec<&'static Flow> = flows
                .iter()
                .copied()
                .filter(|flow| flow.state == State::Required)
                .collect();
            if needed.is_empty() {
                optional.extend(PortRange::new(port, port));
                optional_flows.extend(flows);
                continue;
            }
            let when = needed
                .iter()
                .map(|flow| flow.state_note)
                .min_by_key(|note| note.len())
                .unwrap_or_default();
            let severity = if when.is_empty() { Severity::Act } else { Severity::Look };
            let is_local = transports
                .iter()
                .any(|transport| self.table.listens_locally(transport, port));
            let about = About::Missing {
                port,
                transports,
                when,
                is_local,
            };
            self.find(severity, about, needed, Rows::default());
        }
        if !optional.is_empty() {
            let ports = join(optional);
            optional_flows.sort_unstable();
            optional_flows.dedup();
            self.find(
                Severity::Fine,
                About::MissingOptional { ports },
                optional_flows,
                Rows::default(),
            );
        }
    }

    /// The ports on which services of this machine should listen and nothing does, ascending.
    fn silent(&self) -> Vec<Silent> {
        let mut silent: Vec<Silent> = Vec::new();
        let expected = self.known.services.iter().filter(|service| service.is_expected);
        for flow in expected
            .map(|service| service.flow)
            .filter(|flow| flow.state != State::Local)
        {
            for port in fixed_ports(flow) {
                for transport in flow
                    .transports
                    .iter()
                    .filter(|&transport| self.is_silent(transport, port))
                {
                    match silent.iter_mut().find(|known| known.port == port) {
                        Some(known) => known.add(transport, flow),
                        None => silent.push(Silent {
                            port,
                            transports: Set::EMPTY.with(transport),
                            flows: vec![flow],
                        }),
                    }
                }
            }
        }
        silent.sort_by_key(|silent| silent.port);
        silent
    }

    fn is_silent(&self, transport: Transport, port: u16) -> bool {
        self.table.has_listeners(transport) && !self.table.listens(transport, port)
    }
}
