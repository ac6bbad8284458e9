//! What the page may do, and that it does no more.

use super::browser::Browser;
use super::site;
use super::walk::walk;

const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
    img-src 'self' data:; connect-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; \
    form-action 'none'";

/// A look at every kind of page, with rules, notices and open rows.
const TOUR: [&str; 8] = [
    "#/?version=2019&platform=nftables&addr.server-lan=10.0.0.10",
    "#/flow/smtp-in?platform=change-request-csv",
    "#/port/443?version=nonsense",
    "#/topology",
    "#/static-ports",
    "#/compare?old=2010&new=2019",
    "#/embed",
    "#/about",
];

#[test]
fn the_content_security_policy_is_as_narrow_as_it_can_be() {
    walk(async |browser| {
        browser.open("#/").await;
        let policies: Vec<String> = browser
            .ask(
                "Array.from(document.querySelectorAll('meta[http-equiv=Content-Security-Policy]'), tag => tag.content)",
            )
            .await;
        assert_eq!(policies, [POLICY]);
    });
}

#[test]
fn the_served_page_holds_no_inline_script_or_style() {
    walk(async |browser| {
        browser.open("#/").await;
        let inline: Vec<String> = browser
            .ask(
                "fetch('.').then(page => page.text()).then(html => {
                    const all = new DOMParser().parseFromString(html, 'text/html').querySelectorAll('*');
                    const isInline = element => element.localName === 'style'
                        || element.localName === 'script' && (!element.src || element.text)
                        || element.getAttributeNames().some(name => name === 'style' || name.startsWith('on'));
                    return Array.from(all).filter(isInline).map(element => element.outerHTML);
                })",
            )
            .await;
        assert_eq!(inline, Vec::<String>::new());
    });
}

#[test]
fn the_live_page_has_no_inline_style_and_no_foreign_element() {
    walk(async |browser| {
        for view in TOUR {
            browser.open(view).await;
            let foreign = "[style], style, img, svg, iframe, object, embed, base, form, script:not([src])";
            assert_eq!(browser.count(foreign).await, 0, "{view}");
        }
    });
}

#[test]
fn what_a_reader_types_never_reaches_the_server() {
    walk(async |browser| {
        for view in TOUR {
            browser.open(view).await;
        }
        browser.type_words("secret-words").await;
        browser.shows("#/?q=secret-words").await;
        browser.open("#/?from=internet&to=server-lan").await;
        browser.type_addresses("server-lan", "192.0.2.77").await;
        browser
            .shows("#/?from=internet&to=server-lan&addr.server-lan=192.0.2.77")
            .await;
        browser.reload().await;
        browser.view().await;

        let folder = site::folder();
        let is_file = |path: &String| folder.join(path.trim_start_matches('/')).exists();
        let asked = browser.site.requests();
        assert!(asked.iter().all(is_file), "{asked:?}");
    });
}

#[test]
fn lasting_storage_holds_no_address() {
    walk(async |browser| {
        browser
            .open("#/?from=internet&to=server-lan&platform=nftables&addr.server-lan=192.0.2.77")
            .await;
        browser.choose("platform", "change-request-csv").await;
        browser
            .shows("#/?from=internet&to=server-lan&platform=change-request-csv&addr.server-lan=192.0.2.77")
            .await;
        browser
            .type_addresses("server-lan", "192.0.2.78 mail.example.com")
            .await;
        browser
            .shows("#/?from=internet&to=server-lan&platform=change-request-csv&addr.server-lan=192.0.2.78")
            .await;
        let kept: String = browser.ask("JSON.stringify(localStorage)").await;
        assert!(kept.contains("change-request-csv"), "{kept}");
        assert!(!kept.contains("192.0.2") && !kept.contains("example"), "{kept}");
    });
}

#[test]
fn an_inline_script_would_be_reported() {
    walk(async |browser| {
        browser.open("#/").await;
        browser
            .run(
                "const script = document.createElement('script');
                 script.textContent = 'window.ran = true';
                 document.body.append(script);",
            )
            .await;
        assert!(!browser.ask::<bool>("'ran' in window").await);
        expect_complaints(browser, "Content Security Policy").await;
    });
}

#[test]
fn an_error_in_the_page_would_be_reported() {
    walk(async |browser| {
        browser.open("#/").await;
        browser.run("console.error('out of order')").await;
        expect_complaints(browser, "out of order").await;
    });
}

#[test]
fn a_request_to_elsewhere_would_be_reported() {
    walk(async |browser| {
        browser.open("#/").await;
        let elsewhere = "http://elsewhere.invalid/";
        assert!(browser.chromium.driver.goto(elsewhere).await.is_err());
        // A page that cannot be reached is asked for again and again while it is shown.
        browser.open("#/").await;
        expect_complaints(browser, elsewhere).await;
    });
}

/// Takes what there is to complain about, which is this and nothing else.
async fn expect_complaints(browser: &mut Browser, about: &str) {
    let complaints = browser.complaints().await;
    let is_expected = |complaint: &String| complaint.contains(about);
    assert!(
        !complaints.is_empty() && complaints.iter().all(is_expected),
        "{complaints:#?}"
    );
}
