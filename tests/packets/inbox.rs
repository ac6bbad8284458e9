//! Sockets in which packets arrive.

use std::io::{self, ErrorKind};
use std::net::{IpAddr, SocketAddr, TcpListener, UdpSocket};
use std::os::fd::{AsFd, BorrowedFd};

use super::probe::{Kind, Probe, echo_request, socket};

/// Where packets of one kind to one address arrive.
pub struct Inbox {
    address: IpAddr,
    kind: Kind,
    socket: Listening,
}

enum Listening {
    ForConnections(TcpListener),
    /// UDP, or a raw socket, which is used in the same way.
    ForPackets(UdpSocket),
}

impl Inbox {
    /// Opens one for an address of this host.
    pub fn open(address: IpAddr, kind: Kind) -> Self {
        let socket = socket(address, kind);
        let port = match kind {
            Kind::Tcp(port) | Kind::Udp(port) => port,
            Kind::Echo | Kind::Protocol(_) => 0,
        };
        let bound = socket.bind(&SocketAddr::new(address, port).into());
        bound.expect("the port of a new host is free");
        let socket = if let Kind::Tcp(_) = kind {
            socket.listen(64).expect("a bound socket listens");
            Listening::ForConnections(socket.into())
        } else {
            Listening::ForPackets(socket.into())
        };
        Self { address, kind, socket }
    }

    /// All that has arrived since the last call.
    pub fn empty(&self) -> impl Iterator<Item = Probe> {
        std::iter::from_fn(|| self.next_source()).map(|source| Probe {
            source,
            destination: self.address,
            kind: self.kind,
        })
    }

    fn next_source(&self) -> Option<IpAddr> {
        match &self.socket {
            Listening::ForConnections(socket) => waiting(socket.accept()).map(|(_, source)| source.ip()),
            Listening::ForPackets(socket) => loop {
                let mut bytes = [0; 128];
                let (_, source) = waiting(socket.recv_from(&mut bytes))?;
                if self.is_of_kind(&bytes) {
                    return Some(source.ip());
                }
            },
        }
    }

    /// A raw socket for ICMP takes in answers as well.
    fn is_of_kind(&self, bytes: &[u8]) -> bool {
        // Raw sockets of IPv4 give the header too; its length counts words of four bytes.
        let start = if self.address.is_ipv4() {
            usize::from(bytes[0] & 15) * 4
        } else {
            0
        };
        self.kind != Kind::Echo || bytes[start] == echo_request(self.address)
    }
}

/// What waits in a socket, if anything does.
fn waiting<T>(received: io::Result<T>) -> Option<T> {
    match received {
        Err(error) if error.kind() == ErrorKind::WouldBlock => None,
        received => Some(received.expect("a socket that nothing was sent from meets no error")),
    }
}

impl AsFd for Inbox {
    fn as_fd(&self) -> BorrowedFd<'_> {
        match &self.socket {
            Listening::ForConnections(socket) => socket.as_fd(),
            Listening::ForPackets(socket) => socket.as_fd(),
        }
    }
}
