//! What people type finds what they mean, in the order that `docs/search.md` tells.

use exchange_ports::catalog::{Flow, Version, Vocabulary, flow, flows};
use exchange_ports::link::parse;
use exchange_ports::query::{Choice, Facet, Filter, Index, Obstacle, completions, marks, nothing, search};
use proptest::prelude::*;

fn find(question: &str) -> Vec<&'static str> {
    let found = search(Index::catalogue(), question, false);
    found.into_iter().map(|flow| flow.id).collect()
}

fn filter(query: &str) -> Filter {
    parse(&format!("#/?{query}")).view.filter
}

/// The queries with what is expected first: the id of a flow, or `port` and a number.
fn table() -> Vec<(&'static str, &'static str)> {
    let lines = include_str!("expected/search.tsv").lines();
    let entries = lines.filter(|line| !line.starts_with('#'));
    entries
        .map(|line| line.split_once('\t').unwrap_or_else(|| panic!("no tab in {line}")))
        .collect()
}

fn is_expected(id: &str, expected: &str) -> bool {
    match expected.strip_prefix("port ") {
        Some(port) => flow(id).is_some_and(|flow| flow.ports.iter().any(|ports| ports.to_string() == port)),
        None => id == expected,
    }
}

#[test]
fn each_query_finds_first_what_is_expected() {
    let table = table();
    assert!(table.len() >= 150, "{} queries", table.len());
    let mut wrong = Vec::new();
    for (query, expected) in table {
        let found = find(query);
        if !found.first().is_some_and(|id| is_expected(id, expected)) {
            wrong.push(format!(
                "{query}: expected {expected}, found {:?}",
                &found[..found.len().min(4)]
            ));
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn the_examples_of_the_document_hold() {
    let rows = include_str!("../docs/search.md")
        .lines()
        .filter(|line| line.starts_with("| `"));
    let mut count = 0;
    for row in rows {
        let cells: Vec<&str> = row.split('|').map(|cell| cell.trim().trim_matches('`')).collect();
        let found = find(cells[1]);
        let place = |id: &str| found.iter().position(|found| *found == id);
        assert_eq!(place(cells[2]), Some(0), "{row}: {found:?}");
        assert!(place(cells[3]).is_some(), "{row}: {found:?}");
        count += 1;
    }
    assert_eq!(count, 9);
}

#[test]
fn a_number_finds_its_ports_before_ranges_and_narrow_ranges_before_wide_ones() {
    for number in [443u16, 6001, 50636, 59532, 3343, 5062] {
        let widths: Vec<u32> = search(Index::catalogue(), &number.to_string(), false)
            .iter()
            .map(|flow| {
                let holding = flow.ports.iter().map(|ports| ports.range);
                let holding = holding.filter(|range| (range.first()..=range.last()).contains(&number));
                let narrowest = holding.map(exchange_ports::catalog::PortRange::width).min();
                narrowest.map_or(1, |width| u32::from(width).next_power_of_two())
            })
            .collect();
        assert!(widths.is_sorted(), "{number}: {widths:?}");
    }
}

#[test]
fn without_a_version_newer_flows_come_first_among_those_that_are_named() {
    for question in ["owa", "imap", "pop3", "smtp", "kerberos", "activesync", "rpc"] {
        let found = search(Index::catalogue(), question, false);
        let retired = |flow: &&Flow| !flow.versions().contains(Version::ExchangeSe);
        let first_retired = found.iter().position(|flow| retired(flow)).unwrap_or(found.len());
        assert!(first_retired > 0, "{question} finds {} first", found[0].id);
    }
    let asked = search(Index::catalogue(), "imap", true);
    assert_ne!(asked[0].id, "");
    assert!(find("imap 2003")[0].ends_with("legacy"));
}

#[test]
fn an_exact_match_leaves_no_room_for_errors() {
    let mapi = find("mapi");
    assert!(!mapi.contains(&"client-imap4"), "one swap away");
    assert!(find("imap").iter().all(|id| !id.starts_with("web-mapi")));
    assert!(find("mpai").contains(&"web-mapi-http"));
}

#[test]
fn short_words_must_be_right() {
    assert_eq!(find("dga"), [""; 0]);
    assert_eq!(find("owx"), [""; 0]);
}

#[test]
fn words_must_all_hold_across_fields() {
    let found = find("smtp edge dmz");
    assert!(!found.is_empty());
    let one: Vec<&str> = find("edge");
    assert!(found.iter().all(|id| one.contains(id)));
}

#[test]
fn a_line_of_netstat_asks_for_its_local_port_alone() {
    assert_eq!(
        find("TCP    0.0.0.0:50636    10.0.0.11:443    ESTABLISHED    4711"),
        find("tcp 50636")
    );
}

#[test]
fn what_is_marked_is_what_was_found() {
    let marked = |question: &str| marks(Index::catalogue(), question);
    assert_eq!(marked("owa 443"), ["owa", "443"]);
    assert_eq!(marked("kerberso"), ["kerberos"]);
    assert_eq!(marked("port 25"), ["25"]);
}

#[test]
fn nothing_found_names_what_excludes_everything_and_the_nearest_flow() {
    let unknown = nothing(&filter("q=imap%20zzzzzz&version=2019"));
    assert_eq!(unknown.obstacle, Obstacle::Unknown("zzzzzz".to_owned()));
    assert_eq!(unknown.without, filter("q=imap&version=2019"));
    assert_eq!(unknown.nearest.map(|flow| flow.id), Some("client-imap4"));

    let facet = nothing(&filter("q=dag&version=5.5"));
    assert_eq!(facet.obstacle, Obstacle::Facet(Facet::Version));
    assert_eq!(facet.without, filter("q=dag"));
    assert_eq!(facet.nearest.map(|flow| flow.id), Some("dag-replication"));

    let word = nothing(&filter("q=dag%20owa"));
    assert_eq!(word.obstacle, Obstacle::Word("dag".to_owned()));

    let ports = nothing(&filter("q=dag&port=443"));
    assert_eq!(ports.obstacle, Obstacle::Ports);

    let several = nothing(&filter("q=dag&version=5.5&zone=telephony"));
    assert_eq!(several.obstacle, Obstacle::Filter);
    assert_eq!(several.without, filter("q=dag"));
}

#[test]
fn a_number_that_nobody_has_is_near_to_the_one_with_a_slip() {
    let near = nothing(&filter("q=998"));
    assert_eq!(near.obstacle, Obstacle::Unknown("998".to_owned()));
    let ports: Vec<u16> = near
        .nearest
        .iter()
        .flat_map(|flow| flow.ports)
        .map(|ports| ports.range.first())
        .collect();
    assert!(ports.iter().any(|port| [993, 995].contains(port)), "{ports:?}");
}

#[test]
fn the_last_words_complete_to_values_ports_and_flows() {
    let proposed = |query: &str| {
        let filter = filter(query);
        let found = filter.flows();
        completions(&filter, &found)
    };
    let versions = proposed("q=owa%202019");
    let position = Version::Exchange2019.index();
    let chosen = versions
        .iter()
        .find(|completion| completion.choice == Choice::Value(Facet::Version, position));
    assert_eq!(chosen.expect("2019 is proposed").filter, filter("q=owa&version=2019"));

    let roles = proposed("q=smtp%20domain%20con");
    let role = roles
        .iter()
        .find(|completion| matches!(completion.choice, Choice::Value(Facet::Role, _)));
    assert!(role.is_none(), "SMTP does not reach a domain controller");
    let roles = proposed("q=kerberos%20domain%20con");
    let role = roles
        .iter()
        .find(|completion| matches!(completion.choice, Choice::Value(Facet::Role, _)));
    assert_eq!(
        role.expect("the role is proposed").filter,
        filter("q=kerberos&role=domain-controller")
    );

    let dmz = proposed("q=dmz");
    assert_eq!(dmz[0].filter, filter("zone=perimeter"));

    let ports = proposed("q=99");
    let port = ports
        .iter()
        .find(|completion| matches!(completion.choice, Choice::Port(_)));
    assert_eq!(port.expect("a port is proposed").filter, filter("port=993"));

    let flows = proposed("q=autodiscover");
    assert_eq!(
        flows[0].choice,
        Choice::Flow(flow("web-autodiscover-https").expect("it is a flow"))
    );
    assert_eq!(proposed(""), []);
}

proptest! {
    #[test]
    fn no_question_panics_or_finds_a_flow_twice(question in any::<String>()) {
        let mut ids = find(&question);
        let count = ids.len();
        ids.sort_unstable();
        ids.dedup();
        prop_assert_eq!(ids.len(), count);
        let filter = Filter { words: question, ..Filter::default() };
        nothing(&filter);
        completions(&filter, &filter.flows());
    }

    #[test]
    fn what_is_completed_finds_something(start in 0..212usize, letters in 1..12usize, version in 0..9usize) {
        let service: String = flows()[start].service().chars().take(letters).collect();
        let mut filter = Filter { words: service.trim().to_owned(), ..Filter::default() };
        Facet::Version.choose(&mut filter, 1 << version);
        for completion in completions(&filter, &filter.flows()) {
            prop_assert!(!completion.filter.flows().is_empty(), "{:?}", completion.choice);
        }
    }

    #[test]
    fn the_name_of_a_flow_finds_it(position in 0..212usize) {
        let flow = &flows()[position];
        prop_assert!(find(flow.service()).contains(&flow.id), "{}", flow.service());
        prop_assert!(find(flow.id).contains(&flow.id), "{}", flow.id);
    }

    #[test]
    fn one_wrong_letter_in_a_long_name_still_finds_the_flow(position in 0..212usize, place in 1..5usize) {
        let flow = &flows()[position];
        let word = flow.service().split(|letter: char| !letter.is_ascii_alphabetic()).find(|word| word.len() >= 8);
        if let Some(word) = word {
            let mut slip = word.to_ascii_lowercase().into_bytes();
            slip.swap(place, place + 1);
            let slip = String::from_utf8(slip).expect("letters were ASCII");
            prop_assert!(find(&slip).contains(&flow.id), "{slip} for {word}");
        }
    }
}
