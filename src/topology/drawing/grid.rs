//! The measures that all parts of a drawing share.

/// The width of a box.
pub const BOX: i32 = 108;
/// The height of a row.
pub const ROW: i32 = 38;
/// Between a box and the row above or below.
pub const MARGIN: i32 = 4;
/// From a wall or a box to the text beside it.
pub const BESIDE: i32 = 6;
/// The room above the first row, for the names of the walls.
pub const TOP: i32 = 18;

/// The upper edge of a row.
pub fn row_top(row: usize) -> i32 {
    TOP + ROW * length(row)
}

/// A count as a length; a drawing has a few columns and rows.
pub fn length(count: usize) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}
