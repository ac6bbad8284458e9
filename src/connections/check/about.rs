//! What a finding is about.

use std::net::IpAddr;

use super::group::Way;
use super::peer::Peer;
use crate::catalog::{EncryptedPort, PortRange, Procedure, Set, Transport};
use crate::connections::read::Unread;

/// What a finding is about. The order is that of findings that are as urgent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum About {
    /// Nothing at all was understood.
    Nothing,
    /// The plan pins a port on which nothing listens.
    PinSilent {
        /// What pins it.
        procedure: &'static Procedure,
        /// The port.
        port: u16,
        /// The dynamic ports on which clients are instead.
        instead: Vec<PortRange>,
        /// The first of those clients.
        client: Option<IpAddr>,
    },
    /// The plan pins a port to which this client is not connected.
    PinUnused {
        /// What pins it.
        procedure: &'static Procedure,
        /// The port.
        port: u16,
        /// The dynamic ports to which it is connected instead.
        instead: Vec<PortRange>,
    },
    /// Something listens on the pinned port, or this client is connected to it.
    PinInUse {
        /// What pins it.
        procedure: &'static Procedure,
        /// The port.
        port: u16,
        /// Whether the table shows that this machine listens there.
        listens: bool,
        /// How many connections there are.
        connections: u32,
    },
    /// Clients are on dynamic ports although services listen on pinned ones.
    PinLate {
        /// The dynamic ports.
        ports: Vec<PortRange>,
    },
    /// Nothing listens on a port on which a service should.
    Missing {
        /// The port.
        port: u16,
        /// What should carry it.
        transports: Set<Transport>,
        /// When the service is needed; empty if always.
        when: &'static str,
        /// Whether something listens on the loopback address.
        is_local: bool,
    },
    /// Others are connected from where none should be.
    WrongZone {
        /// The port.
        port: u16,
        /// What carries it.
        transport: Transport,
        /// Who is connected.
        peer: Peer,
    },
    /// Connections may be in clear text although the same can be encrypted.
    ClearText {
        /// Who opens the connections.
        way: Way,
        /// The port.
        port: u16,
        /// Who is connected.
        peers: Vec<Peer>,
        /// The encrypted port.
        instead: &'static EncryptedPort,
    },
    /// Something listens on a port that the catalogue does not name for this machine.
    UnknownListener {
        /// The ports.
        ports: Vec<PortRange>,
        /// What carries them.
        transports: Set<Transport>,
        /// The number of the process.
        pid: Option<u32>,
        /// The name of the process.
        process: Option<Box<str>>,
    },
    /// Listeners in a dynamic range: nobody can say of a number what it is for.
    DynamicListeners {
        /// The ports.
        ports: Vec<PortRange>,
    },
    /// Services that are not needed everywhere do not listen.
    MissingOptional {
        /// The ports.
        ports: Vec<PortRange>,
    },
    /// The table shows no listener, so nothing can be said of what is missing.
    NoListeners,
    /// Lines were not understood.
    Unread {
        /// Why.
        why: Unread,
        /// How many lines.
        count: usize,
    },
}
