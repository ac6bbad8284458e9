//! What findings say, and which flows and lines they name.

use exchange_ports::catalog::{Role, Set, Transport, Version, Zone};
use exchange_ports::connections::{About, Finding, Machine, Peer, Pick, Report, Severity, Way, What, csv, csv_rows};
use exchange_ports::firewall::Place;
use expect_test::expect_file;

use super::check::{Question, told};
use super::samples::sample;

const CLIENT_LAN: Place = Place::Zone(Zone::ClientLan);
const SERVER_LAN: Place = Place::Zone(Zone::ServerLan);

fn client_access() -> Question {
    Question::new(Version::Exchange2010, &[Role::ClientAccess])
}

fn mailbox() -> Question {
    Question::new(Version::Exchange2019, &[Role::Mailbox])
}

fn outlook() -> Question {
    Question::new(Version::Exchange2010, &[Role::Outlook])
        .pin("ex2010-rca-cas", 59532)
        .pin("ex2010-ab-sp1", 59533)
}

/// Lines of a server at 10.0.0.10: `25` listens, `25 < 192.0.2.1` is a connection from there to 25, and `25 > 192.0.2.1`
/// one from here.
fn netstat(lines: &[&str]) -> String {
    let lines = lines.iter().map(|line| {
        let words: Vec<&str> = line.split(' ').collect();
        match words[..] {
            [port, "<", peer] => format!("TCP 10.0.0.10:{port} {peer}:50000 ESTABLISHED 4"),
            [port, ">", peer] => format!("TCP 10.0.0.10:50000 {peer}:{port} ESTABLISHED 4"),
            ["udp", port] => format!("UDP 0.0.0.0:{port} *:* 4"),
            ["local", port] => format!("TCP 127.0.0.1:{port} 0.0.0.0:0 LISTENING 4"),
            _ => format!("TCP 0.0.0.0:{line} 0.0.0.0:0 LISTENING 4"),
        }
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn find<'r>(report: &'r Report, title: &str) -> &'r Finding {
    let found = report.findings.iter().find(|finding| finding.title() == title);
    found.unwrap_or_else(|| panic!("no “{title}” in\n{}", told(report)))
}

fn has(report: &Report, is_it: impl Fn(&About) -> bool) -> bool {
    report.findings.iter().any(|finding| is_it(&finding.about))
}

fn ids(finding: &Finding) -> Vec<&str> {
    finding.flows.iter().map(|flow| flow.id).collect()
}

#[test]
fn the_example_of_the_source_article_is_told_as_reviewed() {
    let question = client_access()
        .pin("ex2010-rca-cas", 59532)
        .pin("ex2010-ab-sp1", 59533)
        .at(CLIENT_LAN, "10.20.0.0/16")
        .at(SERVER_LAN, "10.0.0.0/24");
    let report = question.ask(&sample("windows-2008r2-netstat-ano"));
    expect_file!["../expected/connections/findings-2010-client-access"].assert_eq(&told(&report));
}

#[test]
fn a_modern_server_is_told_as_reviewed() {
    let question = mailbox().at(CLIENT_LAN, "10.20.0.0/16").at(SERVER_LAN, "10.0.0.0/24");
    let report = question.ask(&sample("windows-2019-netstat-ano"));
    expect_file!["../expected/connections/findings-2019-mailbox"].assert_eq(&told(&report));
}

#[test]
fn the_steps_do_not_change_the_report() {
    let question = mailbox().at(CLIENT_LAN, "10.20.0.0/16");
    let text = sample("windows-2019-netstat-ano");
    let whole = question.ask(&text);
    for rows in [1, 7] {
        let stepped = question.ask_in_steps(&text, rows);
        assert_eq!(stepped.findings, whole.findings);
        assert_eq!(stepped.rows, whole.rows);
    }
}

// The plan.

#[test]
fn outlook_on_the_static_ports_is_fine() {
    let report = outlook().ask(&netstat(&["59532 > 10.0.0.20", "59533 > 10.0.0.20", "135 > 10.0.0.20"]));
    assert_eq!(report.count(Severity::Act), 0, "{}", told(&report));
    let finding = find(&report, "RPC Client Access (static) is on 59532");
    assert_eq!((finding.severity, finding.lines.clone()), (Severity::Fine, vec![1]));
    assert_eq!(ids(finding), ["mapi2010-rca-static", "mapi2010-rca-dynamic"]);
}

#[test]
fn outlook_on_a_dynamic_port_is_something_to_act_on() {
    let report = outlook().ask(&netstat(&["59532 > 10.0.0.20", "21377 > 10.0.0.20"]));
    let finding = find(&report, "Outlook is not on 59533");
    assert_eq!(finding.severity, Severity::Act);
    assert!(
        finding.text().contains("connected to 21377 instead"),
        "{}",
        finding.text()
    );
    assert_eq!(finding.lines, [2]);
}

#[test]
fn other_programs_are_not_taken_for_outlook() {
    // A proxy, and nobody who asked the endpoint mapper.
    let report = outlook().ask(&netstat(&["8080 > 10.9.9.9"]));
    let finding = find(&report, "Outlook is not on 59533");
    assert_eq!((finding.severity, finding.lines.len()), (Severity::Look, 0));
}

#[test]
fn a_pinned_port_that_listens_is_fine_and_its_clients_are_counted() {
    let question = client_access().pin("ex2010-rca-cas", 59532);
    let report = question.ask(&netstat(&["59532", "59532 < 10.20.3.1", "59532 < 10.20.3.2"]));
    let finding = find(&report, "RPC Client Access (static) is on 59532");
    assert_eq!(finding.text(), "Listening. 2 connections.");
    assert_eq!(finding.lines, [1, 2, 3]);
    let report = question.ask(&netstat(&["59532"]));
    let finding = find(&report, "RPC Client Access (static) is on 59532");
    assert_eq!(finding.text(), "Listening; no client is connected yet.");
}

#[test]
fn clients_that_are_still_on_a_dynamic_port_are_named() {
    let question = client_access().pin("ex2010-rca-cas", 59532);
    let lines = [
        "59532",
        "30000",
        "59532 < 10.20.3.1",
        "30000 < 10.20.3.1",
        "30000 < 10.20.3.9",
    ];
    let report = question.ask(&netstat(&lines));
    let finding = find(&report, "Clients are still on 30000");
    // The other machine did not ask for the service.
    assert_eq!((finding.severity, finding.lines.clone()), (Severity::Look, vec![4]));
}

#[test]
fn two_procedures_that_pin_one_port_are_one_finding() {
    let question = client_access()
        .pin("ex2010-ab-sp1", 59533)
        .pin("ex2010-ab-rtm", 59533)
        .pin("ex2010-rca-cas", 59533);
    let report = question.ask(&netstat(&["443"]));
    let silent = report
        .findings
        .iter()
        .filter(|finding| matches!(finding.about, About::PinSilent { .. }));
    assert_eq!(silent.count(), 1, "{}", told(&report));
}

#[test]
fn a_plan_for_another_version_or_role_says_nothing() {
    for question in [
        client_access().pin("ex2000-is", 59532),
        mailbox().pin("ex2010-rca-cas", 59532),
        Question::new(Version::Exchange2010, &[Role::HubTransport]).pin("ex2010-rca-cas", 59532),
    ] {
        let report = question.ask(&netstat(&["443"]));
        assert!(
            !has(&report, |about| matches!(about, About::PinSilent { .. })),
            "{}",
            told(&report)
        );
    }
}

// What is missing.

#[test]
fn missing_services_are_told_required_first() {
    let report = mailbox().ask(&netstat(&["443"]));
    let severities: Vec<Severity> = report.findings.iter().map(|finding| finding.severity).collect();
    assert!(severities.is_sorted(), "{}", told(&report));
    assert_eq!(ids(find(&report, "475 is not listening")), ["smtp-475"]);
    let dag = find(&report, "64327 is not listening");
    assert_eq!(dag.severity, Severity::Look);
    assert!(dag.text().starts_with("Required in a DAG. "), "{}", dag.text());
    let optional = report.findings.last().expect("there are findings");
    assert!(
        matches!(optional.about, About::MissingOptional { .. }),
        "{}",
        told(&report)
    );
    assert!(ids(optional).contains(&"client-imap4"));
}

#[test]
fn what_listens_on_the_loopback_address_only_is_missing() {
    let report = mailbox().ask(&netstat(&["443", "local 475"]));
    let finding = find(&report, "475 listens on the loopback address only");
    assert_eq!(finding.severity, Severity::Act);
}

#[test]
fn a_role_is_not_asked_for_what_another_one_answers() {
    let missing = |version, roles: &[Role]| -> Vec<u16> {
        let report = Question::new(version, roles).ask(&netstat(&["1"]));
        let ports = report.findings.iter().filter_map(|finding| match finding.about {
            About::Missing { port, .. } if finding.severity == Severity::Act => Some(port),
            _ => None,
        });
        ports.collect()
    };
    let cas = missing(Version::Exchange2010, &[Role::ClientAccess]);
    assert!(
        cas.contains(&443) && !cas.contains(&25) && !cas.contains(&587),
        "{cas:?}"
    );
    let hub = missing(Version::Exchange2010, &[Role::HubTransport]);
    assert!(
        hub.contains(&25) && hub.contains(&587) && !hub.contains(&443),
        "{hub:?}"
    );
    let both = missing(Version::Exchange2010, &[Role::ClientAccess, Role::HubTransport]);
    assert!(both.contains(&25) && both.contains(&443), "{both:?}");
    let front = missing(Version::Exchange2013, &[Role::ClientAccess]);
    assert!(
        front.contains(&443) && front.contains(&25) && !front.contains(&444),
        "{front:?}"
    );
    let modern = missing(Version::Exchange2016, &[Role::Mailbox]);
    assert!(
        modern.contains(&443) && modern.contains(&444) && modern.contains(&25),
        "{modern:?}"
    );
    let edge = missing(Version::Exchange2016, &[Role::EdgeTransport]);
    assert_eq!(edge, [25, 50636]);
}

#[test]
fn a_table_without_listeners_says_so_and_not_what_is_missing() {
    let report = mailbox().ask(&netstat(&["443 < 203.0.113.7"]));
    assert_eq!(find(&report, "The table shows no listener").severity, Severity::Look);
    assert!(
        !has(&report, |about| matches!(about, About::Missing { .. })),
        "{}",
        told(&report)
    );
    // And who opened the connection is known from the catalogue.
    assert_eq!(
        report.of_row(0).map(|(group, _)| (group.way, group.port)),
        Some((Way::Inbound, 443))
    );
}

#[test]
fn a_table_of_one_transport_says_nothing_of_the_other() {
    let udp = Set::EMPTY.with(Transport::Udp);
    let needs_udp = |about: &About| matches!(about, About::Missing { transports, .. } if transports.intersects(udp));
    assert!(!has(&mailbox().ask(&netstat(&["443"])), needs_udp));
    assert!(has(&mailbox().ask(&netstat(&["443", "udp 123"])), needs_udp));
}

#[test]
fn of_a_client_nothing_is_missing_or_unknown() {
    let report =
        Question::new(Version::Exchange2019, &[Role::Outlook]).ask(&netstat(&["139", "445", "443 > 10.0.0.1"]));
    assert_eq!(report.findings, []);
    assert_eq!(report.headline(), "Nothing to act on");
}

// What is there and unknown.

#[test]
fn listeners_that_no_flow_names_are_told_with_their_process() {
    let text = "TCP 0.0.0.0:443 0.0.0.0:0 LISTENING 4\nTCP 0.0.0.0:99 0.0.0.0:0 LISTENING 5120\n [odd.exe]\nUDP 0.0.0.0:99 *:* 5120";
    let report = mailbox().ask(text);
    let finding = find(&report, "99 has no name here");
    assert_eq!((finding.severity, finding.lines.clone()), (Severity::Look, vec![2, 4]));
    assert!(finding.text().ends_with("odd.exe owns it."), "{}", finding.text());
    assert_eq!(ids(finding), [""; 0]);
}

#[test]
fn a_listener_of_another_role_is_told_with_its_flows() {
    let report = mailbox().ask(&netstat(&["443", "3268"]));
    assert_eq!(ids(find(&report, "3268 is not for this machine")), ["ad-gc"]);
}

#[test]
fn dynamic_listeners_are_one_finding_and_loopback_ones_none() {
    let report = mailbox().ask(&netstat(&["443", "6011", "49700", "64000", "local 700", "local 6012"]));
    let finding = find(&report, "Listeners in the dynamic range: 3 ports");
    assert_eq!(finding.lines, [2, 3, 4]);
    assert!(
        !has(&report, |about| matches!(about, About::UnknownListener { .. })),
        "{}",
        told(&report)
    );
    assert_eq!(
        report.of_row(4).map(|(group, tally)| (group.what, tally.peer)),
        Some((What::Unnamed, Peer::Own))
    );
}

#[test]
fn many_unknown_listeners_are_not_as_many_findings() {
    let ports: Vec<String> = (200..300).map(|port: u16| port.to_string()).collect();
    let ports: Vec<&str> = ports.iter().map(String::as_str).collect();
    let report = mailbox().ask(&netstat(&ports));
    let unknown: Vec<&Finding> = report
        .findings
        .iter()
        .filter(|finding| matches!(finding.about, About::UnknownListener { .. }))
        .collect();
    assert_eq!(unknown.len(), 21);
    assert_eq!(unknown.iter().map(|finding| finding.rows.count).sum::<u32>(), 100);
}

// Clear text.

#[test]
fn connections_in_clear_text_beside_an_encrypted_port_are_told() {
    let report = mailbox()
        .at(CLIENT_LAN, "10.20.0.0/16")
        .ask(&netstat(&["110", "995", "110 < 10.20.3.17"]));
    let finding = find(&report, "POP3 perhaps in clear text on 110");
    assert_eq!((finding.severity, finding.lines.clone()), (Severity::Act, vec![3]));
    assert_eq!(ids(finding), ["client-pop3", "client-pop3s"]);
    assert!(
        finding.text().contains("client network") && finding.text().contains("995"),
        "{}",
        finding.text()
    );
    let legacy = Question::new(Version::Exchange2003, &[Role::FrontEnd]).ask(&netstat(&["143", "143 < 10.20.3.17"]));
    find(&legacy, "IMAP4 in clear text on 143");
}

#[test]
fn a_listener_alone_and_this_machine_itself_speak_no_clear_text() {
    let clear = |about: &About| matches!(about, About::ClearText { .. });
    assert!(!has(&mailbox().ask(&netstat(&["110"])), clear));
    assert!(!has(&mailbox().ask(&netstat(&["110", "110 < 10.0.0.10"])), clear));
    assert!(!has(&mailbox().ask(&netstat(&["995", "995 < 10.20.3.17"])), clear));
}

#[test]
fn a_port_that_something_encrypted_shares_is_only_looked_at() {
    // Remote PowerShell encrypts its messages on 80, a browser does not: it depends on who is there.
    let severity = |question: Question| {
        let report = question.ask(&netstat(&["80", "80 < 10.20.3.17"]));
        let of_80 = |finding: &&Finding| matches!(finding.about, About::ClearText { port: 80, .. });
        report.findings.iter().find(of_80).map(|finding| finding.severity)
    };
    assert_eq!(severity(mailbox()), Some(Severity::Look));
    assert_eq!(severity(mailbox().at(CLIENT_LAN, "10.20.0.0/16")), Some(Severity::Act));
    assert_eq!(
        severity(mailbox().at(Place::Zone(Zone::Management), "10.20.0.0/16")),
        None
    );
}

// Zones.

#[test]
fn the_internet_on_an_internal_port_is_something_to_act_on() {
    let question = mailbox().at(SERVER_LAN, "10.0.0.0/24");
    let report = question.ask(&netstat(&["2525", "443", "2525 < 203.0.113.9", "443 < 203.0.113.9"]));
    let finding = find(&report, "Internet is connected on 2525");
    assert_eq!((finding.severity, finding.lines.clone()), (Severity::Act, vec![3]));
    assert_eq!(ids(finding), ["smtp-2525", "smtp-submission-store"]);
    assert!(
        !has(&report, |about| matches!(about, About::WrongZone { port: 443, .. })),
        "{}",
        told(&report)
    );
}

#[test]
fn a_zone_from_which_no_flow_comes_is_looked_at() {
    let question = mailbox()
        .at(Place::Zone(Zone::Telephony), "10.7.0.0/16")
        .at(SERVER_LAN, "10.0.0.0/24");
    let report = question.ask(&netstat(&["443", "443 < 10.7.0.1", "443 < 10.0.0.30"]));
    let finding = find(&report, "Telephony is connected on 443");
    assert_eq!((finding.severity, finding.lines.clone()), (Severity::Look, vec![2]));
}

#[test]
fn a_role_stands_in_the_zones_in_which_flows_name_it() {
    let question = mailbox().at(Place::Role(Role::Outlook), "10.20.0.0/16");
    let report = question.ask(&netstat(&["443", "475", "443 < 10.20.3.1", "475 < 10.20.3.1"]));
    assert!(
        !has(&report, |about| matches!(about, About::WrongZone { port: 443, .. })),
        "{}",
        told(&report)
    );
    find(&report, "Outlook is connected on 475");
}

#[test]
fn without_addresses_nobody_is_in_a_wrong_zone() {
    let report = mailbox().ask(&netstat(&["2525", "2525 < 203.0.113.9"]));
    assert!(
        !has(&report, |about| matches!(about, About::WrongZone { .. })),
        "{}",
        told(&report)
    );
    assert_eq!(report.of_row(1).map(|(_, tally)| tally.peer), Some(Peer::Unplaced));
}

#[test]
fn the_narrowest_network_says_where_an_address_is() {
    let question = mailbox()
        .at(CLIENT_LAN, "10.0.0.0/8")
        .at(SERVER_LAN, "10.0.0.0/24")
        .at(Place::Role(Role::DomainController), "10.0.0.30");
    let lines = [
        "443",
        "443 < 10.20.3.1",
        "443 < 10.0.0.12",
        "443 < 10.0.0.30",
        "443 < 192.168.1.1",
        "443 < 192.0.2.1",
    ];
    let report = question.ask(&netstat(&lines));
    let peers: Vec<Peer> = (1..6).filter_map(|row| Some(report.of_row(row)?.1.peer)).collect();
    assert_eq!(
        peers,
        [
            Peer::At(CLIENT_LAN),
            Peer::At(SERVER_LAN),
            Peer::At(Place::Role(Role::DomainController)),
            Peer::Unplaced,
            Peer::At(Place::Zone(Zone::Internet)),
        ]
    );
}

// The whole table.

#[test]
fn every_row_is_what_it_is() {
    let report = client_access().pin("ex2010-rca-cas", 59532).ask(&netstat(&[
        "443",
        "59532",
        "443 < 10.20.3.1",
        "389 > 10.0.0.30",
        "9999 > 10.0.0.9",
    ]));
    let rows: Vec<(Way, What, u16)> = (0..5)
        .filter_map(|row| report.of_row(row))
        .map(|(group, _)| (group.way, group.what, group.port))
        .collect();
    assert_eq!(
        rows,
        [
            (Way::Listens, What::Named, 443),
            (Way::Listens, What::Planned, 59532),
            (Way::Inbound, What::Named, 443),
            (Way::Outbound, What::Named, 389),
            (Way::Outbound, What::Dynamic, 9999),
        ]
    );
    assert_eq!(report.of_row(5), None);
}

#[test]
fn nothing_understood_is_the_first_thing_to_say() {
    let report = mailbox().ask("Dear helpdesk,\nit does not work.\n");
    assert_eq!(report.headline(), "No line was understood");
    assert_eq!(find(&report, "2 lines were not understood").lines, [1, 2]);
}

#[test]
fn the_roles_of_a_version_are_those_of_its_servers_and_outlook() {
    let roles = Machine::roles_of;
    assert_eq!(
        roles(Version::ExchangeSe),
        [Role::Mailbox, Role::EdgeTransport, Role::Outlook]
    );
    let of_2010 = roles(Version::Exchange2010);
    assert!(
        of_2010.contains(&Role::UnifiedMessaging) && !of_2010.contains(&Role::BackEnd),
        "{of_2010:?}"
    );
    assert!(roles(Version::Exchange5_5).contains(&Role::Exchange5_5));
}

#[test]
fn rows_are_picked_by_port_address_process_flow_way_and_finding() {
    let text = netstat(&["443", "110", "110 < 10.20.3.17", "443 < 10.20.4.1", "389 > 10.0.0.30"]) + "\n [store.exe]";
    let report = client_access().ask(&text);
    let rows = |text: &str| {
        let pick = Pick {
            text: text.to_owned(),
            ..Pick::default()
        };
        pick.rows(&report)
    };
    assert_eq!(rows(""), [0, 1, 2, 3, 4]);
    assert_eq!(rows(" 110 "), [1, 2]);
    assert_eq!(rows("10.20."), [2, 3]);
    assert_eq!(rows("STORE"), [4]);
    assert_eq!(rows("client-POP3"), [1, 2]);
    assert_eq!(rows("nothing"), [0; 0]);
    let pick = Pick {
        way: Some(Way::Inbound),
        severity: Some(Severity::Act),
        ..Pick::default()
    };
    assert_eq!(pick.rows(&report), [2]);
}

#[test]
fn the_export_has_a_line_for_each_row_and_one_of_headings() {
    let report = client_access().ask(&netstat(&["443", "443 < 10.20.4.1"]));
    let text = csv(&report, &[0, 1, 2]);
    let mut lines = csv::Reader::from_reader(text.as_bytes());
    assert_eq!(lines.headers().expect("there are headings").len(), 14);
    let rows: Vec<csv::StringRecord> = lines.records().map(|line| line.expect("a line is one")).collect();
    assert_eq!(rows.len(), 2);
    let fields: Vec<&str> = rows[1].iter().take(12).collect();
    assert_eq!(
        fields,
        [
            "2",
            "TCP",
            "10.0.0.10",
            "443",
            "10.20.4.1",
            "50000",
            "ESTABLISHED",
            "4",
            "",
            "inbound",
            "in the catalogue",
            "no place known"
        ]
    );
    assert!(rows[1][12].contains("web-owa-https"));
    assert_eq!(text, csv(&report, &[0]) + &csv_rows(&report, &[1]));
}

#[test]
fn what_a_flow_should_be_kept_from_is_not_admitted_by_it() {
    // Moves from 2003 to the cloud use these ports, and no firewall should open them.
    let question = Question::new(Version::Exchange2003, &[Role::BackEnd]).at(Place::Zone(Zone::Cloud), "192.0.2.0/24");
    let report = question.ask(&netstat(&["6002", "6002 < 192.0.2.1"]));
    assert_eq!(find(&report, "Cloud is connected on 6002").severity, Severity::Act);
}

#[test]
fn exchange_servers_may_speak_to_each_other_on_any_port_from_2007_on() {
    let on_25 = |question: Question| {
        let report = question
            .at(SERVER_LAN, "10.0.0.0/24")
            .ask(&netstat(&["25", "25 < 10.0.0.12"]));
        has(&report, |about| matches!(about, About::WrongZone { port: 25, .. }))
    };
    assert!(!on_25(mailbox()));
}
