//! Writes the findings of a table, and marks the rows that they speak of.

use std::net::IpAddr;

use super::about::About;
use super::finding::{Finding, Severity};
use super::group::{Group, Way};
use super::known::Known;
use super::machine::Machine;
use super::peer::Peer;
use super::rows::{NAMED, Rows};
use crate::catalog::{Flow, PortRange, Transport};
use crate::connections::read::{Table, Unread};

/// What is known of a table, and the findings so far.
pub struct Writer<'a> {
    /// The table.
    pub table: &'a Table,
    /// What is known of the ports of the machine.
    pub known: &'a Known,
    /// The rows, by way, transport and port.
    pub groups: Vec<Group>,
    /// The other ends that asked the endpoint mapper, or are on a pinned port; ascending.
    pub askers: &'a [IpAddr],
    /// The findings.
    pub findings: Vec<Finding>,
}

impl Writer<'_> {
    /// All findings, the most urgent first, and the marked groups.
    pub fn write(mut self, machine: Machine) -> (Vec<Finding>, Vec<Group>) {
        self.pins();
        if machine.is_server() {
            self.missing();
        }
        self.wrong_zones();
        self.clear_text();
        if machine.is_server() {
            self.unknown_listeners();
        }
        self.unread();
        // The kinds are in their order already, and a stable sort keeps it.
        self.findings.sort_by_key(|finding| finding.severity);
        (self.findings, self.groups)
    }

    /// Adds a finding.
    pub fn find(&mut self, severity: Severity, about: About, flows: Vec<&'static Flow>, rows: Rows) {
        let lines = rows
            .first
            .iter()
            .map(|&row| self.table.rows[row as usize].line)
            .collect();
        self.findings.push(Finding {
            severity,
            about,
            flows,
            rows,
            lines,
        });
    }

    /// The address of the other end of a row.
    pub fn address(&self, row: u32) -> Option<IpAddr> {
        self.table.rows[row as usize].remote.and_then(|remote| remote.address)
    }

    /// The rows of a TCP port that other machines see.
    pub fn rows_of(&self, way: Way, port: u16) -> Rows {
        let is_it = |group: &&Group| (group.way, group.transport, group.port) == (way, Transport::Tcp, port);
        self.groups.iter().find(is_it).map(Group::seen_rows).unwrap_or_default()
    }

    /// Marks the connections on TCP ports.
    pub fn mark_ports(&mut self, ports: &[PortRange], severity: Severity) {
        let is_in = |port: u16| ports.iter().any(|range| range.first() <= port && port <= range.last());
        let connections = |group: &&mut Group| group.way != Way::Listens && group.transport == Transport::Tcp;
        for group in self
            .groups
            .iter_mut()
            .filter(connections)
            .filter(|group| is_in(group.port))
        {
            group.mark(severity, |peer| peer != Peer::Own);
        }
    }

    /// Lines that were not understood, one finding for each reason.
    fn unread(&mut self) {
        if self.table.rows.is_empty() {
            self.find(Severity::Act, About::Nothing, Vec::new(), Rows::default());
        }
        for why in Unread::ALL {
            let lines = self
                .table
                .unread
                .iter()
                .filter(|(_, known)| *known == why)
                .map(|(line, _)| *line);
            let count = lines.clone().count();
            if count > 0 {
                self.find(
                    Severity::Look,
                    About::Unread { why, count },
                    Vec::new(),
                    Rows::default(),
                );
                if let Some(finding) = self.findings.last_mut() {
                    finding.lines = lines.take(NAMED).collect();
                }
            }
        }
    }
}
