//! Packets that are sent to see whether they arrive.

use std::fmt;
use std::io::{self, ErrorKind};
use std::net::{IpAddr, SocketAddr};

use nix::errno::Errno;
use socket2::{Domain, Protocol, Socket, Type};

/// What a packet carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A TCP handshake with a port.
    Tcp(u16),
    /// A UDP datagram to a port.
    Udp(u16),
    /// An ICMP echo request.
    Echo,
    /// A packet of any other protocol.
    Protocol(u8),
}

/// Encapsulating Security Payload.
pub const ESP: Kind = Kind::Protocol(50);

/// A protocol for experiments, which no firewall knows.
pub const UNKNOWN: Kind = Kind::Protocol(253);

/// A packet from one address to another. All that is in it can be read where it arrives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Probe {
    /// The address of its sender.
    pub source: IpAddr,
    /// The address to which it goes.
    pub destination: IpAddr,
    /// What it carries.
    pub kind: Kind,
}

/// The first byte of an echo request.
pub fn echo_request(address: IpAddr) -> u8 {
    if address.is_ipv4() { 8 } else { 128 }
}

/// A socket for what a packet carries, without a port yet.
pub fn socket(address: IpAddr, kind: Kind) -> Socket {
    let (domain, icmp) = match address {
        IpAddr::V4(_) => (Domain::IPV4, Protocol::ICMPV4),
        IpAddr::V6(_) => (Domain::IPV6, Protocol::ICMPV6),
    };
    let (form, protocol) = match kind {
        Kind::Tcp(_) => (Type::STREAM, Protocol::TCP),
        Kind::Udp(_) => (Type::DGRAM, Protocol::UDP),
        Kind::Echo => (Type::RAW, icmp),
        Kind::Protocol(number) => (Type::RAW, Protocol::from(i32::from(number))),
    };
    let socket = Socket::new(domain, form, Some(protocol)).expect("root may open sockets of any kind");
    socket.set_nonblocking(true).expect("a socket need not block");
    socket
}

impl Probe {
    /// Sends it from a fresh socket, which must stay open until the packet has arrived.
    pub fn send(self) -> Socket {
        let socket = socket(self.source, self.kind);
        let bound = socket.bind(&SocketAddr::new(self.source, 0).into());
        bound.expect("the source is an address of this host");
        let sent = match self.kind {
            Kind::Tcp(port) => socket.connect(&SocketAddr::new(self.destination, port).into()),
            Kind::Udp(port) => self.send_bytes(&socket, port),
            Kind::Echo | Kind::Protocol(_) => self.send_bytes(&socket, 0),
        };
        if let Err(error) = sent {
            assert!(is_underway(&error) || is_dropped(&error), "{self}: {error}");
        }
        socket
    }

    fn send_bytes(self, socket: &Socket, port: u16) -> io::Result<()> {
        let mut bytes = [0; 8];
        if self.kind == Kind::Echo {
            bytes[0] = echo_request(self.destination);
            // The checksum of nothing but that byte; the kernel writes that of IPv6.
            [bytes[2], bytes[3]] = (!u16::from_be_bytes([bytes[0], 0])).to_be_bytes();
        }
        let destination = SocketAddr::new(self.destination, port);
        socket.send_to(&bytes, &destination.into()).map(drop)
    }
}

fn is_underway(error: &io::Error) -> bool {
    error.raw_os_error() == Some(Errno::EINPROGRESS as i32)
}

/// A firewall on the source tells that it drops a packet.
fn is_dropped(error: &io::Error) -> bool {
    error.kind() == ErrorKind::PermissionDenied
}

impl fmt::Display for Probe {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        write!(out, "{} > {} ", self.source, self.destination)?;
        match self.kind {
            Kind::Tcp(port) => write!(out, "tcp {port}"),
            Kind::Udp(port) => write!(out, "udp {port}"),
            Kind::Echo => write!(out, "icmp"),
            Kind::Protocol(number) => write!(out, "protocol {number}"),
        }
    }
}
