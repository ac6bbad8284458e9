//! What stands in a box.

use std::ops::Range;

use super::grid::{BESIDE, BOX, MARGIN, ROW, length, row_top};
use super::label;
use super::measure::{text_width, wrap};
use super::shapes::{Text, ZoneBox};
use crate::catalog::{PlacedZone, Vocabulary, Zone};
use crate::topology::deployed::Deployed;
use crate::topology::lane::Lane;

/// Between the lines of a box.
const LINE: i32 = 14;
/// From the left edge of a box to its text, which leaves as much room at the right.
const INDENT: i32 = 10;
/// The room for the two letters of the zone, before its name.
const LETTERS: i32 = 24;
/// The widest line.
const WIDTH: i32 = BOX - 2 * INDENT;

/// The lines of a box.
pub struct Content {
    /// The name of the zone; its first line is empty if only the letters have room there.
    name: Vec<String>,
    /// Who stands there, and what flows among them.
    label: Vec<String>,
    is_used: bool,
}

impl Content {
    /// What stands in the box of a zone.
    pub fn new(placed: &PlacedZone, deployed: &Deployed) -> Self {
        let (lanes, zone) = (&deployed.lanes, placed.zone);
        let is_within = |lane: &&Lane| lane.link.from == zone && lane.link.to == zone;
        let within = label::ports(lanes.iter().filter(is_within));
        let mut label = wrap(placed.label, Text::SIZE, WIDTH);
        if !within.is_empty() {
            label.push("among them:".to_owned());
            label.extend(label::fit(&within, &[WIDTH], Text::SIZE));
        }
        Self {
            name: name(zone),
            label,
            is_used: lanes.iter().any(|lane| lane.link.from == zone || lane.link.to == zone),
        }
    }
    /// The fewest rows that hold it.
    pub fn rows(&self) -> usize {
        let lines = length(self.name.len() + self.label.len());
        let height = LINE * lines + BESIDE + 2 * MARGIN;
        usize::try_from((height + ROW - 1) / ROW).unwrap_or(1)
    }

    /// The box, at a left edge and over these rows.
    pub fn into_box(self, placed: &PlacedZone, x: i32, rows: &Range<usize>) -> ZoneBox {
        let y = row_top(rows.start) + MARGIN;
        let line = |number: usize| y + LINE * (length(number) + 1);
        let names = self.name.len();
        let indent = |number: usize| if number == 0 { x + INDENT + LETTERS } else { x + INDENT };
        let name = self.name.into_iter().enumerate().filter(|(_, text)| !text.is_empty());
        let label = self.label.into_iter().enumerate();
        ZoneBox {
            zone: placed.zone,
            is_host: placed.is_host,
            is_used: self.is_used,
            x,
            y,
            width: BOX,
            height: ROW * length(rows.len()) - 2 * MARGIN,
            letters: (x + INDENT, line(0)),
            name: name
                .map(|(number, text)| Text {
                    x: indent(number),
                    y: line(number),
                    text,
                })
                .collect(),
            label: label
                .map(|(number, text)| Text {
                    x: x + INDENT,
                    y: line(names + number),
                    text,
                })
                .collect(),
        }
    }
}

/// The name of a zone: beside its letters if there is room, otherwise below them.
fn name(zone: Zone) -> Vec<String> {
    let title = zone.title();
    if text_width(title, Text::SIZE) <= WIDTH - LETTERS {
        vec![title.to_owned()]
    } else {
        let below = wrap(title, Text::SIZE, WIDTH);
        std::iter::once(String::new()).chain(below).collect()
    }
}
