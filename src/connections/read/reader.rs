//! From lines to rows, whatever tool wrote them.

use super::columns::{Columns, row_without_headings};
use super::csv::Headings;
use super::format::{Format, is_beside};
use super::netstat;
use super::powershell::{Record, list_line};
use super::row::{Row, Unread};
use super::ss;
use super::table::Table;

/// What a line is.
pub enum Line {
    /// A socket.
    Row(Row),
    /// A heading, or something that is no connection.
    Beside,
    /// The beginning of a row that the next line ends.
    Begun,
}

/// Takes lines and gives a table at the end.
#[derive(Debug, Default)]
pub struct Reader {
    /// The format of the lines before; the next one is read as it first.
    format: Option<Format>,
    /// Whether somebody chose the format.
    is_chosen: bool,
    columns: Option<Columns>,
    headings: Option<Headings>,
    record: Record,
    /// A row that ss began, and its line.
    begun: Option<(u32, String)>,
    /// A name of a process that `netstat -b` began, and its line.
    bracket: Option<(u32, String)>,
    /// Lines between a row and the name of its process, of which only that name tells whether they belong to it.
    notes: Vec<u32>,
    /// The last line of a row of `netstat -b` and what belongs to it.
    last_of_row: u32,
    /// The number of the line that is read.
    line: u32,
    table: Table,
}

impl Reader {
    /// Reads lines of this format only; without one it is recognised, and may change on the way.
    pub fn new(format: Option<Format>) -> Self {
        Self {
            format,
            is_chosen: format.is_some(),
            ..Self::default()
        }
    }

    /// Takes the next line.
    pub fn take(&mut self, line: &str) {
        self.line += 1;
        self.table.lines = self.line;
        if self.ends_begun(line) || self.is_owner(line) {
            return;
        }
        match self.read(line) {
            Ok((format, read)) => {
                self.format = Some(format);
                self.keep(format, read, line);
            }
            Err(_) if is_beside(line) => self.end_object(),
            Err(Unread::Unknown) if self.is_note(line) => {}
            Err(unread) => self.table.leave(self.line, unread),
        }
    }

    /// The table of all lines.
    pub fn finish(mut self) -> Table {
        self.end_object();
        if let Some((line, _)) = self.begun {
            self.table.leave(line, Unread::CutOff);
        }
        self.table.finish();
        self.table
    }

    fn keep(&mut self, format: Format, read: Line, line: &str) {
        match read {
            Line::Row(row) => {
                self.end_object();
                self.push(self.line, row, format);
            }
            Line::Beside => {}
            Line::Begun => self.begun = Some((self.line, line.to_owned())),
        }
    }

    fn push(&mut self, line: u32, row: Row, format: Format) {
        self.table.format.get_or_insert(format);
        self.table.rows.push(Row { line, ..row });
        self.last_of_row = line;
    }

    /// Reads a line in the format of those before, or in the one that it shows.
    fn read(&mut self, line: &str) -> Result<(Format, Line), Unread> {
        let before = self.format;
        let mut unread = Unread::Unknown;
        if let Some(format) = before {
            match self.read_as(format, line) {
                Ok(read) => return Ok((format, read)),
                Err(error) => unread = error,
            }
        }
        let shown = Format::recognise(line).filter(|_| !self.is_chosen);
        match shown.filter(|shown| before != Some(*shown)) {
            Some(format) => self.read_as(format, line).map(|read| (format, read)),
            None => Err(unread),
        }
    }

    fn read_as(&mut self, format: Format, line: &str) -> Result<Line, Unread> {
        match format {
            Format::WindowsNetstat => netstat::windows(line),
            Format::LinuxNetstat => netstat::linux(line),
            Format::Ss => ss::read(line),
            Format::PowerShellTable => self.table_line(line),
            Format::PowerShellCsv => self.csv_line(line),
            Format::PowerShellList => self.list_line(line),
        }
    }

    fn table_line(&mut self, line: &str) -> Result<Line, Unread> {
        let words = line.trim();
        if words.is_empty() {
            return Err(Unread::Unknown);
        }
        if words.contains("LocalAddress") && Format::recognise(line) == Some(Format::PowerShellTable) {
            self.columns = Some(Columns::read(line));
            return Ok(Line::Beside);
        }
        if words.bytes().all(|byte| matches!(byte, b'-' | b' ')) {
            return Ok(Line::Beside);
        }
        let row = match &self.columns {
            Some(columns) => columns.row(line),
            None => row_without_headings(line),
        };
        row.map(Line::Row)
    }

    fn csv_line(&mut self, line: &str) -> Result<Line, Unread> {
        if line.trim().is_empty() {
            return Err(Unread::Unknown);
        }
        if line.starts_with("#TYPE") {
            return Ok(Line::Beside);
        }
        if let Some(headings) = Some(line)
            .filter(|line| line.contains("LocalAddress"))
            .and_then(Headings::read)
        {
            self.headings = Some(headings);
            return Ok(Line::Beside);
        }
        let headings = self.headings.as_ref().ok_or(Unread::Unknown)?;
        headings.row(line).map(Line::Row)
    }

    fn list_line(&mut self, line: &str) -> Result<Line, Unread> {
        let (property, value) = list_line(line)?;
        if let Some(property) = property {
            if self.record.has(property) {
                self.end_object();
            }
            if self.record.is_empty() {
                self.record.line = self.line;
            }
            self.record.add(property, value);
        }
        Ok(Line::Beside)
    }

    /// What several lines say together ends here: an object of a list, the owner of a row.
    fn end_object(&mut self) {
        let record = std::mem::take(&mut self.record);
        if !record.is_empty() {
            match record.row() {
                Ok(row) => self.push(record.line, row, Format::PowerShellList),
                Err(unread) => self.table.leave(record.line, unread),
            }
        }
        let bracket = self.bracket.take().map(|(line, _)| line);
        for line in bracket.into_iter().chain(std::mem::take(&mut self.notes)) {
            self.table.leave(line, Unread::Unknown);
        }
    }

    /// Whether the line ends a row of ss that the line before began.
    fn ends_begun(&mut self, line: &str) -> bool {
        let Some((number, begun)) = self.begun.take() else {
            return false;
        };
        if let Ok(Line::Row(row)) = ss::read(&format!("{begun} {line}")) {
            self.push(number, row, Format::Ss);
            return true;
        }
        self.table.leave(number, Unread::CutOff);
        false
    }

    /// Whether the line is the name of the process that owns the row before, as `netstat -b` writes it, or a part of it.
    fn is_owner(&mut self, line: &str) -> bool {
        if self.format != Some(Format::WindowsNetstat) || self.table.rows.is_empty() {
            return false;
        }
        let line = line.trim();
        let (first, name) = match (self.bracket.take(), line.strip_prefix('[')) {
            (None, None) => return false,
            (Some((first, begun)), None) => (first, begun + line),
            (before, Some(name)) => {
                if let Some((first, _)) = before {
                    self.table.leave(first, Unread::CutOff);
                }
                (self.line, name.to_owned())
            }
        };
        match (name.strip_suffix(']'), self.table.rows.last_mut()) {
            (Some(name), Some(row)) => {
                row.process = Some(name.into());
                self.notes.clear();
            }
            // A name is broken once, at the edge of the window.
            _ if first < self.line => {
                self.table.leave(first, Unread::CutOff);
                return false;
            }
            _ => self.bracket = Some((first, name)),
        }
        true
    }

    /// Whether the line stands between a row of `netstat -b` and the name of its process: the name of a component, or
    /// a sentence that there is none to see.
    fn is_note(&mut self, line: &str) -> bool {
        let follows_row = self.last_of_row > 0 && self.last_of_row + 1 == self.line;
        if self.format != Some(Format::WindowsNetstat) || !follows_row || !line.starts_with(' ') {
            return false;
        }
        self.last_of_row = self.line;
        // A sentence ends here. What has digits is a component only if a name follows.
        if line.contains(|letter: char| letter.is_numeric()) {
            self.notes.push(self.line);
        }
        true
    }
}
