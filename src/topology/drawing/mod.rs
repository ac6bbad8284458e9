//! Where to draw a deployment: boxes in columns, walls between them, an arrow for each lane.

mod arrow;
mod columns;
mod content;
mod grid;
mod label;
mod measure;
mod rows;
mod shapes;

pub use measure::text_width;
pub use shapes::{Arrow, Drawing, DrawnWall, Ring, Text, ZoneBox};

use super::deployed::Deployed;
use crate::catalog::Wall;
use columns::Columns;
use content::Content;
use grid::{MARGIN, TOP, row_top};
use rows::{Rows, Slot};

impl Deployed {
    /// Where to draw it.
    pub fn drawing(&self) -> Drawing {
        let columns = Columns::new(self);
        let contents: Vec<Content> = self
            .texts
            .zones
            .iter()
            .map(|placed| Content::new(placed, self))
            .collect();
        let between: Vec<usize> = (0..self.lanes.len())
            .filter(|&lane| self.lanes[lane].link.from != self.lanes[lane].link.to)
            .collect();
        let rows = self.rows(&contents, &between);
        let ends = rows.boxes.iter().map(|covered| covered.end);
        let height = row_top(ends.max().unwrap_or(0)) + MARGIN;
        let boxes = self.texts.zones.iter().zip(contents).zip(&rows.boxes);
        let arrows = between.iter().zip(&rows.arrows);
        Drawing {
            width: columns.width(),
            height,
            boxes: boxes
                .map(|((placed, content), rows)| content.into_box(placed, columns.left(placed.column), rows))
                .collect(),
            walls: columns
                .walls
                .iter()
                .map(|&(wall, x)| DrawnWall::new(wall, x, height))
                .collect(),
            arrows: arrows
                .map(|(&lane, &row)| arrow::draw(self, lane, row, &columns))
                .collect(),
        }
    }

    fn rows(&self, contents: &[Content], between: &[usize]) -> Rows {
        let zones = &self.texts.zones;
        let slots: Vec<Slot> = zones
            .iter()
            .zip(contents)
            .map(|(placed, content)| Slot {
                column: placed.column,
                height: content.rows(),
            })
            .collect();
        let place = |zone| zones.iter().position(|placed| placed.zone == zone).unwrap_or_default();
        let ends: Vec<[usize; 2]> = between
            .iter()
            .map(|&lane| [self.lanes[lane].link.from, self.lanes[lane].link.to].map(place))
            .collect();
        rows::place(&slots, &ends)
    }
}

impl DrawnWall {
    fn new(wall: Wall, x: i32, height: i32) -> Self {
        Self {
            wall,
            x,
            name_y: TOP - 8,
            top: TOP - 2,
            bottom: height,
        }
    }
}
