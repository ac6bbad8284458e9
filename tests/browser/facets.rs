//! Facets: their counts, and what ticks do. What is right is worked out here anew, from `catalog.json`.

use std::collections::BTreeMap;

use serde_json::Value;

use super::browser::{Browser, walk};

/// Views that ask in very different ways.
const VIEWS: [&str; 9] = [
    "#/",
    "#/?version=2019",
    "#/?version=2003&from=internet",
    "#/?version=2019&from=internet&to=server-lan",
    "#/?role=mailbox&zone=directory",
    "#/?role=exchange-server,outlook&transport=udp,icmp",
    "#/?zone=perimeter&encryption=none,tls&state=optional",
    "#/?version=2010&port=25,6001-6004",
    "#/?from=server-lan&to=server-lan&state=required,coexistence",
];

#[test]
fn the_count_beside_a_value_is_what_matches_once_it_is_added() {
    walk(async |browser| {
        browser.open("#/").await;
        let flows = browser.catalog_flows().await;
        for view in VIEWS {
            browser.open(view).await;
            let question = Question::read(view);
            let matching: Vec<&str> = question.of(&flows).map(id).collect();
            assert_eq!(browser.rows().await, matching, "{view}");
            assert_eq!(
                browser.status().await,
                format!("{} of {} flows", matching.len(), flows.len())
            );

            let shown = counts(browser).await;
            assert!(shown.len() > 60, "{view} shows {} values", shown.len());
            for (facet, value, count) in shown {
                let expected = question.with(&facet, &value).of(&flows).count();
                assert_eq!(count, expected, "{view}: {facet}={value}");
            }
        }
    });
}

#[test]
fn counts_keep_to_the_words_of_a_search() {
    walk(async |browser| {
        browser.open("#/?q=smtp").await;
        let found = browser.rows().await;
        let mut flows = browser.catalog_flows().await;
        flows.retain(|flow| found.iter().any(|found| id(flow) == found));
        browser.open("#/?q=smtp&version=2019").await;
        for (facet, value, count) in counts(browser).await {
            let expected = Question::read("#/?version=2019")
                .with(&facet, &value)
                .of(&flows)
                .count();
            assert_eq!(count, expected, "{facet}={value}");
        }
    });
}

#[test]
fn a_count_is_what_one_gets() {
    walk(async |browser| {
        browser.open("#/?version=2013").await;
        let shown = counts(browser).await;
        let (_, _, count) = shown
            .iter()
            .find(|(facet, value, _)| (&**facet, &**value) == ("from", "internet"))
            .expect("a value");
        browser.choose("from", "internet").await;
        browser.shows("#/?version=2013&from=internet").await;
        assert_eq!(browser.rows().await.len(), *count);
    });
}

#[test]
fn clear_all_empties_filter_and_ticks_and_keeps_what_was_chosen_for_rules() {
    walk(async |browser| {
        browser
            .open("#/?q=mail&version=2019&from=internet&port=25&flow=smtp-in&addr.server-lan=10.0.0.1")
            .await;
        browser.click_words("Clear all").await;
        browser.shows("#/?addr.server-lan=10.0.0.1").await;
        assert_eq!(
            browser.count(".facets input:checked, [data-flow] input:checked").await,
            0
        );
        assert_eq!(
            browser
                .ask::<String>("document.querySelector('input[type=search]').value")
                .await,
            ""
        );
        let flows = browser.catalog_flows().await;
        assert_eq!(browser.status().await, format!("{0} of {0} flows", flows.len()));
    });
}

#[test]
fn ticks_hide_nothing_and_rules_follow_them() {
    walk(async |browser| {
        let view = "#/?version=2019&from=internet&to=server-lan";
        let rules = "&platform=nftables&addr.server-lan=10.0.0.10";
        browser.open(&format!("{view}{rules}")).await;
        let (rows, status) = (browser.rows().await, browser.status().await);
        let all = browser.snippet("nftables").await.expect("the rules are there");
        assert!(all.contains("443") && all.contains("smtp-in"), "{all}");

        browser.tick("smtp-in").await;
        browser.shows(&format!("{view}&flow=smtp-in{rules}")).await;
        assert_eq!(browser.rows().await, rows);
        assert_eq!(browser.status().await, status);
        let ticked = browser.snippet("nftables").await.expect("the rules are there");
        assert!(ticked.contains("tcp dport 25 ") && !ticked.contains("443"), "{ticked}");

        browser.tick("smtp-in").await;
        browser.shows(&format!("{view}{rules}")).await;
        assert_eq!(browser.snippet("nftables").await, Some(all));
    });
}

/// Facet, value and count of everything that can be chosen.
async fn counts(browser: &Browser) -> Vec<(String, String, usize)> {
    browser
        .ask(
            "Array.from(document.querySelectorAll('.facets label:has(input[type=checkbox])'), label => {
                const { name, value } = label.querySelector('input');
                return [name, value, Number(label.querySelector('.n').textContent)];
            })",
        )
        .await
}

fn id(flow: &Value) -> &str {
    flow["id"].as_str().expect("an id")
}

/// The filter keys of an address, and the values of each.
#[derive(Clone)]
struct Question(BTreeMap<String, Vec<String>>);

impl Question {
    fn read(view: &str) -> Self {
        let (_, pairs) = view.split_once('?').unwrap_or_default();
        let pairs = pairs.split('&').filter_map(|pair| pair.split_once('='));
        Self(
            pairs
                .map(|(key, values)| (key.to_owned(), values.split(',').map(str::to_owned).collect()))
                .collect(),
        )
    }

    fn with(&self, key: &str, value: &str) -> Self {
        let mut more = self.clone();
        more.0.entry(key.to_owned()).or_default().push(value.to_owned());
        more
    }

    fn of<'f>(&self, flows: &'f [Value]) -> impl Iterator<Item = &'f Value> {
        flows.iter().filter(|flow| self.asks_for(flow))
    }

    fn asks_for(&self, flow: &Value) -> bool {
        self.allows("version", |version| has(&flow["versions"], version))
            && self.allows("transport", |transport| has(&flow["transports"], transport))
            && self.allows("encryption", |encryption| flow["encryption"] == encryption)
            && self.allows("state", |state| flow["state"] == state)
            && self.allows("role", |role| can_be(&flow["from"], role) || can_be(&flow["to"], role))
            && self.allows("port", |port| uses(flow, port))
            && legs(flow).iter().any(|leg| self.chooses(leg))
    }

    fn chooses(&self, (from, to): &Leg) -> bool {
        self.allows("from", |zone| from == zone)
            && self.allows("to", |zone| to.as_deref() == Some(zone))
            && self.allows("zone", |zone| from == zone || to.as_deref() == Some(zone))
    }

    /// Whether a key asks nothing, or one of its values is right.
    fn allows(&self, key: &str, is_right: impl Fn(&str) -> bool) -> bool {
        self.0
            .get(key)
            .is_none_or(|values| values.iter().any(|value| is_right(value)))
    }
}

/// Where a connection is opened and where it goes, if anything listens.
type Leg = (String, Option<String>);

fn legs(flow: &Value) -> Vec<Leg> {
    let (from, to) = (texts(&flow["from"]["zones"]), texts(&flow["to"]["zones"]));
    let mut legs = Vec::new();
    for from in from {
        legs.extend(to.iter().map(|&to| (from.to_owned(), Some(to.to_owned()))));
        if to.is_empty() {
            legs.push((from.to_owned(), None));
        }
        if flow["direction"] == "both" {
            legs.extend(to.iter().map(|&to| (to.to_owned(), Some(from.to_owned()))));
        }
    }
    legs
}

/// Every role that an Exchange server can hold.
const EXCHANGE_ROLES: [&str; 12] = [
    "mailbox",
    "client-access",
    "hub-transport",
    "edge-transport",
    "unified-messaging",
    "front-end",
    "back-end",
    "exchange-5-5",
    "site-replication",
    "conferencing",
    "chat",
    "instant-messaging",
];

fn can_be(end: &Value, role: &str) -> bool {
    has(&end["roles"], role) || EXCHANGE_ROLES.contains(&role) && has(&end["roles"], "exchange-server")
}

fn uses(flow: &Value, asked: &str) -> bool {
    let (first, last) = asked.split_once('-').unwrap_or((asked, asked));
    let (first, last): (u64, u64) = (first.parse().expect("a port"), last.parse().expect("a port"));
    let overlaps = |ports: &Value| ports["first"].as_u64() <= Some(last) && Some(first) <= ports["last"].as_u64();
    flow["ports"].as_array().expect("a list").iter().any(overlaps)
}

fn has(list: &Value, value: &str) -> bool {
    texts(list).contains(&value)
}

fn texts(list: &Value) -> Vec<&str> {
    let list = list.as_array().expect("a list");
    list.iter().map(|text| text.as_str().expect("a text")).collect()
}
