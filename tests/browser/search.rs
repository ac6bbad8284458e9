//! The search box: what it ranks, marks, completes, and says when nothing is found.

use thirtyfour::Key;

use super::browser::Browser;
use super::walk::walk;

const BOX: &str = "input[type=search]";

async fn active(browser: &Browser) -> Option<String> {
    let script = "(id => id && document.getElementById(id).textContent)(document.activeElement.getAttribute('aria-activedescendant'))";
    browser.ask(script).await
}

/// What is marked as found, in the order of the page.
async fn marked(browser: &Browser) -> Vec<String> {
    browser
        .ask("Array.from(CSS.highlights.get('found'), range => range.toString())")
        .await
}

#[test]
fn the_closest_flow_comes_first_and_what_was_found_is_marked() {
    walk(async |browser| {
        browser.open("").await;
        browser.type_words("activsync").await;
        browser.shows("#/?q=activsync").await;
        assert_eq!(browser.rows().await[0], "web-eas");
        assert_eq!(marked(browser).await[0], "ActiveSync");
        browser.open("#/?q=993").await;
        assert_eq!(browser.rows().await[0], "client-imap4s");
        assert_eq!(marked(browser).await[0], "993");
        browser.open("").await;
        assert_eq!(marked(browser).await, [""; 0]);
    });
}

#[test]
fn rows_keep_the_order_of_each_question_when_questions_follow_each_other() {
    walk(async |browser| {
        browser.open("").await;
        for (letters, view) in [("ldap", "#/?q=ldap"), (" dc", "#/?q=ldap%20dc")] {
            browser.type_words(letters).await;
            browser.shows(view).await;
            let typed = browser.rows().await;
            browser.leave().await;
            browser.open(view).await;
            assert_eq!(browser.rows().await, typed, "{view}");
        }
    });
}

#[test]
fn arrows_and_enter_choose_a_value_which_becomes_a_facet_and_no_word() {
    walk(async |browser| {
        browser.open("").await;
        browser.type_words("owa 2019").await;
        browser.shows("#/?q=owa%202019").await;
        browser.press(BOX, Key::Down).await;
        assert_eq!(active(browser).await.as_deref(), Some("version: 2019"));
        browser.press(BOX, Key::Enter).await;
        browser.shows("#/?q=owa&version=2019").await;
        assert_eq!(browser.words().await, "owa");
        assert_eq!(browser.count_visible("[role=option]").await, 0);
    });
}

#[test]
fn a_click_on_a_port_filters_by_it() {
    walk(async |browser| {
        browser.open("").await;
        browser.type_words("6432").await;
        browser.shows("#/?q=6432").await;
        browser.until("document.querySelector('[role=option]')").await;
        browser.click("[role=option]").await;
        browser.shows("#/?port=64327").await;
        assert!(browser.rows().await.contains(&"dag-replication".to_owned()));
        assert_eq!(browser.words().await, "");
    });
}

#[test]
fn enter_on_a_flow_opens_its_page_and_escape_closes_the_list_only() {
    walk(async |browser| {
        browser.open("").await;
        browser.type_words("autodisc").await;
        browser.shows("#/?q=autodisc").await;
        browser.press(BOX, Key::Escape).await;
        assert_eq!(browser.count_visible("[role=option]").await, 0);
        assert_eq!(browser.words().await, "autodisc");
        browser.press(BOX, Key::Down).await;
        browser.press(BOX, Key::Enter).await;
        browser.shows("#/flow/web-autodiscover-https?q=autodisc").await;
    });
}

#[test]
fn nothing_found_says_why_and_one_button_leads_out() {
    walk(async |browser| {
        browser.open("#/?q=dag&version=5.5").await;
        let said = browser.text(".nothing").await.expect("it says something");
        assert!(said.contains("“Version” excludes every flow"), "{said}");
        assert!(said.contains("Nearest: DAG replication and seeding"), "{said}");
        browser.click(".nothing button").await;
        browser.shows("#/?q=dag").await;
        assert_eq!(browser.text(".nothing").await, None);

        browser.open("#/?q=imap%20qqqqqq").await;
        let said = browser.text(".nothing").await.expect("it says something");
        assert!(said.contains("“qqqqqq” is in no flow"), "{said}");
        browser.click(".nothing button").await;
        browser.shows("#/?q=imap").await;
        assert_eq!(browser.words().await, "imap");
    });
}
