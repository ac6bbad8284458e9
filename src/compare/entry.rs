//! An entry of a firewall: what is open from one zone to another, and for whom.

use std::fmt;

use crate::catalog::{Encryption, Flow, Leg, PortRange, Role, Set, State, Transport, Vocabulary};
use crate::query::Opened;

/// A port, a range or a protocol that is open between two zones in one version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What is open; one transport carries it.
    pub opened: Opened,
    /// For whom.
    pub owner: Owner,
}

/// Who uses an entry in one version.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Owner {
    /// The flows, in catalogue order.
    pub flows: Vec<&'static Flow>,
    /// How they are protected.
    pub encryptions: Set<Encryption>,
    /// Who opens connections.
    pub callers: Set<Role>,
    /// Who is called.
    pub called: Set<Role>,
}

/// An entry that both versions have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stay {
    /// What is open.
    pub opened: Opened,
    /// For whom in the old version.
    pub old: Owner,
    /// For whom in the new one.
    pub new: Owner,
}

/// In what two owners of one entry can differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aspect {
    /// How connections are protected.
    Encryption,
    /// Which machines speak.
    Roles,
    /// Whether they are needed.
    State,
}

impl Owner {
    pub(super) fn add(&mut self, flow: &'static Flow, leg: Leg) {
        if let Err(place) = self.flows.binary_search(&flow) {
            self.flows.insert(place, flow);
        }
        self.encryptions = self.encryptions.with(flow.encryption);
        self.callers = self.callers.union(flow.start(leg).roles);
        self.called = self.called.union(flow.arrival(leg).roles);
    }

    /// Whether it is needed: the state of the flow that needs it most; `None` without flows.
    pub fn state(&self) -> Option<State> {
        self.flows.iter().map(|flow| flow.state).min()
    }

    /// What speaks, each service once.
    pub fn services(&self) -> Vec<&'static str> {
        let mut services: Vec<&str> = Vec::new();
        for flow in &self.flows {
            if !services.contains(&flow.service()) {
                services.push(flow.service());
            }
        }
        services
    }
}

impl Stay {
    /// In what the two versions differ.
    pub fn changes(&self) -> Vec<Aspect> {
        let (old, new) = (&self.old, &self.new);
        let differ = [
            (Aspect::Encryption, old.encryptions != new.encryptions),
            (Aspect::Roles, (old.callers, old.called) != (new.callers, new.called)),
            (Aspect::State, old.state() != new.state()),
        ];
        let differ = differ.into_iter().filter(|(_, differs)| *differs);
        differ.map(|(aspect, _)| aspect).collect()
    }
}

/// Each transport of what is open by itself.
pub(super) fn by_transport(opened: Opened) -> impl Iterator<Item = Opened> {
    opened.transports.iter().map(move |transport| Opened {
        transports: Set::EMPTY.with(transport),
        ..opened.clone()
    })
}

/// Single ports first, wide ranges last, and TCP before UDP.
pub(super) fn sort_key(opened: &Opened) -> ((bool, bool, u16), Option<PortRange>, Option<Transport>) {
    (opened.sort_key(), opened.range, opened.transports.iter().next())
}

impl fmt::Display for Entry {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        out.write_str(&text(&self.opened))
    }
}

/// Such as `tcp 135`, `udp 1024-65535`, `tcp one of 59531-60554`, `icmp`.
pub(super) fn text(opened: &Opened) -> String {
    let transports: Vec<&str> = opened.transports.iter().map(Transport::slug).collect();
    let transports = transports.join(", ");
    let choice = if opened.choice { "one of " } else { "" };
    match opened.range {
        Some(range) => format!("{transports} {choice}{range}"),
        None => transports,
    }
}
