//! Lines of ss.

use super::endpoint::Endpoint;
use super::format::{is_number, protocol};
use super::netstat::is_without_ports;
use super::reader::Line;
use super::row::{Row, Unread};
use super::tcp_state::TcpState;
use crate::catalog::Transport;

/// A line: transport (absent where one asked for TCP alone), state, two queues, both ends, processes. In a narrow window
/// ss breaks it between the ends.
pub fn read(line: &str) -> Result<Line, Unread> {
    let mut words = line.split_whitespace();
    let first = words.next().ok_or(Unread::Unknown)?;
    if first == "Netid" || first == "State" || is_without_ports(first) {
        return Ok(Line::Beside);
    }
    let (transport, state) = match protocol(first) {
        Some(transport) => (transport, words.next().ok_or(Unread::CutOff)?),
        None => (Transport::Tcp, first),
    };
    let state = TcpState::known(state).ok_or(Unread::Unknown)?;
    for queue in [words.next(), words.next()] {
        if !is_number(queue.ok_or(Unread::CutOff)?) {
            return Err(Unread::Unknown);
        }
    }
    let (Some(local), Some(remote)) = (words.next(), words.next()) else {
        return Ok(Line::Begun);
    };
    let row = Row::new(transport, Endpoint::read(local)?, Endpoint::read(remote)?, Some(state));
    let (pid, process) = words.next().map_or((None, None), owner);
    Ok(Line::Row(Row { pid, process, ..row }))
}

/// The first process of `users:(("sshd",pid=812,fd=3))`.
fn owner(text: &str) -> (Option<u32>, Option<Box<str>>) {
    let name = text.split('"').nth(1);
    let pid = text.split("pid=").nth(1).and_then(|rest| {
        let digits = rest.split(|letter: char| !letter.is_ascii_digit()).next();
        digits.and_then(|digits| digits.parse().ok())
    });
    (pid, name.map(Box::from))
}
