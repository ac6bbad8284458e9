//! Links made to break the page: their texts stay texts.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use super::browser::Browser;
use super::walk::walk;

#[test]
fn hostile_texts_in_a_link_stay_texts() {
    walk(async |browser| {
        browser.open(&link("%21")).await;
        let (elements, harmless) = (elements(browser).await, commands(browser).await);
        assert!(harmless.contains(" accept "), "{harmless}");
        for text in hostile_texts() {
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
        let list = "#/?version=5.5";
        browser.open(list).await;
        let elements = elements(browser).await;
        for text in hostile_texts() {
            for page in ["flow", "port"] {
                assert_eq!(
                    browser.open(&format!("#/{page}/{text}?version=5.5")).await,
                    list,
                    "{text}"
                );
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
        "addr.server-lan",
        "flow",
        "port",
        "platform",
        "at",
        text,
    ];
    let pairs: Vec<String> = keys.iter().map(|key| format!("&{key}={text}")).collect();
    let good = "#/?version=2019&from=internet&to=server-lan&platform=nftables&addr.server-lan=10.0.0.1";
    good.to_owned() + pairs.concat().as_str()
}

/// Everything that a reader may paste into a machine.
async fn commands(browser: &Browser) -> String {
    browser
        .ask("Array.from(document.querySelectorAll('pre'), pre => pre.textContent).join('')")
        .await
}

/// How many elements there are that could run or load something.
async fn elements(browser: &Browser) -> usize {
    browser
        .count("script, img, iframe, svg, object, embed, link, style, base, form, textarea")
        .await
}

/// Part of every hostile text, so that it is found wherever it gets to.
const MARK: &str = "7hostile7";

/// Texts that mean something to HTML, JavaScript, a shell, a firewall, a spreadsheet or a terminal, percent-encoded.
fn hostile_texts() -> impl Iterator<Item = String> {
    let long = ["9", "é", "\u{301}"].map(|letter| format!("{MARK}{}", letter.repeat(10_000)));
    let short = HOSTILE.iter().map(|text| text.replace('@', MARK));
    short
        .chain(long)
        .map(|text| utf8_percent_encode(&text, NON_ALPHANUMERIC).to_string())
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
