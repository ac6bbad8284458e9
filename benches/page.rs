//! How fast the built site is: one table, with the machine that it was measured on.
//!
//! `make bench` builds the site and names its folder in `EXCHANGE_PORTS_SITE`. Figures of two machines, or of a machine
//! that was busy, do not compare.

#[allow(dead_code, reason = "the browser tests use the rest")]
#[path = "../tests/browser/browser.rs"]
mod browser;
#[path = "../tests/browser/chromium.rs"]
mod chromium;
mod lighthouse;
#[allow(dead_code, reason = "the browser tests use the rest")]
#[path = "../tests/browser/site.rs"]
mod site;
#[allow(dead_code, reason = "the browser tests use the rest")]
#[path = "../tests/browser/walk.rs"]
mod walk;

use std::time::Duration;
use std::{fs, thread};

use exchange_ports::catalog::{Vocabulary, Zone, flows};
use exchange_ports::firewall::Platform;
use exchange_ports::firewall::platform::PLATFORMS;
use exchange_ports::link::{parse, print};
use exchange_ports::site::sizes;
use serde_json::{Value, json};

use browser::Browser;
use lighthouse::Lighthouse;
use walk::walk;

/// What people type: 100 letters, each typed and deleted.
const QUERIES: [&str; 10] = [
    "activesync",
    "owa",
    "587",
    "6001-6004",
    "autodiscover",
    "smtp edge",
    "kerberos",
    "ldap global catalog",
    "outlook 2010",
    "hybrid cloud 25",
];

/// How many values of facets are chosen and dropped again, spread over all of them.
const VALUES: usize = 20;

const PAGES: [(&str, &str); 3] = [
    ("start page", ""),
    (
        "deep link",
        "#/?version=2019&from=internet&to=server-lan&platform=nftables",
    ),
    ("port page", "port/443/"),
];
const RUNS: usize = 5;

/// How often each platform writes.
const WRITTEN: usize = 20;

/// A phone of the middle class beside a developer's machine.
const SLOWDOWN: u32 = 4;

/// What follows an action follows within this time. A page that did next to nothing for so long has settled; a caret
/// blinks, and the question costs something too.
const PAUSE: Duration = Duration::from_millis(500);
const NEXT_TO_NOTHING: f64 = 0.025;

fn main() {
    walk(async |browser| {
        let (date, machine) = (today(browser).await, machine(browser).await);
        println!("| {date} | {machine} |\n|---|---|");
        for platform in PLATFORMS {
            let times = sorted(measure_rules(browser, platform).await);
            let [median, worst] = [50, 100].map(|percent| quantile(&times, percent));
            println!(
                "| Rules of the whole catalogue, {}, of {} | median {median:.1} ms, worst {worst:.1} ms |",
                platform.id,
                times.len()
            );
        }
        slow_down(browser).await;
        let first = measure_keystrokes(browser, measure_first_rows).await;
        print_times(
            "Keystroke until box, count and first 30 rows are drawn, the wait for the frame included",
            first,
        );
        let all = measure_keystrokes(browser, measure_key).await;
        print_times(
            "Keystroke: all work of the main thread, until everything has followed",
            all,
        );
        let nothing = measure_nothing(browser).await;
        print_times("The same without a key", nothing);
        let clicks = measure_clicks(browser).await;
        print_times("Click on a facet until it is painted", clicks);
    });
    let site = site::folder();
    // `make dist` compares it with the smallest Yew app; here nothing stands in that app's folder.
    let nothing = tempfile::tempdir().expect("a folder can be made");
    let (_, bytes) = sizes(&site, nothing.path()).expect("the site can be measured");
    println!("| Bytes until ready, brotli | {bytes} |");
    let lighthouse = Lighthouse::new(&site);
    for (title, page) in PAGES {
        let runs: Vec<[f64; 4]> = (0..RUNS).map(|_| lighthouse.scores(page)).collect();
        let medians = [0, 1, 2, 3].map(|category| {
            let scores = sorted(runs.iter().map(|run| run[category]).collect());
            format!("{} {:.0}", lighthouse::CATEGORIES[category], quantile(&scores, 50))
        });
        println!(
            "| Lighthouse, mobile, median of {RUNS}: {title} | {} |",
            medians.join(", ")
        );
    }
}

async fn today(browser: &Browser) -> String {
    browser.ask("new Date().toISOString().slice(0, 10)").await
}

async fn machine(browser: &Browser) -> String {
    let chromium = answer(browser, "Browser.getVersion").await;
    let (_, version) = chromium["product"]
        .as_str()
        .and_then(|product| product.split_once('/'))
        .unwrap_or_default();
    let cpus = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = cpus
        .lines()
        .find_map(|line| line.strip_prefix("model name")?.split_once(": "));
    let (_, model) = model.unwrap_or(("", "unknown processor"));
    let cores = thread::available_parallelism().map_or(0, usize::from);
    format!("{model}, {cores} cores, Chromium {version}")
}

/// How long the rules module takes to write the whole catalogue, in milliseconds.
async fn measure_rules(browser: &Browser, platform: &Platform) -> Vec<f64> {
    let zones = Zone::ALL.iter().enumerate();
    let addresses: Vec<String> = zones
        .map(|(number, zone)| format!("addr.{}=10.0.{number}.10,2001:db8:{number}::10", zone.slug()))
        .collect();
    let address = format!(
        "#/?platform={}&internal=ports&at=server-lan&{}",
        platform.id,
        addresses.join("&")
    );
    let ids: Vec<&str> = flows().iter().map(|flow| flow.id).collect();
    let script = format!(
        "(async () => {{
            const rules = await loadRules();
            return Array.from({{ length: {WRITTEN} }}, () => {{
                const start = performance.now();
                rules.write({}, {}, '').rules;
                return performance.now() - start;
            }});
        }})()",
        json!(address),
        json!(ids.join(","))
    );
    browser.open("#/").await;
    browser.ask(&script).await
}

async fn slow_down(browser: &Browser) {
    // The time that the thread really ran: what other programs take from it is not its work.
    browser
        .command("Performance.enable", json!({ "timeDomain": "threadTicks" }))
        .await;
    browser.open("").await;
    browser
        .command("Emulation.setCPUThrottlingRate", json!({ "rate": SLOWDOWN }))
        .await;
}

/// What each keystroke costs, in milliseconds.
async fn measure_keystrokes(browser: &Browser, measure: impl AsyncFn(&Browser, &str, &str) -> f64) -> Vec<f64> {
    browser
        .run("document.querySelector('input[type=search]').focus()")
        .await;
    let mut work = Vec::new();
    for query in QUERIES {
        for end in 1..=query.len() {
            work.push(measure(browser, &query[..end], &query[end - 1..end]).await);
        }
        for end in (0..query.len()).rev() {
            work.push(measure(browser, &query[..end], "\u{8}").await);
        }
    }
    work
}

/// What the way of measuring costs, and a blinking caret.
async fn measure_nothing(browser: &Browser) -> Vec<f64> {
    let mut work = Vec::new();
    for _ in 0..VALUES {
        let before = busy(browser).await;
        work.push(1000.0 * (settled(browser).await - before));
    }
    work
}

/// Presses a key and tells how long the main thread was busy until everything had settled.
///
/// Chromium's own sum over all tasks: script, style, layout and paint, whether the app does them at once or later. The
/// page is left alone meanwhile, since whatever watches it in there would be counted as well.
async fn measure_key(browser: &Browser, expected: &str, key: &str) -> f64 {
    let before = busy(browser).await;
    press(browser, key).await;
    let after = settled(browser).await;
    shows_words(browser, expected).await;
    1000.0 * (after - before)
}

/// Presses a key and tells how long it took until the thread was free again: script, style, layout, and where a frame
/// was due the painting too.
async fn measure_first_rows(browser: &Browser, expected: &str, key: &str) -> f64 {
    // The app draws in a microtask after the event, so in the next task it is done.
    browser
        .run(
            "window.first = new Promise(done => addEventListener('input', () => {
                 const start = performance.now();
                 const { port1, port2 } = new MessageChannel();
                 port1.onmessage = () => {
                     document.body.getBoundingClientRect();
                     done(performance.now() - start);
                 };
                 port2.postMessage(0);
             }, { capture: true, once: true }))",
        )
        .await;
    press(browser, key).await;
    let time = browser.ask("window.first").await;
    shows_words(browser, expected).await;
    time
}

async fn shows_words(browser: &Browser, words: &str) {
    browser.shows(&print(&parse(&format!("#/?q={words}")).view)).await;
}

async fn press(browser: &Browser, key: &str) {
    let (down, up) = if key == "\u{8}" {
        let key = json!({ "key": "Backspace", "code": "Backspace", "windowsVirtualKeyCode": 8 });
        (key.clone(), key)
    } else {
        (json!({ "key": key, "text": key }), json!({ "key": key }))
    };
    for (kind, mut event) in [("keyDown", down), ("keyUp", up)] {
        event["type"] = kind.into();
        browser.command("Input.dispatchKeyEvent", event).await;
    }
}

/// Waits until nothing more is to come, and tells how long the main thread has been busy by then, in seconds.
async fn settled(browser: &Browser) -> f64 {
    let mut before = busy(browser).await;
    loop {
        thread::sleep(PAUSE);
        let now = busy(browser).await;
        if now - before < NEXT_TO_NOTHING {
            return now;
        }
        before = now;
    }
}

/// How long the main thread has been busy so far, in seconds.
async fn busy(browser: &Browser) -> f64 {
    let answer = answer(browser, "Performance.getMetrics").await;
    let metrics = answer["metrics"].as_array().expect("metrics are a list");
    let tasks = metrics.iter().find(|metric| metric["name"] == "TaskDuration");
    tasks
        .and_then(|tasks| tasks["value"].as_f64())
        .expect("Chromium sums up its tasks")
}

/// From each click to the first frame that shows its view, in milliseconds.
async fn measure_clicks(browser: &Browser) -> Vec<f64> {
    browser.open("#/").await;
    let values: Vec<(String, String)> = browser
        .ask("Array.from(document.querySelectorAll('.facets fieldset input:enabled'), input => [input.name, input.value])")
        .await;
    let mut times = Vec::new();
    for (facet, value) in values.iter().step_by(values.len() / VALUES).take(VALUES) {
        for expected in [format!("#/?{facet}={value}"), "#/".to_owned()] {
            // A message that is sent in a frame arrives once the frame is painted.
            let watch = format!(
                "let clicked;
                 addEventListener('click', event => {{ clicked = event.timeStamp; }}, {{ capture: true, once: true }});
                 const root = document.documentElement;
                 window.painted = new Promise(done => new MutationObserver((_, observer) => {{
                     if (root.dataset.view !== {}) return;
                     observer.disconnect();
                     requestAnimationFrame(() => {{
                         const {{ port1, port2 }} = new MessageChannel();
                         port1.onmessage = () => done(performance.now() - clicked);
                         port2.postMessage(0);
                     }});
                 }}).observe(root, {{ attributeFilter: ['data-view'] }}));",
                json!(expected)
            );
            settled(browser).await;
            browser.run(&watch).await;
            browser.choose(facet, value).await;
            times.push(browser.ask("window.painted").await);
        }
    }
    times
}

async fn answer(browser: &Browser, command: &str) -> Value {
    let answer = browser.chromium.driver.cdp().send_raw(command, json!({})).await;
    answer.unwrap_or_else(|error| panic!("{command}: {error}"))
}

fn print_times(title: &str, times: Vec<f64>) {
    let times = sorted(times);
    let [median, p95, worst] = [50, 95, 100].map(|percent| quantile(&times, percent));
    println!(
        "| {title}, {SLOWDOWN} × slowdown, of {} | median {median:.1} ms, p95 {p95:.1} ms, worst {worst:.1} ms |",
        times.len()
    );
}

fn sorted(mut values: Vec<f64>) -> Vec<f64> {
    values.sort_by(f64::total_cmp);
    values
}

/// The smallest value that so many percent of all do not exceed.
fn quantile(sorted: &[f64], percent: usize) -> f64 {
    sorted[(sorted.len() * percent).div_ceil(100) - 1]
}
