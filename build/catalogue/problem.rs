//! What is wrong with the data, and where.

use std::fmt;

/// One thing that is wrong: file, entry and reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The path of the file, from the folder of the data.
    pub file: String,
    /// The id of the entry, or its kind and number, or the line if the file is no TOML; empty if all of it is meant.
    pub entry: String,
    /// What is wrong and what would be right.
    pub reason: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        write!(out, "data/{}: ", self.file)?;
        if !self.entry.is_empty() {
            write!(out, "{}: ", self.entry)?;
        }
        // One line each, because cargo shows the first line only.
        out.write_str(&self.reason.split_whitespace().collect::<Vec<_>>().join(" "))
    }
}
