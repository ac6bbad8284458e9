//! One line that was understood, and why others were not.

use std::fmt;

use super::endpoint::Endpoint;
use super::tcp_state::TcpState;
use crate::catalog::Transport;

/// A socket, as one line of a table shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The number of the line in what was pasted, from 1; the first one if the tool writes several.
    pub line: u32,
    /// TCP or UDP.
    pub transport: Transport,
    /// The end on this machine.
    pub local: Endpoint,
    /// The other end; `None` if nobody is connected.
    pub remote: Option<Endpoint>,
    /// The state; `None` for UDP.
    pub state: Option<TcpState>,
    /// The number of the process.
    pub pid: Option<u32>,
    /// The name of the process, as the tool writes it.
    pub process: Option<Box<str>>,
}

impl Row {
    /// A row of what every tool writes. A TCP socket without another end listens, whatever the language of its word.
    pub fn new(transport: Transport, local: Endpoint, remote: Endpoint, state: Option<TcpState>) -> Self {
        let remote = Some(remote).filter(|remote| !remote.is_empty());
        let state = match (state, remote) {
            (None | Some(TcpState::Other), None) => Some(TcpState::Listen),
            (state, _) => state.or(Some(TcpState::Other)),
        };
        Self {
            line: 0,
            transport,
            local,
            remote: remote.filter(|_| state != Some(TcpState::Listen)),
            state: state.filter(|_| transport == Transport::Tcp),
            pid: None,
            process: None,
        }
    }

    /// Whether it waits for others: a TCP listener, or a UDP socket without another end.
    pub fn listens(&self) -> bool {
        match self.transport {
            Transport::Tcp => self.state == Some(TcpState::Listen),
            _ => self.remote.is_none(),
        }
    }
}

/// Why a line was not understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unread {
    /// It ends before the port or the state does.
    CutOff,
    /// It has a name in place of an address or a port.
    Name,
    /// It has a port above 65535.
    PortOutOfBounds,
    /// It is no line of any table that is known here.
    Unknown,
}

impl Unread {
    /// Every reason, in the order in which they are told.
    pub const ALL: [Self; 4] = [Self::CutOff, Self::Name, Self::PortOutOfBounds, Self::Unknown];
}

impl fmt::Display for Unread {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        out.write_str(match self {
            Self::CutOff => "cut off: an address, a port or the state is missing",
            Self::Name => "a name in place of a number: run the tool with -n",
            Self::PortOutOfBounds => "a port above 65535",
            Self::Unknown => "no line of a table that is known here",
        })
    }
}
