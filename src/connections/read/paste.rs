//! Reading a pasted text some lines at a time.

use super::format::Format;
use super::reader::Reader;
use super::table::Table;

/// A pasted text that is being read. Dropping it cancels.
#[derive(Debug)]
pub struct Paste {
    text: String,
    at: usize,
    reader: Reader,
}

impl Paste {
    /// Begins to read a text, as this format or as the one that is recognised.
    pub fn new(text: String, format: Option<Format>) -> Self {
        let at = if text.starts_with('\u{feff}') { 3 } else { 0 };
        Self {
            text,
            at,
            reader: Reader::new(format),
        }
    }

    /// Reads up to so many lines; `false` once all are read.
    pub fn step(&mut self, lines: usize) -> bool {
        for _ in 0..lines {
            let rest = &self.text[self.at..];
            if rest.is_empty() {
                return false;
            }
            let end = rest.find('\n').map_or(rest.len(), |end| end + 1);
            let line = rest[..end].trim_end_matches(['\n', '\r']);
            self.reader.take(line);
            self.at += end;
        }
        self.at < self.text.len()
    }

    /// How much is read, and of how much, in bytes.
    pub fn progress(&self) -> (usize, usize) {
        (self.at, self.text.len())
    }

    /// The table of what was read.
    pub fn finish(self) -> Table {
        self.reader.finish()
    }
}
