//! CSV of PowerShell, in the list separator of any culture.

use super::powershell::{Properties, Property, transport};
use super::row::{Row, Unread};

/// More columns than any object has properties; what is pasted may claim more.
const MOST_COLUMNS: usize = 100;

/// The line of headings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Headings {
    separator: char,
    columns: Vec<Option<Property>>,
}

impl Headings {
    /// Reads a line of headings; `None` if it has no local address.
    pub fn read(line: &str) -> Option<Self> {
        let separator = line.chars().find(|letter| matches!(letter, ',' | ';' | '\t'))?;
        let fields = fields(line, separator).take(MOST_COLUMNS);
        let columns: Vec<Option<Property>> = fields.map(Property::read).collect();
        let is_table = columns.contains(&Some(Property::LocalAddress));
        is_table.then_some(Self { separator, columns })
    }

    /// Reads a line of values.
    ///
    /// # Errors
    ///
    /// If there are fewer values than headings, or one is none.
    pub fn row(&self, line: &str) -> Result<Row, Unread> {
        let mut properties = Properties::default();
        let mut values = fields(line, self.separator);
        for column in &self.columns {
            let value = values.next().ok_or(Unread::CutOff)?;
            if let Some(property) = column {
                properties.set(*property, value);
            }
        }
        properties.row(transport(self.columns.iter().flatten().copied()))
    }
}

/// The fields of a line. A quote inside a field stays doubled: none that is of use here has one.
fn fields(line: &str, separator: char) -> impl Iterator<Item = &str> {
    let mut quoted = false;
    let split = line.split(move |letter| {
        quoted ^= letter == '"';
        letter == separator && !quoted
    });
    split.map(|field| field.trim().trim_matches('"'))
}
