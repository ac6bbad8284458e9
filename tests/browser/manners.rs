//! The manners of the page: it keeps what a reader does, and shows what matters.

use super::walk::walk;

const VIEW: &str = "#/?version=2019&from=internet&to=server-lan&platform=nftables";

#[test]
fn the_address_of_a_role_can_be_typed_letter_by_letter() {
    walk(async |browser| {
        browser.open(VIEW).await;
        browser.click_words("Addresses by role, where a zone is too wide").await;
        browser.type_addresses("mailbox", "10.0.0.0").await;
        browser.shows(&format!("{VIEW}&addr.mailbox=10.0.0.0")).await;
        browser.add_addresses("mailbox", "/").await;
        browser.shows(VIEW).await;
        assert!(browser.remark("mailbox").await.is_some());
        browser.add_addresses("mailbox", "24").await;
        browser.shows(&format!("{VIEW}&addr.mailbox=10.0.0.0/24")).await;
    });
}

#[test]
fn the_bad_address_of_a_role_is_in_sight_after_a_reload() {
    walk(async |browser| {
        browser.open(VIEW).await;
        browser.click_words("Addresses by role, where a zone is too wide").await;
        browser.type_addresses("mailbox", "mail.example.com").await;
        browser.until("document.querySelector('#addr-mailbox-remarks')").await;
        browser.reload().await;
        browser.view().await;
        let is_seen = "document.querySelector('#addr-mailbox-remarks').checkVisibility()";
        assert!(browser.ask::<bool>(is_seen).await);
    });
}

#[test]
fn a_facet_stays_open_when_its_last_value_is_dropped() {
    walk(async |browser| {
        browser.open("#/").await;
        browser.click_words("Role").await;
        browser.choose("role", "mailbox").await;
        browser.shows("#/?role=mailbox").await;
        browser.choose("role", "mailbox").await;
        browser.shows("#/").await;
        assert_eq!(browser.count("details[open] input[name=role][value=mailbox]").await, 1);
    });
}

#[test]
fn another_page_begins_at_its_top() {
    walk(async |browser| {
        browser.open("#/").await;
        browser.run("scrollTo(0, document.body.scrollHeight)").await;
        browser.click("footer a").await;
        browser.shows("#/about").await;
        assert_eq!(browser.ask::<i32>("Math.round(scrollY)").await, 0);
    });
}

#[test]
fn links_in_an_open_row_keep_the_filter_and_the_choices() {
    walk(async |browser| {
        browser.open(&format!("{VIEW}&addr.server-lan=10.0.0.10")).await;
        browser.open_row("smtp-in").await;
        browser.click_words("Page of this flow").await;
        browser
            .shows(&format!(
                "{}&addr.server-lan=10.0.0.10",
                VIEW.replace("#/", "#/flow/smtp-in")
            ))
            .await;
    });
}

#[test]
fn the_chosen_platform_is_remembered_without_a_reload() {
    walk(async |browser| {
        browser.open("#/?version=2019").await;
        browser.choose("platform", "nftables").await;
        browser.shows("#/?version=2019&platform=nftables").await;
        browser.open("#/?version=2016").await;
        assert!(browser.count("pre").await > 0);
    });
}

#[test]
fn the_count_of_every_value_is_in_sight_on_a_wide_window() {
    walk(async |browser| {
        browser.open("#/").await;
        let (content, window): (u32, u32) = browser
            .ask("(({ scrollWidth, clientWidth }) => [scrollWidth, clientWidth])(document.querySelector('.facets'))")
            .await;
        assert!(content <= window, "the facets need {content} of {window} pixels");
    });
}

#[test]
fn rules_of_a_flow_that_the_filter_leaves_without_a_leg_say_so() {
    walk(async |browser| {
        browser
            .open("#/flow/smtp-in?from=cloud&platform=nftables&addr.server-lan=10.0.0.1")
            .await;
        let rules = browser.snippet("nftables").await.unwrap_or_default();
        assert!(
            rules.contains(" accept ") || !rules.contains("not written: 0,"),
            "{rules}"
        );
    });
}

#[test]
fn the_head_of_the_table_leaves_no_gap_above_it() {
    walk(async |browser| {
        let window = serde_json::json!({ "width": 768, "height": 900, "deviceScaleFactor": 1, "mobile": false });
        browser.command("Emulation.setDeviceMetricsOverride", window).await;
        browser.open("#/").await;
        browser.run("scrollTo(0, 2000)").await;
        let gap: String = browser
            .ask("document.elementFromPoint(300, 10).closest('[data-flow]') ? 'a row' : ''")
            .await;
        let stuck: f64 = browser
            .ask("document.querySelector('.t thead th').getBoundingClientRect().top")
            .await;
        assert!(
            stuck <= 0.0 || gap.is_empty(),
            "{gap} is above the head of the table, at {stuck}"
        );
    });
}
