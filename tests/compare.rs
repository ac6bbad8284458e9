//! Two versions side by side: the entries of a firewall that close, open and change, and the rules for it.

mod support;

use std::collections::BTreeMap;

use exchange_ports::catalog::{PortRange, Set, Transport, Version, Vocabulary, Zone, flow, subtract};
use exchange_ports::compare::{Aspect, Comparison, Pair, Question, RuleChange, Step};
use exchange_ports::firewall::platform::PLATFORMS;
use exchange_ports::firewall::{Options, Placement, Policy, Prefix, Reason, Request, Rest, Rule};
use exchange_ports::link::{State, parse};
use exchange_ports::query::{Filter, answer};
use proptest::prelude::*;
use proptest::sample::select;
use pulldown_cmark::{Event, Parser, Tag};
use support::rules::line;
use support::selections::ADDRESSES;
use support::views;

fn compare(old: &str, new: &str, zones: &str) -> Comparison {
    Comparison::new(question(old, new, zones))
}

fn question(old: &str, new: &str, zones: &str) -> Question {
    let version = |slug| Version::from_slug(slug).expect("the version exists");
    let filter = parse(&format!("#/?{zones}")).view.filter;
    Question::new(version(old), version(new), &filter)
}

fn change(old: &str, new: &str, choices: &str) -> RuleChange {
    rule_change(old, new, choices).expect("the host is known")
}

fn rule_change(old: &str, new: &str, choices: &str) -> Result<RuleChange, Reason> {
    let state = State::open(&format!("#/compare?old={old}&new={new}&{choices}"), Vec::new(), None);
    let question = question(old, new, choices);
    RuleChange::new(question, &state.view.options, &state.refused(), "#/compare")
}

fn pair(comparison: &Comparison, from: Zone, to: Zone) -> &Pair {
    let mut pairs = comparison.pairs.iter();
    pairs
        .find(|pair| (pair.from, pair.to) == (from, to))
        .expect("the pair is there")
}

fn texts<T: ToString>(entries: &[T]) -> Vec<String> {
    entries.iter().map(ToString::to_string).collect()
}

// Entries

#[test]
fn from_2010_to_2019_nothing_opens_and_14_entries_close() {
    let comparison = compare("2010", "2019", "");
    assert_eq!(comparison.finding(), "Open nothing. Close 14 entries.");
    let clients = pair(&comparison, Zone::ClientLan, Zone::ServerLan);
    assert_eq!(
        texts(&clients.closes),
        ["tcp 135", "tcp 6005-59530", "tcp one of 59531-60554"]
    );
    let telephony = pair(&comparison, Zone::Telephony, Zone::ServerLan);
    assert_eq!(telephony.closes.len(), 7);
    assert!(telephony.why().contains(&"UM service SIP (2007 to 2010)".to_owned()));
}

#[test]
fn a_flow_that_ends_closes_nothing_while_another_one_uses_its_port() {
    let comparison = compare("2010", "2019", "from=client-lan");
    let ended = flow("um-web-services").or_else(|| {
        let ends = comparison.ends.iter().copied();
        ends.into_iter().find(|flow| flow.service() == "UM Web services")
    });
    assert!(comparison.ends.contains(&ended.expect("the flow exists")));
    let clients = pair(&comparison, Zone::ClientLan, Zone::ServerLan);
    assert!(clients.closes.iter().all(|entry| entry.to_string() != "tcp 443"));
}

#[test]
fn the_zones_of_the_filter_choose_the_pairs() {
    let comparison = compare("2003", "2019", "from=internet&to=perimeter,server-lan");
    let pairs: Vec<(Zone, Zone)> = comparison.pairs.iter().map(|pair| (pair.from, pair.to)).collect();
    assert_eq!(
        pairs,
        [(Zone::Internet, Zone::Perimeter), (Zone::Internet, Zone::ServerLan)]
    );
}

#[test]
fn only_the_zones_of_the_filter_count() {
    let all = compare("2010", "2019", "from=client-lan");
    assert_eq!(
        compare(
            "2010",
            "2019",
            "from=client-lan&q=smtp&state=required&port=25&transport=udp&version=2003"
        ),
        all
    );
}

#[test]
fn a_path_that_becomes_unsupported_to_filter_opens_as_a_whole() {
    let comparison = compare("2003", "2019", "from=server-lan&to=directory");
    assert_eq!(comparison.finding(), "Open 1 whole path. Close nothing.");
    let path = pair(&comparison, Zone::ServerLan, Zone::Directory);
    assert!(path.opens_whole() && !path.is_filtered() && !path.closes.is_empty());
    assert_eq!(
        compare("2019", "2003", "from=server-lan&to=directory").finding(),
        "Open nothing. Close 1 whole path."
    );
}

#[test]
fn what_stays_inside_one_zone_is_no_entry_of_a_firewall() {
    let comparison = compare("2010", "2019", "from=perimeter&to=perimeter");
    assert_eq!(comparison.finding(), "Open nothing. Close nothing.");
    let inside = pair(&comparison, Zone::Perimeter, Zone::Perimeter);
    assert_eq!(texts(&inside.closes), ["tcp 25"]);
    assert_eq!(comparison.note(inside), "inside one zone");
}

#[test]
fn an_entry_that_stays_tells_in_what_it_changes() {
    let comparison = compare("2003", "2010", "");
    let stay = |from, to, port: u16| {
        let stays = &pair(&comparison, from, to).stays;
        let range = PortRange::new(port, port);
        let mut stays = stays.iter().filter(move |stay| stay.opened.range == range);
        stays.next().expect("the port stays").clone()
    };
    let mail = stay(Zone::Internet, Zone::ServerLan, 25);
    assert_eq!(mail.changes(), [Aspect::Encryption, Aspect::Roles]);
    assert_eq!(mail.new.services(), ["Inbound internet mail without Edge"]);
    let web = stay(Zone::Internet, Zone::Perimeter, 443);
    assert_eq!(web.changes(), [Aspect::Roles, Aspect::State]);
}

#[test]
fn a_range_that_moves_is_named_with_its_new_place() {
    let comparison = compare("2007", "2010", "from=client-lan&to=server-lan");
    let clients = pair(&comparison, Zone::ClientLan, Zone::ServerLan);
    let moved: Vec<(String, String)> = clients
        .moved_ranges()
        .into_iter()
        .map(|(old, new)| (old.to_string(), new.to_string()))
        .collect();
    let from = "tcp 1024-65535".to_owned();
    assert_eq!(
        moved,
        [
            (from.clone(), "tcp 6005-59530".to_owned()),
            (from, "tcp one of 59531-60554".to_owned())
        ]
    );
}

#[test]
fn a_version_and_itself_differ_in_nothing() {
    for &version in Version::ALL {
        let comparison = Comparison::new(Question::new(version, version, &Filter::default()));
        assert_eq!(comparison.finding(), "Open nothing. Close nothing.");
        assert!(comparison.pairs.iter().all(Pair::is_unchanged));
        let changes = comparison.pairs.iter().flat_map(|pair| &pair.stays);
        assert!(changes.into_iter().all(|stay| stay.changes().is_empty()));
        assert!(comparison.ends.is_empty() && comparison.begins.is_empty());
    }
}

proptest! {
    #[test]
    fn the_way_back_opens_what_the_way_closed(old in version(), new in version(), filter in views::filter()) {
        let there = Comparison::new(Question::new(old, new, &filter));
        let back = Comparison::new(Question::new(new, old, &filter));
        prop_assert_eq!(&there.ends, &back.begins);
        prop_assert_eq!(there.pairs.len(), back.pairs.len());
        for (there, back) in there.pairs.iter().zip(&back.pairs) {
            prop_assert_eq!(&there.closes, &back.opens);
            prop_assert_eq!(&there.opens, &back.closes);
            prop_assert_eq!(there.opens_whole(), back.closes_whole());
        }
    }

    #[test]
    fn closed_and_staying_entries_are_the_answer_for_the_old_version(old in version(), new in version()) {
        let comparison = Comparison::new(Question::new(old, new, &Filter::default()));
        let filter = Filter { versions: Set::EMPTY.with(old), ..Filter::default() };
        let answers = answer(&filter, &filter.flows());
        for pair in &comparison.pairs {
            let own = answers.iter().find(|answer| (answer.from, answer.to) == (pair.from, pair.to));
            let mut expected: Vec<(Option<PortRange>, bool, Transport)> = Vec::new();
            for opened in own.into_iter().flat_map(|answer| answer.required.iter().chain(&answer.optional)) {
                expected.extend(opened.transports.iter().map(|transport| (opened.range, opened.choice, transport)));
            }
            let closed = pair.closes.iter().map(|entry| &entry.opened);
            let mut found: Vec<(Option<PortRange>, bool, Transport)> = Vec::new();
            for opened in closed.chain(pair.stays.iter().map(|stay| &stay.opened)) {
                found.extend(opened.transports.iter().map(|transport| (opened.range, opened.choice, transport)));
            }
            expected.sort_unstable();
            expected.dedup();
            found.sort_unstable();
            prop_assert_eq!(found, expected, "{:?} > {:?}", pair.from, pair.to);
        }
    }
}

fn version() -> impl Strategy<Value = Version> {
    select(Version::ALL)
}

// Markdown

#[test]
fn markdown_says_the_finding_first_and_every_change_in_a_table() {
    let comparison = compare("2010", "2019", "");
    let text = comparison.markdown("#/compare?old=2010&new=2019");
    assert!(text.starts_with("# Exchange 2010 to 2019\n\n**Open nothing. Close 14 entries.**\n"));
    assert!(text.contains("| client network → servers | tcp 135, tcp 6005-59530, tcp one of 59531-60554 | nothing |"));
    assert!(text.ends_with("#/compare?old=2010&new=2019\n"), "{text}");
}

#[test]
fn a_reader_of_markdown_sees_as_many_cells_as_heads_in_every_row() {
    for &old in Version::ALL {
        for &new in Version::ALL {
            let text = Comparison::new(Question::new(old, new, &Filter::default())).markdown("#/compare");
            let (mut heads, mut cells, mut tables) = (0, 0, 0);
            for event in Parser::new_ext(&text, pulldown_cmark::Options::ENABLE_TABLES) {
                match event {
                    Event::Start(Tag::Table(columns)) => (heads, tables) = (columns.len(), tables + 1),
                    Event::Start(Tag::TableRow | Tag::TableHead) => cells = 0,
                    Event::Start(Tag::TableCell) => cells += 1,
                    Event::End(pulldown_cmark::TagEnd::TableRow) => assert_eq!(cells, heads, "{text}"),
                    Event::Html(html) | Event::InlineHtml(html) => panic!("{html} in {text}"),
                    _ => {}
                }
            }
            let expected = text.matches("\n## ").count();
            assert_eq!(tables, expected, "{text}");
        }
    }
}

// Rules

#[test]
fn the_rules_of_2010_become_those_of_2019() {
    let change = change("2010", "2019", ADDRESSES);
    assert_eq!(change.added.rules.iter().map(line).collect::<Vec<_>>(), [""; 0]);
    let removed = texts(&change.removed);
    assert!(
        removed.contains(
            &"delete exchange-telephony-server-lan-tcp-1: tcp 5060-5061,5065-5068 from telephony \
              10.8.0.1,10.8.0.2/31,10.8.0.4/30,10.8.0.8/29,10.8.0.16/29,10.8.0.24/30,10.8.0.28/31,10.8.0.30 to \
              server-lan 10.0.0.10,10.0.0.11"
                .to_owned()
        ),
        "{removed:#?}"
    );
}

#[test]
fn a_rule_that_is_needed_in_part_is_narrowed() {
    let change = change("2003", "2019", "from=internet&to=server-lan&addr.server-lan=10.0.0.10");
    let narrowed = change
        .removed
        .iter()
        .find(|removal| matches!(&removal.step, Step::Narrow(_)))
        .expect("one is narrowed");
    let Step::Narrow(kept) = &narrowed.step else {
        unreachable!("it was chosen so")
    };
    assert!(!kept.is_empty() && !narrowed.closes.is_empty());
    assert_eq!(subtract(&narrowed.rule.ports, &narrowed.closes), *kept);
}

#[test]
fn a_path_that_becomes_unsupported_to_filter_is_never_just_closed() {
    for internal in ["omit", "any", "ports"] {
        let choices = format!("{ADDRESSES}&from=server-lan&to=directory&internal={internal}");
        let change = change("2003", "2019", &choices);
        assert!(
            change.removed.iter().all(|removal| removal.step == Step::OpenPathFirst),
            "{internal}"
        );
        assert_eq!(change.unnamed, [], "{internal}");
    }
    let omitted = change("2003", "2019", &format!("{ADDRESSES}&from=server-lan&to=directory"));
    assert!(!omitted.removed.is_empty());
    assert!(
        omitted
            .added
            .unwritten
            .iter()
            .any(|entry| entry.reason == Reason::Unsupported)
    );
    let without = change("2003", "2019", "from=server-lan&to=directory");
    assert_eq!(without.unnamed, []);
}

#[test]
fn what_goes_without_an_address_is_named_by_its_zones() {
    let change = change("2010", "2019", "from=telephony&addr.server-lan=10.0.0.10");
    assert_eq!(change.removed, []);
    let text = change.removal_text();
    assert!(
        text.contains("\ntcp 5060-5061,5065-5068 from telephony to server-lan\n")
            || text.contains("\ntcp 5060,5061,5065,5066,5067,5068 from telephony to server-lan\n"),
        "{text}"
    );
}

#[test]
fn added_rules_have_a_prefix_of_their_own_and_drop_nothing_else() {
    let choices = format!("{ADDRESSES}&rest=drop&name=corp&platform=nftables");
    let change = change("2003", "2019", &choices);
    assert_eq!(change.added.options.rest, Rest::Keep);
    assert!(!change.added.rules.is_empty());
    assert!(change.added.rules.iter().all(|rule| rule.name.starts_with("corp2019-")));
    assert!(
        change
            .removed
            .iter()
            .all(|removal| removal.rule.name.starts_with("corp-"))
    );
}

#[test]
fn added_rules_name_only_flows_that_need_their_ports() {
    let change = change("2010", "2013", &format!("{ADDRESSES}&internal=ports"));
    assert!(!change.added.rules.is_empty());
    for rule in &change.added.rules {
        assert!(!rule.flows.is_empty(), "{}", rule.name);
        for flow in &rule.flows {
            let uses =
                |range: &PortRange| flow.uses(*range) || flow.rule_ports.iter().any(|p| p.range.overlaps(*range));
            assert!(
                rule.ports.is_empty() || rule.ports.iter().any(uses),
                "{} in {}",
                flow.id,
                rule.name
            );
        }
    }
}

#[test]
fn both_versions_stand_on_one_host_or_it_is_asked_for() {
    // From the cloud, 2003 ends at the servers alone, 2010 in the perimeter too.
    assert_eq!(
        rule_change("2003", "2010", &format!("{ADDRESSES}&from=cloud&placement=host")),
        Err(Reason::NoHost)
    );
    let shared = change(
        "2003",
        "2010",
        &format!("{ADDRESSES}&from=cloud&to=server-lan&placement=host"),
    );
    assert_eq!(shared.added.options.placement, Placement::Host);
    assert!(!shared.added.rules.is_empty() && shared.removed.is_empty());
}

#[test]
fn every_platform_writes_what_is_added() {
    let change = change("2003", "2019", &format!("{ADDRESSES}&at=server-lan"));
    for platform in PLATFORMS {
        let snippet = platform.write(&change.added);
        assert!(
            snippet.rules.ends_with('\n') && !snippet.apply.is_empty(),
            "{}",
            platform.id
        );
    }
}

#[test]
fn ticks_do_not_count() {
    let ticked = change("2010", "2019", &format!("{ADDRESSES}&flow=smtp-in"));
    assert_eq!(ticked, change("2010", "2019", ADDRESSES));
}

/// What a policy allows, port by port: for each side, ends and transport one bit a port; the first for none.
type Allowed = BTreeMap<String, Vec<bool>>;

fn allow(allowed: &mut Allowed, rule: &Rule, ports: &[PortRange], verdict: bool) {
    let ends = Rule {
        ports: Vec::new(),
        ..rule.clone()
    };
    let key = format!("{:?} {:?} {}", rule.side, rule.family, line(&ends));
    let bits = allowed.entry(key).or_insert_with(|| vec![false; 65536]);
    if ports.is_empty() {
        bits[0] = verdict;
    }
    for range in ports {
        bits[usize::from(range.first())..=usize::from(range.last())].fill(verdict);
    }
}

fn allowed(rules: &[Rule]) -> Allowed {
    let mut allowed = Allowed::new();
    for rule in rules {
        allow(&mut allowed, rule, &rule.ports, true);
    }
    allowed
}

fn policy(question: &Question, version: Version, options: &Options) -> Policy {
    let filter = Filter {
        versions: Set::EMPTY.with(version),
        from: question.from,
        to: question.to,
        ..Filter::default()
    };
    let mut options = options.clone();
    options.ticked.clear();
    Policy::new(&Request {
        flows: &filter.flows(),
        filter: &filter,
        options: &options,
        refused: &[],
        permalink: String::new(),
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn old_rules_with_the_added_ones_and_without_what_goes_are_the_new_rules(
        old in version(), new in version(), view in views::selection()
    ) {
        let question = Question::new(old, new, &view.filter);
        let change = RuleChange::new(question, &view.options, &[], "#/compare").expect("the host is given");
        let before = policy(&question, old, &view.options);
        let after = policy(&question, new, &view.options);
        let mut changed = allowed(&before.rules);
        for rule in &change.added.rules {
            for range in &rule.ports {
                prop_assert!(!before.rules.iter().any(|old| line(&Rule { ports: vec![*range], ..old.clone() })
                    == line(&Rule { ports: vec![*range], ..rule.clone() }) && old.side == rule.side
                    && old.ports.iter().any(|known| known.overlaps(*range))), "{} was there", rule.name);
            }
            allow(&mut changed, rule, &rule.ports, true);
        }
        for removal in &change.removed {
            prop_assert!(before.rules.contains(&removal.rule));
            allow(&mut changed, &removal.rule, &removal.closes, false);
        }
        changed.retain(|_, bits| bits.contains(&true));
        let expected = allowed(&after.rules);
        prop_assert!(changed == expected);
    }

    #[test]
    fn ports_without_others_are_those_in_one_list_only(
        one in proptest::collection::vec(range(), 0..6), other in proptest::collection::vec(range(), 0..6)
    ) {
        let holds = |ranges: &[PortRange], port: u16| ranges.iter().any(|range| range.first() <= port && port <= range.last());
        let left = subtract(&one, &other);
        for port in 1..=u16::MAX {
            prop_assert_eq!(holds(&left, port), holds(&one, port) && !holds(&other, port), "{}", port);
        }
        prop_assert!(left.windows(2).all(|pair| u32::from(pair[0].last()) + 1 < u32::from(pair[1].first())));
    }

    #[test]
    fn the_prefix_of_additions_is_another_one(prefix in "[A-Za-z][A-Za-z0-9-]{0,11}", version in version()) {
        let prefix = Prefix::new(&prefix).expect("the text has the form of a prefix");
        let added = prefix.for_additions(version);
        prop_assert!(!added.as_str().eq_ignore_ascii_case(prefix.as_str()));
        prop_assert_eq!(Prefix::new(added.as_str()), Some(added));
    }
}

fn range() -> impl Strategy<Value = PortRange> {
    (1..=u16::MAX, 1..=u16::MAX)
        .prop_map(|(one, other)| PortRange::new(one.min(other), one.max(other)).expect("the ends are in order"))
}

#[test]
fn a_name_that_would_stay_the_same_becomes_another_one() {
    let prefix = Prefix::new("Exchange2019").expect("it is a prefix");
    assert_eq!(prefix.for_additions(Version::Exchange2019).as_str(), "add2019");
    assert_eq!(
        Prefix::default().for_additions(Version::Exchange5_5).as_str(),
        "exchange55"
    );
}
