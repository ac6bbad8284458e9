//! Links and fields with nonsense in them: it is told, nothing is lost, nothing breaks.

use super::browser::Browser;
use super::walk::walk;

const VIEW: &str = "#/?version=2019&from=internet&to=server-lan&platform=nftables";

#[test]
fn a_link_with_nonsense_says_what_it_is_and_keeps_the_rest() {
    walk(async |browser| {
        let link = "#/?version=2019,2030&colour=blue&q=%E4%zz&addr.server-lan=10.0.0.1,mail.example.com";
        assert_eq!(browser.open(link).await, "#/?version=2019&addr.server-lan=10.0.0.1");
        let alert = browser.alert().await.unwrap_or_default();
        for told in [
            "version: “2030”",
            "“colour”",
            "“q=%E4%zz”",
            "addr.server-lan: “mail.example.com”",
        ] {
            assert!(alert.contains(told), "“{told}” is missing: {alert}");
        }
        assert_eq!(browser.addresses("server-lan").await, "10.0.0.1,mail.example.com");
    });
}

#[test]
fn a_notice_goes_when_it_is_closed() {
    walk(async |browser| {
        browser.open("#/?colour=blue").await;
        assert!(browser.alert().await.is_some());
        browser.click_words("Close").await;
        browser.until("!document.querySelector('[role=alert]')").await;
        assert_eq!(browser.view().await, "#/");
    });
}

#[test]
fn a_notice_goes_with_the_address_that_it_was_about() {
    walk(async |browser| {
        browser.open("#/?colour=blue").await;
        browser.open("#/?version=2019").await;
        assert_eq!(browser.alert().await, None);
    });
}

#[test]
fn a_bad_address_in_a_field_is_told_there_and_survives_everything() {
    walk(async |browser| {
        browser.open(VIEW).await;
        browser.type_addresses("server-lan", "10.0.0.300").await;
        keeps_what_was_typed(browser).await;

        browser.choose("state", "required").await;
        browser
            .shows("#/?version=2019&from=internet&to=server-lan&state=required&platform=nftables")
            .await;
        keeps_what_was_typed(browser).await;

        browser.click_words("About").await;
        browser
            .shows("#/about?version=2019&from=internet&to=server-lan&state=required&platform=nftables")
            .await;
        browser.back().await;
        browser
            .shows("#/?version=2019&from=internet&to=server-lan&state=required&platform=nftables")
            .await;
        keeps_what_was_typed(browser).await;

        browser.reload().await;
        browser.view().await;
        keeps_what_was_typed(browser).await;
    });
}

async fn keeps_what_was_typed(browser: &Browser) {
    browser
        .until("document.querySelector('#addr-server-lan-remarks')")
        .await;
    let remark = browser.remark("server-lan").await.unwrap_or_default();
    assert!(remark.contains("“10.0.0.300” is not an IP address"), "{remark}");
    assert_eq!(browser.addresses("server-lan").await, "10.0.0.300");
    assert_never_any(browser).await;
}

#[test]
fn a_corrected_address_is_used_and_the_remark_goes() {
    walk(async |browser| {
        browser.open(VIEW).await;
        browser.type_addresses("server-lan", "10.0.0.300").await;
        browser
            .until("document.querySelector('#addr-server-lan-remarks')")
            .await;
        browser.type_addresses("server-lan", "10.0.0.30").await;
        browser.shows(&format!("{VIEW}&addr.server-lan=10.0.0.30")).await;
        assert_eq!(browser.remark("server-lan").await, None);
        let rules = browser.snippet("nftables").await.unwrap_or_default();
        assert!(rules.contains("daddr 10.0.0.30 "), "{rules}");
    });
}

#[test]
fn a_refused_address_never_becomes_any() {
    walk(async |browser| {
        for refused in [
            "mail.example.com",
            "10.0.0.300",
            "fe80::1%25eth0",
            "::ffff:10.0.0.1",
            "10.0.0.0/33",
            "*",
        ] {
            for ends in ["addr.server-lan=", "addr.server-lan=10.0.0.1&addr.internet="] {
                browser.open(&format!("{VIEW}&{ends}{refused}")).await;
                assert_never_any(browser).await;
            }
        }
    });
}

/// No rule is active, and it says why.
async fn assert_never_any(browser: &Browser) {
    let rules = browser.snippet("nftables").await.expect("the rules are there");
    assert!(!rules.contains(" accept "), "{rules}");
    assert!(rules.contains("not written: tcp"), "{rules}");
}
