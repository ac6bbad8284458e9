//! Which rows something is about.

/// How many rows are named.
pub const NAMED: usize = 20;

/// Rows of a table: how many, and which the first ones are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rows {
    /// The first twenty, as positions in [`super::Table::rows`]; ascending.
    pub first: Vec<u32>,
    /// How many there are.
    pub count: u32,
}

impl Rows {
    /// Adds a row that stands below those before.
    pub fn add(&mut self, row: u32) {
        self.count += 1;
        if self.first.len() < NAMED {
            self.first.push(row);
        }
    }

    /// Adds all rows of the other.
    pub fn extend(&mut self, other: &Self) {
        self.count += other.count;
        self.first.extend(&other.first);
        self.first.sort_unstable();
        self.first.truncate(NAMED);
    }
}
