//! Keys and focus.

use gloo::events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent};

use super::{document, window};

/// Calls back for each key that is pressed anywhere.
pub fn on_key(mut call: impl FnMut(&KeyboardEvent) + 'static) -> EventListener {
    let options = EventListenerOptions::enable_prevent_default();
    EventListener::new_with_options(&document(), "keydown", options, move |event| {
        if let Some(event) = event.dyn_ref::<KeyboardEvent>() {
            call(event);
        }
    })
}

/// Whether the focus is where keys write text.
pub fn is_in_field() -> bool {
    let focused = document().active_element();
    focused.is_some_and(|element| ["INPUT", "SELECT", "TEXTAREA"].contains(&element.tag_name().as_str()))
}

/// Puts the focus into the search box.
pub fn focus_search() {
    let search = document().query_selector("input[type=search]").ok().flatten();
    if let Some(search) = search.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        // An element that cannot take the focus leaves it where it is.
        drop(search.focus());
    }
}

/// Brings an element into sight, and the focus with it if it can take it.
pub fn go_to(id: &str) {
    let element = document()
        .get_element_by_id(id)
        .and_then(|element| element.dyn_into::<HtmlElement>().ok());
    if let Some(element) = element {
        element.scroll_into_view();
        drop(element.focus());
    }
}

/// Shows the top of the page.
pub fn scroll_to_top() {
    window().scroll_to_with_x_and_y(0.0, 0.0);
}

/// Selects the text of an element, so that the reader can copy it by hand.
pub fn select_text(element: &HtmlElement) {
    if let Ok(Some(selection)) = window().get_selection() {
        drop(selection.select_all_children(element));
    }
}
