//! The whole site in one file, opened from a disk.

use std::fs;

use exchange_ports::catalog::{date, flows};
use serde_json::json;
use tempfile::{TempDir, tempdir};

use super::browser::Browser;
use super::site;
use super::walk::walk;

const FILE: &str = "exchange-ports.html";
/// Below the address of the folder in which it lies.
const PATH: &str = "/exchange-ports.html";

#[test]
fn a_file_on_a_disk_shows_every_page() {
    walk(async |browser| {
        let _folder = move_to_disk(browser);
        browser.open_under(PATH, "#/").await;
        assert_eq!(browser.count("html[data-ready]").await, 1);
        assert_eq!(browser.rows().await.len(), flows().len());

        browser.open_under(PATH, "#/?version=2019&from=internet").await;
        let rows = browser.rows().await.len();
        assert!(rows > 0 && rows < flows().len(), "{rows} rows");
        assert_eq!(browser.status().await, format!("{rows} of {} flows", flows().len()));

        browser.leave().await;
        browser.open_under(PATH, "#/flow/smtp-in").await;
        assert_eq!(browser.rows().await, ["smtp-in"]);
        let details = browser.text(".detail").await.unwrap_or_default();
        for said in ["Source article: imprecise", "Sources", "Right is:"] {
            assert!(details.contains(said), "“{said}” is missing: {details}");
        }

        for page in ["#/port/443", "#/topology", "#/static-ports", "#/about"] {
            browser.open_under(PATH, page).await;
            assert_eq!(browser.alert().await, None, "{page}");
            assert_eq!(browser.count("h1").await, 1, "{page}");
        }
        assert!(browser.count(".sources li").await > 0, "the long texts are missing");
    });
}

#[test]
fn a_file_on_a_disk_tells_of_what_date_it_is() {
    walk(async |browser| {
        let _folder = move_to_disk(browser);
        browser.open_under(PATH, "#/about").await;
        assert_eq!(browser.text("main .intro time").await.as_deref(), Some(date()));
        assert_eq!(browser.text("footer time").await.as_deref(), Some(date()));
        assert_eq!(browser.count_visible("footer time").await, 1);
    });
}

#[test]
fn a_file_on_a_disk_writes_the_same_rules() {
    walk(async |browser| {
        let rules = "#/?version=2019&from=internet&to=server-lan&platform=nftables&addr.server-lan=10.0.0.10";
        browser.open(rules).await;
        let hosted = without_address(browser).await;
        assert!(hosted.iter().any(|line| line.contains(" accept ")), "{hosted:#?}");
        // What is asked of the hosted site must not count as a request of the file.
        drop(browser.complaints().await);

        let _folder = move_to_disk(browser);
        browser.open_under(PATH, rules).await;
        assert_eq!(without_address(browser).await, hosted);
    });
}

/// The rules, without the line that says where they come from.
async fn without_address(browser: &Browser) -> Vec<String> {
    let rules = browser.snippet("nftables").await.expect("the rules are there");
    let lines = rules.lines().filter(|line| !line.contains("#/"));
    lines.map(str::to_owned).collect()
}

#[test]
fn a_file_on_a_disk_asks_for_nothing_and_says_that_it_is_complete() {
    walk(async |browser| {
        let _folder = move_to_disk(browser);
        browser.open_under(PATH, "#/flow/smtp-in").await;
        browser
            .until("document.documentElement.dataset.offline === 'ready'")
            .await;
        assert_eq!(browser.count_visible(".offline").await, 1);
        browser.open_under(PATH, "#/about").await;
        let loaded: Vec<String> = browser
            .ask("performance.getEntriesByType('resource').map(entry => entry.name).filter(name => !name.startsWith('data:'))")
            .await;
        assert_eq!(loaded, Vec::<String>::new());
        // That no request leaves the folder, whoever sends it, is checked after the walk.
    });
}

#[test]
fn a_file_on_a_disk_links_only_to_itself() {
    walk(async |browser| {
        let _folder = move_to_disk(browser);
        for page in [
            "#/",
            "#/flow/smtp-in",
            "#/port/443",
            "#/topology",
            "#/static-ports",
            "#/about",
        ] {
            browser.open_under(PATH, page).await;
            let links: Vec<String> = browser
                .ask("Array.from(document.querySelectorAll('[href], [src]'), link => link.getAttribute('href') ?? link.src)")
                .await;
            assert!(!links.is_empty(), "{page}");
            let leads_away = |link: &&String| !link.starts_with("#/") && *link != "data:,";
            let away: Vec<&String> = links.iter().filter(leads_away).collect();
            assert!(away.is_empty(), "{page}: {away:?}");
        }
    });
}

#[test]
fn a_file_on_a_disk_allows_its_own_scripts_only() {
    walk(async |browser| {
        let _folder = move_to_disk(browser);
        browser.open_under(PATH, "#/").await;
        let policy: String = browser
            .ask("document.querySelector('meta[http-equiv=Content-Security-Policy]').content")
            .await;
        assert!(
            policy.starts_with("default-src 'none'; script-src 'sha256-"),
            "{policy}"
        );
        for loose in ["unsafe-inline", "'unsafe-eval'", "*", "http", "file:", "connect-src"] {
            assert!(!policy.contains(loose), "{policy}");
        }
        browser
            .run(
                "const script = document.createElement('script');
                 script.textContent = 'window.ran = true';
                 document.body.append(script);",
            )
            .await;
        assert!(!browser.ask::<bool>("'ran' in window").await);
        let complaints = browser.complaints().await;
        assert!(
            matches!(&complaints[..], [complaint] if complaint.contains("Content Security Policy")),
            "{complaints:#?}"
        );
    });
}

#[test]
fn the_hosted_site_offers_the_file_with_its_size() {
    walk(async |browser| {
        let file = fs::read(site::folder().join(FILE)).expect("the file is built");
        let folder = tempdir().expect("a folder");
        let allowed = json!({ "behavior": "allow", "downloadPath": folder.path() });
        browser.command("Browser.setDownloadBehavior", allowed).await;
        browser.open("#/").await;
        browser
            .click_words(&format!("Save as one file, {} KB", file.len().div_ceil(1000)))
            .await;

        let saved = folder.path().join(FILE);
        // Chromium writes under another name first, so that the file is whole once it has its own.
        browser.until_outside("the file", || saved.exists()).await;
        assert!(
            fs::read(saved).expect("the file can be read") == file,
            "the saved file differs"
        );
    });
}

/// Copies the file to where nothing else is; from now on the browser's site is that folder.
fn move_to_disk(browser: &mut Browser) -> TempDir {
    let folder = tempdir().expect("a folder");
    fs::copy(site::folder().join(FILE), folder.path().join(FILE)).expect("the file is built");
    browser.site.stop();
    browser.site.address = format!("file://{}", folder.path().display());
    folder
}
