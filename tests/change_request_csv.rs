//! The change request: a real CSV reader reads it, and a spreadsheet takes no field for a formula.

mod support;

use support::rules::{policy, snippet};

const ADDRESS: &str = "#/?version=2019&from=internet&to=perimeter,server-lan&addr.server-lan=10.0.0.10";

fn rows(fragment: &str) -> Vec<csv::StringRecord> {
    let text = snippet("change-request-csv", fragment).rules;
    csv::Reader::from_reader(text.as_bytes())
        .records()
        .map(|row| row.expect("a row of as many fields"))
        .collect()
}

#[test]
fn each_rule_is_a_row_with_its_addresses_and_ports() {
    let policy = policy(ADDRESS);
    let allowed: Vec<csv::StringRecord> = rows(ADDRESS).into_iter().filter(|row| &row[1] == "ALLOW").collect();
    assert_eq!(allowed.len(), policy.rules.len());
    for (row, rule) in allowed.iter().zip(&policy.rules) {
        assert_eq!(&row[0], rule.name);
        assert_eq!(&row[3], rule.source.to_string());
        assert_eq!(&row[5], rule.destination.to_string());
        let ports: Vec<String> = rule.ports.iter().map(ToString::to_string).collect();
        assert_eq!(&row[7], ports.join(","));
    }
}

#[test]
fn what_waits_for_an_address_is_a_row_incomplete() {
    let incomplete: Vec<csv::StringRecord> = rows(ADDRESS)
        .into_iter()
        .filter(|row| &row[1] == "INCOMPLETE")
        .collect();
    assert_eq!(incomplete.len(), 1);
    assert_eq!(
        (&incomplete[0][2], &incomplete[0][4], &incomplete[0][7]),
        ("internet", "perimeter", "25,443")
    );
    assert!(incomplete[0][11].contains("addr.perimeter="));
}

#[test]
fn what_is_left_out_for_another_reason_is_named_above_the_snippet() {
    let remarks = snippet("change-request-csv", "#/?version=2019&from=server-lan&to=directory").remarks;
    assert!(
        remarks
            .iter()
            .any(|remark| remark.contains("Microsoft does not support filtering")),
        "{remarks:?}"
    );
}

#[test]
fn lines_end_as_rfc_4180_says_and_every_field_is_quoted() {
    let text = snippet("change-request-csv", "#/?addr.server-lan=10.0.0.10").rules;
    assert!(text.ends_with("\"\r\n") && !text.ends_with("\r\n\r\n"));
    assert!(
        text.split("\r\n")
            .filter(|line| !line.is_empty())
            .all(|line| line.starts_with('"') && line.ends_with('"'))
    );
    assert!(!text.replace("\r\n", "").contains(['\r', '\n']));
}

#[test]
fn no_field_begins_as_a_formula_does() {
    for row in rows("#/?addr.server-lan=any&addr.client-lan=any&addr.perimeter=any&internal=ports") {
        assert!(
            row.iter()
                .all(|field| !field.starts_with(['=', '+', '-', '@', '\t', '\r'])),
            "{row:?}"
        );
    }
}
