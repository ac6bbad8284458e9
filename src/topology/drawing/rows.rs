//! In which row each arrow stands, and which rows each box covers.
//!
//! Arrows take the first row that is free, in their order; boxes of a column stand below each other in theirs. An arrow
//! over a column passes above or below all its boxes.

use std::cmp::Ordering;
use std::ops::Range;

/// A box to be placed.
pub struct Slot {
    /// Its column, from 0.
    pub column: usize,
    /// The fewest rows that it covers.
    pub height: usize,
}

/// Rows of arrows, and those that boxes cover.
pub struct Rows {
    /// The row of each arrow.
    pub arrows: Vec<usize>,
    /// The rows of each box.
    pub boxes: Vec<Range<usize>>,
}

/// Places arrows between boxes, given by the places of the boxes in the list.
pub fn place(slots: &[Slot], arrows: &[[usize; 2]]) -> Rows {
    let mut placer = Placer {
        slots,
        boxes: vec![0..0; slots.len()],
        arrows: Vec::new(),
    };
    for ends in arrows {
        placer.arrow(*ends);
    }
    for slot in 0..slots.len() {
        placer.unused(slot);
    }
    Rows {
        arrows: placer.arrows.into_iter().map(|arrow| arrow.row).collect(),
        boxes: placer.boxes,
    }
}

struct Arrow {
    columns: Range<usize>,
    row: usize,
}

struct Placer<'a> {
    slots: &'a [Slot],
    /// Empty while nothing holds the box.
    boxes: Vec<Range<usize>>,
    arrows: Vec<Arrow>,
}

impl Placer<'_> {
    fn arrow(&mut self, ends: [usize; 2]) {
        let [a, b] = ends.map(|slot| self.slots[slot].column);
        let columns = a.min(b)..a.max(b);
        let row = self.first(|row| {
            self.is_free(&columns, row) && ends.iter().all(|&end| self.has_room(end, &self.grown(end, row)))
        });
        for end in ends {
            self.boxes[end] = self.grown(end, row);
        }
        self.arrows.push(Arrow { columns, row });
    }

    fn unused(&mut self, slot: usize) {
        if self.boxes[slot].is_empty() {
            let row = self.first(|row| self.has_room(slot, &self.grown(slot, row)));
            self.boxes[slot] = self.grown(slot, row);
        }
    }

    /// The first row that will do, otherwise the one below all others.
    fn first(&self, will_do: impl Fn(usize) -> bool) -> usize {
        let arrows = self.arrows.iter().map(|arrow| arrow.row + 1);
        let below = arrows.chain(self.boxes.iter().map(|rows| rows.end)).max().unwrap_or(0);
        (0..below).find(|&row| will_do(row)).unwrap_or(below)
    }

    /// Whether no arrow and no box between the ends is in the way.
    fn is_free(&self, columns: &Range<usize>, row: usize) -> bool {
        let meets =
            |other: &Arrow| other.row == row && other.columns.start < columns.end && columns.start < other.columns.end;
        let passed = columns.start + 1..columns.end;
        let hits = |(slot, rows): (&Slot, &Range<usize>)| passed.contains(&slot.column) && rows.contains(&row);
        !self.arrows.iter().any(meets) && !self.slots.iter().zip(&self.boxes).any(hits)
    }

    /// Whether a box can cover these rows: below those above it, and above those below it.
    fn has_room(&self, slot: usize, rows: &Range<usize>) -> bool {
        let column = self.slots[slot].column;
        self.boxes.iter().enumerate().all(|(other, taken)| {
            let apart = match other.cmp(&slot) {
                Ordering::Less => taken.end <= rows.start,
                Ordering::Equal => true,
                Ordering::Greater => rows.end <= taken.start,
            };
            self.slots[other].column != column || taken.is_empty() || apart
        })
    }

    /// The rows of a box once it also covers this one.
    fn grown(&self, slot: usize, row: usize) -> Range<usize> {
        let rows = &self.boxes[slot];
        let start = if rows.is_empty() { row } else { rows.start.min(row) };
        start..rows.end.max(row + 1).max(start + self.slots[slot].height)
    }
}
