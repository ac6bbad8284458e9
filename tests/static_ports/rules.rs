//! What a plan opens: the flows that it narrows, through the policy, on every platform.

use exchange_ports::catalog::{Transport, Vocabulary, Zone, flow, join};
use exchange_ports::firewall::Policy;
use exchange_ports::firewall::platform::PLATFORMS;
use exchange_ports::link::{State, parse, print};
use exchange_ports::static_ports::Plan;
use proptest::prelude::*;

use super::plans::{self, plan, planner};
use super::support::rules::line;

const ADDRESSES: &str = "&addr.client-lan=10.1.0.0/16&addr.server-lan=10.0.0.10&addr.perimeter=192.0.2.25\
    &addr.directory=10.0.2.1&addr.management=10.9.0.0/24";

/// The policy of a plan, as the page has it; nothing if the plan narrows nothing.
fn policy(plan: &Plan) -> Option<Policy> {
    let view = plan.rules_view()?;
    let state = State {
        view,
        ..State::default()
    };
    Some(state.policy(&state.view.flows()))
}

/// The policy of a plan that narrows something.
fn rules_of(plan: &Plan) -> Policy {
    policy(plan).expect("the plan narrows something")
}

fn rules(query: &str) -> Vec<String> {
    rules_of(&plan(&format!("{query}{ADDRESSES}")))
        .rules
        .iter()
        .map(line)
        .collect()
}

/// The TCP ports that the rules of an address open from a zone to a zone, joined.
fn opened(query: &str, from: Zone, to: Zone) -> String {
    let policy = rules_of(&plan(&format!("{query}{ADDRESSES}")));
    let rules = policy.rules.into_iter();
    let rules = rules.filter(|rule| (rule.from, rule.to, rule.transport) == (from, to, Transport::Tcp));
    let ports: Vec<String> = join(rules.flat_map(|rule| rule.ports).collect())
        .iter()
        .map(ToString::to_string)
        .collect();
    ports.join(",")
}

#[test]
fn outlook_reaches_the_endpoint_mapper_and_the_static_ports_and_nothing_else() {
    for (query, ports) in [
        (
            "version=2003&pin.ex2000-is=5005&pin.ex2000-rfr=5006&pin.ex2000-nspi=5007",
            "135,5005-5007",
        ),
        ("version=2007&pin.ex2007-is=60001", "135,60001"),
        ("version=2010&pin.ex2010-rca-mbx-pf=59540", "135,59540"),
        ("version=5.5&pin.ex55-is=5002", "135,5002"),
    ] {
        assert_eq!(opened(query, Zone::ClientLan, Zone::ServerLan), ports, "{query}");
        assert!(
            rules(query)
                .iter()
                .all(|rule| rule.starts_with("client-lan > server-lan: 10.1.0.0/16 > 10.0.0.10 tcp"))
        );
    }
}

#[test]
fn both_services_of_a_domain_controller_are_opened_for_a_front_end() {
    let of_front_end = |query| opened(query, Zone::Perimeter, Zone::Directory);
    assert_eq!(
        of_front_end("version=2003&pin.dc-ntds=49100&pin.dc-netlogon=49105"),
        "135,49100,49105"
    );
    assert_eq!(of_front_end("version=2003&pin.dc-ntds=49100"), "135");
}

#[test]
fn the_front_end_of_5_5_gets_directory_and_store_once_both_are_pinned() {
    let of_web = |query| opened(query, Zone::Perimeter, Zone::ServerLan);
    assert_eq!(of_web("version=5.5&pin.ex55-ds=5001"), "");
    assert_eq!(of_web("version=5.5&pin.ex55-ds=5001&pin.ex55-is=5002"), "135,5001-5002");
}

#[test]
fn notification_goes_from_the_server_to_the_static_port_of_the_client_over_udp() {
    assert_eq!(
        rules("version=2010&pin.ex2010-udp-push=4000"),
        ["server-lan > client-lan: 10.0.0.10 > 10.1.0.0/16 udp 4000"]
    );
}

#[test]
fn traffic_to_domain_controllers_is_not_filtered_from_2007_on() {
    let policy = rules_of(&plan(&format!(
        "version=2010&pin.dc-ntds=49100&pin.dc-netlogon=49101{ADDRESSES}"
    )));
    assert!(policy.rules.is_empty(), "{:?}", policy.rules);
    assert!(
        policy.unwritten[0]
            .to_string()
            .contains("Microsoft does not support filtering it")
    );
}

#[test]
fn the_platform_the_placement_and_the_addresses_are_those_of_the_page() {
    let query =
        format!("version=2010&pin.ex2010-rca-cas=59532&platform=nftables&rest=drop&name=corp&required=1{ADDRESSES}");
    let view = plan(&query).rules_view().expect("the plan narrows something");
    assert_eq!(
        print(&view),
        "#/?version=2010&flow=mapi2010-epm,mapi2010-rca-static&platform=nftables&rest=drop\
         &addr.perimeter=192.0.2.25&addr.client-lan=10.1.0.0/16&addr.server-lan=10.0.0.10&addr.directory=10.0.2.1\
         &addr.management=10.9.0.0/24&pin.mapi2010-rca-static=59532&name=corp"
    );
}

#[test]
fn the_openings_say_without_addresses_what_the_rules_say_with_them() {
    for query in plans::alone() {
        let plan = plan(&format!(
            "{query}{ADDRESSES}&addr.internet=any&internal=ports&placement=network"
        ));
        let opened = plan.openings();
        for rule in policy(&plan).into_iter().flat_map(|policy| policy.rules) {
            let opening = opened
                .iter()
                .find(|opening| (opening.from, opening.to, opening.transport) == (rule.from, rule.to, rule.transport));
            let is_internal = rule.flows.iter().all(|flow| flow.filtering.slug() == "unsupported");
            let is_said = opening.is_some_and(|opening| {
                rule.ports.iter().all(|ports| {
                    opening
                        .ports
                        .iter()
                        .any(|open| open.first() <= ports.first() && ports.last() <= open.last())
                })
            });
            assert!(is_said || is_internal, "{query} {}", line(&rule));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn whatever_is_planned_no_wide_range_is_opened_and_the_view_is_a_link(query in plans::any()) {
        let Some(plan) = planner(&format!("{query}{ADDRESSES}")).plan else {
            return Ok(());
        };
        let (Some(view), Some(policy)) = (plan.rules_view(), policy(&plan)) else {
            prop_assert!(plan.openings().is_empty());
            return Ok(());
        };
        prop_assert_eq!(&parse(&print(&view)).view, &view);
        for rule in &policy.rules {
            prop_assert!(rule.wide_range().is_none(), "{}", line(rule));
            for ports in &rule.ports {
                for port in ports.first()..=ports.last() {
                    let is_pinned = plan.pins.iter().any(|pin| pin.port.get() == port);
                    prop_assert!(is_pinned || port == 135, "{}", line(rule));
                }
            }
        }
        for platform in PLATFORMS {
            prop_assert!(platform.write(&policy).rules.ends_with('\n'));
        }
        prop_assert!(view.options.ticked.iter().all(|ticked| flow(ticked.id).is_some()));
    }
}

#[test]
fn a_plan_that_narrows_no_flow_asks_for_no_rules_instead_of_all() {
    for query in [
        "version=2003&pin.ex2003-rpchttp-is=6001",
        "version=2010&pin.ex2010-ab-http=6004",
    ] {
        let plan = plan(query);
        assert_eq!(plan.rules_view(), None, "{query}");
        assert_eq!(plan.openings(), []);
        assert!(
            plan.change_plan(&[], "")
                .text
                .contains("Nothing: no rule becomes narrower")
        );
    }
}
