//! Everything that reads text of people, and what must hold for whatever they write. Fuzzers look for inputs for which
//! it does not; those that they found once stand under `tests/corpus`.

use std::rc::Rc;

use exchange_ports::catalog::{PortRange, Ports, Set, Version, Vocabulary};
use exchange_ports::connections::{Checking, Format, Machine, Paste, Pick, Table, csv, decode};
use exchange_ports::firewall::AddressList;
use exchange_ports::link::{State, parse, print};
use litemap::LiteMap;

/// A pasted file: read as any format, checked for any machine, told and written out.
pub fn connections(bytes: &[u8]) {
    let text = decode(bytes);
    check(read(&text, None), bytes.len());
    check(
        read(&text, Some(Format::ALL[bytes.len() % Format::ALL.len()])),
        bytes.len(),
    );
}

fn read(text: &str, format: Option<Format>) -> Table {
    let mut paste = Paste::new(text.to_owned(), format);
    while paste.step(100) {}
    let table = paste.finish();
    assert!(table.rows.iter().all(|row| (1..=table.lines).contains(&row.line)));
    assert!(table.unread.iter().all(|(line, _)| (1..=table.lines).contains(line)));
    table
}

fn check(table: Table, number: usize) {
    let version = Version::ALL[number % Version::ALL.len()];
    let machine = Machine {
        version,
        roles: Machine::roles_of(version).into_iter().collect::<Set<_>>(),
    };
    let addresses = AddressList::read("10.0.0.0/8, 2001:db8::/32").addresses;
    let place = exchange_ports::firewall::Place::Zone(exchange_ports::catalog::Zone::ServerLan);
    let addresses = addresses.into_iter().map(|addresses| (place, addresses)).collect();
    let mut checking = Checking::new(Rc::new(table), machine, &addresses, &LiteMap::new());
    while checking.step(100) {}
    let report = checking.finish();
    for finding in &report.findings {
        assert!(!finding.title().is_empty() && !finding.text().is_empty());
    }
    // A line for each row, and none that a field could break: names of processes have no line breaks.
    let rows = Pick::default().rows(&report);
    let lines = csv(&report, &rows).matches("\r\n").count();
    assert_eq!(lines, report.rows.len() + 1);
}

/// The text after `#` in an address: what is understood means the same when it is written and read again.
pub fn links(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let state = State::open(&text, Vec::new(), None);
    let written = print(&state.view);
    let again = parse(&written);
    assert_eq!(again.view, state.view, "{written}");
    assert_eq!(print(&again.view), written);
    for notice in &state.notices {
        assert!(!notice.to_string().is_empty());
    }
    state.policy(&state.view.flows());
}

/// A list of addresses: what is understood means the same when it is written and read again.
pub fn addresses(bytes: &[u8]) {
    let list = AddressList::read(&String::from_utf8_lossy(bytes));
    for remark in &list.remarks {
        assert!(!remark.to_string().is_empty());
    }
    if let Some(addresses) = list.addresses {
        let again = AddressList::read(&addresses.to_string());
        assert_eq!(again.addresses, Some(addresses));
        assert_eq!(again.remarks, []);
    }
}

/// A port, a range or a choice: what is understood means the same when it is written and read again.
pub fn ports(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    for item in text.split(',') {
        if let Ok(range) = item.parse::<PortRange>() {
            assert_eq!(range.to_string().parse(), Ok(range));
        }
        if let Ok(ports) = item.parse::<Ports>() {
            assert_eq!(ports.to_string().parse(), Ok(ports));
        }
    }
}
