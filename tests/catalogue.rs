//! The catalogue holds what it is known to hold: each flow, what the source article lists, and the errata.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use exchange_ports::catalog::{self, Flow, PortRange, Set, Texts, Transport, Verdict, Vocabulary};

/// One flow a line, below a line of headings.
const EXPECTED: &str = include_str!("expected/catalogue.tsv");

/// The ports that the source article lists, under the transports that they really have.
const ARTICLE: &str = "
    tcp 25 53 80 88 102 110 119 135 143 379 389 390 443 465 522 563 636 691 993 994 995
    tcp 1503 1720 1731 3268 3269 6667 7000
    tcp 1024-65535 6005-59530 59531-60554
    udp 53 389 1024-65535
";

/// The ports that the article gives over UDP as well, and that are TCP only.
const UDP_BY_MISTAKE: [&str; 4] = ["135", "379", "390", "636"];

fn texts() -> &'static Texts {
    catalog::texts().expect("on the host the texts are always there")
}

fn range(text: &str) -> PortRange {
    text.parse().expect("the test names ports")
}

fn article() -> Vec<(PortRange, Transport)> {
    let lines = ARTICLE.lines().filter_map(|line| line.trim().split_once(' '));
    lines
        .flat_map(|(transport, ports)| {
            let transport = Transport::from_slug(transport).expect("the table names transports");
            ports.split(' ').map(move |ports| (range(ports), transport))
        })
        .collect()
}

fn uses_exactly(flow: &Flow, range: PortRange) -> bool {
    flow.ports.iter().any(|ports| ports.range == range)
}

fn has(flow: &Flow, (range, transport): (PortRange, Transport)) -> bool {
    flow.transports.contains(transport) && uses_exactly(flow, range)
}

/// The flow as a line of the expected file.
fn line(flow: &Flow) -> String {
    let ports: Vec<String> = flow.ports.iter().map(|ports| ports.range.to_string()).collect();
    [
        flow.id.to_owned(),
        listed(&ports),
        slugs(flow.transports),
        slugs(flow.versions()),
        slugs(flow.inferred),
        slugs(flow.from.zones),
        slugs(flow.to.zones),
        texts().of(flow).sources.len().to_string(),
    ]
    .join("\t")
}

fn slugs<T: Vocabulary>(values: Set<T>) -> String {
    let slugs: Vec<String> = values.iter().map(|value| value.slug().to_owned()).collect();
    listed(&slugs)
}

fn listed(values: &[String]) -> String {
    if values.is_empty() {
        "-".to_owned()
    } else {
        values.join(",")
    }
}

fn by_id<'a>(lines: impl Iterator<Item = &'a str>) -> BTreeMap<&'a str, &'a str> {
    lines
        .map(|line| (line.split('\t').next().unwrap_or(line), line))
        .collect()
}

#[test]
fn every_flow_is_as_expected() {
    let found: Vec<String> = catalog::flows().iter().map(line).collect();
    let found = by_id(found.iter().map(String::as_str));
    let expected = by_id(EXPECTED.lines().skip(1));
    let ids: BTreeSet<&str> = found.keys().chain(expected.keys()).copied().collect();
    let differences: Vec<String> = ids
        .into_iter()
        .map(|id| {
            (
                expected.get(id).unwrap_or(&"(none)"),
                found.get(id).unwrap_or(&"(none)"),
            )
        })
        .filter(|(expected, found)| expected != found)
        .map(|(expected, found)| format!("- {expected}\n+ {found}"))
        .collect();
    assert!(
        differences.is_empty(),
        "tests/expected/catalogue.tsv (-) and data/flows (+) differ:\n\n{}\n\n\
         If the flow is wrong, correct its entry. If it became right, change the line of the file in the same commit \
         as the source that says so.",
        differences.join("\n\n")
    );
}

#[test]
fn there_are_212_flows() {
    assert_eq!(catalog::flows().len(), 212);
    assert_eq!(EXPECTED.lines().count(), 1 + 212);
}

#[test]
fn every_flow_has_a_source() {
    for flow in catalog::flows() {
        assert!(!texts().of(flow).sources.is_empty(), "{}", flow.id);
    }
}

#[test]
fn flows_are_ordered_by_state_then_first_port_then_newest_version() {
    let key = |flow: &Flow| {
        let first = flow.ports.first().map_or(u16::MAX, |ports| ports.range.first());
        (flow.state, first, Reverse(flow.newest()))
    };
    for pair in catalog::flows().windows(2) {
        assert!(
            key(&pair[0]) <= key(&pair[1]),
            "{} stands before {}",
            pair[0].id,
            pair[1].id
        );
    }
}

#[test]
fn the_position_of_a_flow_is_its_place_in_the_list() {
    let positions: Vec<usize> = catalog::flows().iter().map(|flow| usize::from(flow.position)).collect();
    assert_eq!(positions, (0..212).collect::<Vec<_>>());
}

#[test]
fn a_flow_is_found_without_regard_to_case() {
    for id in ["smtp-in", "SMTP-IN", "Smtp-In"] {
        assert_eq!(catalog::flow(id).map(|flow| flow.id), Some("smtp-in"), "{id}");
    }
}

#[test]
fn an_unknown_id_finds_no_flow() {
    for id in ["", "smtp", "smtp-in-", " smtp-in"] {
        assert!(catalog::flow(id).is_none(), "{id}");
    }
}

#[test]
fn everything_that_the_article_lists_is_found() {
    for listed in article() {
        let found = catalog::flows()
            .iter()
            .any(|flow| flow.in_source_article && has(flow, listed));
        assert!(found, "{} {}", listed.1.slug(), listed.0);
    }
}

#[test]
fn what_is_marked_as_listed_by_the_article_is_listed_there() {
    for flow in catalog::flows().iter().filter(|flow| flow.in_source_article) {
        assert!(article().into_iter().any(|listed| has(flow, listed)), "{}", flow.id);
    }
}

#[test]
fn a_flow_says_that_the_article_gives_it_udp_by_mistake() {
    for port in UDP_BY_MISTAKE {
        for flow in catalog::flows().iter().filter(|flow| uses_exactly(flow, range(port))) {
            assert!(!flow.transports.contains(Transport::Udp), "{}", flow.id);
            let wrong = texts()
                .of(flow)
                .errata
                .iter()
                .any(|erratum| erratum.verdict == Verdict::Wrong);
            assert!(wrong, "{} has no erratum about port {port}", flow.id);
        }
    }
}

#[test]
fn the_dynamic_range_of_windows_that_the_article_names_is_found_and_the_wrong_one_is_not() {
    let found = |ports| catalog::flows().iter().any(|flow| uses_exactly(flow, range(ports)));
    assert!(found("49152-65535"));
    assert!(found("1025-5000"));
    assert!(!found("1025-65535"));
}

#[test]
fn all_36_errata_are_there_in_the_order_of_their_numbers() {
    let numbers: Vec<u8> = texts().errata.iter().map(|erratum| erratum.number).collect();
    assert_eq!(numbers, (1..=36).collect::<Vec<_>>());
}

#[test]
fn a_flow_holds_the_errata_that_speak_of_it() {
    let flow = catalog::flow("smtps-465-convention").expect("the flow is in the catalogue");
    let numbers: Vec<u8> = texts().of(flow).errata.iter().map(|erratum| erratum.number).collect();
    assert_eq!(numbers, [17]);
}

#[test]
fn the_date_is_that_of_the_newest_change() {
    let newest = texts().changes.iter().map(|change| change.date).max();
    assert_eq!(Some(catalog::date()), newest);
}

#[test]
fn static_ports_are_told_in_full() {
    let texts = texts();
    assert_eq!(catalog::procedures().len(), 24);
    for procedure in catalog::procedures() {
        let words = texts.of_procedure(procedure);
        let needed = [words.service, words.role, words.verify];
        assert!(needed.iter().all(|text| !text.is_empty()), "{}", procedure.id);
        assert!(!words.sources.is_empty(), "{}", procedure.id);
        let sets = [words.allowed, words.data, words.restart];
        let sets_nothing = catalog::setting(procedure).sets_nothing();
        assert!(
            sets.iter().all(|text| text.is_empty() == sets_nothing),
            "{}",
            procedure.id
        );
    }
    let nothing: Vec<&str> = catalog::procedures()
        .iter()
        .filter(|procedure| catalog::setting(procedure).sets_nothing())
        .map(|procedure| procedure.id)
        .collect();
    assert_eq!(nothing, ["ex2013plus-none"]);
}

#[test]
fn other_ports_that_can_be_changed_are_told_with_versions_and_sources() {
    let told: Vec<(&str, &str)> = texts()
        .other_ports
        .iter()
        .map(|port| (port.what, port.default))
        .collect();
    assert_eq!(told.len(), 7);
    assert_eq!(told[0], ("DAG replication port", "64327"));
    for port in &texts().other_ports {
        assert!(
            !port.versions.is_empty() && !port.how.is_empty() && !port.sources.is_empty(),
            "{}",
            port.what
        );
    }
}

#[test]
fn commands_that_verify_a_static_port_are_for_the_server_and_for_others() {
    let desks: Vec<&str> = catalog::commands().iter().map(|command| command.desk.slug()).collect();
    assert_eq!(desks, ["server", "server", "client", "client", "client"]);
}
