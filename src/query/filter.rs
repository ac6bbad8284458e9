//! What a reader asks for, and which flows and legs that is.

use super::index::Index;
use super::search::search;
use crate::catalog::{Encryption, Filtering, Flow, Leg, PortRange, Role, Set, State, Transport, Version, Zone};

/// A question to the catalogue. Values of one field mean *or*, fields mean *and*; an empty field asks nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Words and numbers, all of which must be found; trimmed, at most 200 characters.
    pub words: String,
    /// Versions that have the flow, documented or inferred.
    pub versions: Set<Version>,
    /// Roles at either end.
    pub roles: Set<Role>,
    /// Zones at either end.
    pub zones: Set<Zone>,
    /// Zones in which the connection is opened.
    pub from: Set<Zone>,
    /// Zones to which it goes.
    pub to: Set<Zone>,
    /// What carries it.
    pub transports: Set<Transport>,
    /// How it is protected.
    pub encryptions: Set<Encryption>,
    /// Whether it is needed.
    pub states: Set<State>,
    /// Ports that it uses, ascending without repeats.
    pub ports: Vec<PortRange>,
}

impl Filter {
    /// Whether nothing is asked.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Whether a flow is one that the facets and ports ask for, whatever the words are.
    pub fn allows(&self, flow: &Flow) -> bool {
        let versions = self.versions.is_empty() || self.versions.intersects(flow.versions());
        let transports = self.transports.is_empty() || self.transports.intersects(flow.transports);
        let ports = self.ports.is_empty() || self.ports.iter().any(|&range| flow.uses(range));
        versions
            && transports
            && ports
            && self.encryptions.allows(flow.encryption)
            && self.states.allows(flow.state)
            && self.matches_roles(flow)
            && self.legs(flow).next().is_some()
    }

    fn matches_roles(&self, flow: &Flow) -> bool {
        let at_either_end = |role| flow.from.can_be(role) || flow.to.can_be(role);
        self.roles.is_empty() || self.roles.iter().any(at_either_end)
    }

    /// Whether a leg runs between zones that are asked for.
    pub fn chooses(&self, leg: Leg) -> bool {
        let arrives = |zones: Set<Zone>| leg.to.is_some_and(|to| zones.contains(to));
        let touches = self.zones.is_empty() || self.zones.contains(leg.from) || arrives(self.zones);
        touches && self.from.allows(leg.from) && (self.to.is_empty() || arrives(self.to))
    }

    /// The legs of a flow that are asked for.
    pub fn legs(&self, flow: &Flow) -> impl Iterator<Item = Leg> {
        flow.legs().filter(|&leg| self.chooses(leg))
    }

    /// Whether Microsoft does not support filtering a flow in the versions that are asked for.
    pub fn leaves_open(&self, flow: &Flow) -> bool {
        let covered = self.versions.is_empty() || self.versions.iter().any(|version| version >= Version::Exchange2007);
        flow.filtering == Filtering::Unsupported && covered
    }

    /// The flows that the words mean, whatever else is asked: the closest first; without words, in catalogue order.
    pub fn found(&self) -> Vec<&'static Flow> {
        search(Index::catalogue(), &self.words, !self.versions.is_empty())
    }

    /// The flows that are asked for, in the same order.
    pub fn flows(&self) -> Vec<&'static Flow> {
        let mut flows = self.found();
        flows.retain(|flow| self.allows(flow));
        flows
    }
}
