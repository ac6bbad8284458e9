//! Which listeners the catalogue does not name for the machine.

use super::about::About;
use super::finding::Severity;
use super::group::{Way, What};
use super::peer::Peer;
use super::rows::Rows;
use super::writer::Writer;
use crate::catalog::{Flow, PortRange, Set, Transport, join};
use crate::connections::read::Row;

/// How many unknown listeners have a finding each; the others share one.
const MOST_SINGLE: usize = 20;

impl Writer<'_> {
    /// Listeners that no flow of this machine names.
    pub fn unknown_listeners(&mut self) {
        let mut unknown: Vec<usize> = (0..self.groups.len()).filter(|&index| self.is_unknown(index)).collect();
        unknown.sort_by_key(|&index| self.groups[index].port);
        let (dynamic, unnamed): (Vec<usize>, Vec<usize>) = unknown
            .into_iter()
            .partition(|&index| self.groups[index].what == What::Dynamic);
        // A port over both transports, or over both families, is one finding.
        let by_port = |a: &usize, b: &usize| self.groups[*a].port == self.groups[*b].port;
        let ports: Vec<Vec<usize>> = unnamed.chunk_by(by_port).map(<[usize]>::to_vec).collect();
        let (single, rest) = ports.split_at(ports.len().min(MOST_SINGLE));
        for groups in single {
            self.unknown_listener(groups);
        }
        if !rest.is_empty() {
            self.unknown_listener(&rest.concat());
        }
        if !dynamic.is_empty() {
            let (ports, _, rows) = self.together(&dynamic);
            let mut flows: Vec<&'static Flow> = dynamic
                .iter()
                .flat_map(|&index| self.groups[index].flows.iter().copied())
                .collect();
            flows.sort_unstable();
            flows.dedup();
            self.mark_groups(&dynamic);
            self.find(Severity::Look, About::DynamicListeners { ports }, flows, rows);
        }
    }

    fn is_unknown(&self, index: usize) -> bool {
        let group = &self.groups[index];
        let is_seen = group.tallies.iter().any(|tally| tally.peer == Peer::Nobody);
        let what = matches!(group.what, What::Dynamic | What::Elsewhere | What::Unnamed);
        group.way == Way::Listens && is_seen && what
    }

    fn unknown_listener(&mut self, groups: &[usize]) {
        let (ports, transports, rows) = self.together(groups);
        let mut flows: Vec<&'static Flow> = groups
            .iter()
            .flat_map(|&index| self.groups[index].flows.iter().copied())
            .collect();
        flows.sort_unstable();
        flows.dedup();
        let first: Option<&Row> = rows.first.first().map(|&row| &self.table.rows[row as usize]);
        let owner = first.filter(|_| ports.len() == 1);
        let about = About::UnknownListener {
            pid: owner.and_then(|row| row.pid),
            process: owner.and_then(|row| row.process.clone()),
            ports,
            transports,
        };
        self.mark_groups(groups);
        self.find(Severity::Look, about, flows, rows);
    }

    fn together(&self, groups: &[usize]) -> (Vec<PortRange>, Set<Transport>, Rows) {
        let groups = groups.iter().map(|&index| &self.groups[index]);
        let ports = groups
            .clone()
            .filter_map(|group| PortRange::new(group.port, group.port));
        let transports = groups.clone().map(|group| group.transport).collect();
        let mut rows = Rows::default();
        groups.clone().for_each(|group| rows.extend(&group.seen_rows()));
        (join(ports.collect()), transports, rows)
    }

    fn mark_groups(&mut self, groups: &[usize]) {
        for &index in groups {
            self.groups[index].mark(Severity::Look, |peer| peer == Peer::Nobody);
        }
    }
}
