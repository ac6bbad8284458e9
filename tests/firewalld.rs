//! firewalld: which policies a snippet writes, and what they do with everything else.

mod support;

use exchange_ports::firewall::Snippet;
use support::rules;
use support::selections::{ADDRESSES, SELECTIONS};

fn snippet(selection: &str) -> Snippet {
    rules::snippet("firewalld", &format!("#/?{selection}&platform=firewalld&{ADDRESSES}"))
}

/// The names that follow an option in a text.
fn names<'a>(text: &'a str, option: &str) -> Vec<&'a str> {
    let found = text.lines().filter_map(|line| line.strip_prefix(option));
    found.filter_map(|rest| rest.split(' ').next()).collect()
}

const NEW: &str = "firewall-cmd --permanent --new-policy=";
const DELETE: &str = "firewall-cmd --permanent --delete-policy=";

/// Each placement and what becomes of the rest, with the ways of packets that are written.
const WAYS: [(&str, &[&str]); 4] = [
    ("", &["exchange-fwd"]),
    ("rest=drop", &["exchange-fwd", "exchange-in"]),
    ("placement=host&at=server-lan", &["exchange-in", "exchange-out"]),
    (
        "placement=host&at=server-lan&rest=drop",
        &["exchange-fwd", "exchange-in", "exchange-out"],
    ),
];

#[test]
fn each_way_of_packets_has_a_policy_that_undoing_deletes() {
    for (selection, ways) in WAYS {
        let Snippet { rules, apply, undo, .. } = snippet(&format!("version=2019&{selection}"));
        assert_eq!(names(&rules, NEW), ways, "{selection}");
        assert_eq!(names(&apply, "firewall-cmd --info-policy="), ways, "{selection}");
        assert_eq!(names(&undo, DELETE), ways, "{selection}");
    }
}

#[test]
fn every_policy_of_an_earlier_run_is_replaced() {
    for (selection, _) in WAYS {
        let text = snippet(&format!("version=2019&{selection}&name=corp")).rules;
        assert_eq!(names(&text, DELETE), ["corp-fwd", "corp-in", "corp-out"], "{selection}");
        assert!(text.find(DELETE) < text.find(NEW), "{selection}");
    }
}

#[test]
fn keeping_the_rest_sets_no_target_and_no_priority() {
    for selection in SELECTIONS.iter().filter(|selection| !selection.contains("rest=drop")) {
        let text = snippet(selection).rules;
        assert!(!text.contains("--set-"), "{selection}: {text}");
    }
}

#[test]
fn dropping_the_rest_warns_first_and_drops_before_any_other_policy() {
    for (selection, ways) in WAYS.iter().filter(|(selection, _)| selection.contains("drop")) {
        let text = snippet(&format!("version=2019&{selection}")).rules;
        assert!(text.starts_with("# CAUTION: everything"), "{text}");
        for way in *ways {
            let command = format!("firewall-cmd --permanent --policy={way}");
            assert!(text.contains(&format!("{command} --set-target=DROP\n")), "{text}");
            assert!(text.contains(&format!("{command} --set-priority=-32768\n")), "{text}");
        }
        // A router's own neighbours, not those of others.
        let discovery = text.matches("name=\"neighbour-solicitation\"").count();
        assert_eq!(discovery, ways.len() - 1, "{text}");
    }
}

#[test]
fn every_rule_logs_under_its_name_if_asked() {
    let selection = "version=2019&from=internet&to=server-lan&flow=client-imap4s";
    let log = " log prefix=\"exchange-internet-server-lan-tcp-2 \" level=\"info\" accept'";
    assert!(snippet(&format!("{selection}&log=1")).rules.contains(log));
    assert!(!snippet(selection).rules.contains(" log "));
}

#[test]
fn a_list_of_ports_is_a_rich_rule_for_each_port_or_range() {
    let selection = "version=2010&flow=mapi2010-epm,mapi2010-rca-dynamic&from=client-lan&addr.client-lan=10.1.0.0/16";
    let text = rules::snippet("firewalld", &format!("#/?{selection}&addr.server-lan=10.0.0.10")).rules;
    let rule = |port: &str| {
        format!(
            "--add-rich-rule='rule family=\"ipv4\" source address=\"10.1.0.0/16\" destination address=\"10.0.0.10\" \
             port port=\"{port}\" protocol=\"tcp\" accept'"
        )
    };
    assert!(
        text.contains(&rule("135")) && text.contains(&rule("6005-65534")),
        "{text}"
    );
    assert_eq!(text.matches(" accept'").count(), 2, "{text}");
}
