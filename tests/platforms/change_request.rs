//! Reads change requests: CSV with a CSV reader, tables as the GitHub Flavored Markdown Spec describes them (section
//! "Tables", with the backslash escapes of section "Backslash escapes"), in the narrow form that the writer has.

use exchange_ports::catalog::{PortRange, Transport, Vocabulary};
use exchange_ports::firewall::{Family, Network, Policy, Side, Snippet};

use super::atom::{Atom, Atoms, atoms, everything, of_policy};
use super::words::{network, port_range};

/// What a policy means here: a request does not say on which machine a rule stands.
pub fn meant(policy: &Policy) -> Atoms {
    let between = |atom: Atom| Atom {
        side: Side::Between,
        ..atom
    };
    of_policy(policy).into_iter().map(between).collect()
}

/// What a CSV file asks for.
pub fn read_csv(snippet: &Snippet) -> Result<Atoms, String> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(snippet.rules.as_bytes());
    let rows: Result<Vec<csv::StringRecord>, csv::Error> = reader.records().collect();
    let rows = rows.map_err(|error| error.to_string())?;
    request(rows.iter().map(|row| row.iter().map(str::to_owned).collect()).collect())
}

/// What a Markdown file asks for.
pub fn read_markdown(snippet: &Snippet) -> Result<Atoms, String> {
    let (list, table) = snippet
        .rules
        .split_once("\n\n")
        .ok_or("no empty line above the table")?;
    if let Some(line) = list.lines().find(|line| !line.starts_with("- ")) {
        return Err(format!("no item of a list: {line}"));
    }
    let mut rows: Vec<Vec<String>> = table.lines().map(cells).collect::<Result<_, _>>()?;
    let delimiters = (rows.len() > 1).then(|| rows.remove(1)).ok_or("no table")?;
    if delimiters.iter().any(|cell| cell != "---") {
        return Err("no delimiter row".to_owned());
    }
    request(rows)
}

/// The cells of a line of a table.
fn cells(line: &str) -> Result<Vec<String>, String> {
    let inner = line.strip_prefix('|').and_then(|rest| rest.strip_suffix('|'));
    let mut letters = inner.ok_or_else(|| format!("no row: {line}"))?.chars();
    let mut cells = vec![String::new()];
    while let Some(letter) = letters.next() {
        match (letter, cells.last_mut().expect("there is a cell")) {
            ('|', _) => cells.push(String::new()),
            ('\\', cell) => match letters.next() {
                Some(escaped) if escaped.is_ascii_punctuation() => cell.push(escaped),
                _ => return Err(format!("a backslash that escapes nothing: {line}")),
            },
            ('<' | '>' | '[' | ']' | '`' | '*' | '_' | '~', _) => return Err(format!("markup: {line}")),
            (_, cell) => cell.push(letter),
        }
    }
    Ok(cells.iter().map(|cell| cell.trim().to_owned()).collect())
}

fn request(rows: Vec<Vec<String>>) -> Result<Atoms, String> {
    let mut all = Atoms::new();
    let mut rows = rows
        .iter()
        .map(|row| row.iter().map(String::as_str).collect::<Vec<_>>());
    let columns = rows.next().ok_or("no header row")?;
    if columns[..8]
        != [
            "Id",
            "Action",
            "From",
            "Source",
            "To",
            "Destination",
            "Protocol",
            "Ports",
        ]
    {
        return Err(format!("unknown columns: {columns:?}"));
    }
    for row in rows {
        if row.len() != columns.len() {
            return Err(format!("{} cells: {row:?}", row.len()));
        }
        match row[1] {
            "ALLOW" => all.extend(allowed(&row)?),
            "INCOMPLETE" if row[3].is_empty() && row[5].is_empty() => {}
            _ => return Err(format!("unknown action: {row:?}")),
        }
    }
    Ok(all)
}

fn allowed(row: &[&str]) -> Result<Atoms, String> {
    let unknown = || format!("no protocol: {}", row[6]);
    let (transport, family) = row[6].split_once(' ').ok_or_else(unknown)?;
    let transport = Transport::from_slug(transport).ok_or_else(unknown)?;
    let family = match family {
        "(IPv4)" => Family::V4,
        "(IPv6)" => Family::V6,
        _ => return Err(unknown()),
    };
    let ports: Vec<Option<PortRange>> = if row[7].is_empty() {
        vec![None]
    } else {
        let ports = row[7].split(',').map(|text| port_range(text, '-').map(Some));
        ports.collect::<Result<_, _>>()?
    };
    Ok(atoms(
        Side::Between,
        &end(row[3], family)?,
        &end(row[5], family)?,
        transport,
        &ports,
    ))
}

fn end(text: &str, family: Family) -> Result<Vec<Network>, String> {
    if text == "any" {
        return Ok(vec![everything(family)]);
    }
    text.split(',').map(network).collect()
}
