//! What people type finds what they mean.

use exchange_ports::query::{Index, search};

/// The queries with what is expected first: the id of a flow, or `port` and a number.
fn table() -> Vec<(&'static str, &'static str)> {
    let lines = include_str!("expected/search.tsv").lines();
    let entries = lines.filter(|line| !line.starts_with('#'));
    entries
        .map(|line| line.split_once('\t').unwrap_or_else(|| panic!("no tab in {line}")))
        .collect()
}

fn first(query: &str) -> Option<&'static exchange_ports::catalog::Flow> {
    search(Index::catalogue(), query, false).first().map(|hit| hit.flow)
}

#[test]
fn each_query_finds_first_what_is_expected() {
    let table = table();
    assert!(table.len() >= 150, "{} queries", table.len());
    let mut wrong = Vec::new();
    for (query, expected) in table {
        let found = first(query);
        let holds = found.is_some_and(|flow| match expected.strip_prefix("port ") {
            Some(port) => flow.ports.iter().any(|ports| ports.to_string() == port),
            None => flow.id == expected,
        });
        if !holds {
            let ids: Vec<&str> = search(Index::catalogue(), query, false)
                .iter()
                .take(4)
                .map(|hit| hit.flow.id)
                .collect();
            wrong.push(format!("{query}: expected {expected}, found {ids:?}"));
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}
