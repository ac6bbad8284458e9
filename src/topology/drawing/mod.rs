//! Where to draw a deployment: boxes in columns, walls between them, an arrow for each lane.

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
use super::firewall::Firewall;
use crate::catalog::{Flow, Wall};
use columns::Columns;
use content::Content;
use grid::{MARGIN, TOP, row_top};
use rows::{Rows, Slot};

/// From the top of a row to its arrow.
const ARROW: i32 = 24;
/// From the top of a row to the line on which its text stands.
const LABEL: i32 = 12;
/// From the edge of a host to the ring of its firewall.
const OUTSIDE: i32 = 24;

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
            arrows: arrows.map(|(&lane, &row)| self.arrow(lane, row, &columns)).collect(),
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

    fn arrow(&self, place: usize, row: usize, columns: &Columns) -> Arrow {
        let lane = &self.lanes[place];
        let column = |zone| self.texts.zone(zone).map_or(0, |placed| placed.column);
        let (from, to) = (column(lane.link.from), column(lane.link.to));
        let (left, right) = (from.min(to), from.max(to));
        let (from_x, to_x) = if from < to {
            (columns.right(from), columns.left(to))
        } else {
            (columns.left(from), columns.right(to))
        };
        let y = row_top(row) + ARROW;
        let text = |x, text| Text {
            x,
            y: row_top(row) + LABEL,
            text,
        };
        let spaces = columns.spaces(left, right);
        let widths: Vec<i32> = spaces.iter().map(|&(start, end)| end - start).collect();
        let ports = label::fit(&label::ports([lane].into_iter()), &widths, Text::SIZE);
        let mut flows = lane.flows();
        let only = flows.next().filter(|_| flows.next().is_none()).map(Flow::service);
        let service = only
            .zip(spaces.get(ports.len()))
            .filter(|(service, (start, end))| text_width(service, Text::SIZE) <= end - start);
        let rings = self
            .rings(place, columns)
            .filter(|&(_, _, x)| from_x.min(to_x) <= x && x <= from_x.max(to_x));
        Arrow {
            lane: place,
            from_x,
            to_x,
            y,
            service: service.map(|(service, &(x, _))| text(x, service.to_owned())),
            ports: spaces
                .iter()
                .zip(ports)
                .map(|(&(x, _), ports)| text(x, ports))
                .collect(),
            rings: rings
                .map(|(firewall, number, x)| Ring { firewall, number, x, y })
                .collect(),
        }
    }

    /// The firewalls that a lane passes, its number there and where. Hosts have rings where there are no walls.
    fn rings(&self, place: usize, columns: &Columns) -> impl Iterator<Item = (Firewall, usize, i32)> {
        let lane = &self.lanes[place];
        let placed = self.firewalls().into_iter().flat_map(|firewall| {
            let xs = match firewall {
                Firewall::Wall(wall) => columns.wall(wall).into_iter().collect(),
                Firewall::Host(zone) if columns.walls.is_empty() => {
                    let column = self.texts.zone(zone).map_or(0, |placed| placed.column);
                    vec![columns.left(column) - OUTSIDE, columns.right(column) + OUTSIDE]
                }
                Firewall::Host(_) => Vec::new(),
            };
            xs.into_iter().map(move |x| (firewall, x))
        });
        placed.filter_map(move |(firewall, x)| {
            let own = self
                .crossings(firewall)
                .find(|crossing| std::ptr::eq(crossing.lane, lane));
            own.map(|crossing| (firewall, crossing.number, x))
        })
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
