//! Checking a table some rows at a time.

use std::net::IpAddr;
use std::num::NonZeroU16;
use std::rc::Rc;

use litemap::LiteMap;

use super::group::{Group, Way, What};
use super::known::Known;
use super::machine::Machine;
use super::peer::{Peer, Places};
use super::report::{Judged, Report};
use crate::catalog::{Procedure, Transport};
use crate::connections::read::Row;
use crate::connections::read::Table;
use crate::firewall::{Addresses, Place};

/// The port of the endpoint mapper, which clients ask for the others.
const ENDPOINT_MAPPER: u16 = 135;

/// A table that is being checked. Dropping it cancels.
#[derive(Debug)]
pub struct Checking {
    table: Rc<Table>,
    machine: Machine,
    known: Known,
    places: Places,
    groups: Vec<Group>,
    /// For each way, transport and port the position of its group, plus one.
    positions: Vec<u32>,
    rows: Vec<Judged>,
    /// The other ends that asked the endpoint mapper, or are on a pinned port.
    askers: Vec<IpAddr>,
}

impl Checking {
    /// Begins to check a table for a machine, with the addresses that its rules use and the plan for its static ports;
    /// both may be empty.
    pub fn new(
        table: Rc<Table>,
        machine: Machine,
        addresses: &LiteMap<Place, Addresses>,
        plan: &LiteMap<&'static Procedure, NonZeroU16>,
    ) -> Self {
        Self {
            rows: Vec::with_capacity(table.rows.len()),
            table,
            machine,
            known: Known::new(machine, plan),
            places: Places::new(addresses),
            groups: Vec::new(),
            positions: vec![0; (Way::ALL.len() * 2) << 16],
            askers: Vec::new(),
        }
    }

    /// Checks up to so many rows; `false` once all are checked.
    pub fn step(&mut self, rows: usize) -> bool {
        let table = Rc::clone(&self.table);
        for row in table.rows.iter().skip(self.rows.len()).take(rows) {
            self.judge(row);
        }
        self.rows.len() < table.rows.len()
    }

    /// How many rows are checked, and of how many.
    pub fn progress(&self) -> (usize, usize) {
        (self.rows.len(), self.table.rows.len())
    }

    /// What the rows that were checked say.
    pub fn finish(mut self) -> Report {
        self.askers.sort_unstable();
        self.askers.dedup();
        Report::new(
            self.table,
            self.machine,
            &self.known,
            self.groups,
            self.rows,
            &self.askers,
        )
    }

    fn judge(&mut self, row: &Row) {
        let way = self.way(row);
        let port = match (way, row.remote) {
            (Way::Outbound, Some(remote)) => remote.number(),
            _ => row.local.number(),
        };
        let peer = self.peer(row);
        let group = self.group(way, row.transport, port);
        let tally = self.groups[group].tally(peer);
        let number = u32::try_from(self.rows.len()).unwrap_or(u32::MAX);
        self.groups[group].tallies[tally].rows.add(number);
        let asks = self.groups[group].what == What::Planned || port == ENDPOINT_MAPPER;
        if let Some(address) = row.remote.and_then(|remote| remote.address).filter(|_| asks) {
            self.askers.push(address);
        }
        self.rows.push(Judged { group, tally });
    }

    /// A connection is inbound if this machine listens on its own port; without listeners in the table, if the catalogue
    /// says that it does.
    fn way(&self, row: &Row) -> Way {
        if row.remote.is_none() {
            return Way::Listens;
        }
        let (transport, port) = (row.transport, row.local.number());
        let listens = self.table.listens(transport, port) || self.table.listens_locally(transport, port);
        let is_known = || !self.table.has_listeners(transport) && self.known.serves(transport, port);
        if listens || is_known() {
            Way::Inbound
        } else {
            Way::Outbound
        }
    }

    fn peer(&self, row: &Row) -> Peer {
        match row.remote.and_then(|remote| remote.address) {
            Some(address) if self.table.is_own(address) => Peer::Own,
            Some(address) => self.places.of(address),
            None if row.local.is_loopback() => Peer::Own,
            None => Peer::Nobody,
        }
    }

    fn group(&mut self, way: Way, transport: Transport, port: u16) -> usize {
        let kind = way as usize * 2 + usize::from(transport == Transport::Udp);
        let position = &mut self.positions[kind << 16 | usize::from(port)];
        if *position == 0 {
            let (what, flows) = self.known.what(way, transport, port);
            self.groups.push(Group {
                way,
                transport,
                port,
                what,
                flows,
                tallies: Vec::new(),
            });
            *position = u32::try_from(self.groups.len()).unwrap_or(u32::MAX);
        }
        *position as usize - 1
    }
}
