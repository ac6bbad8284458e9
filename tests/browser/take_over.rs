//! From the prerendered page to the app: nothing jumps, nothing is lost.

use exchange_ports::catalog::flows;
use serde_json::json;

use super::browser::Browser;
use super::walk::walk;

const DEEP_LINKS: [&str; 5] = [
    "#/?version=2019&from=internet&to=server-lan&platform=nftables&addr.server-lan=10.0.0.10",
    "#/flow/smtp-in",
    "#/port/443",
    "#/topology",
    "#/about",
];

#[test]
fn the_whole_list_can_be_read_without_javascript() {
    walk(async |browser| {
        let without = json!({ "value": true });
        browser.command("Emulation.setScriptExecutionDisabled", without).await;
        browser.goto(&format!("{}/", browser.site.address)).await;
        assert_eq!(
            browser.count("html[data-ready], html[data-route]").await,
            0,
            "a script ran"
        );
        shows_whole_list(browser).await;
        let hint = browser.text("noscript").await.unwrap_or_default();
        assert!(hint.contains("need JavaScript"), "{hint}");
        assert_eq!(browser.count_visible("noscript p").await, 1);
    });
}

#[test]
fn the_whole_list_is_there_before_the_app() {
    walk(async |browser| {
        for bare in ["", "#", "#/"] {
            open_before_the_app(browser, bare).await;
            assert_eq!(browser.count("html[data-route=list]").await, 1, "{bare}");
            shows_whole_list(browser).await;
        }
    });
}

async fn shows_whole_list(browser: &Browser) {
    let ids: Vec<&str> = flows().iter().map(|flow| flow.id).collect();
    assert_eq!(browser.rows().await, ids);
    assert_eq!(browser.count_visible("[data-flow]").await, ids.len());
    assert_eq!(browser.status().await, format!("{0} of {0} flows", ids.len()));
    shows_head(browser).await;
}

async fn shows_head(browser: &Browser) {
    assert_eq!(browser.count_visible("header").await, 1);
    assert_eq!(browser.count_visible("input[type=search]").await, 1);
}

#[test]
fn before_the_app_a_deep_link_shows_nothing_that_does_not_belong_to_it() {
    walk(async |browser| {
        for width in [1440, 390] {
            resize(browser, width).await;
            for link in DEEP_LINKS {
                open_before_the_app(browser, link).await;
                assert_eq!(browser.count("html[data-route=other]").await, 1, "{link}");
                // They are there, but out of sight.
                assert_eq!(browser.count("[data-flow]").await, flows().len(), "{link}");
                for other in ["[data-flow]", "main", "h1", "[role=status]", "aside", "footer", ".jump"] {
                    assert_eq!(
                        browser.count_visible(other).await,
                        0,
                        "{link} shows {other} at {width} pixels"
                    );
                }
                shows_head(browser).await;
            }
        }
    });
}

#[test]
fn it_says_that_it_has_stopped_working_only_once_it_has() {
    walk(async |browser| {
        open_before_the_app(browser, "#/").await;
        assert_eq!(browser.count("#broken").await, 1);
        assert_eq!(browser.count_visible("#broken").await, 0, "it says so before it starts");
        browser.site.let_go();
        browser.shows("#/").await;
        assert_eq!(browser.count_visible("#broken").await, 0, "it says so while it works");
        assert_eq!(browser.alert().await, None);

        browser
            .run("setTimeout(() => { throw new Error('out of order') })")
            .await;
        browser.until("document.querySelector('#broken[role=alert]')").await;
        assert_eq!(browser.count_visible("#broken button").await, 1);
        browser
            .run("document.documentElement.removeAttribute('data-view')")
            .await;
        browser.click("#broken button").await;
        browser.shows("#/").await;
        assert_eq!(browser.count("#broken[role=alert]").await, 0);

        let complaints = browser.complaints().await;
        let is_expected = |complaint: &String| complaint.contains("out of order");
        assert!(complaints.iter().all(is_expected), "{complaints:#?}");
    });
}

#[test]
fn what_was_typed_before_the_app_is_searched_for_and_can_be_typed_on() {
    walk(async |browser| {
        open_before_the_app(browser, "#/").await;
        browser.type_words("smtp").await;
        browser
            .run("document.activeElement.setSelectionRange(1, 3); scrollTo(0, 150);")
            .await;
        let before = reader(browser).await;
        assert_eq!(before, ("search".to_owned(), 1, 3, 150));

        browser.site.let_go();
        browser.shows("#/?q=smtp").await;
        assert_eq!(browser.words().await, "smtp");
        assert_eq!(reader(browser).await, before);
        assert!(browser.rows().await.len() < flows().len());
    });
}

/// Where a reader is: the id of what has the focus, its selection, and how far the page is scrolled.
async fn reader(browser: &Browser) -> (String, u32, u32, u32) {
    browser
        .ask("[document.activeElement.id, document.activeElement.selectionStart, document.activeElement.selectionEnd, scrollY]")
        .await
}

#[test]
fn a_reader_stays_where_the_list_was_scrolled_to() {
    walk(async |browser| {
        for width in [1440, 390] {
            resize(browser, width).await;
            open_before_the_app(browser, "#/").await;
            // Step by step, so that the rows on the way have been in sight and have their true heights.
            let steps: String = browser
                .ask(
                    "(async () => {
                        for (let step = 0; step < 20; step++) {
                            scrollBy(0, 300);
                            await new Promise(requestAnimationFrame);
                        }
                        return 'done';
                    })()",
                )
                .await;
            assert_eq!(steps, "done");
            let before = first_row_in_sight(browser).await;
            assert!(before.1.abs() < 400, "{before:?}");
            browser.site.let_go();
            browser.shows("#/").await;
            assert_eq!(first_row_in_sight(browser).await, before, "at {width} pixels");
            assert_eq!(browser.ask::<String>("document.activeElement.localName").await, "body");
        }
    });
}

/// The first row in sight, and how far below the top of the window it begins.
async fn first_row_in_sight(browser: &Browser) -> (String, i32) {
    browser
        .ask(
            "Array.from(document.querySelectorAll('[data-flow]'), row => {
                const { top, bottom } = row.getBoundingClientRect();
                return [row.dataset.flow, Math.round(top), bottom];
            }).find(([, , bottom]) => bottom > 0).slice(0, 2)",
        )
        .await
}

#[test]
fn nothing_moves_when_the_app_takes_over() {
    walk(async |browser| {
        let mut all = Vec::new();
        for width in [1440, 390] {
            resize(browser, width).await;
            for link in ["#/"].iter().chain(&DEEP_LINKS) {
                take_over(browser, link).await;
                let moves = moves(browser).await;
                all.extend(moves.iter().map(|what| format!("{link} at {width} pixels: {what}")));
            }
        }
        assert_eq!(all, Vec::<String>::new());
    });
}

#[test]
fn nothing_moves_for_a_reader_who_comes_back() {
    walk(async |browser| {
        let mut all = Vec::new();
        for theme in ["light", "dark"] {
            browser.open("#/").await;
            browser.click("button.theme").await;
            browser
                .until(&format!("document.documentElement.dataset.theme === '{theme}'"))
                .await;
            for width in [1440, 390] {
                resize(browser, width).await;
                for link in ["#/", "#/?version=2019"] {
                    take_over(browser, link).await;
                    let moves = moves(browser).await;
                    all.extend(
                        moves
                            .iter()
                            .map(|what| format!("{link}, {theme}, at {width} pixels: {what}")),
                    );
                }
            }
        }
        assert_eq!(all, Vec::<String>::new());
    });
}

#[test]
fn nothing_moves_where_the_firewall_of_the_last_visit_is_shown() {
    walk(async |browser| {
        browser.open("#/").await;
        browser.choose("platform", "nftables").await;
        browser.shows("#/?platform=nftables").await;
        take_over(browser, "#/?version=2019&from=internet&to=server-lan").await;
        assert!(browser.count("pre").await > 0, "the last visit is forgotten");
        assert_eq!(moves(browser).await, Vec::<String>::new());
        take_over(browser, "#/").await;
        assert_eq!(moves(browser).await, Vec::<String>::new());
    });
}

#[test]
fn a_move_would_be_noticed() {
    walk(async |browser| {
        take_over(browser, "#/").await;
        browser
            .run("document.body.prepend(Object.assign(document.createElement('p'), { textContent: 'A jump' }))")
            .await;
        assert_ne!(moves(browser).await, Vec::<String>::new());
    });
}

/// Opens a link as on a first visit, and holds the app back until the site lets it go.
async fn open_before_the_app(browser: &Browser, link: &str) {
    for (command, parameters) in [
        ("Network.setBypassServiceWorker", json!({ "bypass": true })),
        ("Network.setCacheDisabled", json!({ "cacheDisabled": true })),
        (
            "Page.addScriptToEvaluateOnNewDocument",
            json!({ "source": format!("{{{NOTE_MOVES}}}") }),
        ),
    ] {
        browser.command(command, parameters).await;
    }
    browser.site.hold_back(".wasm");
    browser.leave().await;
    browser.goto(&format!("{}/{link}", browser.site.address)).await;
    browser
        .until("performance.getEntriesByName('first-contentful-paint').length > 0")
        .await;
    assert_eq!(
        browser.count("html[data-ready], html[data-view]").await,
        0,
        "the app is there"
    );
}

/// Lets the app take over once the prerendered page is painted.
async fn take_over(browser: &Browser, link: &str) {
    open_before_the_app(browser, link).await;
    // What moves while a page is still arriving depends on the network; here it is about the app alone.
    browser.until("document.readyState !== 'loading'").await;
    moves(browser).await;
    browser.run("moveObserver.takeRecords(); moves.length = 0").await;
    browser.site.let_go();
    browser.shows(link).await;
}

/// Notes what moves without a reader having asked for it, while it can still be named.
const NOTE_MOVES: &str = "
    const named = ({ node, previousRect: old, currentRect: now }) => {
        const element = node?.nodeType === Node.TEXT_NODE ? node.parentElement : node;
        const name = element?.outerHTML.slice(0, 80) ?? 'what is gone';
        return `${name} from ${old.x},${old.y} to ${now.x},${now.y}`;
    };
    const told = ({ value, sources }) => `${value}: ${sources.map(named).join('; ')}`;
    window.moves ??= [];
    window.moveObserver ??= new PerformanceObserver(list => moves.push(...list.getEntries().map(told)));
    moveObserver.observe({ type: 'layout-shift' });
    window.allMoves ??= () => [...moves, ...moveObserver.takeRecords().map(told)];
";

/// What moved since the app took over.
async fn moves(browser: &Browser) -> Vec<String> {
    // The first frame draws what is there now, the second finds it measured.
    browser
        .ask("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(allMoves()))))")
        .await
}

async fn resize(browser: &Browser, width: u32) {
    let window = json!({ "width": width, "height": 900, "deviceScaleFactor": 1, "mobile": false });
    browser.command("Emulation.setDeviceMetricsOverride", window).await;
}
