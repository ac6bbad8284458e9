//! A table of PowerShell: which column a value stands in.

use super::endpoint::Endpoint;
use super::format::is_number;
use super::powershell::{Properties, Property, transport};
use super::row::{Row, Unread};
use super::tcp_state::TcpState;
use crate::catalog::Transport;

/// More columns than any table has; what is pasted may claim more.
const MOST_COLUMNS: usize = 40;

/// The line of headings: each property that is of use here, with the places of its first and its last letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Columns(Vec<(Property, usize, usize)>);

impl Columns {
    /// Reads a line of headings.
    pub fn read(line: &str) -> Self {
        let headings = words(line).take(MOST_COLUMNS);
        let columns = headings.filter_map(|(word, first, last)| Some((Property::read(word)?, first, last)));
        Self(columns.collect())
    }

    /// Reads a line of values. PowerShell aligns words to the left and numbers to the right: a value belongs to the
    /// heading that begins or ends where it does.
    ///
    /// # Errors
    ///
    /// If the local end is not whole, or the other one is begun and not whole.
    pub fn row(&self, line: &str) -> Result<Row, Unread> {
        let mut properties = Properties::default();
        for (word, first, last) in words(line).take(MOST_COLUMNS) {
            let column = self.0.iter().find(|(_, start, end)| *start == first || *end == last);
            if let Some((property, ..)) = column {
                properties.set(*property, word);
            }
        }
        properties.row(transport(self.0.iter().map(|(property, ..)| *property)))
    }
}

/// Reads a line of values whose headings are not there, in the order in which PowerShell shows them.
///
/// # Errors
///
/// If it does not begin with an address and a port.
pub fn row_without_headings(line: &str) -> Result<Row, Unread> {
    let mut words = line.split_whitespace();
    let first = words.next().ok_or(Unread::Unknown)?;
    let local = Endpoint::of(first, words.next().ok_or(Unread::Unknown)?).map_err(|_| Unread::Unknown)?;
    let Some(remote) = words.next() else {
        let nobody = Endpoint {
            address: None,
            port: None,
        };
        return Ok(Row::new(Transport::Udp, local, nobody, None));
    };
    let remote = Endpoint::of(remote, words.next().ok_or(Unread::CutOff)?)?;
    let state = TcpState::read(words.next().ok_or(Unread::CutOff)?);
    let pid = words.take(2).filter(|word| is_number(word)).last();
    Ok(Row {
        pid: pid.and_then(|pid| pid.parse().ok()),
        ..Row::new(Transport::Tcp, local, remote, Some(state))
    })
}

/// The words of a line, each with the places of its first and its last letter.
fn words(line: &str) -> impl Iterator<Item = (&str, usize, usize)> {
    let mut place = 0;
    line.split_inclusive(char::is_whitespace).filter_map(move |piece| {
        let word = piece.trim_end();
        let first = place;
        place += piece.chars().count();
        (!word.is_empty()).then(|| (word, first, first + word.chars().count() - 1))
    })
}
