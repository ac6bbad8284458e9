//! The page as a whole: its title, its theme, and what it tells tests and scripts.

use web_sys::Element;

use super::document;
use crate::link::Theme;

/// The root element, which tells scripts and styles about the page.
pub fn root() -> Element {
    document().document_element().expect("a document has a root")
}

/// The element that the app lives in.
pub fn mount() -> Element {
    document().get_element_by_id("app").expect("index.html has the element")
}

/// The size of the site in one file, if this page offers it.
pub fn single_file_bytes() -> Option<usize> {
    let meta = document().get_element_by_id("single-file")?;
    meta.get_attribute("content")?.parse().ok()
}

fn set(name: &str, value: &str) {
    root().set_attribute(name, value).expect("the name is one of ours");
}

/// Says that the page is interactive.
pub fn mark_ready() {
    set("data-ready", "");
}

/// Says which view is wholly in the document: its canonical fragment.
pub fn show_view(fragment: &str) {
    set("data-view", fragment);
}

/// Sets the title of the window.
pub fn set_title(title: &str) {
    document().set_title(title);
}

/// Sets the theme.
pub fn set_theme(theme: Theme) {
    set("data-theme", theme.slug());
}
