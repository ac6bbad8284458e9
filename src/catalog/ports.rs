//! Port numbers: a range, and a range with the way in which it is used.

use std::fmt;
use std::str::FromStr;

use super::vocabulary::PortUse;

/// One port or a run of ports, 1 to 65535, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PortRange {
    first: u16,
    last: u16,
}

impl PortRange {
    /// `None` if a port is 0 or the ends are the wrong way round.
    pub const fn new(first: u16, last: u16) -> Option<Self> {
        if first == 0 || first > last {
            None
        } else {
            Some(Self { first, last })
        }
    }

    /// The lowest port.
    pub const fn first(self) -> u16 {
        self.first
    }

    /// The highest port.
    pub const fn last(self) -> u16 {
        self.last
    }

    /// How many ports there are, 1 to 65535.
    pub const fn width(self) -> u16 {
        self.last - self.first + 1
    }

    /// Whether the two have a port in common.
    pub const fn overlaps(self, other: Self) -> bool {
        self.first <= other.last && other.first <= self.last
    }

    /// What is left of it below and above another.
    fn without(self, other: Self) -> impl Iterator<Item = Self> {
        let below = Self::new(self.first, self.last.min(other.first - 1));
        let next = other.last.checked_add(1);
        let above = next.and_then(|next| Self::new(self.first.max(next), self.last));
        below.into_iter().chain(above)
    }
}

/// Sorts ranges and joins those that overlap or touch.
pub fn join(mut ranges: Vec<PortRange>) -> Vec<PortRange> {
    ranges.sort_unstable();
    let mut joined: Vec<PortRange> = Vec::with_capacity(ranges.len());
    for range in ranges {
        match joined.last_mut() {
            Some(before) if u32::from(range.first) <= u32::from(before.last) + 1 => {
                before.last = before.last.max(range.last);
            }
            _ => joined.push(range),
        }
    }
    joined
}

/// The ports of some ranges that are in none of the others; ascending and joined.
pub fn subtract(ranges: &[PortRange], others: &[PortRange]) -> Vec<PortRange> {
    others.iter().fold(join(ranges.to_vec()), |left, &other| {
        left.into_iter().flat_map(|range| range.without(other)).collect()
    })
}

/// Why a text is not a port or a range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PortError {
    /// Something else than digits and one dash.
    NotANumber,
    /// 0, or more than 65535.
    OutOfBounds,
    /// The first port is higher than the last.
    Reversed,
}

impl fmt::Display for PortError {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        out.write_str(match self {
            Self::NotANumber => "is not a port number or a range such as 6001-6004",
            Self::OutOfBounds => "is outside of 1 to 65535",
            Self::Reversed => "starts above its end",
        })
    }
}

impl FromStr for PortRange {
    type Err = PortError;

    fn from_str(text: &str) -> Result<Self, PortError> {
        let (first, last) = text.split_once('-').unwrap_or((text, text));
        let (first, last) = (port(first)?, port(last)?);
        Self::new(first, last).ok_or(PortError::Reversed)
    }
}

fn port(text: &str) -> Result<u16, PortError> {
    if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(PortError::NotANumber);
    }
    match text.parse() {
        Ok(0) | Err(_) => Err(PortError::OutOfBounds),
        Ok(number) => Ok(number),
    }
}

impl fmt::Display for PortRange {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        if self.first == self.last {
            write!(out, "{}", self.first)
        } else {
            write!(out, "{}-{}", self.first, self.last)
        }
    }
}

/// Ports of a flow: a range and how it is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ports {
    /// The numbers.
    pub range: PortRange,
    /// Whether one, all or a chosen one of them is in use.
    pub usage: PortUse,
}

/// What stands before a range of which one number is chosen.
const CHOICE: &str = "one of ";

impl FromStr for Ports {
    type Err = PortError;

    /// Reads `443`, `6005-59530` or `one of 59531-60554`.
    fn from_str(text: &str) -> Result<Self, PortError> {
        let (choice, range) = match text.strip_prefix(CHOICE) {
            Some(range) => (true, range),
            None => (false, text),
        };
        let range: PortRange = range.parse()?;
        let usage = match (choice, range.width()) {
            (true, _) => PortUse::Choice,
            (false, 1) => PortUse::Fixed,
            (false, _) => PortUse::Range,
        };
        Ok(Self { range, usage })
    }
}

impl fmt::Display for Ports {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        if self.usage == PortUse::Choice {
            out.write_str(CHOICE)?;
        }
        self.range.fmt(out)
    }
}
