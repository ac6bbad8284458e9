//! The page of each port, readable without JavaScript.

use std::collections::BTreeSet;
use std::fs;

use exchange_ports::catalog::{Flow, PortRange, flows, texts};
use serde_json::json;

use super::browser::Browser;
use super::site::{self, SUB_PATH};
use super::walk::walk;

#[test]
fn a_port_page_says_everything_without_javascript() {
    walk(async |browser| {
        let without = json!({ "value": true });
        browser.command("Emulation.setScriptExecutionDisabled", without).await;
        for root in ["/", SUB_PATH] {
            for number in [25, 443] {
                browser
                    .goto(&format!("{}{root}port/{number}/", browser.site.address))
                    .await;
                assert_eq!(browser.count("script").await, 0);
                assert!(is_styled(browser).await, "port {number} under {root} has no style");
                says_everything(browser, number).await;
            }
        }
    });
}

async fn says_everything(browser: &Browser, number: u16) {
    let title: String = browser.ask("document.title").await;
    assert_eq!(title, format!("Port {number} and Microsoft Exchange Server"));
    let description: String = browser
        .ask("document.querySelector('meta[name=description]').content")
        .await;
    assert!(description.contains(&format!("port {number} ")), "{description}");
    assert_eq!(browser.count("h1").await, 1);
    assert_eq!(browser.text("h1").await, Some(format!("Port {number}")));

    let expected = flows_of(number);
    assert!(!expected.is_empty());
    assert_eq!(browser.rows().await, ids(number));
    assert_eq!(browser.count_visible("[data-flow]").await, expected.len());
    let texts = texts().expect("the long texts are there");
    for flow in expected {
        let row = format!("document.querySelector(`[data-flow='{}']`).closest('tbody')", flow.id);
        let said: String = browser.ask(&format!("{row}.textContent")).await;
        let sources = &texts.of(flow).sources;
        assert!(!sources.is_empty(), "{}", flow.id);
        for source in sources {
            for part in [source.title, source.location] {
                assert!(said.contains(part), "{} does not name “{part}”: {said}", flow.id);
            }
        }
    }
}

/// The flows of a port, in catalogue order.
fn flows_of(number: u16) -> Vec<&'static Flow> {
    let port = PortRange::new(number, number).expect("a port");
    flows().iter().filter(|flow| flow.uses(port)).collect()
}

fn ids(number: u16) -> Vec<&'static str> {
    flows_of(number).into_iter().map(|flow| flow.id).collect()
}

/// Whether the style sheet was found: it makes the head of the page a grid.
async fn is_styled(browser: &Browser) -> bool {
    browser
        .ask("getComputedStyle(document.querySelector('header')).display === 'grid'")
        .await
}

#[test]
fn a_port_page_leads_into_the_app() {
    walk(async |browser| {
        for root in ["/", SUB_PATH] {
            let site = format!("{}{root}", browser.site.address);
            browser.goto(&format!("{site}port/443/")).await;
            assert_eq!(browser.count("a[href='../../#/port/443']").await, 1);
            browser.click("a[href='../../#/port/443']").await;
            browser.shows("#/port/443").await;
            let address: String = browser.ask("location.href").await;
            assert_eq!(address, format!("{site}#/port/443"));
            assert_eq!(browser.rows().await, ids(443));
        }
    });
}

#[test]
fn every_link_of_a_port_page_leads_into_the_app() {
    walk(async |browser| {
        for number in [25, 443] {
            let root = format!("{}/", browser.site.address);
            browser.goto(&format!("{root}port/{number}/")).await;
            let links: BTreeSet<String> = browser
                .ask("Array.from(document.querySelectorAll('a'), link => link.href)")
                .await;
            let leads_nowhere = |link: &&String| !link.starts_with(&format!("{root}#/"));
            let nowhere: Vec<&String> = links.iter().filter(leads_nowhere).collect();
            assert!(nowhere.is_empty(), "port {number}: {nowhere:#?}");
        }
    });
}

#[test]
fn a_port_page_has_no_control_that_does_nothing() {
    walk(async |browser| {
        browser.goto(&format!("{}/port/443/", browser.site.address)).await;
        assert_eq!(browser.count("button, input, select, textarea").await, 0);
    });
}

#[test]
fn every_port_that_stands_alone_in_the_catalogue_has_a_page() {
    let folders = fs::read_dir(site::folder().join("port")).expect("there are port pages");
    let built: BTreeSet<u16> = folders
        .map(|folder| folder.expect("the folder can be read").file_name())
        .map(|name| name.to_str().and_then(|name| name.parse().ok()).expect("a port"))
        .collect();
    assert_eq!(built, single_ports());
}

#[test]
fn every_port_page_has_one_heading_and_each_flow_once() {
    walk(async |browser| {
        browser.open("#/").await;
        for number in single_ports() {
            let (headings, rows, title): (Vec<String>, Vec<String>, String) = browser
                .ask(&format!(
                    "fetch('port/{number}/').then(page => page.text()).then(html => {{
                        const page = new DOMParser().parseFromString(html, 'text/html');
                        return [
                            Array.from(page.querySelectorAll('h1'), heading => heading.textContent),
                            Array.from(page.querySelectorAll('[data-flow]'), row => row.dataset.flow),
                            page.title,
                        ];
                    }})"
                ))
                .await;
            assert_eq!(headings, [format!("Port {number}")]);
            assert_eq!(rows, ids(number), "port {number}");
            assert!(title.starts_with(&format!("Port {number} ")), "{title}");
        }
    });
}

fn single_ports() -> BTreeSet<u16> {
    let ranges = flows()
        .iter()
        .flat_map(|flow: &Flow| flow.ports)
        .map(|ports| ports.range);
    ranges
        .filter(|range| range.first() == range.last())
        .map(PortRange::first)
        .collect()
}
