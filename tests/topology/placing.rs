//! The rows of arrows and boxes, on drawings that no deployment has yet.

#[path = "../../src/topology/drawing/rows.rs"]
mod rows;

use std::ops::Range;

use proptest::prelude::*;
use rows::{Slot, place};

/// Rows of arrows and of boxes; a box is given by column and height, an arrow by the numbers of its boxes.
fn placed(boxes: &[(usize, usize)], arrows: &[[usize; 2]]) -> (Vec<usize>, Vec<Range<usize>>) {
    let slots: Vec<Slot> = boxes.iter().map(|&(column, height)| Slot { column, height }).collect();
    let rows = place(&slots, arrows);
    (rows.arrows, rows.boxes)
}

#[test]
fn arrows_in_different_gaps_share_a_row() {
    assert_eq!(
        placed(&[(0, 1), (1, 1), (2, 1)], &[[0, 1], [1, 2], [1, 0]]),
        (vec![0, 0, 1], vec![0..2, 0..2, 0..1])
    );
}

#[test]
fn a_box_below_another_begins_where_that_one_ends() {
    assert_eq!(
        placed(&[(0, 1), (1, 3), (1, 1)], &[[0, 1], [0, 2]]),
        (vec![0, 3], vec![0..4, 0..3, 3..4])
    );
}

#[test]
fn an_arrow_over_a_column_passes_below_a_box_that_is_higher_than_its_arrows() {
    assert_eq!(
        placed(&[(0, 1), (1, 3), (2, 1)], &[[0, 1], [0, 2]]),
        (vec![0, 3], vec![0..4, 0..3, 3..4])
    );
}

#[test]
fn a_box_over_which_an_arrow_passes_begins_below_it() {
    assert_eq!(
        placed(&[(0, 1), (1, 2), (2, 1)], &[[0, 2], [0, 1]]),
        (vec![0, 1], vec![0..2, 1..3, 0..1])
    );
}

#[test]
fn a_box_without_arrows_stands_below_those_above_it() {
    assert_eq!(
        placed(&[(0, 1), (1, 2), (1, 1)], &[[0, 1]]),
        (vec![0], vec![0..1, 0..2, 2..3])
    );
}

proptest! {
    #[test]
    fn no_two_arrows_meet_and_every_box_holds_its_arrows_and_its_text(
        boxes in proptest::collection::vec((0..4_usize, 1..4_usize), 2..6),
        picks in proptest::collection::vec((0..6_usize, 0..6_usize), 0..8),
    ) {
        let arrows: Vec<[usize; 2]> = picks
            .iter()
            .map(|&(a, b)| [a % boxes.len(), b % boxes.len()])
            .filter(|[a, b]| boxes[*a].0 != boxes[*b].0)
            .collect();
        let (rows, covered) = placed(&boxes, &arrows);
        let span = |[a, b]: [usize; 2]| boxes[a].0.min(boxes[b].0)..boxes[a].0.max(boxes[b].0);
        for (index, ends) in arrows.iter().enumerate() {
            for end in ends {
                prop_assert!(covered[*end].contains(&rows[index]));
            }
            for (other, others) in arrows.iter().enumerate().skip(index + 1) {
                let (one, two) = (span(*ends), span(*others));
                let meet = one.start < two.end && two.start < one.end;
                prop_assert!(!meet || rows[index] != rows[other]);
            }
        }
        for (rows, (_, height)) in covered.iter().zip(&boxes) {
            prop_assert!(rows.len() >= *height);
        }
    }
}
