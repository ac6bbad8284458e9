//! `catalog.json` holds what is promised to other programs, and its schema refuses what is not.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use exchange_ports::catalog;
use exchange_ports::export::{catalog_json, catalog_schema};
use serde_json::{Value, json};

// The vocabularies are written out: their words are promises, whatever the types in the code say.
const VERSIONS: &str = "5.5 2000 2003 2007 2010 2013 2016 2019 se";
const ZONES: &str = "internet perimeter client-lan server-lan directory management telephony cloud third-site local";
const ROLES: &str = "exchange-server mailbox client-access hub-transport edge-transport unified-messaging front-end \
    back-end exchange-5-5 site-replication conferencing chat instant-messaging outlook browser mobile mail-client \
    news-client application admin-workstation domain-controller dns-server witness file-server certificate-authority \
    rights-management office-online lync voip-gateway fax-partner mail-server smtp-relay reverse-proxy \
    exchange-online cloud-service hybrid-agent any";
const TRANSPORTS: &str = "tcp udp icmp esp any";
const PORT_USES: &str = "fixed range choice";
const STATES: &str = "required optional coexistence legacy not-used local";
const ENCRYPTIONS: &str = "none opportunistic starttls tls mutual-tls rpc kerberos smb message ipsec mixed";
const FILTERINGS: &str = "allowed unsupported documented local";
const DIRECTIONS: &str = "inbound outbound internal both";
const CONFIDENCES: &str = "high medium low";
const VERDICTS: &str = "wrong imprecise outdated disputed confirmed";

static DOCUMENT: LazyLock<Value> =
    LazyLock::new(|| serde_json::from_str(&catalog_json()).expect("the catalogue is written as JSON"));

static SCHEMA: LazyLock<Value> =
    LazyLock::new(|| serde_json::from_str(&catalog_schema()).expect("the schema is written as JSON"));

fn list<'a>(value: &'a Value, key: &str) -> &'a Vec<Value> {
    value[key]
        .as_array()
        .unwrap_or_else(|| panic!("{key} is no list in {value}"))
}

fn flows() -> &'static Vec<Value> {
    list(&DOCUMENT, "flows")
}

fn words(values: &[Value]) -> Vec<&str> {
    values.iter().map(|value| value.as_str().expect("a text")).collect()
}

fn ids(entries: &[Value]) -> Vec<&str> {
    entries
        .iter()
        .map(|entry| entry["id"].as_str().expect("an id"))
        .collect()
}

fn keys(value: &Value) -> BTreeSet<&str> {
    value
        .as_object()
        .expect("an object")
        .keys()
        .map(String::as_str)
        .collect()
}

fn named(words: &str) -> BTreeSet<&str> {
    words.split(' ').collect()
}

#[test]
fn the_schema_is_a_schema() {
    if let Err(error) = jsonschema::meta::validate(&SCHEMA) {
        panic!("{}: {error}", error.instance_path());
    }
}

/// What the schema does not like, each with its place.
fn errors(document: &Value) -> Vec<(String, String)> {
    let options = jsonschema::options().should_validate_formats(true);
    let validator = options.build(&SCHEMA).expect("the schema can be used");
    let errors = validator.iter_errors(document);
    errors
        .map(|error| (error.instance_path().to_string(), error.to_string()))
        .collect()
}

#[test]
fn the_catalogue_is_valid() {
    assert_eq!(errors(&DOCUMENT), []);
}

/// The schema names the place of the one mistake.
fn is_refused_at(place: &str, document: &Value) {
    let errors = errors(document);
    let places: Vec<&str> = errors.iter().map(|(place, _)| place.as_str()).collect();
    assert_eq!(places, [place], "{errors:?}");
}

fn is_refused(place: &str, value: Value) {
    let mut document = DOCUMENT.clone();
    *document.pointer_mut(place).expect("the catalogue has this place") = value;
    is_refused_at(place, &document);
}

#[test]
fn an_unknown_zone_is_refused() {
    is_refused("/flows/0/from/zones/0", json!("moon"));
}

#[test]
fn a_slug_in_upper_case_is_refused() {
    is_refused("/flows/0/state", json!("Required"));
}

#[test]
fn a_missing_key_is_refused() {
    let mut document = DOCUMENT.clone();
    document["flows"][0]
        .as_object_mut()
        .and_then(|flow| flow.remove("purpose"));
    is_refused_at("/flows/0", &document);
}

#[test]
fn an_unknown_key_is_refused() {
    let mut document = DOCUMENT.clone();
    document["flows"][0]["colour"] = json!("blue");
    is_refused_at("/flows/0", &document);
}

#[test]
fn port_0_is_refused() {
    is_refused("/flows/0/ports/0/first", json!(0));
}

#[test]
fn port_65536_is_refused() {
    is_refused("/flows/0/ports/0/last", json!(65536));
}

#[test]
fn a_flow_without_a_source_is_refused() {
    is_refused("/flows/0/sources", json!([]));
}

#[test]
fn a_date_that_is_none_is_refused() {
    is_refused("/date", json!("2026-02-30"));
}

#[test]
fn another_version_of_the_format_is_refused() {
    is_refused("/schema", json!(2));
}

#[test]
fn the_format_is_version_1() {
    assert_eq!(DOCUMENT["schema"], 1);
}

#[test]
fn both_files_end_with_one_newline() {
    for text in [catalog_json(), catalog_schema()] {
        assert!(text.ends_with("}\n"));
    }
}

#[test]
fn the_date_is_that_of_the_catalogue() {
    assert_eq!(DOCUMENT["date"], catalog::date());
}

#[test]
fn the_keys_are_those_that_were_promised() {
    assert_eq!(keys(&DOCUMENT), named("schema date flows sources versions roles zones"));
    for flow in flows() {
        let expected = named(
            "id service ports transports versions versions_inferred from to direction encryption encryption_note \
             authentication configurable state state_note filtering filtering_note block_from purpose notes iana \
             confidence instead_of disputes article in_source_article sources",
        );
        assert_eq!(keys(flow), expected);
        assert_eq!(keys(&flow["from"]), named("roles zones note"));
        assert_eq!(keys(&flow["to"]), named("roles zones note"));
    }
}

#[test]
fn the_keys_of_what_a_flow_holds_are_those_that_were_promised() {
    let expected = [
        ("/ports/0", "first last use"),
        ("/disputes/0", "what readings"),
        ("/disputes/0/readings/0", "value sources rule"),
        ("/article", "verdict text"),
    ];
    for (place, expected) in expected {
        let found: Vec<&Value> = flows()
            .iter()
            .filter_map(|flow| flow.pointer(place))
            .filter(|value| !value.is_null())
            .collect();
        assert!(!found.is_empty(), "no flow has {place}");
        for value in found {
            assert_eq!(keys(value), named(expected), "{place}");
        }
    }
}

#[test]
fn flows_are_in_the_order_of_the_site() {
    let expected: Vec<&str> = catalog::flows().iter().map(|flow| flow.id).collect();
    assert_eq!(ids(flows()), expected);
}

#[test]
fn the_vocabularies_are_those_that_were_promised() {
    for (key, expected) in [("versions", VERSIONS), ("roles", ROLES), ("zones", ZONES)] {
        assert_eq!(ids(list(&DOCUMENT, key)).join(" "), expected, "{key}");
        for entry in list(&DOCUMENT, key) {
            assert_eq!(keys(entry), named("id title"));
        }
    }
}

#[test]
fn every_slug_of_a_flow_is_known() {
    for flow in flows() {
        let of = |key: &str| words(list(flow, key));
        let one = |value: &'static Value| words(std::slice::from_ref(value));
        let uses = list(flow, "ports")
            .iter()
            .flat_map(|ports| one(&ports["use"]))
            .collect();
        let verdicts = flow.pointer("/article/verdict").map(one).unwrap_or_default();
        let known = [
            (of("transports"), TRANSPORTS),
            (of("versions"), VERSIONS),
            (of("versions_inferred"), VERSIONS),
            (of("block_from"), ZONES),
            (words(list(&flow["from"], "zones")), ZONES),
            (words(list(&flow["to"], "zones")), ZONES),
            (words(list(&flow["from"], "roles")), ROLES),
            (words(list(&flow["to"], "roles")), ROLES),
            (one(&flow["direction"]), DIRECTIONS),
            (one(&flow["encryption"]), ENCRYPTIONS),
            (one(&flow["state"]), STATES),
            (one(&flow["filtering"]), FILTERINGS),
            (one(&flow["confidence"]), CONFIDENCES),
            (uses, PORT_USES),
            (verdicts, VERDICTS),
        ];
        for (slugs, known) in known {
            for slug in slugs {
                assert!(named(known).contains(slug), "{}: {slug} is none of {known}", flow["id"]);
            }
        }
    }
}

#[test]
fn every_cited_source_is_in_the_list() {
    let sources: BTreeSet<&str> = ids(list(&DOCUMENT, "sources")).into_iter().collect();
    for flow in flows() {
        let readings = list(flow, "disputes")
            .iter()
            .flat_map(|dispute| list(dispute, "readings"));
        for entry in readings.chain([flow]) {
            let cited = words(list(entry, "sources"));
            assert!(!cited.is_empty(), "{}", flow["id"]);
            assert!(cited.iter().all(|id| sources.contains(id)), "{}: {cited:?}", flow["id"]);
        }
    }
}

#[test]
fn inferred_versions_are_among_the_versions() {
    for flow in flows() {
        let versions = words(list(flow, "versions"));
        let inferred = words(list(flow, "versions_inferred"));
        assert!(
            inferred.iter().all(|version| versions.contains(version)),
            "{}",
            flow["id"]
        );
    }
}

#[test]
fn the_flow_that_a_pinned_one_replaces_is_in_the_list() {
    let known = ids(flows());
    let replaced: Vec<&str> = flows().iter().filter_map(|flow| flow["instead_of"].as_str()).collect();
    assert!(!replaced.is_empty());
    assert!(replaced.iter().all(|id| known.contains(id)), "{replaced:?}");
}

#[test]
fn the_address_of_a_source_is_null_unless_a_source_gives_it() {
    let entries = list(&DOCUMENT, "sources");
    assert_eq!(
        entries.len(),
        catalog::texts().expect("the host has them").sources.len()
    );
    for (entry, source) in entries.iter().zip(catalog::texts().expect("the host has them").sources) {
        assert_eq!(
            *entry,
            json!({ "id": source.id, "title": source.citation(), "url": source.url })
        );
    }
}

#[test]
fn a_dispute_marks_at_most_one_reading_for_rules() {
    let disputes: Vec<&Value> = flows().iter().flat_map(|flow| list(flow, "disputes")).collect();
    let marked = |dispute: &&Value| {
        list(dispute, "readings")
            .iter()
            .filter(|reading| reading["rule"] == true)
            .count()
    };
    assert!(disputes.iter().map(marked).any(|count| count == 1));
    assert!(disputes.iter().map(marked).all(|count| count <= 1));
}
