//! Lines of netstat, of Windows and of Linux.

use super::endpoint::Endpoint;
use super::format::{is_heading, is_number, protocol};
use super::reader::Line;
use super::row::{Row, Unread};
use super::tcp_state::TcpState;
use crate::catalog::Transport;

/// Sockets without ports that `netstat` and `ss` list as well.
const WITHOUT_PORTS: [&str; 14] = [
    "unix", "raw", "raw6", "icmp", "icmp6", "u_str", "u_dgr", "u_seq", "nl", "p_raw", "p_dgr", "v_str", "v_dgr", "tipc",
];

/// A line of Windows: protocol, both ends, then state and process in any language.
pub fn windows(line: &str) -> Result<Line, Unread> {
    let mut words = line.split_whitespace();
    let first = words.next().ok_or(Unread::Unknown)?;
    if is_heading(first) {
        return Ok(Line::Beside);
    }
    let transport = protocol(first).ok_or(Unread::Unknown)?;
    let local = Endpoint::read(words.next().ok_or(Unread::CutOff)?)?;
    let remote = Endpoint::read(words.next().ok_or(Unread::CutOff)?)?;
    let (mut state, mut pid) = (None, None);
    for word in words.take(3) {
        if is_number(word) {
            pid = pid.or(word.parse().ok());
        } else {
            state = state.or(Some(TcpState::read(word)));
        }
    }
    row(transport, local, remote, state).map(|row| Line::Row(Row { pid, ..row }))
}

/// A line of Linux: protocol, two queues, both ends, then state, user, inode and program where they are asked for.
pub fn linux(line: &str) -> Result<Line, Unread> {
    let mut words = line.split_whitespace();
    let first = words.next().ok_or(Unread::Unknown)?;
    if is_heading(first) || is_without_ports(first) {
        return Ok(Line::Beside);
    }
    let transport = protocol(first).ok_or(Unread::Unknown)?;
    let queues = [words.next(), words.next()];
    if queues.iter().flatten().any(|word| !is_number(word)) {
        return Err(Unread::Unknown);
    }
    let local = Endpoint::read(words.next().ok_or(Unread::CutOff)?)?;
    let remote = Endpoint::read(words.next().ok_or(Unread::CutOff)?)?;
    let rest = words.clone().next().filter(|word| !is_number(word));
    let state = rest.filter(|word| !is_program(word)).map(TcpState::read);
    let program = words.find(|word| is_program(word));
    let (pid, process) = program.and_then(|word| word.split_once('/')).unzip();
    row(transport, local, remote, state).map(|row| {
        Line::Row(Row {
            pid: pid.and_then(|pid| pid.parse().ok()),
            process: process
                .map(|name| name.trim_end_matches(':'))
                .filter(|name| !name.is_empty())
                .map(Box::from),
            ..row
        })
    })
}

/// A row, unless the state of a TCP connection is missing: then more may be.
fn row(transport: Transport, local: Endpoint, remote: Endpoint, state: Option<TcpState>) -> Result<Row, Unread> {
    if transport == Transport::Tcp && state.is_none() && !remote.is_empty() {
        return Err(Unread::CutOff);
    }
    Ok(Row::new(transport, local, remote, state))
}

/// Whether a word is `812/sshd`, or the `-` of a process that one may not see.
fn is_program(word: &str) -> bool {
    let pid = word.split_once('/').is_some_and(|(pid, _)| is_number(pid));
    pid || word == "-"
}

/// Whether a word names sockets that have no ports.
pub fn is_without_ports(word: &str) -> bool {
    WITHOUT_PORTS.contains(&word)
}
