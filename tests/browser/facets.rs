//! Facets: their counts, and what ticks do.

use std::collections::BTreeSet;

use super::browser::Browser;
use super::question::{Question, id};
use super::walk::walk;

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

const FACETS: [&str; 8] = [
    "version",
    "role",
    "zone",
    "from",
    "to",
    "transport",
    "encryption",
    "state",
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
            let facets: BTreeSet<&str> = shown.iter().map(|(facet, ..)| facet.as_str()).collect();
            assert_eq!(facets, FACETS.into(), "{view}");
            for (facet, value, count) in &shown {
                let expected = question.with(facet, value).of(&flows).count();
                assert_eq!(*count, expected, "{view}: {facet}={value}");
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
        assert_eq!(browser.words().await, "");
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
    // What a fold holds is made when it opens.
    browser
        .run("document.querySelectorAll('details.facet:not([open]) > summary').forEach(fold => fold.click())")
        .await;
    browser
        .until("!document.querySelector('details.facet:not(:has(ul))')")
        .await;
    browser
        .ask(
            "Array.from(document.querySelectorAll('.facets label:has(input[type=checkbox])'), label => {
                const { name, value } = label.querySelector('input');
                return [name, value, Number(label.querySelector('.n').textContent)];
            })",
        )
        .await
}
