//! What was understood of a pasted text, and what was not.

use std::net::IpAddr;

use super::format::Format;
use super::port_set::PortSet;
use super::row::{Row, Unread};
use crate::catalog::Transport;

/// The rows of a text. The lines that are neither rows nor headings stand in `unread`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// The format of the first row; `None` if there is no row.
    pub format: Option<Format>,
    /// What was understood, in the order of the lines.
    pub rows: Vec<Row>,
    /// The number of each line that was not understood, from 1, and why; in the order of the lines.
    pub unread: Vec<(u32, Unread)>,
    /// How many lines there are, empty ones included.
    pub lines: u32,
    listeners: [PortSet; 2],
    local_listeners: [PortSet; 2],
    own: Vec<IpAddr>,
}

impl Table {
    /// Notes that a line was not understood.
    pub(super) fn leave(&mut self, line: u32, unread: Unread) {
        self.unread.push((line, unread));
    }

    /// Works out what all rows say together.
    pub(super) fn finish(&mut self) {
        self.unread.sort_unstable();
        for row in &self.rows {
            if self.own.last() != row.local.address.as_ref() {
                self.own.extend(row.local.address);
            }
            if row.listens() {
                let loopback = row.local.is_loopback();
                let ports = if loopback {
                    &mut self.local_listeners
                } else {
                    &mut self.listeners
                };
                ports[index(row.transport)].insert(row.local.number());
            }
        }
        self.own.sort_unstable();
        self.own.dedup();
    }

    /// Whether something listens on a port where other machines can reach it.
    pub fn listens(&self, transport: Transport, port: u16) -> bool {
        self.listeners[index(transport)].contains(port)
    }

    /// Whether something listens on a port on the loopback address.
    pub fn listens_locally(&self, transport: Transport, port: u16) -> bool {
        self.local_listeners[index(transport)].contains(port)
    }

    /// Whether anything listens over a transport: a table without -a, or of the other transport, shows nothing that does.
    pub fn has_listeners(&self, transport: Transport) -> bool {
        !self.listeners[index(transport)].is_empty()
    }

    /// Whether an address is one of this machine.
    pub fn is_own(&self, address: IpAddr) -> bool {
        address.is_loopback() || self.own.binary_search(&address).is_ok()
    }
}

fn index(transport: Transport) -> usize {
    usize::from(transport == Transport::Udp)
}
