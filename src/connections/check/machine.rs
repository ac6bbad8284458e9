//! The machine whose connections are looked at.

use crate::catalog::{End, Flow, Leg, Role, Set, Version, Vocabulary, flows};
use crate::firewall::{Place, is_host};

/// What a machine runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Machine {
    /// The version of Exchange.
    pub version: Version,
    /// Its roles: several of a server that holds them together, or Outlook.
    pub roles: Set<Role>,
}

/// The roles that were installed apart or together, the one in front first: where a flow names several, clients meet
/// the first of them that the version has.
const IN_FRONT: [Role; 4] = [
    Role::HubTransport,
    Role::ClientAccess,
    Role::UnifiedMessaging,
    Role::Mailbox,
];

impl Machine {
    /// The roles that can be chosen for a version: those of its servers, then Outlook.
    pub fn roles_of(version: Version) -> Vec<Role> {
        let is_named = |role: Role| {
            let of_version = flows().iter().filter(|flow| flow.versions().contains(version));
            of_version
                .flat_map(|flow| [&flow.from, &flow.to])
                .any(|end| end.roles.contains(role))
        };
        let servers = Role::ALL.iter().copied().filter(|role| role.is_exchange());
        let servers = servers.filter(|&role| role != Role::ExchangeServer && role.is_in(version));
        servers.chain([Role::Outlook]).filter(|&role| is_named(role)).collect()
    }

    /// Whether it is a server, of which one knows what listens on it.
    pub fn is_server(self) -> bool {
        self.roles.iter().any(Role::is_exchange)
    }

    /// Whether a leg of a flow ends at it.
    pub(super) fn is_called(self, flow: &Flow, leg: Leg) -> bool {
        self.roles
            .iter()
            .any(|role| is_host(Place::Role(role), leg.to, flow.arrival(leg)))
    }

    /// Whether a leg of a flow starts at it.
    pub(super) fn calls(self, flow: &Flow, leg: Leg) -> bool {
        self.roles
            .iter()
            .any(|role| is_host(Place::Role(role), Some(leg.from), flow.start(leg)))
    }

    /// Whether a leg that can end at it must do so, because no other role of the end stands in front of its own.
    pub(super) fn must_answer(self, end: &End) -> bool {
        let in_front = IN_FRONT
            .into_iter()
            .find(|&role| end.roles.contains(role) && role.is_in(self.version));
        let answers = |role: Role| !IN_FRONT.contains(&role) || in_front == Some(role) || !end.roles.contains(role);
        self.roles.iter().any(|role| end.can_be(role) && answers(role))
    }
}
