//! Where columns and walls stand.

use super::grid::{BESIDE, BOX, length};
use crate::catalog::Wall;
use crate::topology::deployed::Deployed;

/// The widest drawing, without its edges.
const WIDTH: i32 = 746;
/// Left and right of the drawing, for the outlines of boxes.
const EDGE: i32 = 2;
/// The widest gap between two columns.
const GAP: i32 = 213;
/// A gap without a wall, where the others need the room.
const PLAIN_GAP: i32 = 90;

/// Columns from left to right.
pub struct Columns {
    /// The left edge of each.
    lefts: Vec<i32>,
    /// The walls between them, each with its middle.
    pub walls: Vec<(Wall, i32)>,
}

impl Columns {
    /// Shares the width among the gaps: those with a wall get what the others leave.
    pub fn new(deployed: &Deployed) -> Self {
        let last = deployed
            .texts
            .zones
            .iter()
            .map(|placed| placed.column)
            .max()
            .unwrap_or(0);
        let wall_before = |column: usize| deployed.texts.walls.iter().find(|placed| placed.before == column);
        let walled = deployed.texts.walls.len();
        let plain = length(last.saturating_sub(walled));
        let room = WIDTH - BOX * length(last + 1);
        let wide = (room - PLAIN_GAP * plain) / length(walled).max(1);
        let mut columns = Self {
            lefts: vec![EDGE],
            walls: Vec::new(),
        };
        for column in 1..=last {
            let before = columns.right(column - 1);
            let gap = match wall_before(column) {
                Some(_) => wide.min(GAP),
                None if walled == 0 => (room / plain).min(GAP),
                None => PLAIN_GAP,
            };
            columns.lefts.push(before + gap);
            columns
                .walls
                .extend(wall_before(column).map(|placed| (placed.wall, before + gap / 2)));
        }
        columns
    }

    /// The width of the drawing.
    pub fn width(&self) -> i32 {
        self.right(self.lefts.len() - 1) + EDGE
    }

    /// The left edge of a column.
    pub fn left(&self, column: usize) -> i32 {
        self.lefts[column]
    }

    /// The right edge of a column.
    pub fn right(&self, column: usize) -> i32 {
        self.lefts[column] + BOX
    }

    /// Where a wall stands.
    pub fn wall(&self, wall: Wall) -> Option<i32> {
        self.walls.iter().find(|(known, _)| *known == wall).map(|(_, x)| *x)
    }

    /// The room for text at an arrow between two columns, from where to where: left and right of each wall.
    pub fn spaces(&self, left: usize, right: usize) -> Vec<(i32, i32)> {
        let mut spaces = Vec::new();
        for column in left..right {
            let (start, end) = (self.right(column), self.left(column + 1));
            let wall = self.walls.iter().map(|(_, x)| *x).find(|x| (start..end).contains(x));
            spaces.extend(wall.map(|x| (start + BESIDE, x - BESIDE)));
            spaces.push((wall.unwrap_or(start) + BESIDE, end - BESIDE));
        }
        spaces
    }
}
