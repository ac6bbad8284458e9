//! Aliases of `OPNsense`: how names fit, and what stands beside the file.

mod support;

use std::collections::BTreeSet;

use exchange_ports::firewall::Snippet;
use serde_json::{Map, Value};
use support::rules;
use support::selections::{ADDRESSES, SELECTIONS};

fn snippet(selection: &str) -> Snippet {
    rules::snippet(
        "opnsense-alias",
        &format!("#/?{selection}&platform=opnsense-alias&{ADDRESSES}"),
    )
}

fn aliases(snippet: &Snippet) -> Map<String, Value> {
    let file: Value = serde_json::from_str(&snippet.rules).expect("it is JSON");
    file["aliases"]["alias"].as_object().expect("it has aliases").clone()
}

fn texts(snippet: &Snippet, key: &str) -> Vec<String> {
    let aliases = aliases(snippet);
    let text = |alias: &Value| alias[key].as_str().expect("it is a text").to_owned();
    aliases.values().map(text).collect()
}

#[test]
fn what_several_rules_share_is_one_alias() {
    let both = snippet("version=2019&from=internet&to=server-lan&flow=smtp-in,web-owa-https");
    let contents = texts(&both, "content");
    // The addresses of each family, and the ports that both families have.
    assert_eq!(contents.len(), 3, "{contents:?}");
    for content in ["25\n443", "10.0.0.10\n10.0.0.11", "2001:db8::10"] {
        assert!(contents.iter().any(|known| known == content), "{content}: {contents:?}");
    }
}

#[test]
fn the_longest_names_fit_and_are_unique() {
    for selection in SELECTIONS {
        // The second letter of the prefix costs one more.
        let names = texts(&snippet(&format!("{selection}&rules=flow&name=a-bcdefghijk")), "name");
        assert!(names.iter().all(|name| name.len() <= 31), "{names:?}");
        assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len(), "{names:?}");
    }
}

#[test]
fn a_prefix_whose_second_letter_no_name_may_have_stands_behind_an_underscore() {
    let first = |prefix: &str| {
        let selection = format!("version=2019&from=internet&to=server-lan&flow=smtp-in&name={prefix}");
        texts(&snippet(&selection), "name").first().cloned()
    };
    assert_eq!(first("x").as_deref(), Some("_x_server_lan_1"));
    assert_eq!(first("x-y").as_deref(), Some("_x_y_server_lan_1"));
    assert_eq!(first("xy").as_deref(), Some("xy_server_lan_1"));
}

#[test]
fn a_description_ends_before_it_is_too_long() {
    let texts = texts(&snippet("rules=flow&internal=ports"), "description");
    assert!(texts.iter().all(|text| text.len() <= 255), "{texts:?}");
    assert!(
        texts.iter().any(|text| text.ends_with(", ...")),
        "one is cut: {texts:?}"
    );
}

#[test]
fn a_whole_family_is_any_address_of_a_rule_of_that_family() {
    let selection = "version=2019&flow=smtp-in&from=internet&to=server-lan&addr.server-lan=10.0.0.10";
    let link = format!("#/?{selection}&addr.internet=0.0.0.0/0&platform=opnsense-alias");
    let snippet = rules::snippet("opnsense-alias", &link);
    let rule = "pass, interface internet, IPv4, TCP, from any, to exchange_server_lan_1, port exchange_tcp_2\n";
    assert!(snippet.apply.contains(rule), "{}", snippet.apply);
    assert!(!snippet.rules.contains("0.0.0.0/0"), "{}", snippet.rules);
}

#[test]
fn a_name_of_the_zone_is_the_interface() {
    let named = snippet("version=2019&flow=smtp-in&from=internet&to=server-lan&as.internet=WAN");
    assert!(named.apply.contains(": pass, interface WAN, IPv4"), "{}", named.apply);
    let unnamed = "internet stands for an interface: take yours (as.internet=).";
    assert!(!named.remarks.iter().any(|remark| remark == unnamed));
    let slug = snippet("version=2019&flow=smtp-in&from=internet&to=server-lan");
    assert!(
        slug.remarks.iter().any(|remark| remark == unnamed),
        "{:?}",
        slug.remarks
    );
}

#[test]
fn what_is_not_written_stands_above_the_file() {
    for selection in SELECTIONS {
        let snippet = snippet(selection);
        let policy = rules::policy(&format!("#/?{selection}&platform=opnsense-alias&{ADDRESSES}"));
        for entry in &policy.unwritten {
            assert!(snippet.remarks.contains(&entry.to_string()), "{selection}: {entry}");
        }
    }
}

#[test]
fn rules_of_a_host_say_so() {
    let remark = "The rules are those of the machine itself: for an OPNsense between zones ask for placement=network.";
    let has = |selection: &str| snippet(selection).remarks.iter().any(|known| known == remark);
    assert!(has("version=2019&placement=host&at=server-lan"));
    assert!(!has("version=2019"));
}

#[test]
fn without_an_address_there_is_a_file_without_aliases() {
    let snippet = rules::snippet("opnsense-alias", "#/?version=2019&from=internet&to=server-lan");
    assert!(aliases(&snippet).is_empty(), "{}", snippet.rules);
    assert_eq!(snippet.undo, "# There is no alias to delete.\n");
}
