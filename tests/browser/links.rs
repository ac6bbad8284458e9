//! Addresses in the address bar: what they show, and what Back and Forward do.

use exchange_ports::catalog::deployments;

use super::browser::Browser;
use super::question::{Question, id};
use super::site::SUB_PATH;
use super::walk::walk;

/// Addresses as people and programs write them, and the view that each is.
const ODD_SPELLINGS: [(&str, &str); 9] = [
    ("", "#/"),
    ("#?version=2019", "#/?version=2019"),
    (
        "#/?to=server-lan&VERSION=2019,2016&from=Internet",
        "#/?version=2016,2019&from=internet&to=server-lan",
    ),
    ("#/?version=2019&version=2016", "#/?version=2016,2019"),
    ("#/Flow/SMTP-IN/", "#/flow/smtp-in"),
    ("#/?port=443,,25,443&state=", "#/?port=25,443"),
    ("#/?q=a+b%20c", "#/?q=a%2Bb%20c"),
    ("#/?q=%C3%A4%2f", "#/?q=%C3%A4/"),
    (
        "#/?addr.server-lan=2001:db8::1,10.0.0.0-10.0.0.255&rest=keep",
        "#/?addr.server-lan=10.0.0.0/24,2001:db8::1",
    ),
];

#[test]
fn a_view_is_named_in_its_canonical_form_however_it_was_spelt() {
    walk(async |browser| {
        for (spelt, canonical) in ODD_SPELLINGS {
            assert_eq!(browser.open(spelt).await, canonical, "{spelt}");
            assert_eq!(browser.alert().await, None, "{spelt}");
        }
    });
}

#[test]
fn back_and_forward_step_through_what_was_chosen() {
    walk(async |browser| {
        let steps = [
            "#/",
            "#/?version=2019",
            "#/?version=2019&from=internet",
            "#/?version=2019&from=internet&flow=smtp-in",
        ];
        browser.open(steps[0]).await;
        browser.choose("version", "2019").await;
        browser.shows(steps[1]).await;
        browser.choose("from", "internet").await;
        browser.shows(steps[2]).await;
        browser.tick("smtp-in").await;
        browser.shows(steps[3]).await;

        let seen = browser.rows().await;
        for step in steps[..3].iter().rev() {
            browser.back().await;
            browser.shows(step).await;
        }
        assert!(!is_chosen(browser).await);
        for step in &steps[1..] {
            browser.forward().await;
            browser.shows(step).await;
        }
        assert!(is_chosen(browser).await);
        assert_eq!(browser.rows().await, seen);
    });
}

async fn is_chosen(browser: &Browser) -> bool {
    browser
        .ask("document.querySelector('input[name=version][value=\"2019\"]').checked")
        .await
}

#[test]
fn one_step_back_leaves_a_whole_typed_word() {
    walk(async |browser| {
        browser.open("#/about").await;
        browser.open("#/").await;
        browser.type_words("autodiscover").await;
        browser.shows("#/?q=autodiscover").await;
        browser.back().await;
        browser.shows("#/about").await;
        browser.forward().await;
        browser.shows("#/?q=autodiscover").await;
        assert_eq!(browser.words().await, "autodiscover");
    });
}

#[test]
fn a_port_and_a_flow_have_pages_of_their_own() {
    walk(async |browser| {
        browser.open("#/port/443").await;
        let flows = browser.catalog_flows().await;
        let expected: Vec<&str> = Question::read("#/?port=443").of(&flows).map(id).collect();
        assert_eq!(browser.rows().await, expected);

        browser.open("#/flow/smtp-in").await;
        assert_eq!(browser.rows().await, ["smtp-in"]);
        assert!(browser.status().await.starts_with("1 of "));
    });
}

#[test]
fn a_flow_has_its_page_whatever_the_filter_says() {
    walk(async |browser| {
        browser.open("#/flow/smtp-in?q=no-such-word&version=5.5").await;
        assert_eq!(browser.rows().await, ["smtp-in"]);
    });
}

#[test]
fn an_unknown_id_or_page_shows_what_there_is_and_says_so() {
    walk(async |browser| {
        browser.open("#/").await;
        let everything = browser.rows().await;
        for unknown in ["flow/no-such-flow", "port/65536", "no-such-page"] {
            assert_eq!(browser.open(&format!("#/{unknown}")).await, "#/");
            assert_eq!(browser.rows().await, everything);
            let alert = browser.alert().await.unwrap_or_default();
            assert!(alert.contains(unknown), "{unknown}: {alert}");
        }
        assert_eq!(browser.open("#/topology/no-such-place").await, "#/topology");
        assert!(browser.alert().await.is_some());
    });
}

#[test]
fn every_page_opens_with_one_search_box_and_one_count() {
    walk(async |browser| {
        let deployment = format!("#/topology/{}", deployments()[0].id);
        let pages = [
            "#/",
            "#/flow/smtp-in",
            "#/port/25",
            "#/topology",
            &deployment,
            "#/static-ports",
            "#/connections",
            "#/compare?old=2010&new=2019",
            "#/about",
        ];
        for page in pages {
            assert_eq!(browser.open(page).await, page);
            assert!(browser.status().await.contains(" of "), "{page}");
            assert_eq!(browser.count("input[type=search]").await, 1, "{page}");
            assert_eq!(browser.count("html[data-ready]").await, 1, "{page}");
            assert_eq!(browser.count("h1").await, 1, "{page}");
            assert_eq!(browser.alert().await, None, "{page}");
        }
    });
}

#[test]
fn an_embedded_page_is_the_table_alone() {
    walk(async |browser| {
        browser.open("#/?version=2019").await;
        let rows = browser.rows().await;
        assert_eq!(browser.open("#/embed?version=2019").await, "#/embed?version=2019");
        assert_eq!(browser.rows().await, rows);
        assert!(browser.status().await.starts_with(&format!("{} of ", rows.len())));
        assert_eq!(browser.count("input[type=search], header, footer, aside").await, 0);
    });
}

#[test]
fn the_site_works_under_any_path() {
    walk(async |browser| {
        browser.open_under(SUB_PATH, "#/port/25").await;
        assert!(browser.rows().await.contains(&"smtp-in".to_owned()));
        browser.choose("version", "2019").await;
        browser.shows("#/port/25?version=2019").await;
        let requests = browser.site.requests();
        assert!(requests.iter().all(|path| path.starts_with(SUB_PATH)), "{requests:?}");
    });
}
