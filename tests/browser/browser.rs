//! A browser in the words of a reader: going, doing, seeing.

use std::time::Instant;

use exchange_ports::link::{parse, print};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use thirtyfour::error::{WebDriverError, WebDriverResult};
use thirtyfour::{By, Key, WebDriver, WebElement};

use super::chromium::{Chromium, DEADLINE, Driver};
use super::site::Site;

/// A browser on the site.
pub struct Browser {
    pub site: Site,
    pub driver: Driver,
    pub chromium: Chromium,
    /// Of Chromium, as far as they are known yet.
    pub complaints: Vec<String>,
}

/// Going somewhere.
impl Browser {
    /// Opens an address of the site, given from the `#` on, and tells which view it shows.
    pub async fn open(&self, fragment: &str) -> String {
        self.open_under("/", fragment).await
    }

    /// The same where the site stands under a path.
    pub async fn open_under(&self, path: &str, fragment: &str) -> String {
        let address = format!("{}{path}{fragment}", self.site.address);
        let view = print(&parse(fragment).view);
        // What is still there must not answer for what is to come, even if both are the same view.
        self.run("document.documentElement.removeAttribute('data-view')").await;
        if self.ask::<String>("location.href").await == address {
            self.reload().await;
        } else {
            self.goto(&address).await;
        }
        self.shows(&view).await;
        view
    }

    /// Leaves the site, so that the next address opens a new document.
    pub async fn leave(&self) {
        self.goto("data:,").await;
    }

    pub async fn goto(&self, address: &str) {
        must(address, self.web().goto(address).await);
    }

    pub async fn back(&self) {
        must("back", self.web().back().await);
    }

    pub async fn forward(&self) {
        must("forward", self.web().forward().await);
    }

    pub async fn reload(&self) {
        must("reload", self.web().refresh().await);
    }
}

/// Doing something.
impl Browser {
    pub async fn click(&self, selector: &str) {
        must(selector, self.find(selector).await.click().await);
    }

    pub async fn click_words(&self, words: &str) {
        let link_or_button = format!("//*[self::a or self::button or self::summary][normalize-space()='{words}']");
        let element = must(words, self.web().find(By::XPath(link_or_button)).await);
        must(words, element.click().await);
    }

    /// Chooses a value of a facet, a platform or another choice with a name, or drops it.
    pub async fn choose(&self, name: &str, value: &str) {
        self.click(&format!("label:has(> input[name='{name}'][value='{value}'])"))
            .await;
    }

    pub async fn tick(&self, flow: &str) {
        self.click(&format!("[data-flow='{flow}'] input[type=checkbox]")).await;
    }

    /// Opens the row of a flow and gives everything that it then says.
    pub async fn open_row(&self, flow: &str) -> String {
        self.click(&format!("[data-flow='{flow}'] button[aria-expanded]")).await;
        let row = format!("document.querySelector(`[data-flow='{flow}']`).closest('tbody')");
        // The long texts may come later than the row.
        self.until(&format!(
            "{row}.querySelector(`[aria-expanded='true']`) && {row}.querySelector('dl')"
        ))
        .await;
        self.ask(&format!("{row}.innerText")).await
    }

    /// Presses "Copy link" beside the rules and gives what is then in the clipboard.
    pub async fn copy_link(&self) -> String {
        let permission = json!({ "permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"] });
        self.command("Browser.grantPermissions", permission).await;
        // The button answers for two seconds only, so somebody has to be looking before it is pressed.
        self.run(
            "const button = document.querySelector('.copy-link button');
             const changes = { subtree: true, childList: true, characterData: true };
             window.answer = new Promise(done =>
                 new MutationObserver(() => done(button.textContent)).observe(button, changes));",
        )
        .await;
        self.click(".copy-link button").await;
        assert_eq!(self.ask::<String>("window.answer").await, "Copied");
        self.ask("navigator.clipboard.readText()").await
    }

    /// Types into the search box, after what stands there.
    pub async fn type_words(&self, words: &str) {
        must(words, self.find("input[type=search]").await.send_keys(words).await);
    }

    /// Types into a field, after what stands there.
    pub async fn type_into(&self, selector: &str, text: &str) {
        must(text, self.find(selector).await.send_keys(text).await);
    }

    /// Presses a key in a field.
    pub async fn press(&self, selector: &str, key: Key) {
        must(selector, self.find(selector).await.send_keys(key + "").await);
    }

    /// Types into the address field of a zone or role, after what stands there.
    pub async fn add_addresses(&self, place: &str, text: &str) {
        must(text, self.find(&address_field(place)).await.send_keys(text).await);
    }

    /// Types into the address field of a zone or role, in place of what stands there.
    pub async fn type_addresses(&self, place: &str, text: &str) {
        let field = self.find(&address_field(place)).await;
        for keys in [Key::Control + "a", text.into()] {
            must(text, field.send_keys(keys).await);
        }
    }
}

/// Seeing something.
impl Browser {
    /// The view that is wholly in the document.
    pub async fn view(&self) -> String {
        self.until("document.documentElement.dataset.view").await;
        self.ask("document.documentElement.dataset.view").await
    }

    /// Waits until a view is wholly in the document.
    pub async fn shows(&self, view: &str) {
        self.until(&format!("document.documentElement.dataset.view === {}", json!(view)))
            .await;
    }

    /// The ids of the flows, in the order in which they are shown.
    pub async fn rows(&self) -> Vec<String> {
        self.ask("Array.from(document.querySelectorAll('[data-flow]'), row => row.dataset.flow)")
            .await
    }

    /// How many flows match: the text of the one status.
    pub async fn status(&self) -> String {
        let texts: Vec<String> = self.texts("[role=status]").await;
        let [text] = &texts[..] else {
            panic!("one status is to be there, not {texts:?}")
        };
        text.clone()
    }

    /// The notice, if there is one.
    pub async fn alert(&self) -> Option<String> {
        self.text("[role=alert]").await
    }

    /// The rules for a platform, if the page promises them.
    pub async fn snippet(&self, platform: &str) -> Option<String> {
        self.text(&format!("pre[data-platform='{platform}']")).await
    }

    /// What stands in the search box.
    pub async fn words(&self) -> String {
        self.ask("document.querySelector('input[type=search]').value").await
    }

    /// What stands in the address field of a zone or role.
    pub async fn addresses(&self, place: &str) -> String {
        self.ask(&format!("document.querySelector('{}').value", address_field(place)))
            .await
    }

    /// What is said about the text of an address field.
    pub async fn remark(&self, place: &str) -> Option<String> {
        self.text(&format!("#addr-{place}-remarks")).await
    }

    /// The text of the first element, if there is one.
    pub async fn text(&self, selector: &str) -> Option<String> {
        self.texts(selector).await.into_iter().next()
    }

    async fn texts(&self, selector: &str) -> Vec<String> {
        let selector = json!(selector);
        self.ask(&format!(
            "Array.from(document.querySelectorAll({selector}), element => element.textContent)"
        ))
        .await
    }

    /// How many elements can be seen, here or by scrolling.
    pub async fn count_visible(&self, selector: &str) -> usize {
        let selector = json!(selector);
        self.ask(&format!(
            "Array.from(document.querySelectorAll({selector}))
                .filter(element => element.checkVisibility({{ visibilityProperty: true }})).length"
        ))
        .await
    }

    pub async fn count(&self, selector: &str) -> usize {
        self.ask(&format!("document.querySelectorAll({}).length", json!(selector)))
            .await
    }
}

/// Asking the site.
impl Browser {
    /// The flows of `catalog.json`.
    pub async fn catalog_flows(&self) -> Vec<Value> {
        self.ask("fetch('catalog.json').then(file => file.json()).then(catalog => catalog.flows)")
            .await
    }
}

/// The ways to the page that everything above takes.
impl Browser {
    /// The value of an expression in the page; a promise is waited for.
    pub async fn ask<T: DeserializeOwned>(&self, expression: &str) -> T {
        let answer = self.web().execute(format!("return {expression}"), []).await;
        must(expression, must(expression, answer).convert())
    }

    /// Runs statements in the page.
    pub async fn run(&self, statements: &str) {
        must(statements, self.web().execute(statements, []).await);
    }

    /// Waits until a condition holds, looking once a frame.
    pub async fn until(&self, condition: &str) {
        let script = format!(
            "const done = arguments[0];
             const look = () => ({condition}) ? done() : requestAnimationFrame(look);
             look();"
        );
        if let Err(error) = self.web().execute_async(script, []).await {
            let page: Value = self
                .ask("[location.href, document.documentElement.dataset.view ?? null]")
                .await;
            panic!("never came: {condition}\nthe page is {page}\n{}", brief(&error));
        }
    }

    /// Waits for something outside of the page, looking once a frame.
    pub async fn until_outside(&self, what: &str, is_there: impl Fn() -> bool) {
        let deadline = Instant::now() + DEADLINE;
        while !is_there() {
            assert!(Instant::now() < deadline, "{what} never came");
            let drawn = self
                .web()
                .execute_async("requestAnimationFrame(arguments[0])", [])
                .await;
            must(what, drawn);
        }
    }

    /// Sends a command to Chromium, past the page, and gives its answer.
    pub async fn command(&self, name: &str, parameters: Value) -> Value {
        must(name, self.web().cdp().send_raw(name, parameters).await)
    }

    async fn find(&self, selector: &str) -> WebElement {
        must(selector, self.web().find(By::Css(selector)).await)
    }

    fn web(&self) -> &WebDriver {
        &self.chromium.driver
    }
}

fn address_field(place: &str) -> String {
    format!("input#addr-{place}")
}

/// The value, or a failure of the test that says what was tried.
fn must<T>(what: &str, result: WebDriverResult<T>) -> T {
    result.unwrap_or_else(|error| panic!("{what}: {}", brief(&error)))
}

/// An error without the stack of chromedriver.
fn brief(error: &WebDriverError) -> String {
    let text = error.to_string();
    text.split("Stacktrace:").next().unwrap_or_default().trim().to_owned()
}
