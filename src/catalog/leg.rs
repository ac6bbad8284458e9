//! A leg: one pair of zones between which a flow is opened.

use super::vocabulary::Zone;

/// The way from a zone to a zone; `from` is always the side that opens the connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Leg {
    /// Where the connection is opened.
    pub from: Zone,
    /// Where it goes; `None` if nothing listens.
    pub to: Option<Zone>,
    /// Whether it runs against the flow's own from and to, as the second leg of a flow in both directions does.
    pub reversed: bool,
}

impl Leg {
    /// The leg in the other direction; `None` if there is no destination to open it.
    pub fn reversed(self) -> Option<Self> {
        self.to.map(|to| Self {
            from: to,
            to: Some(self.from),
            reversed: !self.reversed,
        })
    }

    /// Whether it stays within one zone.
    pub fn is_inside_one_zone(self) -> bool {
        self.to == Some(self.from)
    }
}
