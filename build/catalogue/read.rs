//! From files to raw entries, each read by itself so that an error names its entry.

use std::path::Path;
use std::{fs, io};

use serde::de::DeserializeOwned;
use toml::{Table, Value};

use super::problem::Problem;
use super::raw::{Catalogue, Entry};

/// Reads every file of the catalogue.
pub fn catalogue(data: &Path) -> Result<Catalogue, Vec<Problem>> {
    let mut flows = Vec::new();
    for file in flow_files(data).map_err(|error| vec![problem("flows", "", &error)])? {
        flows.extend(entries(data, &file, "flow")?);
    }
    Ok(Catalogue {
        flows,
        sources: entries(data, "sources.toml", "source")?,
        errata: entries(data, "errata.toml", "erratum")?,
        changes: entries(data, "changes.toml", "change")?,
        caveats: entries(data, "caveats.toml", "caveat")?,
        support: support(data)?,
        deployments: entries(data, "deployments.toml", "deployment")?,
        procedures: entries(data, "static-ports.toml", "procedure")?,
    })
}

fn flow_files(data: &Path) -> io::Result<Vec<String>> {
    let mut files = Vec::new();
    for file in fs::read_dir(data.join("flows"))? {
        files.push(format!("flows/{}", file?.file_name().to_string_lossy()));
    }
    files.sort();
    Ok(files)
}

fn table(data: &Path, file: &str) -> Result<Table, Vec<Problem>> {
    let text = fs::read_to_string(data.join(file)).map_err(|error| vec![problem(file, "", &error)])?;
    text.parse()
        .map_err(|error: toml::de::Error| vec![problem(file, "", &error)])
}

/// The tables `[[name]]` of a file, and nothing else in it.
fn entries<T: DeserializeOwned>(data: &Path, file: &str, name: &str) -> Result<Vec<Entry<T>>, Vec<Problem>> {
    let mut found = Vec::new();
    let mut problems = Vec::new();
    for (key, value) in table(data, file)? {
        match value {
            Value::Array(values) if key == name => {
                for (index, value) in values.into_iter().enumerate() {
                    let label = label(&value, name, index);
                    match value.try_into() {
                        Ok(value) => found.push(Entry {
                            file: file.to_owned(),
                            value,
                        }),
                        Err(error) => problems.push(problem(file, &label, &error)),
                    }
                }
            }
            _ if key == "support" => {}
            _ => problems.push(problem(file, &key, &format!("unknown entry, expected [[{name}]]"))),
        }
    }
    if problems.is_empty() { Ok(found) } else { Err(problems) }
}

fn support<T: DeserializeOwned>(data: &Path) -> Result<Entry<T>, Vec<Problem>> {
    let file = "caveats.toml";
    let missing = || vec![problem(file, "support", &"missing")];
    let value = table(data, file)?.remove("support").ok_or_else(missing)?;
    value
        .try_into()
        .map(|value| Entry {
            file: file.to_owned(),
            value,
        })
        .map_err(|error: toml::de::Error| vec![problem(file, "support", &error)])
}

fn label(value: &Value, name: &str, index: usize) -> String {
    let id = value.get("id").and_then(Value::as_str);
    id.map_or_else(|| format!("{name} {}", index + 1), str::to_owned)
}

fn problem(file: &str, entry: &str, reason: &impl ToString) -> Problem {
    Problem {
        file: file.to_owned(),
        entry: entry.to_owned(),
        reason: reason.to_string(),
    }
}
