//! From flows to rules: the neutral policy, readable as a specification. Numbers are those of the rules in
//! ARCHITECTURE.md.

mod support;

use exchange_ports::catalog::{State, Transport, Vocabulary, Zone, flows};
use exchange_ports::firewall::{Family, Side, Warning};
use support::rules::{lines, policy, unwritten};

const SERVERS: &str = "addr.server-lan=10.0.0.10";

fn on_servers(selection: &str) -> String {
    format!("#/?{selection}&{SERVERS}")
}

// 1. Leg

#[test]
fn a_flow_gives_a_rule_for_each_pair_of_its_zones() {
    let lines = lines("#/?flow=web-owa-https&addr.client-lan=10.1.0.0/16&addr.server-lan=10.0.0.10");
    assert_eq!(
        lines,
        [
            "internet > server-lan: any > 10.0.0.10 tcp 443",
            "client-lan > server-lan: 10.1.0.0/16 > 10.0.0.10 tcp 443",
        ]
    );
}

#[test]
fn facets_choose_legs_and_not_only_flows() {
    let address = "#/?from=internet&flow=web-owa-https&addr.client-lan=10.1.0.0/16&addr.server-lan=10.0.0.10";
    assert_eq!(lines(address), ["internet > server-lan: any > 10.0.0.10 tcp 443"]);
}

#[test]
fn a_flow_in_both_directions_also_gives_the_reversed_leg() {
    let lines = lines("#/?version=2016&flow=um-rtp&addr.telephony=10.8.0.1&addr.server-lan=10.0.0.10");
    assert_eq!(
        lines,
        [
            "server-lan > telephony: 10.0.0.10 > 10.8.0.1 udp 1024-65535",
            "telephony > server-lan: 10.8.0.1 > 10.0.0.10 udp 1024-65535",
        ]
    );
}

#[test]
fn no_leg_is_written_that_the_facets_do_not_choose() {
    for from in Zone::ALL {
        let policy = policy(&format!(
            "#/?from={}&internal=ports&addr.internet=any&addr.perimeter=any&addr.client-lan=any&addr.server-lan=any\
             &addr.directory=any&addr.management=any&addr.telephony=any&addr.cloud=any&addr.third-site=any",
            from.slug()
        ));
        assert!(policy.rules.iter().all(|rule| rule.from == *from), "{from:?}");
    }
}

#[test]
fn a_flow_between_other_zones_than_asked_is_named() {
    let address = on_servers("flow=smtp-in").replace("#/?flow=smtp-in", "#/flow/smtp-in?from=cloud");
    assert_eq!(lines(&address), [""; 0]);
    assert_eq!(
        unwritten(&address),
        ["not written: smtp-in from internet to server-lan: the filter asks for other zones"]
    );
}

// 2. Never a rule

#[test]
fn what_is_not_used_or_local_or_goes_nowhere_is_named_and_never_written() {
    let policy = policy("#/?addr.server-lan=any&addr.client-lan=any&internal=ports");
    let never: Vec<&str> = flows()
        .iter()
        .filter(|flow| {
            matches!(flow.state, State::NotUsed | State::Local)
                || flow.to.zones.is_empty()
                || flow.to.zones.contains(Zone::Local)
        })
        .map(|flow| flow.id)
        .collect();
    assert!(never.len() >= 7, "{never:?}");
    assert_eq!(policy.never.iter().map(|flow| flow.id).collect::<Vec<_>>(), never);
    let written = |id: &str| {
        policy
            .rules
            .iter()
            .any(|rule| rule.flows.iter().any(|flow| flow.id == id))
    };
    assert!(never.iter().all(|id| !written(id)));
}

#[test]
fn a_zone_that_should_never_reach_a_flow_gets_no_rule() {
    let address = "#/?flow=rpchttp-cutover-2003&addr.cloud=198.51.100.0/24&addr.server-lan=10.0.0.10";
    assert_eq!(lines(address), [""; 0]);
    assert_eq!(
        unwritten(address),
        ["not written: rpchttp-cutover-2003 from cloud to server-lan: it should never be reached from there"]
    );
}

// 3. Same zone

#[test]
fn a_firewall_between_zones_does_not_see_one_zone() {
    let address = on_servers("version=2003&flow=smtp-internal-2000");
    assert_eq!(lines(&address), [""; 0]);
    assert!(unwritten(&address)[0].contains("both ends are in one zone"));
}

#[test]
fn on_a_host_one_zone_is_written_both_ways() {
    let policy = policy(&on_servers(
        "version=2003&flow=smtp-internal-2000&placement=host&at=server-lan",
    ));
    let sides: Vec<Side> = policy.rules.iter().map(|rule| rule.side).collect();
    assert_eq!(sides, [Side::Inbound, Side::Outbound]);
}

#[test]
fn rules_that_are_attached_to_machines_see_one_zone() {
    let policy = policy(&on_servers("version=2003&flow=smtp-internal-2000&platform=aws-cli"));
    let sides: Vec<Side> = policy.rules.iter().map(|rule| rule.side).collect();
    assert_eq!(sides, [Side::Between]);
}

// 4. Placement

#[test]
fn at_a_host_legs_that_end_there_are_inbound_and_legs_that_start_there_outbound() {
    let policy = policy(&on_servers(
        "version=2019&flow=smtp-in,smtp-out,edge-in&placement=host&at=server-lan",
    ));
    let rules: Vec<(Side, &str)> = policy.rules.iter().map(|rule| (rule.side, rule.flows[0].id)).collect();
    assert_eq!(rules, [(Side::Inbound, "smtp-in"), (Side::Outbound, "smtp-out")]);
    assert_eq!(policy.unwritten.len(), 1);
    assert!(
        policy.unwritten[0]
            .to_string()
            .ends_with("edge-in from internet to perimeter: it does not touch server-lan")
    );
}

#[test]
fn the_host_is_the_destination_that_all_legs_share() {
    let policy = policy("#/?version=2019&from=internet&to=server-lan&placement=host");
    assert!(!policy.rules.is_empty() && policy.rules.iter().all(|rule| rule.side == Side::Inbound));
}

#[test]
fn without_a_shared_destination_the_host_is_asked_for() {
    let address = "#/?version=2019&from=internet&placement=host&addr.perimeter=192.0.2.25";
    assert_eq!(lines(address), [""; 0]);
    assert!(
        unwritten(address)
            .iter()
            .all(|line| line.ends_with("say at which host the rules stand (at=)"))
    );
}

#[test]
fn any_protocol_is_never_written_for_everybody() {
    for everybody in ["any", "0.0.0.0/0", "::/0"] {
        for internal in ["any", "ports"] {
            let policy = policy(&format!(
                "#/?version=2019&from=server-lan&to=directory&internal={internal}&addr.server-lan=10.0.0.10,2001:db8::10\
                 &addr.directory={everybody}"
            ));
            let any = |rule: &&exchange_ports::firewall::Rule| rule.transport == Transport::Any;
            assert_eq!(policy.rules.iter().find(any), None, "{everybody}, {internal}");
            assert!(policy.missing_addresses() > 0, "{everybody}, {internal}");
        }
    }
}

#[test]
fn any_exchange_server_is_a_role_only_where_machines_of_the_role_stand() {
    let policy = policy("#/?placement=host&at=edge-transport&internal=ports&addr.server-lan=10.0.0.10");
    let elsewhere = |rule: &&exchange_ports::firewall::Rule| {
        let own = if rule.side == Side::Inbound { rule.to } else { rule.from };
        own == Zone::Management || own == Zone::ServerLan
    };
    assert_eq!(policy.rules.iter().find(elsewhere), None);
    assert!(!policy.rules.is_empty());
}

#[test]
fn a_role_can_be_the_host() {
    let policy = policy("#/?version=2019&placement=host&at=edge-transport&addr.server-lan=10.0.0.10&required=1");
    assert!(
        policy
            .rules
            .iter()
            .any(|rule| rule.side == Side::Inbound && rule.from == Zone::Internet)
    );
    assert!(
        policy
            .rules
            .iter()
            .any(|rule| rule.side == Side::Outbound && rule.to == Zone::ServerLan)
    );
}

// 5. Addresses

#[test]
fn the_addresses_of_a_role_come_before_those_of_its_zone() {
    let address = "#/?from=internet&flow=web-owa-https,oos&addr.mailbox=10.0.0.20&addr.server-lan=10.0.0.0/24";
    assert_eq!(
        lines(address),
        [
            "internet > server-lan: any > 10.0.0.20 tcp 443",
            "internet > server-lan: any > 10.0.0.0/24 tcp 443",
        ]
    );
}

#[test]
fn only_the_internet_is_any_without_an_address() {
    assert_eq!(
        lines(&on_servers("flow=smtp-in")),
        ["internet > server-lan: any > 10.0.0.10 tcp 25"]
    );
    let address = on_servers("flow=edge-to-org");
    assert_eq!(lines(&address), [""; 0]);
    assert_eq!(
        unwritten(&address),
        ["not written: tcp 25 from perimeter to server-lan: no address for perimeter (addr.perimeter=)"]
    );
}

#[test]
fn a_refused_address_never_becomes_any() {
    for refused in ["addr.internet=nonsense", "addr.mailbox=nonsense"] {
        let address = on_servers(&format!("from=internet&flow=web-owa-https&{refused}"));
        assert_eq!(lines(&address), [""; 0], "{refused}");
        assert!(unwritten(&address)[0].contains("could not be read"), "{refused}");
    }
}

#[test]
fn any_as_a_destination_is_warned_of() {
    assert!(
        policy(&on_servers("flow=smtp-out"))
            .warnings
            .contains(&Warning::AnyDestination)
    );
    let known = on_servers("flow=smtp-out&addr.internet=203.0.113.0/24");
    assert!(!policy(&known).warnings.contains(&Warning::AnyDestination));
}

#[test]
fn networks_inside_others_are_not_written_twice() {
    let address = "#/?flow=smtp-in&addr.server-lan=10.0.0.0/8,10.1.0.0/16,192.0.2.1";
    assert_eq!(
        lines(address),
        ["internet > server-lan: any > 10.0.0.0/8,192.0.2.1 tcp 25"]
    );
}

// 6. Families

#[test]
fn ipv4_pairs_with_ipv4_and_ipv6_with_ipv6() {
    let address = "#/?flow=edge-to-org&addr.perimeter=192.0.2.25,2001:db8:2::25&addr.server-lan=10.0.0.10,2001:db8::10";
    assert_eq!(
        lines(address),
        [
            "perimeter > server-lan: 192.0.2.25 > 10.0.0.10 tcp 25",
            "perimeter > server-lan: 2001:db8:2::25 > 2001:db8::10 tcp 25",
        ]
    );
}

#[test]
fn what_has_no_partner_is_named() {
    let address = "#/?flow=edge-to-org&addr.perimeter=192.0.2.25,2001:db8:2::25&addr.server-lan=10.0.0.10";
    assert_eq!(lines(address).len(), 1);
    assert_eq!(
        unwritten(address),
        ["not written: tcp 25 from perimeter to server-lan: no IPv6 address for server-lan"]
    );
}

#[test]
fn every_rule_has_addresses_of_its_own_family_only() {
    let policy = policy("#/?addr.server-lan=10.0.0.10,2001:db8::10&addr.client-lan=10.1.0.0/16,2001:db8:1::/48");
    for rule in &policy.rules {
        for addresses in [&rule.source, &rule.destination] {
            if let exchange_ports::firewall::Addresses::Only(networks) = addresses {
                assert!(
                    networks.iter().all(|network| network.family() == rule.family),
                    "{}",
                    rule.name
                );
            }
        }
    }
    assert!(
        [Family::V4, Family::V6]
            .iter()
            .all(|&family| policy.rules.iter().any(|rule| rule.family == family))
    );
}

// 7. Unsupported to filter

#[test]
fn what_microsoft_does_not_support_filtering_is_left_out_with_the_reason() {
    let address = "#/?version=2019&from=server-lan&to=directory&addr.server-lan=10.0.0.10&addr.directory=10.0.2.0/24";
    assert!(
        policy(address)
            .rules
            .iter()
            .all(|rule| rule.flows.iter().all(|flow| flow.id == "dns-exchange"))
    );
    let reasons: Vec<String> = unwritten(address);
    assert_eq!(reasons.len(), 1, "{reasons:?}");
    assert!(reasons[0].contains("Microsoft does not support filtering"));
}

#[test]
fn internal_any_writes_one_rule_for_any_protocol_each_way() {
    let address = "#/?version=2019&flow=ad-ldap,ad-kerberos,any-any-ad&internal=any\
        &addr.server-lan=10.0.0.10&addr.directory=10.0.2.0/24";
    assert_eq!(
        lines(address),
        [
            "server-lan > directory: 10.0.0.10 > 10.0.2.0/24 any",
            "directory > server-lan: 10.0.2.0/24 > 10.0.0.10 any",
        ]
    );
}

#[test]
fn internal_ports_writes_the_ports_and_warns() {
    let address = "#/?version=2019&flow=ad-ldaps&internal=ports&addr.server-lan=10.0.0.10&addr.directory=10.0.2.0/24";
    assert_eq!(
        lines(address),
        ["server-lan > directory: 10.0.0.10 > 10.0.2.0/24 tcp 636"]
    );
    assert!(policy(address).warnings.contains(&Warning::UnsupportedPorts));
}

#[test]
fn with_2003_and_older_only_such_flows_are_ordinary() {
    let address = "#/?version=2000,2003&flow=ad-ldaps&addr.server-lan=10.0.0.10&addr.directory=10.0.2.0/24";
    assert_eq!(lines(address).len(), 1);
    assert_eq!(unwritten(address), [""; 0]);
}

// 8. Compact

#[test]
fn compact_merges_ports_of_one_leg_state_and_class() {
    let lines = lines(&on_servers("version=2019&from=internet&to=server-lan"));
    assert_eq!(
        lines,
        [
            "internet > server-lan: any > 10.0.0.10 tcp 25,443",
            "internet > server-lan: any > 10.0.0.10 tcp 80,110,143",
            "internet > server-lan: any > 10.0.0.10 tcp 443,587,993,995",
        ]
    );
}

#[test]
fn per_flow_writes_a_rule_for_each_flow() {
    let policy = policy(&on_servers("version=2019&from=internet&to=server-lan&rules=flow"));
    assert_eq!(policy.rules.len(), policy.flows.len());
    assert!(policy.rules.iter().all(|rule| rule.flows.len() == 1));
}

#[test]
fn required_leaves_out_everything_else() {
    let policy = policy(&on_servers("version=2019&from=internet&to=server-lan&required=1"));
    assert!(!policy.rules.is_empty() && policy.rules.iter().all(|rule| rule.state == State::Required));
}

// 9. Wide and chosen ranges

#[test]
fn a_chosen_port_is_not_written_until_it_is_pinned() {
    let address = "#/?version=2010&flow=mapi2010-rca-static&addr.client-lan=10.1.0.0/16&addr.server-lan=10.0.0.10";
    assert_eq!(lines(address), [""; 0]);
    assert!(
        unwritten(address)[0].starts_with("not written: tcp 59531-60554 from client-lan to server-lan: choose one")
    );
}

#[test]
fn a_pinned_port_is_written_and_what_it_replaces_is_left_out() {
    let address = "#/?version=2010&flow=mapi2010-rca-static,mapi2010-rca-dynamic&pin.mapi2010-rca-static=59532\
        &addr.client-lan=10.1.0.0/16&addr.server-lan=10.0.0.10";
    assert_eq!(
        lines(address),
        ["client-lan > server-lan: 10.1.0.0/16 > 10.0.0.10 tcp 59532"]
    );
}

#[test]
fn a_wide_range_stands_alone_and_a_disputed_one_is_the_reading_that_works() {
    let address = "#/?version=2010&flow=mapi2010-pf&addr.client-lan=10.1.0.0/16&addr.server-lan=10.0.0.10";
    assert_eq!(
        lines(address),
        [
            "client-lan > server-lan: 10.1.0.0/16 > 10.0.0.10 tcp 135",
            "client-lan > server-lan: 10.1.0.0/16 > 10.0.0.10 tcp 6005-65534",
        ]
    );
}

// 15. Warnings

#[test]
fn clear_text_from_the_internet_is_warned_of() {
    let warned = policy(&on_servers("version=2019&from=internet&to=server-lan")).warnings;
    assert!(
        matches!(&warned[..], [Warning::ClearTextFromInternet(ports)] if ports.len() == 3),
        "{warned:?}"
    );
}

#[test]
fn a_whole_network_for_servers_is_warned_of() {
    let warned = policy("#/?flow=smtp-in&addr.server-lan=10.0.0.0/24").warnings;
    assert_eq!(warned, [Warning::WholeZone(Zone::ServerLan)]);
}

// 16. Names

#[test]
fn names_are_unique_and_made_of_prefix_zones_transport_and_number() {
    let policy = policy("#/?name=corp&addr.server-lan=10.0.0.10&addr.client-lan=10.1.0.0/16&addr.perimeter=192.0.2.25");
    let mut names: Vec<&str> = policy.rules.iter().map(|rule| rule.name.as_str()).collect();
    assert!(names.contains(&"corp-internet-server-lan-tcp-1"), "{names:?}");
    let count = names.len();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), count);
}

#[test]
fn every_asked_leg_is_written_or_named() {
    for selection in [
        "",
        "version=2019",
        "version=2003",
        "placement=host&at=server-lan",
        "internal=any",
        "internal=ports",
    ] {
        let policy = policy(&on_servers(selection));
        for flow in &policy.flows {
            let written = policy.rules.iter().any(|rule| rule.flows.contains(flow));
            let named = policy.unwritten.iter().any(|entry| entry.flows.contains(flow)) || policy.never.contains(flow);
            assert!(written || named, "{selection}: {} vanished", flow.id);
        }
    }
}
