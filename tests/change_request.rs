//! The change request: real readers of CSV and Markdown read it, a spreadsheet takes no field for a formula, and
//! nothing in a cell is markup.

mod support;

use exchange_ports::firewall::Platform;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
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

/// The texts of a Markdown document: items of lists, and rows of tables with the header row first. Anything else that
/// is markup fails.
fn markdown(text: &str) -> (Vec<String>, Vec<Vec<String>>) {
    let (mut items, mut rows) = (Vec::new(), Vec::new());
    let mut words = String::new();
    for event in Parser::new_ext(text, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH) {
        match event {
            Event::Text(more) => words += &more,
            Event::Start(Tag::TableHead | Tag::TableRow) => rows.push(Vec::new()),
            Event::End(TagEnd::TableCell) => rows
                .last_mut()
                .expect("a cell stands in a row")
                .push(std::mem::take(&mut words)),
            Event::End(TagEnd::Item) => items.push(std::mem::take(&mut words)),
            Event::Start(Tag::List(None) | Tag::Item | Tag::Table(_) | Tag::TableCell)
            | Event::End(TagEnd::List(false) | TagEnd::Table | TagEnd::TableHead | TagEnd::TableRow) => {}
            other => panic!("{other:?} in\n{text}"),
        }
    }
    (items, rows)
}

#[test]
fn a_real_markdown_reader_sees_the_rows_that_a_csv_reader_sees() {
    let everything = "#/?addr.server-lan=10.0.0.10,2001:db8::10&addr.client-lan=any&addr.perimeter=192.0.2.25\
        &internal=ports&rules=flow";
    for fragment in [
        ADDRESS,
        everything,
        "#/?internal=any&addr.directory=10.0.2.0/24&addr.server-lan=any",
    ] {
        let (_, mut read) = markdown(&snippet("change-request-markdown", fragment).rules);
        read.remove(0);
        let rows: Vec<Vec<String>> = rows(fragment)
            .iter()
            .map(|row| row.iter().map(str::to_owned).collect())
            .collect();
        assert!(!rows.is_empty());
        assert_eq!(read, rows, "{fragment}");
    }
}

#[test]
fn what_csv_says_above_the_snippet_markdown_says_above_the_table() {
    let fragment = "#/?version=2010,2019&to=server-lan,directory";
    let (items, _) = markdown(&snippet("change-request-markdown", fragment).rules);
    let remarks = snippet("change-request-csv", fragment).remarks;
    for told in ["Microsoft does not support filtering", "(pin.<flow>=)", fragment] {
        assert!(
            remarks.iter().any(|remark| remark.contains(told)),
            "{told}: {remarks:?}"
        );
    }
    assert_eq!(
        items,
        remarks
            .iter()
            .map(|remark| remark.replace("request-csv", "request-markdown"))
            .collect::<Vec<_>>()
    );
    assert_eq!(
        snippet("change-request-markdown", fragment).remarks,
        Vec::<String>::new()
    );
}

#[test]
fn a_table_stands_even_where_no_rule_does() {
    let text = snippet("change-request-markdown", "#/?q=nothing+matches+this").rules;
    let (_, rows) = markdown(&text);
    assert_eq!(rows.len(), 1, "{text}");
    assert!(text.ends_with(" --- |\n"));
}

#[test]
fn whatever_a_text_holds_is_no_markup() {
    let hostile = r"a|b \| `c|` <b>d</b> [e](f) *g* _h_ ~~i~~ <!-- j --> \";
    let mut policy = policy(ADDRESS);
    policy.rules[0].name = hostile.to_owned();
    policy.permalink = hostile.to_owned();
    let platform = Platform::find("change-request-markdown").expect("it is a platform");
    let (items, rows) = markdown(&platform.write(&policy).rules);
    assert_eq!(rows[1][0], hostile);
    assert!(items.contains(&hostile.to_owned()), "{items:?}");
}

#[test]
fn a_line_break_ends_no_row() {
    let mut policy = policy(ADDRESS);
    policy.rules[0].name = "a\nb\r\nc".to_owned();
    let platform = Platform::find("change-request-markdown").expect("it is a platform");
    let (_, rows) = markdown(&platform.write(&policy).rules);
    assert_eq!(rows[1][0], "a b  c");
}
