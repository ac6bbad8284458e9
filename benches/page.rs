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

use exchange_ports::link::{parse, print};
use exchange_ports::site::sizes;
use serde_json::{Value, json};

use browser::Browser;
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

/// A phone of the middle class beside a developer's machine.
const SLOWDOWN: u32 = 4;

/// After a keystroke the view is whole within 500 ms; then nothing more is to come.
const SETTLED: Duration = Duration::from_millis(600);

fn main() {
    let (mut machine, mut keystrokes, mut clicks) = (String::new(), Vec::new(), Vec::new());
    walk(async |browser| {
        machine = describe_machine(browser).await;
        slow_down(browser).await;
        keystrokes = measure_keystrokes(browser).await;
        clicks = measure_clicks(browser).await;
    });
    println!("{machine}\n");
    println!("| {SLOWDOWN} × slowdown, ms | n | median | p95 | worst |");
    println!("|---|--:|--:|--:|--:|");
    print_times("keystroke, work of the main thread", keystrokes);
    print_times("click on a facet until painted", clicks);

    let (_, bytes) = sizes(&site::folder()).expect("the site can be measured");
    println!("\nUntil ready, brotli: {bytes} bytes\n");

    println!("| Lighthouse, mobile, median of {RUNS} | {} |", lighthouse::CATEGORIES.join(" | "));
    println!("|---|--:|--:|--:|--:|");
    for (title, page) in PAGES {
        let runs = lighthouse::scores(&site::folder(), page, RUNS);
        let medians = [0, 1, 2, 3].map(|category| {
            let scores = sorted(runs.iter().map(|run| run[category]).collect());
            format!("{:.0}", quantile(&scores, 50))
        });
        println!("| {title} | {} |", medians.join(" | "));
    }
}

async fn describe_machine(browser: &Browser) -> String {
    let date: String = browser.ask("new Date().toISOString().slice(0, 10)").await;
    let chromium = answer(browser, "Browser.getVersion").await;
    let cpus = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = cpus.lines().find_map(|line| line.strip_prefix("model name")?.split(": ").nth(1));
    let cores = thread::available_parallelism().map_or(0, usize::from);
    format!(
        "{date}, {}, {cores} cores, {}",
        model.unwrap_or("unknown processor"),
        chromium["product"].as_str().unwrap_or("unknown browser")
    )
}

async fn slow_down(browser: &Browser) {
    browser.command("Performance.enable", json!({})).await;
    browser.open("").await;
    browser
        .command("Emulation.setCPUThrottlingRate", json!({ "rate": SLOWDOWN }))
        .await;
}

/// The work of each keystroke, in milliseconds.
async fn measure_keystrokes(browser: &Browser) -> Vec<f64> {
    browser.run("document.querySelector('input[type=search]').focus()").await;
    let mut work = Vec::new();
    for query in QUERIES {
        for end in 1..=query.len() {
            work.push(measure_key(browser, &query[..end], &query[end - 1..end]).await);
        }
        for end in (0..query.len()).rev() {
            work.push(measure_key(browser, &query[..end], "\u{8}").await);
        }
    }
    work
}

/// Presses a key and tells how long the main thread was busy until everything had settled.
///
/// Chromium's own sum over all tasks: script, style, layout and paint, whether the app does them at once or later. The
/// page is left alone meanwhile, since whatever watches it in there would be counted as well.
async fn measure_key(browser: &Browser, expected: &str, key: &str) -> f64 {
    let before = busy(browser).await;
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
    thread::sleep(SETTLED);
    let after = busy(browser).await;
    browser.shows(&print(&parse(&format!("#/?q={expected}")).view)).await;
    1000.0 * (after - before)
}

/// How long the main thread has been busy so far, in seconds.
async fn busy(browser: &Browser) -> f64 {
    let answer = answer(browser, "Performance.getMetrics").await;
    let metrics = answer["metrics"].as_array().expect("metrics are a list");
    let tasks = metrics.iter().find(|metric| metric["name"] == "TaskDuration");
    tasks.and_then(|tasks| tasks["value"].as_f64()).expect("Chromium sums up its tasks")
}

/// From each click to the first frame that shows its view, in milliseconds.
async fn measure_clicks(browser: &Browser) -> Vec<f64> {
    browser.open("#/").await;
    let values: Vec<(String, String)> = browser
        .ask("Array.from(document.querySelectorAll('fieldset input:enabled'), input => [input.name, input.value])")
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
    println!("| {title} | {} | {median:.1} | {p95:.1} | {worst:.1} |", times.len());
}

fn sorted(mut values: Vec<f64>) -> Vec<f64> {
    values.sort_by(f64::total_cmp);
    values
}

/// The smallest value that so many percent of all do not exceed.
fn quantile(sorted: &[f64], percent: usize) -> f64 {
    sorted[(sorted.len() * percent).div_ceil(100) - 1]
}
