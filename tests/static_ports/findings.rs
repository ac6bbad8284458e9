//! What the planner says of what is typed: with weight, reason, source, and at the right field.

use exchange_ports::catalog::{Transport, Version, Vocabulary, flow, setting};
use exchange_ports::link::{Action, State};
use exchange_ports::static_ports::{Finding, Planner, Weight};
use proptest::prelude::*;

use super::plans::{self, planner, procedure};

/// A finding in one line: weight, fields, text, sources, command.
fn line(finding: &Finding) -> String {
    let at: Vec<&str> = finding.at.iter().map(|procedure| procedure.id).collect();
    let sources: Vec<&str> = finding.sources.iter().map(|source| source.id).collect();
    let weight = finding.kind.weight();
    let command = finding
        .command
        .map(|command| format!(" `{command}`"))
        .unwrap_or_default();
    format!(
        "{weight:?} {}: {} [{}]{command}",
        at.join(","),
        finding.kind,
        sources.join(",")
    )
}

fn of_weight(planner: &Planner, weight: Weight) -> Vec<String> {
    let wanted = planner
        .findings
        .iter()
        .filter(|finding| finding.kind.weight() == weight);
    wanted.map(line).collect()
}

/// What is wrong with an address. There is no plan, and so no file, exactly if something is.
fn wrong(query: &str) -> Vec<String> {
    let planner = planner(query);
    let wrong = of_weight(&planner, Weight::Wrong);
    assert_eq!(planner.plan.is_none(), !wrong.is_empty(), "{query} {wrong:?}");
    wrong
}

fn has(query: &str, weight: Weight, expected: &str) {
    let lines = of_weight(&planner(query), weight);
    assert!(
        lines.iter().any(|line| line.contains(expected)),
        "{query}: {expected}\n{}",
        lines.join("\n")
    );
}

fn has_not(query: &str, text: &str) {
    let all: Vec<String> = planner(query).findings.iter().map(line).collect();
    assert!(
        !all.iter().any(|line| line.contains(text)),
        "{query}: {text}\n{}",
        all.join("\n")
    );
}

// Ports.

#[test]
fn what_is_no_port_is_told_at_its_field_stays_there_and_gives_no_file() {
    for (typed, told) in [
        ("", "Type a port"),
        ("  ", "Type a port"),
        ("abc", "This is not a port"),
        ("59532-59540", "This is not a port"),
        ("-1", "This is not a port"),
        ("5953２", "This is not a port"),
        ("0", "Ports go from 1 to 65535"),
        ("65536", "Ports go from 1 to 65535"),
        ("99999999999999999999", "Ports go from 1 to 65535"),
    ] {
        let state = State::open("#/static-ports?version=2010&pin.ex2010-ab-sp1=59533", Vec::new(), None);
        let field = procedure("ex2010-rca-cas");
        let planner = Planner::new(&state.reduce(Action::TypePort(field, typed.to_owned())));
        let [finding] = &planner.at(field).collect::<Vec<_>>()[..] else {
            panic!("{typed}: one thing is wrong");
        };
        assert_eq!(finding.kind.weight(), Weight::Wrong, "{typed}");
        assert!(finding.kind.to_string().starts_with(told), "{typed}: {}", finding.kind);
        let row = planner
            .rows
            .iter()
            .find(|row| row.procedure == field)
            .expect("the row is there");
        assert_eq!(row.typed.as_deref(), Some(typed));
        assert!(planner.plan.is_none(), "{typed}");
    }
}

#[test]
fn what_an_address_gives_and_is_no_port_stands_in_its_field_as_it_was_written() {
    let planner = planner("version=2010&pin.ex2010-rca-cas=70000&pin.ex2010-ab-sp1=59533");
    let row = planner.rows.iter().find(|row| row.procedure.id == "ex2010-rca-cas");
    assert_eq!(row.and_then(|row| row.typed.as_deref()), Some("70000"));
    assert_eq!(
        of_weight(&planner, Weight::Wrong),
        ["Wrong ex2010-rca-cas: Ports go from 1 to 65535. []"]
    );
    assert!(planner.plan.is_none());
}

#[test]
fn the_analyzer_accepts_1024_to_65535_and_nothing_else() {
    for (port, is_wrong) in [(1, true), (1023, true), (1024, false), (65535, false)] {
        for service in ["ex2010-rca-cas", "ex2010-rca-mbx-pf", "ex2010-ab-sp1", "ex2010-ab-rtm"] {
            let wrong = wrong(&format!("version=2010&pin.{service}={port}"));
            let is_refused = wrong.iter().any(|line| line.contains("Accepted: 1024-65535"));
            assert_eq!(is_refused, is_wrong, "{service} {port} {wrong:?}");
        }
    }
}

#[test]
fn the_recommended_block_is_advice_at_both_of_its_ends() {
    let pin = |port| format!("version=2010&pin.ex2010-rca-cas={port}");
    for port in [59531, 60554] {
        has(&pin(port), Weight::Fine, "Inside of the recommended 59531-60554");
        has(
            &pin(port),
            Weight::Fine,
            "advice, not a limit: 1024-65535 is accepted. [analyzer-rpc-port-range",
        );
    }
    for port in [59530, 60555] {
        has(&pin(port), Weight::Caution, "Outside of the recommended 59531-60554");
        assert!(wrong(&pin(port)).is_empty());
    }
    has(
        "version=5.5&pin.ex55-ds=1024",
        Weight::Caution,
        "never right above 1023",
    );
    has("version=5.5&pin.ex55-ds=1024", Weight::Caution, "[kb-155831,kb-194952]");
}

#[test]
fn ports_of_rpc_over_http_stay_where_they_are() {
    assert!(wrong("version=2003&pin.ex2003-rpchttp-is=6001").is_empty());
    let moved = wrong("version=2003&pin.ex2003-rpchttp-is=6003");
    assert!(
        moved[0].contains("they must match ValidPorts on the RPC proxy"),
        "{moved:?}"
    );
    assert!(wrong("version=2010&pin.ex2010-ab-http=6004").is_empty());
    assert_eq!(wrong("version=2010&pin.ex2010-ab-http=6005").len(), 1);
}

// The dynamic range.

#[test]
fn the_disputed_range_is_told_with_both_readings_their_sources_and_the_command_that_settles_it() {
    has(
        "version=2010&pin.ex2010-rca-cas=59532&pin.ex2010-ab-sp1=59533",
        Weight::Disputed,
        "Disputed ex2010-rca-cas,ex2010-ab-sp1: Readings of the dynamic range differ: 59532, 59533. Outside, if it is \
         6005-59530 (the range ends at 59530). Inside, if it is 6005-65534 (59530 is the number of ports, as a netsh \
         listing shows). [technet-wiki-864,1ask2-static-port-cas] `netsh int ipv4 show dynamicport tcp`",
    );
}

#[test]
fn a_port_is_inside_outside_or_disputed_at_the_ends_of_both_readings() {
    for (port, weight) in [
        (6004, Weight::Fine),
        (6005, Weight::Caution),
        (59530, Weight::Caution),
        (59531, Weight::Disputed),
        (65534, Weight::Disputed),
        (65535, Weight::Fine),
    ] {
        has(
            &format!("version=2010&pin.ex2010-rca-mbx-pf={port}"),
            weight,
            "dynamic range",
        );
    }
}

#[test]
fn each_windows_has_its_dynamic_range() {
    for (query, weight) in [
        ("version=5.5&pin.ex55-is=5000", Weight::Caution),
        ("version=5.5&pin.ex55-is=5001", Weight::Fine),
        ("version=2003&pin.ex2000-is=1025", Weight::Caution),
        ("version=2003&pin.ex2000-is=60000", Weight::Fine),
        ("version=2007&pin.ex2007-is=5000", Weight::Caution),
        ("version=2007&pin.ex2007-is=5001", Weight::Disputed),
        ("version=2007&pin.ex2007-is=60000", Weight::Disputed),
        ("version=2007&pin.ex2007-is=60001", Weight::Fine),
        ("version=2003&pin.dc-ntds=3000", Weight::Disputed),
        ("version=2019&pin.dc-ntds=3000", Weight::Fine),
        ("version=2019&pin.dc-ntds=49152", Weight::Caution),
        ("version=2019&pin.dc-ntds=49151", Weight::Fine),
    ] {
        has(query, weight, "dynamic range");
    }
}

#[test]
fn only_windows_that_has_the_command_is_told_to_use_it() {
    has(
        "version=2007&pin.ex2007-is=60001",
        Weight::Fine,
        "`netsh int ipv4 show dynamicport tcp`",
    );
    has_not("version=2003&pin.ex2000-is=60001", "netsh");
}

#[test]
fn the_readings_of_a_version_are_there_to_be_drawn() {
    let drawn = |query: &str| -> Vec<String> {
        let ranges = planner(query).dynamic_ranges;
        ranges.iter().map(|range| range.ports.to_string()).collect()
    };
    assert_eq!(
        drawn("version=2010"),
        ["6005-59530", "6005-65534", "1025-5000", "49152-65535"]
    );
    assert_eq!(drawn("version=5.5"), ["1025-5000"]);
}

// Other ports.

#[test]
fn no_two_services_of_a_server_have_one_port() {
    for (query, services) in [
        (
            "version=2010&pin.ex2010-rca-cas=59532&pin.ex2010-ab-sp1=59532",
            "ex2010-rca-cas,ex2010-ab-sp1",
        ),
        (
            "version=2010&pin.ex2010-rca-mbx-pf=60000&pin.ex2010-ab-sp1=60000",
            "ex2010-rca-mbx-pf,ex2010-ab-sp1",
        ),
        (
            "version=2003&pin.ex2000-is=6100&pin.ex2000-nspi=6100",
            "ex2000-is,ex2000-nspi",
        ),
        (
            "version=5.5&pin.ex55-ds=5010&pin.ex55-mta-rpc=5010",
            "ex55-ds,ex55-mta-rpc",
        ),
        (
            "version=2003&pin.dc-ntds=49100&pin.dc-netlogon=49100",
            "dc-ntds,dc-netlogon",
        ),
    ] {
        let wrong = wrong(query);
        assert_eq!(wrong.len(), 1, "{wrong:?}");
        assert!(wrong[0].starts_with(&format!("Wrong {services}: ")), "{wrong:?}");
        assert!(wrong[0].contains("each needs its own port"));
        has_not(query, "No two services of one machine");
    }
    has("version=2003&pin.dc-netlogon=49100", Weight::Caution, "event 5809");
}

#[test]
fn a_domain_controller_may_have_the_port_of_exchange_unless_it_is_the_same_computer() {
    let query = "version=2003&pin.ex2000-is=6100&pin.dc-ntds=6100";
    assert!(wrong(query).is_empty());
    has(
        query,
        Weight::Caution,
        "ex2000-is,dc-ntds: 6100 is planned for Exchange and for a domain controller",
    );
}

#[test]
fn one_registry_value_of_two_roles_wants_one_port() {
    let both = |port| format!("version=2010&pin.ex2010-rca-cas=59532&pin.ex2010-rca-mbx-pf={port}");
    assert!(wrong(&both(59532)).is_empty());
    has_not(&both(59532), "Both are one registry value");
    has(
        &both(59540),
        Weight::Caution,
        "ex2010-rca-cas,ex2010-rca-mbx-pf: Both are one registry value",
    );
}

#[test]
fn a_port_that_the_catalogue_knows_on_that_server_is_taken() {
    for (query, flow) in [
        ("version=2010&pin.ex2010-ab-sp1=6001", "rpchttp-6001"),
        ("version=2010&pin.ex2010-rca-mbx-pf=64327", "dag-replication"),
        ("version=2003&pin.ex2000-is=80", "fe-be-http"),
        ("version=5.5&pin.ex55-is=135", "mapi55-epm"),
        ("version=5.5&pin.ex55-is=102", "x400-102"),
        ("version=2019&pin.dc-ntds=3268", "ad-gc"),
    ] {
        let wrong = wrong(query);
        assert!(
            wrong.iter().any(|line| line.contains("is taken on this server")),
            "{query} {wrong:?}"
        );
        assert!(wrong.iter().any(|line| line.contains(flow)), "{query} {flow} {wrong:?}");
        has_not(query, "Nothing else that the catalogue knows");
    }
}

#[test]
fn a_port_of_another_role_is_taken_only_if_the_server_has_that_role() {
    let query = "version=2010&pin.ex2010-rca-cas=64327";
    assert!(wrong(query).is_empty());
    has(
        query,
        Weight::Caution,
        "64327 is taken if the server also has another role: dag-replication",
    );
    has_not("version=2010&pin.ex2010-rca-cas=50636", "is taken");
}

#[test]
fn a_port_that_is_taken_over_udp_or_in_another_version_only_is_free() {
    has("version=2003&pin.ex2000-is=6004", Weight::Wrong, "6004 is taken");
    has(
        "version=2000&pin.ex2000-is=6004",
        Weight::Fine,
        "Nothing else that the catalogue knows",
    );
    has(
        "version=2003&pin.ex2000-is=2883",
        Weight::Fine,
        "Nothing else that the catalogue knows",
    );
    let over_udp = flow("eas-2883").expect("the catalogue knows it");
    assert!(!over_udp.transports.contains(Transport::Tcp));
}

#[test]
fn a_service_may_keep_its_own_port() {
    for query in plans::alone() {
        assert_eq!(wrong(&query), [""; 0], "{query}");
        has_not(&query, "is taken");
    }
}

// Versions.

#[test]
fn a_service_that_the_version_lacks_stays_and_is_told_at_its_field() {
    let query = "version=2016&pin.ex2010-rca-cas=59532";
    let wrong = wrong(query);
    assert_eq!(wrong.len(), 1);
    assert!(
        wrong[0].starts_with("Wrong ex2010-rca-cas: Exchange 2016 does not have this service."),
        "{wrong:?}"
    );
    let planner = planner(query);
    let row = planner.rows.iter().find(|row| row.procedure.id == "ex2010-rca-cas");
    assert_eq!(row.and_then(|row| row.typed.as_deref()), Some("59532"));
}

#[test]
fn from_2013_on_there_is_nothing_to_pin_and_the_planner_says_why() {
    for version in ["2013", "2016", "2019", "se"] {
        let planner = planner(&format!("version={version}"));
        let nothing = planner.nothing.expect("there is a reason");
        assert!(nothing.caution.contains("443"));
        assert_eq!(nothing.sources[0].id, "client-access-2013");
        let rows: Vec<&str> = planner.rows.iter().map(|row| row.procedure.id).collect();
        assert_eq!(rows, ["dc-ntds", "dc-netlogon"]);
        let wrong = wrong(&format!("version={version}&pin.ex2013plus-none=443"));
        assert!(wrong[0].contains("Outlook connects by HTTPS only"), "{wrong:?}");
    }
    assert!(planner("version=2010").nothing.is_none());
}

#[test]
fn rtm_and_sp1_set_the_address_book_in_different_ways_and_exclude_each_other() {
    has(
        "version=2010&pin.ex2010-ab-sp1=59533",
        Weight::Caution,
        "the setting of RTM is not carried over",
    );
    has(
        "version=2010&pin.ex2010-ab-rtm=59533",
        Weight::Caution,
        "in a file that SP1 does not read",
    );
    for port in [59533, 59534] {
        let wrong = wrong(&format!(
            "version=2010&pin.ex2010-ab-sp1=59533&pin.ex2010-ab-rtm={port}"
        ));
        assert_eq!(wrong.len(), 1, "{wrong:?}");
        assert!(wrong[0].starts_with("Wrong ex2010-ab-sp1,ex2010-ab-rtm: Choose one"));
    }
}

#[test]
fn the_version_is_the_one_that_is_asked_for_or_the_newest_that_has_what_is_chosen() {
    for (query, version) in [
        ("", "2010"),
        ("version=2003", "2003"),
        ("version=2010,2019", "2010"),
        ("version=2003,2007", "2007"),
        ("version=2013,2019", "2019"),
        ("pin.ex2000-is=6100", "2003"),
        ("version=2000,2003,2010&pin.ex2000-is=6100", "2003"),
        ("pin.ex55-ds=6100", "5.5"),
        ("pin.dc-ntds=49100", "2010"),
    ] {
        assert_eq!(
            planner(query).version,
            Version::from_slug(version).expect("a version"),
            "{query}"
        );
    }
    has(
        "version=2010,2019",
        Weight::Note,
        "The plan is for Exchange 2010 alone.",
    );
    has_not("version=2010", "alone.");
}

// Machines and firewalls.

#[test]
fn all_members_of_the_array_get_the_same_ports() {
    has(
        "version=2010&pin.ex2010-rca-cas=59532",
        Weight::Note,
        "Note ex2010-rca-cas: Every Client Access server of the array",
    );
    has_not("version=2010&pin.ex2010-rca-mbx-pf=59532", "of the array");
}

#[test]
fn what_stays_on_dynamic_ports_is_named() {
    let query = "version=2010&pin.ex2010-rca-cas=59532";
    has(
        query,
        Weight::Caution,
        "Still on dynamic ports: Microsoft Exchange RPC Client Access (public folders), Microsoft",
    );
    has(
        query,
        Weight::Caution,
        "Microsoft Exchange Address Book (SP1 and later).",
    );
    let all = "version=2010&pin.ex2010-rca-cas=59532&pin.ex2010-rca-mbx-pf=59532&pin.ex2010-ab-rtm=59533";
    has_not(all, "Still on dynamic ports");
    has_not("version=2010&pin.dc-ntds=49100", "Still on dynamic ports");
}

#[test]
fn a_flow_with_two_services_is_narrowed_once_both_are_pinned() {
    let query = "version=2003&pin.dc-ntds=49100";
    has(
        query,
        Weight::Caution,
        "fe-dc-rpc yet: it also needs Netlogon RPC on a domain controller",
    );
    has_not(&format!("{query}&pin.dc-netlogon=49101"), "fe-dc-rpc yet");
}

#[test]
fn from_2007_on_a_static_port_of_a_domain_controller_is_no_reason_for_a_firewall() {
    has(
        "version=2010&pin.dc-ntds=49100",
        Weight::Caution,
        "does not support filtering between Exchange and domain",
    );
    has_not("version=2003&pin.dc-ntds=49100", "does not support filtering");
}

// Proposals.

#[test]
fn the_worked_ports_are_proposed_and_a_taken_one_makes_room() {
    let proposed = |query: &str, id: &str| {
        let planner = planner(query);
        let row = planner
            .rows
            .iter()
            .find(|row| row.procedure.id == id)
            .expect("the row is there");
        row.proposed.get()
    };
    assert_eq!(proposed("version=2010", "ex2010-rca-cas"), 59532);
    assert_eq!(proposed("version=2010", "ex2010-rca-mbx-pf"), 59532);
    assert_eq!(proposed("version=2010", "ex2010-ab-sp1"), 59533);
    assert_eq!(
        proposed("version=2010&pin.ex2010-rca-cas=59533", "ex2010-ab-sp1"),
        59534
    );
    assert_eq!(
        proposed("version=2010&pin.ex2010-rca-cas=59533", "ex2010-rca-mbx-pf"),
        59532
    );
    assert_eq!(proposed("version=2010&pin.ex2010-ab-sp1=59533", "ex2010-ab-sp1"), 59533);
}

#[test]
fn what_is_proposed_is_sound_all_together() {
    for &version in Version::ALL {
        let planner = planner(&format!("version={}", version.slug()));
        let rows = planner.rows.iter().filter(|row| row.procedure.id != "ex2010-ab-rtm");
        let pins: Vec<String> = rows
            .map(|row| format!("&pin.{}={}", row.procedure.id, row.proposed))
            .collect();
        let pins = pins.concat();
        assert_eq!(wrong(&format!("version={}{pins}", version.slug())), [""; 0], "{pins}");
    }
}

proptest! {
    #[test]
    fn each_finding_belongs_to_rows_and_a_plan_holds_what_is_chosen(query in plans::any()) {
        let planner = planner(&query);
        for finding in &planner.findings {
            for procedure in &finding.at {
                prop_assert!(planner.rows.iter().any(|row| row.procedure == *procedure), "{}", line(finding));
            }
        }
        let chosen: Vec<&str> = planner.rows.iter().filter(|row| row.typed.is_some()).map(|row| row.procedure.id).collect();
        let is_wrong = !of_weight(&planner, Weight::Wrong).is_empty();
        match &planner.plan {
            None => prop_assert!(is_wrong || chosen.is_empty()),
            Some(plan) => {
                prop_assert!(!is_wrong);
                prop_assert_eq!(plan.pins.len(), chosen.len());
                for pin in &plan.pins {
                    let accepted = setting(pin.procedure).accepted;
                    prop_assert!((accepted.first()..=accepted.last()).contains(&pin.port.get()));
                }
            }
        }
    }
}
