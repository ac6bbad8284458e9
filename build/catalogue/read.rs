//! From files to raw entries, each read by itself so that an error names its entry.

use std::path::Path;
use std::{fs, io};

use serde::de::DeserializeOwned;
use toml::{Table, Value};

use super::problem::Problem;
use super::raw::{Catalogue, Entry, Flow, Statement};

/// Reads every file of the catalogue, or tells what is wrong in all of them.
pub fn catalogue(data: &Path) -> Result<Catalogue, Vec<Problem>> {
    let mut reader = Reader {
        data,
        problems: Vec::new(),
    };
    let families = reader.entries("families.toml", "family");
    let values = reader.entries("values.toml", "value");
    let flows = reader.flows();
    let sources = reader.entries("sources.toml", "source");
    let errata = reader.entries("errata.toml", "erratum");
    let changes = reader.entries("changes.toml", "change");
    let statements = reader.statements();
    let deployments = reader.entries("deployments.toml", "deployment");
    let procedures = reader.entries("static-ports.toml", "procedure");
    let pinned = reader.entries("pinned-flows.toml", "pinned");
    let encrypted_ports = reader.entries("encrypted-ports.toml", "encrypted_port");
    match statements {
        Some((support, caveats)) if reader.problems.is_empty() => Ok(Catalogue {
            families,
            values,
            flows,
            sources,
            errata,
            changes,
            caveats,
            support,
            deployments,
            procedures,
            pinned,
            encrypted_ports,
        }),
        _ => Err(reader.problems),
    }
}

struct Reader<'a> {
    data: &'a Path,
    problems: Vec<Problem>,
}

impl Reader<'_> {
    fn report(&mut self, file: &str, entry: &str, reason: &impl ToString) {
        self.problems.push(Problem {
            file: file.to_owned(),
            entry: entry.to_owned(),
            reason: reason.to_string(),
        });
    }

    fn flows(&mut self) -> Vec<Entry<Flow>> {
        match flow_files(self.data) {
            Ok(files) => files.iter().flat_map(|file| self.entries(file, "flow")).collect(),
            Err(error) => {
                self.report("flows", "", &error);
                Vec::new()
            }
        }
    }

    /// The table `[support]` and the tables `[[caveat]]`: the one file with two kinds of entries.
    fn statements(&mut self) -> Option<(Entry<Statement>, Vec<Entry<Statement>>)> {
        let file = "caveats.toml";
        let mut table = self.table(file)?;
        // A missing table is told like an empty one: by the key that it lacks.
        let support = table.remove("support").unwrap_or_else(|| Table::new().into());
        let support = self.entry(file, "support".to_owned(), support);
        let caveats = self.entries_in(file, table, "caveat");
        Some((support?, caveats))
    }

    /// The tables `[[name]]` of a file, and nothing else in it.
    fn entries<T: DeserializeOwned>(&mut self, file: &str, name: &str) -> Vec<Entry<T>> {
        let table = self.table(file).unwrap_or_default();
        self.entries_in(file, table, name)
    }

    fn entries_in<T: DeserializeOwned>(&mut self, file: &str, table: Table, name: &str) -> Vec<Entry<T>> {
        let mut found = Vec::new();
        for (key, value) in table {
            match value {
                Value::Array(values) if key == name => {
                    for (index, value) in values.into_iter().enumerate() {
                        found.extend(self.entry(file, label(&value, name, index), value));
                    }
                }
                _ => self.report(file, &key, &format!("unknown entry, expected [[{name}]]")),
            }
        }
        found
    }

    fn entry<T: DeserializeOwned>(&mut self, file: &str, label: String, value: Value) -> Option<Entry<T>> {
        if has_control(&value) {
            self.report(file, &label, &"a text holds a tab or a line break");
        }
        match value.try_into() {
            Ok(value) => Some(Entry {
                file: file.to_owned(),
                label,
                value,
            }),
            Err(error) => {
                self.report(file, &label, &error);
                None
            }
        }
    }

    fn table(&mut self, file: &str) -> Option<Table> {
        match fs::read_to_string(self.data.join(file)) {
            Ok(text) => self.parsed(file, &text),
            Err(error) => {
                self.report(file, "", &error);
                None
            }
        }
    }

    fn parsed(&mut self, file: &str, text: &str) -> Option<Table> {
        match text.parse::<Table>() {
            Ok(table) => Some(table),
            Err(error) => {
                let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
                let line = before.matches('\n').count() + 1;
                self.report(file, &format!("line {line}"), &error.message());
                None
            }
        }
    }
}

fn flow_files(data: &Path) -> io::Result<Vec<String>> {
    let mut files = Vec::new();
    for file in fs::read_dir(data.join("flows"))? {
        files.push(format!("flows/{}", file?.file_name().to_string_lossy()));
    }
    files.sort();
    Ok(files)
}

/// What a person calls an entry: its id, otherwise its kind and its number.
fn label(value: &Value, name: &str, index: usize) -> String {
    let number = value
        .get("number")
        .map_or_else(|| (index + 1).to_string(), Value::to_string);
    match value.get("id").and_then(Value::as_str) {
        Some(id) if !id.is_empty() => id.to_owned(),
        _ => format!("{name} {number}"),
    }
}

/// Whether a text holds what would break the records of the built file.
fn has_control(value: &Value) -> bool {
    match value {
        Value::String(text) => text.contains(char::is_control),
        Value::Array(values) => values.iter().any(has_control),
        Value::Table(table) => table.values().any(has_control),
        _ => false,
    }
}
