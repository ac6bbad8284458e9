//! The rules of each firewall in a drawing.

use exchange_ports::catalog::{Flow, Leg, Role, State, Vocabulary, Wall, Zone, flow};
use exchange_ports::firewall::{
    AddressList, Addresses, Internal, Options, Place, Platform, Policy, Reason, Rule, Side, Warning,
};
use exchange_ports::topology::{Deployed, Firewall, Order};
use proptest::prelude::*;
use proptest::sample::select;

use crate::support::rules::line;
use crate::support::views;
use crate::{all, deployed, name};

const OUTER: Firewall = Firewall::Wall(Wall::Outer);
const INNER: Firewall = Firewall::Wall(Wall::Inner);

/// The addresses of a text.
fn addresses(text: &str) -> Addresses {
    AddressList::read(text).addresses.expect("the test names addresses")
}

/// Options with addresses of places.
fn given(places: &[(Place, &str)]) -> Options {
    Options {
        addresses: places.iter().map(|(place, text)| (*place, addresses(text))).collect(),
        ..Options::default()
    }
}

fn zones() -> Options {
    given(&[
        (Place::Zone(Zone::Perimeter), "192.0.2.25"),
        (Place::Zone(Zone::ServerLan), "10.0.0.10"),
        (Place::Zone(Zone::Management), "10.9.0.5"),
        (Place::Zone(Zone::Directory), "10.0.2.1"),
        (Place::Zone(Zone::ThirdSite), "10.3.0.10"),
        (Place::Zone(Zone::ClientLan), "10.1.0.0/16"),
    ])
}

fn policy(deployed: &Deployed, firewall: Firewall, options: &Options) -> Policy {
    deployed.policy(
        firewall,
        &Order {
            options,
            refused: &[],
            permalink: "#/topology",
        },
    )
}

fn lines(deployed: &Deployed, firewall: Firewall, options: &Options) -> Vec<String> {
    policy(deployed, firewall, options).rules.iter().map(line).collect()
}

#[test]
fn the_outer_and_the_inner_firewall_of_edge_have_rules_of_their_own() {
    let edge = deployed("edge-perimeter", "2019");
    assert_eq!(
        lines(&edge, OUTER, &zones()),
        [
            "internet > perimeter: any > 192.0.2.25 tcp 25",
            "perimeter > internet: 192.0.2.25 > any tcp 25",
            "perimeter > internet: 192.0.2.25 > any tcp 53",
            "perimeter > internet: 192.0.2.25 > any udp 53",
            "perimeter > internet: 192.0.2.25 > any tcp 23,80,1080-1081,3128,6588",
        ]
    );
    assert_eq!(
        lines(&edge, INNER, &zones()),
        [
            "perimeter > server-lan: 192.0.2.25 > 10.0.0.10 tcp 25",
            "server-lan > perimeter: 10.0.0.10 > 192.0.2.25 tcp 25,50636",
            "management > perimeter: 10.9.0.5 > 192.0.2.25 tcp 3389",
        ]
    );
}

#[test]
fn a_host_has_rules_for_all_that_begins_or_ends_there() {
    let edge = deployed("edge-perimeter", "2019");
    let policy = policy(&edge, Firewall::Host(Zone::Perimeter), &zones());
    let of = |side| {
        policy
            .rules
            .iter()
            .filter(|rule| rule.side == side)
            .map(line)
            .collect::<Vec<_>>()
    };
    assert_eq!(
        of(Side::Inbound),
        [
            "internet > perimeter: any > 192.0.2.25 tcp 25",
            "server-lan > perimeter: 10.0.0.10 > 192.0.2.25 tcp 25,50636",
            "management > perimeter: 10.9.0.5 > 192.0.2.25 tcp 3389",
        ]
    );
    assert_eq!(of(Side::Outbound).len(), 5);
    assert_eq!(policy.unwritten, []);
}

#[test]
fn the_ends_of_a_link_count_whatever_zones_its_flows_name() {
    let isa = deployed("front-end-inside-isa", "2003");
    for id in ["web-eas", "web-outlook-anywhere"] {
        let flow = flow(id).expect("the flow is in the catalogue");
        assert!(!flow.from.zones.contains(Zone::Perimeter) && !flow.to.zones.contains(Zone::Perimeter));
    }
    assert_eq!(
        lines(&isa, OUTER, &zones()),
        [
            "internet > perimeter: any > 192.0.2.25 tcp 25",
            "internet > perimeter: any > 192.0.2.25 tcp 443",
            "internet > perimeter: any > 192.0.2.25 tcp 993,995",
        ]
    );
    assert_eq!(
        lines(&isa, INNER, &zones()),
        [
            "perimeter > server-lan: 192.0.2.25 > 10.0.0.10 tcp 25",
            "perimeter > server-lan: 192.0.2.25 > 10.0.0.10 tcp 443",
            "perimeter > server-lan: 192.0.2.25 > 10.0.0.10 tcp 993,995",
        ]
    );
}

#[test]
fn addresses_of_a_role_count_where_its_flow_stands_and_not_where_only_the_drawing_puts_it() {
    let isa = deployed("front-end-inside-isa", "2003");
    let options = given(&[
        (Place::Zone(Zone::Perimeter), "192.0.2.25"),
        (Place::Zone(Zone::ServerLan), "10.0.0.0/24"),
        (Place::Role(Role::FrontEnd), "10.0.0.20"),
        (Place::Role(Role::Mobile), "203.0.113.0/24"),
    ]);
    let phones = |firewall| -> Vec<String> {
        let policy = policy(&isa, firewall, &options);
        let is_for_phones = |rule: &&Rule| rule.flows.iter().any(|flow| flow.id == "web-eas");
        policy.rules.iter().filter(is_for_phones).map(line).collect()
    };
    assert_eq!(
        phones(OUTER),
        ["internet > perimeter: 203.0.113.0/24 > 192.0.2.25 tcp 443"]
    );
    assert_eq!(
        phones(INNER),
        ["perimeter > server-lan: 192.0.2.25 > 10.0.0.20 tcp 443"]
    );
}

#[test]
fn a_refused_address_of_a_role_does_not_hold_up_a_zone_in_which_the_role_does_not_stand() {
    let isa = deployed("front-end-inside-isa", "2003");
    let options = zones();
    let with = |refused: &[Place]| {
        let order = Order {
            options: &options,
            refused,
            permalink: "#/topology",
        };
        isa.policy(INNER, &order)
    };
    assert!(with(&[Place::Role(Role::Mobile)]).unwritten.is_empty());
    let front_end = Place::Role(Role::FrontEnd);
    let reasons: Vec<Reason> = with(&[front_end]).unwritten.iter().map(|entry| entry.reason).collect();
    assert!(reasons.contains(&Reason::RefusedAddress(front_end)), "{reasons:?}");
}

#[test]
fn a_zone_without_an_address_is_named_and_the_rest_is_written() {
    let edge = deployed("edge-perimeter", "2019");
    let mut options = zones();
    options.addresses.remove(&Place::Zone(Zone::Management));
    let policy = policy(&edge, INNER, &options);
    assert_eq!(policy.rules.len(), 2);
    let unwritten: Vec<String> = policy.unwritten.iter().map(ToString::to_string).collect();
    assert_eq!(
        unwritten,
        ["not written: tcp 3389 from management to perimeter: no address for management (addr.management=)"]
    );
    assert_eq!(edge.numbers(INNER, &policy.unwritten[0]), [4]);
}

#[test]
fn what_is_left_out_has_the_numbers_of_its_flows_in_the_drawing() {
    let edge = deployed("edge-perimeter", "2019");
    let policy = policy(&edge, OUTER, &Options::default());
    let numbers: Vec<(String, Vec<usize>)> = policy
        .unwritten
        .iter()
        .map(|entry| {
            let transport = entry.traffic.as_ref().map_or("all", |(transport, _)| transport.slug());
            let way = format!("{} {} > {}", transport, entry.from.slug(), entry.to.slug());
            (way, edge.numbers(OUTER, entry))
        })
        .collect();
    assert_eq!(
        numbers,
        [
            ("tcp internet > perimeter".to_owned(), vec![1]),
            ("tcp perimeter > internet".to_owned(), vec![2, 3, 4]),
            ("udp perimeter > internet".to_owned(), vec![3]),
        ]
    );
}

#[test]
fn front_ends_of_2003_have_their_rpc_ports_on_the_inner_firewall() {
    let front_end = deployed("dmz-front-end-2003", "2003");
    let inner = lines(&front_end, INNER, &zones());
    assert!(
        inner.contains(&"perimeter > server-lan: 192.0.2.25 > 10.0.0.10 tcp 6001-6002,6004".to_owned()),
        "{inner:#?}"
    );
    let directory: Vec<&String> = inner
        .iter()
        .filter(|line| line.starts_with("perimeter > directory"))
        .collect();
    assert!(
        directory.iter().any(|line| line.ends_with("tcp 1025-5000")),
        "{directory:#?}"
    );
}

#[test]
fn between_members_of_a_dag_nothing_is_written_but_any_protocol_if_asked() {
    let dag = deployed("dag-across-sites", "2019");
    let mut options = zones();
    let omitted = policy(&dag, INNER, &options);
    assert_eq!(omitted.rules, []);
    assert!(
        omitted
            .unwritten
            .iter()
            .all(|entry| entry.reason == Reason::Unsupported)
    );
    options.internal = Internal::Any;
    assert_eq!(
        lines(&dag, INNER, &options),
        [
            "server-lan > third-site: 10.0.0.10 > 10.3.0.10 any",
            "third-site > server-lan: 10.3.0.10 > 10.0.0.10 any",
        ]
    );
    options.internal = Internal::Ports;
    assert!(
        policy(&dag, INNER, &options)
            .warnings
            .contains(&Warning::UnsupportedPorts)
    );
}

#[test]
fn what_either_side_opens_has_a_leg_back() {
    let sites = deployed("exchange55-through-firewall", "5.5");
    let legs = sites.legs(Firewall::Host(Zone::ServerLan));
    let ways = |id: &str| {
        legs.iter()
            .filter(|(flow, _)| flow.id == id)
            .map(|(_, leg)| leg.reversed)
            .collect::<Vec<_>>()
    };
    assert_eq!(ways("x400-102"), [false, true]);
    assert_eq!(ways("ds-repl-55"), [false]);
}

#[test]
fn a_pinned_port_opens_on_the_link_and_an_unpinned_one_is_a_gap() {
    let array = deployed("cas-array-2010", "2010");
    let mut options = zones();
    let gaps = policy(&array, INNER, &options);
    assert!(gaps.unwritten.iter().any(|entry| entry.reason == Reason::NotPinned));
    for (id, port) in [("mapi2010-rca-static", 59532), ("mapi2010-ab-static", 59533)] {
        let flow = flow(id).expect("the flow is in the catalogue");
        options.pins.insert(flow, port.try_into().expect("a port is not 0"));
    }
    let pinned = lines(&array, INNER, &options);
    assert!(
        pinned.contains(&"client-lan > server-lan: 10.1.0.0/16 > 10.0.0.10 tcp 59532-59533".to_owned()),
        "{pinned:#?}"
    );
}

#[test]
fn ticks_of_the_list_and_its_placement_do_not_count() {
    let edge = deployed("edge-perimeter", "2019");
    let mut options = zones();
    let untouched = policy(&edge, OUTER, &options);
    options
        .ticked
        .insert(flow("client-pop3").expect("the flow is in the catalogue"));
    options.at = Some(Place::Zone(Zone::Telephony));
    options.placement = exchange_ports::firewall::Placement::Host;
    assert_eq!(policy(&edge, OUTER, &options), untouched);
}

#[test]
fn a_platform_has_the_firewalls_on_which_it_can_stand() {
    let edge = deployed("edge-perimeter", "2019");
    let of = |id: &str| -> Vec<String> {
        let platform = Platform::find(id).expect("the platform exists");
        edge.firewalls_of(platform).into_iter().map(Firewall::slug).collect()
    };
    assert_eq!(of("cisco-asa"), ["outer", "inner"]);
    assert_eq!(of("powershell"), ["host-perimeter", "host-server-lan"]);
    assert_eq!(of("nftables"), ["outer", "inner", "host-perimeter", "host-server-lan"]);
    assert_eq!(of("change-request-csv").len(), 4);
}

/// What a policy says of a flow on a leg: whether it writes it, leaves it out for a reason, or never writes it.
fn is_told(policy: &Policy, flow: &'static Flow, leg: Leg) -> bool {
    let written = policy.rules.iter().any(|rule| {
        let is_leg = (rule.from, Some(rule.to)) == (leg.from, leg.to);
        is_leg && rule.flows.contains(&flow)
    });
    let left_out = policy.unwritten.iter().any(|entry| {
        let is_leg = (entry.from, Some(entry.to)) == (leg.from, leg.to);
        is_leg && entry.flows.contains(&flow)
    });
    written || left_out || policy.never.contains(&flow)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn rules_are_for_what_crosses_the_firewall_and_all_of_it_is_told(
        deployed in select(all()),
        options in views::options(),
        zones in proptest::collection::vec(proptest::option::of(views::addresses()), Zone::ALL.len()),
    ) {
        let mut options = options;
        let places = Zone::ALL.iter().copied().map(Place::Zone).zip(zones);
        options.addresses.extend(places.filter_map(|(place, given)| Some((place, given?))));
        // A platform that stands elsewhere says so, and writes for there.
        options.platform = None;
        for firewall in deployed.firewalls() {
            let legs = deployed.legs(firewall);
            let policy = policy(&deployed, firewall, &options);
            for rule in &policy.rules {
                for flow in &rule.flows {
                    let is_drawn = |from, to| {
                        legs.iter().any(|(drawn, leg)| drawn == flow && (leg.from, leg.to) == (from, Some(to)))
                    };
                    // Any protocol between two ends is written both ways.
                    let back = options.internal == Internal::Any && is_drawn(rule.to, rule.from);
                    prop_assert!(is_drawn(rule.from, rule.to) || back, "{}: {}", name(&deployed), line(rule));
                }
            }
            let pinned: Vec<&str> = options.pins.keys().filter_map(|flow| flow.instead_of).collect();
            for (flow, leg) in legs {
                let is_asked = (!options.required_only || flow.state == State::Required) && !pinned.contains(&flow.id);
                prop_assert!(
                    !is_asked || is_told(&policy, flow, leg),
                    "{} {}: {} {leg:?}", name(&deployed), firewall.slug(), flow.id
                );
            }
        }
    }
}
