//! Addresses: what is read, what is written, and that what worked once works for ever.

mod support;

use std::collections::HashSet;

use exchange_ports::link::{Notice, Page, View, parse, print};
use proptest::prelude::*;
use support::views;

/// One address a line; a tab and the canonical form where that differs. Lines are only ever added.
const FOR_EVER: &str = include_str!("expected/addresses.tsv");

fn canonical(fragment: &str) -> String {
    print(&parse(fragment).view)
}

fn notices(fragment: &str) -> Vec<String> {
    parse(fragment).notices.iter().map(Notice::to_string).collect()
}

proptest! {
    #[test]
    fn a_printed_view_is_read_as_the_same_view(view in views::view()) {
        let link = parse(&print(&view));
        prop_assert_eq!(&link.view, &view);
        prop_assert!(link.notices.is_empty(), "{:?}", link.notices);
    }

    #[test]
    fn the_canonical_form_of_any_text_is_a_fixed_point(text in any::<String>()) {
        let once = canonical(&text);
        prop_assert_eq!(canonical(&once), once);
    }

    #[test]
    fn the_canonical_form_of_known_keys_with_any_values_is_a_fixed_point(
        pairs in prop::collection::vec((key(), ".{0,30}"), 0..8),
    ) {
        let pairs: Vec<String> = pairs.into_iter().map(|(key, value)| format!("{key}={value}")).collect();
        let once = canonical(&format!("#/?{}", pairs.join("&")));
        prop_assert_eq!(canonical(&once), once);
    }

    #[test]
    fn nothing_is_written_raw_that_an_address_does_not_carry(view in views::view()) {
        let allowed = |letter: char| letter.is_ascii_alphanumeric() || "#/?&=%-._~,:".contains(letter);
        prop_assert!(print(&view).chars().all(allowed));
    }
}

fn key() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "q",
        "version",
        "role",
        "zone",
        "from",
        "to",
        "transport",
        "encryption",
        "state",
        "port",
        "flow",
        "platform",
        "placement",
        "at",
        "internal",
        "rest",
        "rules",
        "required",
        "addr.internet",
        "addr.mailbox",
        "as.perimeter",
        "pin.mapi2010-rca-static",
        "pin.ex2010-rca-cas",
        "name",
        "log",
        "old",
        "new",
        "unheard-of",
    ])
}

#[test]
fn addresses_that_worked_once_work_for_ever() {
    for line in FOR_EVER.lines().filter(|line| !line.starts_with("//")) {
        let (address, expected) = line.split_once('\t').unwrap_or((line, line));
        assert_eq!(canonical(address), expected, "the canonical form of {address}");
        assert_eq!(notices(address), Vec::<String>::new(), "the notices of {address}");
    }
}

#[test]
fn the_list_of_addresses_has_none_twice() {
    let mut seen = HashSet::new();
    assert!(FOR_EVER.lines().all(|line| seen.insert(line)));
}

#[test]
fn no_fragment_and_an_empty_one_are_the_list() {
    for fragment in ["", "#", "#/", "/", "#//", "#?", "#/?", "#/?&&"] {
        assert_eq!(parse(fragment).view, View::default(), "{fragment:?}");
        assert_eq!(canonical(fragment), "#/");
    }
}

#[test]
fn a_repeated_key_is_joined_to_the_first() {
    assert_eq!(
        canonical("#/?version=2019&from=internet&version=2016"),
        "#/?version=2016,2019&from=internet"
    );
}

#[test]
fn empty_items_and_repeats_vanish() {
    assert_eq!(canonical("#/?port=443,,25,443,&version="), "#/?port=25,443");
}

#[test]
fn a_plus_is_a_plus() {
    assert_eq!(parse("#/?q=a+b").view.filter.words, "a+b");
    assert_eq!(canonical("#/?q=a+b"), "#/?q=a%2Bb");
}

#[test]
fn only_the_first_equals_sign_splits_a_pair() {
    assert_eq!(parse("#/?q=a=b=c").view.filter.words, "a=b=c");
}

#[test]
fn a_pair_that_does_not_decode_is_told_and_the_rest_applies() {
    let address = "#/?q=%E4%zz&version=2019&from=%ff";
    assert_eq!(canonical(address), "#/?version=2019");
    assert_eq!(notices(address).len(), 2);
}

#[test]
fn a_key_with_only_unknown_values_filters_nothing_and_names_them() {
    let address = "#/?version=2020,2021&to=mars";
    assert_eq!(canonical(address), "#/");
    let notices = notices(address);
    assert_eq!(notices.len(), 3);
    assert!(notices[0].contains("version") && notices[0].contains("2020") && notices[0].contains("2019"));
}

#[test]
fn an_unknown_key_is_named() {
    assert!(notices("#/?colour=blue")[0].contains("colour"));
    assert!(notices("#/?addr.mars=10.0.0.1")[0].contains("addr.mars"));
}

#[test]
fn an_unknown_path_or_id_shows_what_exists() {
    let cases = [
        ("#/flow/no-such-flow", Page::List),
        ("#/port/0", Page::List),
        ("#/port/65536", Page::List),
        ("#/port/+25", Page::List),
        ("#/elsewhere", Page::List),
        ("#/topology/no-such-place", Page::Deployments),
    ];
    for (address, page) in cases {
        let link = parse(address);
        assert_eq!(link.view.page, page, "{address}");
        assert!(
            matches!(link.notices[..], [Notice::UnknownPath(_)]),
            "{address}: {:?}",
            link.notices
        );
    }
}

#[test]
fn what_is_too_long_is_cut_and_told() {
    let long = "x".repeat(201);
    assert_eq!(parse(&format!("#/?q={long}")).view.filter.words.len(), 200);
    assert_eq!(notices(&format!("#/?q={long}")).len(), 1);

    assert_eq!(canonical("#/?name=abcdefghijklmn"), "#/?name=abcdefghijkl");
    assert_eq!(notices("#/?name=abcdefghijklmn").len(), 1);

    let addresses: Vec<String> = (0..65).map(|host| format!("10.0.0.{host}")).collect();
    let address = format!("#/?addr.server-lan={}", addresses.join(","));
    assert_eq!(canonical(&address).matches("10.0.0.").count(), 64);
    assert_eq!(notices(&address).len(), 1);

    let ids = vec!["smtp-in"; 301].join(",");
    assert_eq!(notices(&format!("#/?flow={ids}")).len(), 1);
}

#[test]
fn a_second_value_of_a_key_that_takes_one_is_told() {
    assert_eq!(
        canonical("#/?platform=nftables,change-request-csv"),
        "#/?platform=nftables"
    );
    assert_eq!(notices("#/?platform=nftables,change-request-csv").len(), 1);
}

#[test]
fn a_refused_address_is_told_kept_as_a_draft_and_never_any() {
    let link = parse("#/?addr.internet=mail.example.com&addr.server-lan=10.0.0.1,fe80::1%25eth0");
    assert_eq!(print(&link.view), "#/?addr.server-lan=10.0.0.1");
    assert_eq!(link.notices.len(), 2);
    let drafts: Vec<&str> = link.drafts.iter().map(|draft| draft.text.as_str()).collect();
    assert_eq!(drafts, ["mail.example.com", "10.0.0.1,fe80::1%eth0"]);
}

#[test]
fn host_bits_are_cleared_and_told() {
    assert_eq!(
        canonical("#/?addr.server-lan=10.0.0.5/24"),
        "#/?addr.server-lan=10.0.0.0/24"
    );
    assert!(notices("#/?addr.server-lan=10.0.0.5/24")[0].contains("10.0.0.0/24"));
}

#[test]
fn a_flow_whose_port_is_not_chosen_cannot_be_pinned() {
    assert_eq!(canonical("#/?pin.smtp-in=26"), "#/");
    assert_eq!(notices("#/?pin.smtp-in=26").len(), 1);
}

#[test]
fn a_flow_with_several_services_behind_it_takes_several_pins_and_one_that_lets_choose_takes_one() {
    assert_eq!(
        canonical("#/?pin.fe-dc-rpc=49101,49100,49101"),
        "#/?pin.fe-dc-rpc=49100,49101"
    );
    assert_eq!(canonical("#/?pin.fe-dc-rpc=49100,x,0"), "#/?pin.fe-dc-rpc=49100");
    assert_eq!(notices("#/?pin.fe-dc-rpc=49100,x,0").len(), 2);
    assert_eq!(
        canonical("#/?pin.mapi2010-rca-static=59532,59533"),
        "#/?pin.mapi2010-rca-static=59532"
    );
    assert_eq!(notices("#/?pin.mapi2010-rca-static=59532,59533").len(), 1);
}

#[test]
fn a_port_of_the_planner_that_is_none_is_told_and_stays_in_its_field() {
    for text in ["70000", "0", "abc", "1-2"] {
        let link = parse(&format!("#/static-ports?pin.ex2010-rca-cas={text}"));
        assert!(link.view.plan.is_empty());
        assert_eq!(link.notices.len(), 1, "{text}");
        let drafts: Vec<(&str, &str)> = link
            .port_drafts
            .iter()
            .map(|draft| (draft.procedure.id, draft.text.as_str()))
            .collect();
        assert_eq!(drafts, [("ex2010-rca-cas", text)]);
    }
}

#[test]
fn a_link_without_addresses_tells_nothing_about_the_network() {
    let view = parse("#/?platform=nftables&addr.server-lan=10.0.0.1&as.server-lan=trust&name=corp&log=1").view;
    assert_eq!(print(&view.without_addresses()), "#/?platform=nftables&log=1");
}

#[test]
fn the_link_in_a_snippet_names_flows_in_place_of_words() {
    let view = parse("#/?q=owa&version=2019&addr.server-lan=10.0.0.1").view;
    let link = view.permalink(&view.flows());
    assert!(!link.contains("q=") && !link.contains("10.0.0.1"), "{link}");
    assert!(link.contains("flow=web-owa-https"), "{link}");
}
