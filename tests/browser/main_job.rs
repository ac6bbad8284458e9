//! The job that the site is for: from a question to rules, and on to a colleague.

use std::collections::BTreeSet;

use super::browser::Browser;
use super::walk::walk;

#[test]
fn a_newcomer_gets_rules_for_exchange_2019_and_passes_them_on() {
    walk(async |browser| {
        browser.open("").await;
        browser.shows("#/").await;
        browser.type_words("activesync").await;
        browser.shows("#/?q=activesync").await;
        assert!(browser.rows().await.contains(&"web-eas".to_owned()));

        browser.click_words("Clear all").await;
        browser.shows("#/").await;
        narrow(browser, "2019").await;
        assert_eq!(
            browser.ask::<String>("document.querySelector('h1').textContent").await,
            "Exchange 2019, from Internet to servers"
        );

        let row = browser.open_row("smtp-in").await;
        for said in [
            "Inbound internet mail",
            "Source article: imprecise",
            "It says:",
            "Right is:",
            "Sources",
        ] {
            assert!(row.contains(said), "the open row does not say “{said}”: {row}");
        }

        get_rules(browser, "2019", "10.0.0.10", &[25, 443, 587]).await;
        pass_on(browser, "2019").await;
    });
}

#[test]
fn a_newcomer_gets_rules_for_exchange_2003_and_passes_them_on() {
    walk(async |browser| {
        browser.open("#/").await;
        narrow(browser, "2003").await;
        let row = browser.open_row("smtp-vs-in").await;
        assert!(row.contains("Sources"), "{row}");
        get_rules(browser, "2003", "192.0.2.3", &[25, 443]).await;
        pass_on(browser, "2003").await;
    });
}

/// Asks for a version, from the internet to the servers.
async fn narrow(browser: &Browser, version: &str) {
    browser.choose("version", version).await;
    browser.shows(&format!("#/?version={version}")).await;
    browser.choose("from", "internet").await;
    browser.shows(&format!("#/?version={version}&from=internet")).await;
    browser.choose("to", "server-lan").await;
    browser.shows(&question(version)).await;
    let shown = browser.rows().await.len();
    assert!(browser.status().await.starts_with(&format!("{shown} of ")));
}

/// Gives an address, chooses nftables and reads what it writes.
async fn get_rules(browser: &Browser, version: &str, address: &str, needed: &[u16]) {
    browser.type_addresses("server-lan", address).await;
    browser
        .shows(&format!("{}&addr.server-lan={address}", question(version)))
        .await;
    assert_eq!(browser.snippet("nftables").await, None);

    browser.choose("platform", "nftables").await;
    let chosen = format!("{}&platform=nftables&addr.server-lan={address}", question(version));
    browser.shows(&chosen).await;
    let rules = browser.snippet("nftables").await.expect("the rules are there");
    let rules: Vec<&str> = rules.lines().filter(|line| line.contains(" accept ")).collect();
    let opened: BTreeSet<u16> = rules.iter().flat_map(|rule| ports(rule)).collect();
    assert!(needed.iter().all(|port| opened.contains(port)), "{rules:#?}");
    assert!(
        rules.iter().all(|rule| rule.contains(&format!("daddr {address} "))),
        "{rules:#?}"
    );
}

/// The ports in `… tcp dport { 443, 587 } accept …`.
fn ports(rule: &str) -> impl Iterator<Item = u16> {
    let (_, ports) = rule.split_once("dport ").unwrap_or_default();
    let (ports, _) = ports.split_once(" accept").unwrap_or_default();
    ports
        .split(|letter: char| !letter.is_ascii_digit())
        .filter_map(|port| port.parse().ok())
}

/// Copies the link; a stranger opens it and sees the same without the addresses.
async fn pass_on(browser: &mut Browser, version: &str) {
    let (rows, status) = (browser.rows().await, browser.status().await);
    let link = browser.copy_link().await;
    let expected = question(version) + "&platform=nftables";
    assert_eq!(link, format!("{}/{expected}", browser.site.address));

    browser.become_a_stranger().await;
    browser.goto(&link).await;
    browser.shows(&expected).await;
    assert_eq!(browser.rows().await, rows);
    assert_eq!(browser.status().await, status);
    assert_eq!(browser.addresses("server-lan").await, "");
    let rules = browser.snippet("nftables").await.expect("the rules are there");
    assert!(
        rules.contains("no address for server-lan (addr.server-lan=)"),
        "{rules}"
    );
    assert!(!rules.contains(" accept "), "{rules}");
}

fn question(version: &str) -> String {
    format!("#/?version={version}&from=internet&to=server-lan")
}
