//! Links and fields with nonsense in them: it is told, nothing is lost, nothing breaks.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use super::browser::{Browser, walk};

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

/// Part of every hostile text, so that it is found wherever it gets to.
const MARK: &str = "7hostile7";

/// Sixty texts that mean something to HTML, JavaScript, a shell, a firewall, a spreadsheet or a terminal.
fn hostile_texts() -> Vec<String> {
    let long = ["9", "é", "\u{301}"].map(|letter| format!("{MARK}{}", letter.repeat(10_000)));
    let short = HOSTILE.iter().map(|text| text.replace('@', MARK));
    short.chain(long).collect()
}

const HOSTILE: [&str; 57] = [
    "@\"",
    "@'",
    "@`",
    "@\\",
    "@\" onfocus=\"alert(1)",
    "@' onfocus='alert(1)",
    "\"><@",
    "<script>alert('@')</script>",
    "</script><script>alert('@')</script>",
    "<img src=x onerror=alert('@')>",
    "<svg onload=alert('@')>",
    "<iframe srcdoc='@'>",
    "<!--@",
    "]]>@",
    "</pre>@",
    "</textarea><b>@",
    "&lt;b&gt;@",
    "&#60;@",
    "javascript:alert('@')",
    "data:text/html,@",
    "${@}",
    "{{@}}",
    "#{@}",
    "%{@}",
    "$(@)",
    "`@`",
    "@; reboot",
    "@ && reboot",
    "@ | reboot",
    "@ > /etc/passwd",
    "@\nreboot",
    "@\r\nreboot",
    "@\treboot",
    "\n@",
    "# @",
    "*/ @ /*",
    "-- @",
    "\" accept; } table inet @ {",
    "' OR '1'='1 @",
    "=cmd|'/c calc'!@",
    "+@",
    "-@",
    "..\\..\\@",
    "../../@",
    "@\0",
    "@\u{1b}[2J",
    "@\u{7}",
    "\u{202e}@\u{202c}",
    "\u{2066}@\u{2069}",
    "\u{200b}@\u{200d}",
    "\u{feff}@",
    "\u{2028}@\u{2029}",
    "\u{fffe}@\u{ffff}",
    "@\u{10ffff}",
    "@👩‍👩‍👧‍👦",
    "@ß→ﬃİ",
    "%2527@%252f",
];

#[test]
fn hostile_texts_in_a_link_stay_texts() {
    walk(async |browser| {
        browser.open(&link("%21")).await;
        let (elements, harmless) = (elements(browser).await, commands(browser).await);
        assert!(harmless.contains(" accept "), "{harmless}");
        for text in hostile_texts() {
            let text = utf8_percent_encode(&text, NON_ALPHANUMERIC).to_string();
            browser.open(&link(&text)).await;
            assert_eq!(commands(browser).await, harmless, "{text}");
            assert!(browser.alert().await.is_some(), "{text}");
            assert_eq!(self::elements(browser).await, elements, "{text}");
        }
    });
}

#[test]
fn hostile_words_in_a_search_stay_words() {
    walk(async |browser| {
        browser.open("#/?q=nothing&platform=nftables").await;
        let elements = elements(browser).await;
        for text in hostile_texts() {
            let text = utf8_percent_encode(&text, NON_ALPHANUMERIC).to_string();
            browser.open(&format!("#/?q={text}&platform=nftables")).await;
            assert!(browser.status().await.starts_with("0 of "), "{text}");
            let commands = commands(browser).await;
            assert!(!commands.contains(MARK), "{text}: {commands}");
            assert_eq!(self::elements(browser).await, elements, "{text}");
        }
    });
}

#[test]
fn hostile_paths_lead_to_the_list() {
    walk(async |browser| {
        browser.open("#/").await;
        let elements = elements(browser).await;
        for text in hostile_texts() {
            let text = utf8_percent_encode(&text, NON_ALPHANUMERIC).to_string();
            for page in ["flow", "port"] {
                assert_eq!(browser.open(&format!("#/{page}/{text}")).await, "#/", "{text}");
                assert!(browser.alert().await.is_some(), "{text}");
            }
            assert_eq!(self::elements(browser).await, elements, "{text}");
        }
    });
}

/// A link in which a text stands for everything that a link can say in free words.
fn link(text: &str) -> String {
    let keys = [
        "name",
        "as.internet",
        "addr.client-lan",
        "flow",
        "port",
        "platform",
        "at",
        text,
    ];
    let pairs: Vec<String> = keys.iter().map(|key| format!("&{key}={text}")).collect();
    format!("{VIEW}&addr.server-lan=10.0.0.1{}", pairs.concat())
}

/// Everything that a reader may paste into a machine.
async fn commands(browser: &Browser) -> String {
    browser
        .ask("Array.from(document.querySelectorAll('pre'), pre => pre.textContent).join('')")
        .await
}

/// How many elements there are that could run or load something.
async fn elements(browser: &Browser) -> (usize, usize) {
    let scripts = browser.ask("document.scripts.length").await;
    (
        scripts,
        browser
            .count("img, iframe, svg, object, embed, link, style, base, form, textarea")
            .await,
    )
}
