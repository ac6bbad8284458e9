//! pf: what an anchor holds, and what of it stands around the rules.

mod support;

use exchange_ports::firewall::Snippet;
use support::rules;
use support::selections::{ADDRESSES, SELECTIONS};

fn snippet(selection: &str) -> Snippet {
    rules::snippet("pf", &format!("#/?{selection}&platform=pf&{ADDRESSES}"))
}

fn rules_of(selection: &str) -> Vec<String> {
    let lines = snippet(selection).rules;
    let lines = lines.lines().filter(|line| !line.starts_with('#'));
    lines.map(str::to_owned).collect()
}

#[test]
fn a_rule_between_zones_holds_where_packets_enter_and_where_they_leave() {
    let selection = "version=2019&flow=web-owa-https&from=client-lan&addr.client-lan=10.1.0.0/16";
    let between = rules::snippet("pf", &format!("#/?{selection}&addr.server-lan=10.0.0.10")).rules;
    let rule = "pass quick inet proto tcp from 10.1.0.0/16 to 10.0.0.10 port 443 \
                label \"exchange-client-lan-server-lan-tcp-1\"\n";
    assert!(between.contains(rule), "{between}");
}

#[test]
fn a_rule_of_a_host_has_a_direction() {
    let selection = "placement=host&at=server-lan&version=2019&flow=dmz-relay-in,dmz-relay-out";
    for line in rules_of(selection) {
        let direction = if line.contains("perimeter-server-lan") {
            "pass in quick "
        } else {
            "pass out quick "
        };
        assert!(line.starts_with(direction), "{line}");
    }
}

#[test]
fn keeping_the_rest_blocks_nothing_and_passes_nothing_that_was_not_asked_for() {
    for selection in SELECTIONS.iter().filter(|selection| !selection.contains("rest=drop")) {
        for line in rules_of(selection) {
            assert!(
                line.starts_with("pass ") && line.contains(" label \""),
                "{selection}: {line}"
            );
        }
    }
}

#[test]
fn dropping_the_rest_warns_first_and_blocks_last() {
    for selection in SELECTIONS.iter().filter(|selection| selection.contains("rest=drop")) {
        let text = snippet(selection).rules;
        assert!(text.starts_with("# CAUTION: everything"), "{text}");
        let lines = rules_of(selection);
        assert_eq!(lines[0], "pass quick on lo0 all");
        assert!(lines[1].contains("{ routersol, routeradv, neighbrsol, neighbradv }"));
        assert_eq!(lines.last().map(String::as_str), Some("block drop quick all"));
        let is_host = selection.contains("placement=host");
        let own = lines.iter().any(|line| line == "pass out quick from self to any");
        assert_ne!(
            own, is_host,
            "the own connections of a router pass, those of a host are what is asked about"
        );
    }
}

#[test]
fn a_rule_to_any_says_that_it_holds_for_the_machine_too() {
    let note = "# pf does not tell what passes this machine from what ends on it";
    assert!(snippet("version=2019&flow=edge-out").rules.contains(note));
    assert!(
        !snippet("version=2019&flow=smtp-in&from=internet&to=server-lan")
            .rules
            .contains(note)
    );
    // On a host there is nothing that passes.
    assert!(
        !snippet("placement=host&at=perimeter&version=2019&flow=edge-out")
            .rules
            .contains(note)
    );
}

#[test]
fn several_values_stand_in_braces() {
    let text = snippet("version=2010&from=client-lan&to=server-lan&flow=mapi2010-epm,mapi2010-rca-dynamic").rules;
    assert!(
        text.contains("from 10.1.0.0/16 to { 10.0.0.10, 10.0.0.11 } port 135 label"),
        "{text}"
    );
    assert!(text.contains(" port 6005:65534 label"), "{text}");
    let text = snippet("version=2019&from=internet&to=server-lan&flow=smtp-in,web-owa-https").rules;
    assert!(
        text.contains("from any to 2001:db8::10 port { 25, 443 } label"),
        "{text}"
    );
}

#[test]
fn every_rule_logs_if_asked() {
    let selection = "version=2019&from=internet&to=server-lan";
    assert!(
        rules_of(&format!("{selection}&log=1"))
            .iter()
            .all(|line| line.starts_with("pass log quick "))
    );
}

#[test]
fn undoing_empties_the_anchor_that_was_loaded() {
    let Snippet { apply, undo, .. } = snippet("version=2019&name=corp");
    assert!(apply.contains("pfctl -a corp -f exchange.pf.conf\n"), "{apply}");
    assert!(undo.starts_with("pfctl -a corp -F rules\n"), "{undo}");
}

#[test]
fn the_longest_name_fits_into_a_label() {
    for selection in SELECTIONS {
        let text = rules::snippet(
            "pf",
            &format!("#/?{selection}&{ADDRESSES}&name=abcdefghijkl&rules=flow"),
        )
        .rules;
        let labels = text.lines().filter_map(|line| line.rsplit('"').nth(1));
        assert!(labels.clone().count() > 0, "{selection}");
        assert!(labels.clone().all(|label| label.len() <= 63), "{text}");
    }
}
