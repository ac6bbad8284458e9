//! firewalld: Debian's `firewall-offline-cmd` takes every command, into files of its own. It knows what `firewall-cmd
//! --permanent` knows, and needs no service.

use std::collections::BTreeSet;

use exchange_ports::firewall::Snippet;

use super::support::firewalld::FILES;
use super::support::rules;
use super::support::selections::{ADDRESSES, SELECTIONS};
use super::tool;

fn snippet(selection: &str) -> Snippet {
    rules::snippet("firewalld", &format!("#/?{selection}&platform=firewalld&{ADDRESSES}"))
}

fn offline(commands: &str) -> String {
    commands
        .replace("firewall-cmd --permanent ", "firewall-offline-cmd ")
        .replace("firewall-cmd --reload\n", "")
}

/// What is stored in the end, if a script does something with the file `rules`.
fn stored(script: &str, rules: &str) -> Result<String, String> {
    let script = format!(
        "unshare --mount sh -eu <<'SCRIPT'\n{FILES}{script}
        firewall-offline-cmd --check-config > /dev/null
        find /etc/firewalld/policies -name '*.xml' -exec cat {{}} +\nSCRIPT\n"
    );
    tool::run(&script, &offline(rules))
}

/// How many rich rules a text asks for, each once in a policy.
fn asked(text: &str) -> usize {
    let mut policy = "";
    let mut rules = BTreeSet::new();
    for line in text.lines() {
        policy = line
            .strip_prefix("firewall-cmd --permanent --policy=")
            .unwrap_or(policy);
        let rule = line.trim_start().strip_prefix("--add-rich-rule=");
        rules.extend(rule.map(|rule| (policy, rule.trim_end_matches(" \\"))));
    }
    rules.len()
}

/// How many rich rules are stored. A command of several succeeds if the tool takes one of them.
fn taken(stored: &str) -> usize {
    stored.matches("<accept/>").count()
}

const RUN: &str = "sh rules > /dev/null\n";

/// A policy of somebody.
const MINE: &str = "firewall-offline-cmd --new-policy=mine > /dev/null\n";

/// Selections of few commands.
const SMALL: [&str; 4] = [
    "version=2019&from=internet&to=server-lan&flow=smtp-in,web-owa-https",
    "version=2003&flow=fe-be-ipsec&log=1&name=abcdefghijkl",
    "placement=host&at=edge-transport&version=2019&from=internet&flow=edge-in&name=corp",
    "placement=host&at=server-lan&version=2019&flow=dmz-relay-in,dmz-relay-out&rest=drop",
];

#[test]
fn the_tool_takes_every_selection() {
    for selection in SELECTIONS {
        let text = snippet(selection).rules;
        let stored = stored(RUN, &text).unwrap_or_else(|error| panic!("{selection}: {error}\n{text}"));
        assert!(taken(&stored) > 0, "{selection}: {stored}");
        assert_eq!(taken(&stored), asked(&text), "{selection}: {stored}\n{text}");
    }
}

#[test]
fn the_tool_refuses_what_is_broken() {
    let selection = "version=2019&flow=smtp-in&from=internet&to=server-lan&addr.server-lan=10.0.0.10";
    let text = rules::snippet("firewalld", &format!("#/?{selection}&platform=firewalld")).rules;
    stored(RUN, &text).expect("it takes what is right");
    for (right, wrong) in [
        ("port=\"25\"", "port=\"70000\""),
        ("port=\"25\"", "port=\"25:26\""),
        (
            "destination address=\"10.0.0.10\"",
            "destination address=\"2001:db8::10\"",
        ),
        ("rule family=\"ipv4\" destination", "rule destination"),
        ("protocol=\"tcp\"", "protocol=\"tpc\""),
        ("exchange-fwd", "exchange-forwarding"),
        (" accept'", " quickly accept'"),
    ] {
        let broken = text.replace(right, wrong);
        assert!(broken != text && stored(RUN, &broken).is_err(), "{wrong}");
    }
}

#[test]
fn running_twice_is_the_same_as_once() {
    for selection in SMALL {
        let text = snippet(selection).rules;
        let run = |times: usize| stored(&RUN.repeat(times), &text).expect("it runs");
        let once = run(1);
        assert!(once.contains("<accept/>"), "{selection}: {once}");
        assert_eq!(once, run(2), "{selection}");
    }
}

#[test]
fn a_run_for_a_host_replaces_one_for_a_path() {
    let (path, host) = (snippet(SMALL[0]).rules, snippet(SMALL[3]).rules);
    let alone = stored(RUN, &host).expect("it runs");
    assert_eq!(stored(RUN, &format!("{path}{host}")).expect("it runs"), alone);
}

#[test]
fn undoing_leaves_nothing_of_it_and_all_of_others() {
    for selection in SMALL {
        let Snippet { rules, undo, .. } = snippet(selection);
        let script = format!("{MINE}{RUN}{{\n{}}} > /dev/null\n", offline(&undo));
        let left = stored(&script, &rules).unwrap_or_else(|error| panic!("{selection}: {error}"));
        assert_eq!(left, stored(MINE, "").expect("it runs"), "{selection}");
    }
}

#[test]
fn a_rule_between_many_addresses_is_taken_in_several_commands() {
    let hosts: Vec<String> = (1..=60).map(|host| format!("10.0.0.{host}")).collect();
    let hosts = hosts.join(",");
    let selection = format!("version=2019&flow=web-owa-https&from=client-lan&addr.client-lan={hosts}");
    let text = rules::snippet("firewalld", &format!("#/?{selection}&addr.server-lan={hosts}")).rules;
    assert!(text.matches("--policy=exchange-fwd \\\n").count() > 1, "{selection}");
    let stored = stored(RUN, &text).expect("the tool takes all of them");
    assert_eq!(taken(&stored), asked(&text));
}
