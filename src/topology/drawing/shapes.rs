//! What a drawing is made of.
//!
//! All lengths are pixels of the drawing, `x` to the right and `y` down from its upper left corner.

use crate::catalog::{Wall, Zone};
use crate::topology::firewall::Firewall;

/// A deployment as it is drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drawing {
    /// How wide it is.
    pub width: i32,
    /// How high it is.
    pub height: i32,
    /// The zones.
    pub boxes: Vec<ZoneBox>,
    /// The firewalls between columns.
    pub walls: Vec<DrawnWall>,
    /// What flows between zones; what stays within one stands in its box.
    pub arrows: Vec<Arrow>,
}

/// A zone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ZoneBox {
    /// The zone.
    pub zone: Zone,
    /// Whether its machines have a firewall of their own.
    pub is_host: bool,
    /// Whether anything flows from or to it in this version.
    pub is_used: bool,
    /// The left edge.
    pub x: i32,
    /// The upper edge.
    pub y: i32,
    /// How wide it is.
    pub width: i32,
    /// How high it is.
    pub height: i32,
    /// Where the two letters of the zone begin.
    pub letters: (i32, i32),
    /// Its name, in lines.
    pub name: Vec<Text>,
    /// Who stands there, and what flows among them.
    pub label: Vec<Text>,
}

/// A text, beginning at its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// Where it begins.
    pub x: i32,
    /// The line on which it stands.
    pub y: i32,
    /// What it says.
    pub text: String,
}

impl Text {
    /// The size of the font.
    pub const SIZE: i32 = 11;
}

/// A firewall between two columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DrawnWall {
    /// Which one.
    pub wall: Wall,
    /// Where it stands; the middle of its name stands there too.
    pub x: i32,
    /// The line on which its name stands.
    pub name_y: i32,
    /// The upper end.
    pub top: i32,
    /// The lower end.
    pub bottom: i32,
}

/// A lane.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arrow {
    /// The place of the lane in [`Deployed::lanes`].
    pub lane: usize,
    /// Where connections are opened.
    pub from_x: i32,
    /// Where they go, and where the tip is.
    pub to_x: i32,
    /// The height.
    pub y: i32,
    /// Its ports, as many as fit, in one or more parts.
    pub ports: Vec<Text>,
    /// What speaks, if there is room and one flow alone.
    pub service: Option<Text>,
    /// Where it passes firewalls.
    pub rings: Vec<Ring>,
}

/// A firewall that an arrow passes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ring {
    /// The firewall.
    pub firewall: Firewall,
    /// The number of the lane in its table.
    pub number: usize,
    /// The middle.
    pub x: i32,
    /// The middle.
    pub y: i32,
}

impl Ring {
    /// Half of its width.
    pub const RADIUS: i32 = 9;
}
