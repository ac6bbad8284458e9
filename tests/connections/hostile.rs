//! No input makes anything panic, and none makes a page stand still.

use std::rc::Rc;

use exchange_ports::catalog::{Role, Set, Version, Vocabulary};
use exchange_ports::connections::{Checking, Format, Machine, Paste, Pick, csv, decode};
use litemap::LiteMap;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use super::check::told;
use super::printed::row;
use super::printers::print;
use super::samples::samples;
use crate::support::views;

/// Everything that a page does with a text.
fn everything(text: &str, format: Option<Format>, view: &exchange_ports::link::View, machine: Machine) {
    let mut paste = Paste::new(text.to_owned(), format);
    while paste.step(3) {}
    let (read, whole) = paste.progress();
    assert_eq!(read, whole);
    let table = paste.finish();
    let lines = u32::try_from(text.lines().count()).expect("a test is short");
    assert!(table.rows.iter().all(|row| (1..=lines).contains(&row.line)));
    assert!(table.unread.iter().all(|(line, _)| (1..=lines).contains(line)));
    let mut checking = Checking::new(Rc::new(table), machine, &view.options.addresses, &view.plan);
    while checking.step(3) {}
    let (checked, rows) = checking.progress();
    assert_eq!(checked, rows);
    let report = checking.finish();
    told(&report);
    let pick = Pick {
        text: view.filter.words.clone(),
        ..Pick::default()
    };
    csv(&report, &pick.rows(&report));
}

fn machine() -> impl Strategy<Value = Machine> {
    let roles = vec(select(Role::ALL), 0..4).prop_map(|roles| roles.into_iter().collect::<Set<Role>>());
    (select(Version::ALL), roles).prop_map(|(version, roles)| Machine { version, roles })
}

fn format() -> impl Strategy<Value = Option<Format>> {
    option::of(select(&Format::ALL[..]))
}

/// A line that looks like one of a tool, and is broken somewhere.
fn broken() -> impl Strategy<Value = String> {
    let pieces = [
        "TCP",
        "udp",
        "tcp6",
        "0.0.0.0:25",
        "[::]:25",
        "[fe80::1%12]:25",
        ":::*",
        "*:*",
        "10.0.0.1:70000",
        "10.0.0",
        "LISTENING",
        "ESTAB",
        "ABHÖREN",
        "UNCONN",
        "4",
        "0",
        "-",
        "812/sshd",
        "[x.exe]",
        "[x",
        "x]",
        "users:((\"",
        "pid=",
        "LocalAddress",
        "LocalPort",
        "State",
        ":",
        ",",
        ";",
        "\"",
        "\"\"",
        "\t",
        " ",
        "\n",
        "\r\n",
        "\u{feff}",
        "\u{0}",
        "\u{fffd}",
        "Proto",
        "Имя",
        "Netid",
        "#TYPE",
        "Recv-Q",
        "%",
        "[",
        "]",
        "é",
        "99999999999999999999",
    ];
    vec((select(pieces.to_vec()), select(vec!["", " ", "  "])), 0..60)
        .prop_map(|pieces| pieces.into_iter().flat_map(|(piece, space)| [piece, space]).collect())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn no_text_makes_it_panic(
        text in prop_oneof![any::<String>(), broken()],
        format in format(),
        view in views::view(),
        machine in machine(),
    ) {
        everything(&text, format, &view, machine);
    }

    #[test]
    fn no_table_makes_it_panic(
        format in select(&Format::ALL[..]),
        rows in vec(row(), 0..40),
        view in views::view(),
        machine in machine(),
    ) {
        everything(&print(format, &rows, 0).0, None, &view, machine);
    }

    #[test]
    fn no_damage_to_a_sample_makes_it_panic(
        sample in select(samples()),
        damage in vec((any::<prop::sample::Index>(), any::<u8>()), 0..6),
        cut in any::<prop::sample::Index>(),
    ) {
        let (_, mut bytes) = sample;
        for (place, byte) in damage {
            let place = place.index(bytes.len());
            bytes[place] = byte;
        }
        bytes.truncate(cut.index(bytes.len()));
        let machine = Machine { version: Version::Exchange2010, roles: [Role::ClientAccess].into_iter().collect() };
        everything(&decode(&bytes), None, &exchange_ports::link::View::default(), machine);
    }
}

#[test]
fn a_damaged_line_leaves_the_others_alone() {
    let text = super::samples::sample("windows-2019-netstat-ano");
    let whole = super::table(&text);
    let lines: Vec<&str> = text.lines().collect();
    for row in &whole.rows {
        let damaged: Vec<&str> = lines
            .iter()
            .zip(1..)
            .map(|(line, number)| if number == row.line { "  TCP    10.0.0" } else { *line })
            .collect();
        let table = super::table(&damaged.join("\n"));
        assert_eq!(table.rows.len(), whole.rows.len() - 1);
        assert_eq!(
            table.unread.iter().map(|(line, _)| *line).collect::<Vec<_>>(),
            [row.line]
        );
    }
}

#[test]
fn a_process_is_no_formula_in_a_spreadsheet() {
    let mut paste = Paste::new(
        "TCP 0.0.0.0:99 0.0.0.0:0 LISTENING 4\n [=cmd|'/c calc'!A1]\nTCP 0.0.0.0:98 0.0.0.0:0 LISTENING 4\n [\"x\"]"
            .to_owned(),
        None,
    );
    while paste.step(1) {}
    let machine = Machine {
        version: Version::Exchange2019,
        roles: [Role::Mailbox].into_iter().collect(),
    };
    let mut checking = Checking::new(Rc::new(paste.finish()), machine, &LiteMap::new(), &LiteMap::new());
    while checking.step(1) {}
    let text = csv(&checking.finish(), &[0, 1]);
    assert!(text.contains("\"\"\"x\"\"\""), "{text}");
    assert!(text.contains("\"'=cmd") && !text.contains("\"="), "{text}");
}

#[test]
fn lines_and_columns_without_end_are_read_once() {
    // Each would take hours if a step were to look at all that was before.
    let machine = Machine {
        version: Version::Exchange2019,
        roles: [Role::Mailbox].into_iter().collect(),
    };
    let heading = "LocalAddress LocalPort ".repeat(50_000);
    let rows = "10.0.0.1 25 ".repeat(50_000);
    let csv = format!(
        "{}\n{}",
        "LocalAddress,LocalPort,".repeat(50_000),
        "\"10.0.0.1\",".repeat(50_000)
    );
    let bracket = format!("TCP 0.0.0.0:1 0.0.0.0:0 LISTENING 1\n{}", " [x\n".repeat(100_000));
    let notes = format!("TCP 0.0.0.0:1 0.0.0.0:0 LISTENING 1\n{}", " a1\n".repeat(100_000));
    let begun = "ESTAB 0 0 10.0.0.1:25\n".repeat(100_000);
    let list = "LocalAddress : 10.0.0.1\n".repeat(100_000);
    for text in [format!("{heading}\n{rows}"), csv, bracket, notes, begun, list] {
        everything(&text, None, &exchange_ports::link::View::default(), machine);
    }
}
