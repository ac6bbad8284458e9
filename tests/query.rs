//! What is found, what is counted, and the answer in short.

mod support;

use exchange_ports::catalog::{Flow, Set, State, Version, Vocabulary, Zone, flow, flows};
use exchange_ports::link::parse;
use exchange_ports::query::{Facet, Filter, answer, counts};
use proptest::prelude::*;
use support::views;

fn filter(query: &str) -> Filter {
    parse(&format!("#/?{query}")).view.filter
}

fn ids(query: &str) -> Vec<&'static str> {
    filter(query).flows().iter().map(|flow| flow.id).collect()
}

proptest! {
    #[test]
    fn what_is_found_matches_each_facet_alone(filter in views::filter()) {
        let found = filter.flows();
        prop_assert!(!filter.words.is_empty() || found.is_sorted());
        for facet in Facet::ALL {
            let mut alone = Filter::default();
            facet.choose(&mut alone, facet.chosen(&filter));
            prop_assert!(found.iter().all(|flow| alone.allows(flow)), "{facet:?}");
        }
    }

    #[test]
    fn a_count_is_the_number_of_flows_that_match_with_the_value_added(filter in views::filter(), facet in 0..8usize) {
        let facet = Facet::ALL[facet];
        for (index, count) in counts(facet, &filter, &filter.found()).into_iter().enumerate() {
            let mut widened = filter.clone();
            facet.choose(&mut widened, facet.chosen(&filter) | 1 << index);
            prop_assert_eq!(count, widened.flows().len(), "{:?} {}", facet, facet.words()[index].slug);
        }
    }

    #[test]
    fn no_words_make_the_search_panic(words in any::<String>()) {
        let filter = Filter { words, ..Filter::default() };
        prop_assert!(filter.flows().len() <= flows().len());
    }
}

#[test]
fn an_empty_question_finds_everything() {
    assert_eq!(ids("").len(), flows().len());
}

#[test]
fn values_of_a_facet_mean_or_and_facets_mean_and() {
    let either: Vec<&Flow> = filter("version=2003,2019&from=internet").flows();
    let holds = |flow: &Flow| {
        let wanted: Set<Version> = [Version::Exchange2003, Version::Exchange2019].into_iter().collect();
        flow.versions().intersects(wanted) && flow.legs().any(|leg| leg.from == Zone::Internet)
    };
    let expected: Vec<&Flow> = flows().iter().filter(|flow| holds(flow)).collect();
    assert_eq!(either, expected);
}

#[test]
fn an_inferred_version_counts() {
    let inferred = flows()
        .iter()
        .filter(|flow| flow.inferred.contains(Version::ExchangeSe));
    let found = filter("version=se").flows();
    assert!(inferred.into_iter().all(|flow| found.contains(&flow)));
}

#[test]
fn a_role_finds_flows_of_any_exchange_server_too() {
    let found = ids("role=mailbox");
    assert!(
        found.contains(&"be-https") && found.contains(&"dns-exchange"),
        "{found:?}"
    );
    assert!(!ids("role=outlook").contains(&"dns-exchange"));
}

#[test]
fn from_and_to_must_hold_on_one_leg() {
    assert!(ids("from=internet&to=server-lan").contains(&"smtp-in"));
    assert!(ids("from=internet&to=server-lan").iter().all(|id| *id != "edge-in"));
    assert!(
        ids("from=server-lan&to=telephony").contains(&"um-rtp"),
        "either side opens it"
    );
}

#[test]
fn a_port_matches_any_overlap_and_never_a_flow_without_ports() {
    assert!(ids("port=6100").contains(&"mapi2010-rca-dynamic"));
    assert!(ids("port=6001-6004").contains(&"rpchttp-6004"));
    assert!(!ids("port=1-65535").contains(&"cluster-icmp"));
    assert!(!ids("port=443").contains(&"smtp-in"));
}

#[test]
fn words_numbers_and_ranges_are_found_and_all_must_hold() {
    assert_eq!(
        ids("q=691"),
        ids("q=691")
            .into_iter()
            .filter(|id| flow(id).is_some())
            .collect::<Vec<_>>()
    );
    assert!(ids("q=691").contains(&"lsa-691"));
    assert!(ids("q=owa").contains(&"web-owa-https"));
    assert!(ids("q=OWA").contains(&"web-owa-https"));
    assert!(ids("q=6001-6004").contains(&"rpchttp-6001"));
    assert!(ids("q=imap%20993").contains(&"client-imap4s"));
    assert!(!ids("q=imap%20993").contains(&"client-pop3s"));
    assert_eq!(ids("q=nosuchword"), [""; 0]);
}

#[test]
fn the_answer_names_each_pair_with_required_and_optional_ports() {
    let filter = filter("version=2019&from=internet&to=perimeter,server-lan");
    let answers = answer(&filter, &filter.flows());
    let text: Vec<String> = answers.iter().map(in_words).collect();
    assert_eq!(
        text,
        [
            "internet perimeter: required 25; optional 443",
            "internet server-lan: required 25 443; optional 80 110 143 587 993 995",
        ]
    );
}

#[test]
fn the_answer_leaves_out_what_is_never_opened() {
    let filter = Filter::default();
    let never: Vec<&Flow> = flows()
        .iter()
        .filter(|flow| matches!(flow.state, State::NotUsed | State::Local))
        .collect();
    assert_eq!(answer(&filter, &never), []);
    let answers = answer(&filter, &filter.flows());
    assert!(answers.iter().all(|answer| answer.to != Zone::Local));
    assert!(
        !answers
            .iter()
            .any(|answer| answer.from == Zone::Cloud && in_words(answer).contains("6001"))
    );
}

#[test]
fn the_answer_says_where_filtering_is_not_supported() {
    let filter = filter("version=2019&from=server-lan&to=directory");
    assert!(answer(&filter, &filter.flows()).iter().all(|answer| answer.unsupported));
}

fn in_words(answer: &exchange_ports::query::Answer) -> String {
    let ports = |list: &[exchange_ports::query::Opened]| {
        let texts: Vec<String> = list
            .iter()
            .map(|opened| opened.range.map_or("-".to_owned(), |range| range.to_string()))
            .collect();
        texts.join(" ")
    };
    let (from, to) = (answer.from.slug(), answer.to.slug());
    format!(
        "{from} {to}: required {}; optional {}",
        ports(&answer.required),
        ports(&answer.optional)
    )
}
