//! Whatever sockets a machine has, they are read from every format as they are.

use std::net::IpAddr;
use std::num::NonZeroU16;

use exchange_ports::catalog::Transport;
use exchange_ports::connections::{Endpoint, Format, Row, TcpState};
use proptest::collection::vec;
use proptest::option::weighted;
use proptest::prelude::*;
use proptest::sample::select;

use super::printers::print;
use super::{table, table_as};

fn address() -> impl Strategy<Value = IpAddr> {
    let v4 = (1..224u8, any::<[u8; 3]>()).prop_map(|(first, [a, b, c])| IpAddr::from([first, a, b, c]));
    let v6 = any::<[u16; 8]>().prop_map(|mut groups| {
        groups[0] |= 0x2000;
        IpAddr::from(groups)
    });
    prop_oneof![3 => v4, 1 => v6]
}

fn port() -> impl Strategy<Value = Option<NonZeroU16>> {
    any::<NonZeroU16>().prop_map(Some)
}

fn end() -> impl Strategy<Value = Endpoint> {
    (address(), port()).prop_map(|(address, port)| Endpoint {
        address: Some(address),
        port,
    })
}

/// Any socket that a tool would show.
pub fn row() -> impl Strategy<Value = Row> {
    const STATES: [TcpState; 9] = [
        TcpState::SynSent,
        TcpState::SynReceived,
        TcpState::Established,
        TcpState::FinWait1,
        TcpState::FinWait2,
        TcpState::CloseWait,
        TcpState::Closing,
        TcpState::LastAck,
        TcpState::TimeWait,
    ];
    let local = (weighted(0.7, address()), port()).prop_map(|(address, port)| Endpoint { address, port });
    let owner = (
        weighted(0.8, 1..100_000u32),
        weighted(0.7, "[a-zA-Z][a-zA-Z0-9._-]{0,20}"),
    );
    (
        any::<bool>(),
        local,
        weighted(0.6, end()),
        select(STATES.to_vec()),
        owner,
    )
        .prop_map(|(tcp, local, remote, connected, (pid, process))| Row {
            line: 0,
            transport: if tcp { Transport::Tcp } else { Transport::Udp },
            local,
            remote,
            state: match (tcp, remote) {
                (false, _) => None,
                (true, None) => Some(TcpState::Listen),
                (true, Some(_)) => Some(connected),
            },
            pid,
            process: process.map(String::into_boxed_str),
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn what_a_tool_prints_is_read_as_it_is(
        format in select(&Format::ALL[..]),
        rows in vec(row(), 0..12),
        variant in 0..30usize,
    ) {
        let (text, kept) = print(format, &rows, variant);
        for table in [table(&text), table_as(&text, Some(format))] {
            prop_assert_eq!(&table.unread, &[], "{}", text);
            let lines: Vec<u32> = table.rows.iter().map(|row| row.line).collect();
            prop_assert!(lines.is_sorted_by(|a, b| a < b), "{:?}\n{}", lines, text);
            let read: Vec<Row> = table.rows.into_iter().map(|row| Row { line: 0, ..row }).collect();
            prop_assert_eq!(&read, &kept, "{}", text);
        }
    }

    #[test]
    fn two_tables_in_one_text_are_both_read(
        formats in (select(&Format::ALL[..]), select(&Format::ALL[..])),
        rows in (vec(row(), 1..6), vec(row(), 1..6)),
    ) {
        let (first, mut kept) = print(formats.0, &rows.0, 0);
        let (second, more) = print(formats.1, &rows.1, 0);
        kept.extend(more);
        let table = table(&format!("{first}\n{second}"));
        let read: Vec<Row> = table.rows.into_iter().map(|row| Row { line: 0, ..row }).collect();
        prop_assert_eq!(table.unread, &[], "{}{}", first, second);
        prop_assert_eq!(read, kept, "{}{}", first, second);
    }
}
