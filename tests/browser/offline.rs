//! Without a network, and from one build to the next.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};
use tempfile::tempdir;

use super::browser::Browser;
use super::site::{self, SUB_PATH, Site};
use super::walk::walk;

const RULES: &str = "#/?version=2019&from=internet&to=server-lan&platform=nftables&addr.server-lan=10.0.0.10";

#[test]
fn it_says_complete_offline_as_soon_as_it_is_and_not_before() {
    walk(async |browser| {
        browser.site.hold_back("texts-");
        browser.open("#/").await;
        assert_eq!(browser.count("html[data-offline]").await, 0, "a file is still missing");
        assert_eq!(browser.count_visible(".offline").await, 0, "a file is still missing");

        browser.site.let_go();
        works_offline(browser).await;
        assert_eq!(browser.text(".offline").await.as_deref(), Some("complete offline"));
        assert_eq!(browser.count_visible(".offline").await, 1);
    });
}

#[test]
fn without_a_network_a_reload_shows_everything() {
    walk(async |browser| shows_everything_offline(browser, "/").await);
}

#[test]
fn without_a_network_it_works_under_any_path() {
    walk(async |browser| shows_everything_offline(browser, SUB_PATH).await);
}

async fn shows_everything_offline(browser: &mut Browser, path: &str) {
    browser.open_under(path, RULES).await;
    let (rows, rules) = (browser.rows().await, browser.snippet("nftables").await);
    works_offline(browser).await;

    cut_the_network(browser).await;
    browser.open_under(path, RULES).await;
    assert_eq!(browser.rows().await, rows);
    assert_eq!(browser.snippet("nftables").await, rules);

    for view in ["#/flow/smtp-in", "#/about", "#/"] {
        browser.leave().await;
        browser.open_under(path, view).await;
        if view == "#/about" {
            assert!(browser.count(".sources li").await > 0, "the long texts are missing");
        }
    }
    let row = browser.open_row("smtp-in").await;
    assert!(row.contains("Source article: imprecise"), "{row}");
}

#[test]
fn a_network_that_never_answers_is_not_waited_for() {
    walk(async |browser| {
        browser.open("#/").await;
        works_offline(browser).await;
        browser.site.hold_back("/");
        browser.open("#/flow/smtp-in").await;
        browser.reload().await;
        browser.shows("#/flow/smtp-in").await;
        assert_eq!(browser.rows().await, ["smtp-in"]);
    });
}

#[test]
fn chromium_would_install_it() {
    walk(async |browser| {
        browser.open("#/").await;
        works_offline(browser).await;
        let manifest = browser.command("Page.getAppManifest", json!({})).await;
        assert_eq!(manifest["errors"], json!([]), "{manifest}");
        let text: Value = serde_json::from_str(manifest["data"].as_str().expect("the manifest has a text"))
            .expect("the manifest is JSON");
        assert_eq!(text["start_url"], "./");
        let errors = browser.command("Page.getInstallabilityErrors", json!({})).await;
        assert_eq!(errors["installabilityErrors"], json!([]));
    });
}

const NEXT_VERSION: &str = "0123456789abcdef";

#[test]
fn a_new_build_is_offered_to_an_open_page_and_keeps_its_view() {
    walk(async |browser| {
        let folder = tempdir().expect("a folder");
        site::copy_to(folder.path());
        browser.site = Site::serve_folder(folder.path()).await;
        browser.open(RULES).await;
        works_offline(browser).await;
        let old_version = version(browser).await;
        let view_before = (browser.rows().await, browser.snippet("nftables").await);
        assert_eq!(browser.count_visible(".update").await, 0, "there is no new build yet");

        build_next(folder.path(), &old_version);
        look_for_update(browser).await;
        browser
            .until("document.documentElement.dataset.update === 'ready'")
            .await;
        assert_eq!(browser.count_visible(".update").await, 1);
        let offer = browser.text(".update").await.unwrap_or_default();
        assert!(offer.contains("A new version is ready"), "{offer}");

        // Nobody has to take it now: the old page goes on.
        assert_eq!(version(browser).await, old_version);
        let narrower = RULES.replace("&platform", "&state=required&platform");
        browser.choose("state", "required").await;
        browser.shows(&narrower).await;
        browser.choose("state", "required").await;
        browser.shows(RULES).await;

        browser.click(".update [data-reload]").await;
        browser
            .until(&format!(
                "document.querySelector('script[data-version=\"{NEXT_VERSION}\"]')"
            ))
            .await;
        browser.shows(RULES).await;
        assert_eq!((browser.rows().await, browser.snippet("nftables").await), view_before);
        assert_eq!(browser.count("link[href='./style-next.css']").await, 1);
        assert_eq!(browser.count_visible(".update").await, 0, "the page is the new build");
        let caches: Vec<String> = browser.ask("caches.keys()").await;
        assert_eq!(caches, [format!("exchange-ports-{NEXT_VERSION}")]);

        works_offline(browser).await;
        cut_the_network(browser).await;
        browser.open(RULES).await;
        assert_eq!(version(browser).await, NEXT_VERSION);
    });
}

#[test]
fn the_same_build_is_not_offered_again() {
    walk(async |browser| {
        browser.open("#/").await;
        works_offline(browser).await;
        for _ in 0..2 {
            browser.reload().await;
            browser.shows("#/").await;
            look_for_update(browser).await;
        }
        assert_eq!(browser.count("html[data-update]").await, 0);
        assert_eq!(browser.count_visible(".update").await, 0);
    });
}

/// Puts the next build where the old one was: another version, other names, the old names gone.
fn build_next(folder: &Path, old_version: &str) {
    let index = fs::read_to_string(folder.join("index.html")).expect("the page can be read");
    let style = index
        .split_once("rel=\"stylesheet\" href=\"./")
        .and_then(|(_, rest)| rest.split('"').next())
        .expect("the page has a style sheet");
    fs::rename(folder.join(style), folder.join("style-next.css")).expect("the style sheet is there");
    for name in ["index.html", "sw.js"] {
        let old = fs::read_to_string(folder.join(name)).expect("the file can be read");
        assert!(old.contains(old_version) && old.contains(style), "{name}");
        let next = old.replace(old_version, NEXT_VERSION).replace(style, "style-next.css");
        fs::write(folder.join(name), next).expect("the file can be written");
    }
}

/// Asks Chromium to do now what it does when a reader comes back.
async fn look_for_update(browser: &Browser) {
    let found: bool = browser
        .ask("navigator.serviceWorker.getRegistration().then(worker => worker.update()).then(() => true)")
        .await;
    assert!(found);
}

async fn version(browser: &Browser) -> String {
    browser
        .ask("document.querySelector('script[data-version]').dataset.version")
        .await
}

async fn works_offline(browser: &Browser) {
    browser
        .until("document.documentElement.dataset.offline === 'ready'")
        .await;
}

/// For the page, and for its service worker too.
async fn cut_the_network(browser: &mut Browser) {
    browser.site.stop();
    let offline = json!({ "offline": true, "latency": 0, "downloadThroughput": 0, "uploadThroughput": 0 });
    browser.command("Network.emulateNetworkConditions", offline).await;
    let is_kept: bool = browser.ask("fetch('catalog.json').then(() => true, () => false)").await;
    assert!(!is_kept, "something still answers");
    let complaints = browser.complaints().await;
    assert!(
        matches!(&complaints[..], [complaint] if complaint.contains("net::ERR_")),
        "{complaints:#?}"
    );
}
