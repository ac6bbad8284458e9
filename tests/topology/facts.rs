//! What is known of deployments.

use exchange_ports::catalog::{Judgement, Set, State, Version, Vocabulary, deployments, texts};
use exchange_ports::topology::{Crossing, Firewall, Lane};

use crate::{all, deployed, deployment, name, shown};

/// A deployment with its judgement and its walls a line, below it its links, each with its flows.
const EXPECTED: &str = include_str!("../expected/deployments.txt");

fn listed() -> String {
    let texts = texts().expect("on the host the texts are always there");
    let mut lines = Vec::new();
    for deployment in deployments() {
        let known = texts.of_deployment(deployment);
        let firewalls: Vec<String> = Firewall::all(known).into_iter().map(Firewall::slug).collect();
        let versions: Vec<&str> = deployment.versions.iter().map(Vocabulary::slug).collect();
        let judgement = known.judgement.slug();
        lines.push(format!(
            "{}: {judgement} [{}] {}",
            deployment.id,
            versions.join(" "),
            firewalls.join(" ")
        ));
        for link in &known.links {
            let flows: Vec<&str> = link.flows.iter().map(|flow| flow.id).collect();
            lines.push(format!(
                "    {} > {}: {}",
                link.from.slug(),
                link.to.slug(),
                flows.join(" ")
            ));
        }
    }
    lines.join("\n") + "\n"
}

#[test]
fn every_deployment_is_as_expected() {
    let (found, expected) = (listed(), EXPECTED);
    let differences: Vec<String> = found
        .lines()
        .filter(|line| !expected.lines().any(|other| other == *line))
        .map(|line| format!("+ {line}"))
        .chain(
            expected
                .lines()
                .filter(|line| !found.lines().any(|other| other == *line))
                .map(|line| format!("- {line}")),
        )
        .collect();
    assert!(
        found == expected,
        "tests/expected/deployments.txt (-) and data/deployments.toml (+) differ:\n{}",
        differences.join("\n")
    );
}

#[test]
fn the_four_layouts_of_the_article_and_its_advice_are_there_with_what_holds_today() {
    let known = texts().expect("on the host the texts are always there");
    for (id, errata) in [
        ("firewall-on-mail-server", &[20, 24, 28][..]),
        ("behind-nat", &[20, 24, 26]),
        ("dmz-front-end-2003", &[25]),
        ("dmz-smtp-relay", &[24, 25]),
        ("owa-443-only", &[27]),
        ("cas-array-2010", &[5, 6, 7, 8]),
    ] {
        let layout = known.of_deployment(deployment(id)).article.as_ref();
        let layout = layout.unwrap_or_else(|| panic!("{id} is not marked as a layout of the article"));
        assert!(!layout.says.is_empty() && !layout.today.is_empty(), "{id}");
        let numbers: Vec<u8> = layout.errata.iter().map(|erratum| erratum.number).collect();
        assert_eq!(numbers, errata, "{id}");
    }
    let marked = deployments()
        .iter()
        .filter(|deployment| known.of_deployment(deployment).article.is_some());
    assert_eq!(marked.count(), 6);
}

#[test]
fn only_443_opens_from_outside_where_the_article_advises_it() {
    for version in Version::ALL {
        let deployed = deployed("owa-443-only", version.slug());
        let ports: Vec<String> = deployed
            .lanes
            .iter()
            .flat_map(|lane| &lane.rows)
            .flat_map(|row| row.ports)
            .map(ToString::to_string)
            .collect();
        assert_eq!(ports, ["443"], "{version:?}");
    }
}

#[test]
fn the_newest_version_that_is_asked_for_is_shown() {
    let edge = deployment("edge-perimeter");
    let asked: Set<Version> = [Version::Exchange2003, Version::Exchange2010, Version::Exchange2013]
        .into_iter()
        .collect();
    let known = shown(edge, asked);
    assert_eq!((known.version, known.is_substitute), (Version::Exchange2013, false));
    let known = shown(edge, Set::EMPTY);
    assert_eq!((known.version, known.is_substitute), (Version::ExchangeSe, false));
    let known = shown(edge, Set::EMPTY.with(Version::Exchange2003));
    assert_eq!((known.version, known.is_substitute), (Version::ExchangeSe, true));
}

#[test]
fn a_front_end_in_the_perimeter_is_outdated_for_2003_and_unsupported_from_2007_on() {
    let front_end = deployment("dmz-front-end-2003");
    for version in Version::ALL.iter().copied() {
        let judgement = if version >= Version::Exchange2007 {
            Judgement::Unsupported
        } else {
            Judgement::Outdated
        };
        let known = shown(front_end, Set::EMPTY.with(version));
        assert_eq!(known.judgement, judgement, "{version:?}");
        let own = [Version::Exchange2000, Version::Exchange2003];
        let shown = if own.contains(&version) { version } else { own[1] };
        assert_eq!((known.version, known.is_substitute), (shown, !own.contains(&version)));
    }
    let both: Set<Version> = [Version::Exchange2003, Version::Exchange2019].into_iter().collect();
    assert_eq!(shown(front_end, both).judgement, Judgement::Outdated);
}

#[test]
fn a_lane_holds_flows_of_the_version_and_required_ones_apart() {
    for deployed in all() {
        for lane in &deployed.lanes {
            let flows: Vec<_> = lane.flows().collect();
            assert!(!flows.is_empty(), "{}", name(&deployed));
            for flow in flows {
                assert!(
                    flow.versions().contains(deployed.version),
                    "{}: {}",
                    name(&deployed),
                    flow.id
                );
                let is_required = flow.state == State::Required;
                assert_eq!(is_required, lane.is_required, "{}: {}", name(&deployed), flow.id);
            }
        }
    }
}

#[test]
fn every_flow_of_a_link_stands_in_one_lane_of_its_version() {
    for deployed in all() {
        for link in &deployed.texts.links {
            let lanes = deployed.lanes.iter().filter(|lane| std::ptr::eq(lane.link, link));
            let mut found: Vec<&str> = lanes.flat_map(Lane::flows).map(|flow| flow.id).collect();
            let of_version = link
                .flows
                .iter()
                .filter(|flow| flow.versions().contains(deployed.version));
            let mut expected: Vec<&str> = of_version.map(|flow| flow.id).collect();
            found.sort_unstable();
            expected.sort_unstable();
            assert_eq!(found, expected, "{}", name(&deployed));
        }
    }
}

#[test]
fn edge_in_the_perimeter_has_the_numbers_of_its_drawing() {
    let edge = deployed("edge-perimeter", "2019");
    let numbered = |firewall: &Firewall| -> Vec<String> {
        let crossings = edge.crossings(*firewall);
        let line = |crossing: Crossing| {
            let ports: Vec<String> = crossing
                .lane
                .rows
                .iter()
                .flat_map(|row| row.ports)
                .map(ToString::to_string)
                .collect();
            let (from, to) = (crossing.lane.link.from.slug(), crossing.lane.link.to.slug());
            format!("{} {from} > {to} {}", crossing.number, ports.join(","))
        };
        crossings.map(line).collect()
    };
    let firewalls = edge.firewalls();
    let slugs: Vec<String> = firewalls.iter().map(|firewall| firewall.slug()).collect();
    assert_eq!(slugs, ["outer", "inner", "host-perimeter", "host-server-lan"]);
    assert_eq!(
        numbered(&firewalls[0]),
        [
            "1 internet > perimeter 25",
            "2 perimeter > internet 25",
            "3 perimeter > internet 53",
            "4 perimeter > internet 23,80,3128,6588,1080,1081",
        ]
    );
    assert_eq!(
        numbered(&firewalls[1]),
        [
            "1 perimeter > server-lan 25",
            "2 server-lan > perimeter 25",
            "3 server-lan > perimeter 50636",
            "4 management > perimeter 3389",
        ]
    );
    assert_eq!(numbered(&firewalls[2]).len(), 8);
    assert_eq!(numbered(&firewalls[3]).len(), 3);
    let closed: Vec<&str> = edge.keep_closed(firewalls[1]).map(|link| link.keep_closed).collect();
    assert_eq!(closed.len(), 1);
    assert!(closed[0].contains("445"), "{closed:?}");
    assert_eq!(edge.keep_closed(firewalls[0]).count(), 0);
}

#[test]
fn what_reaches_the_servers_past_the_perimeter_crosses_both_walls() {
    let modern = deployed("modern-no-edge", "2019");
    let direct = |lane: &Lane| (lane.link.from.slug(), lane.link.to.slug()) == ("internet", "server-lan");
    for firewall in modern.firewalls().into_iter().take(2) {
        let count = modern
            .crossings(firewall)
            .filter(|crossing| direct(crossing.lane))
            .count();
        assert_eq!(count, 3, "{firewall:?}");
    }
}

#[test]
fn every_lane_passes_a_firewall() {
    for deployed in all() {
        let passes = |lane: &Lane| {
            let mut firewalls = deployed.firewalls().into_iter();
            firewalls.any(|firewall| firewall.is_crossed_by(lane.link, deployed.texts))
        };
        assert!(deployed.lanes.iter().all(passes), "{}", name(&deployed));
    }
}
