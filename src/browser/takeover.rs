//! Taking over from the prerendered page: what a reader did before the app was there must not be lost, and what the
//! page knows the app need not bring.

use std::cell::RefCell;

use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

use super::{document, window};

struct Before {
    scroll: f64,
    /// The selection in the search box, if the focus was there.
    selection: Option<(Option<u32>, Option<u32>)>,
}

thread_local! {
    static BEFORE: RefCell<Option<Before>> = const { RefCell::new(None) };
}

fn search_box() -> Option<HtmlInputElement> {
    document()
        .query_selector("input[type=search]")
        .ok()
        .flatten()?
        .dyn_into()
        .ok()
}

/// Remembers scroll, focus and caret of the prerendered page; gives what was typed into its search box.
pub fn remember() -> String {
    let search = search_box();
    let focused = document().active_element();
    let is_focused = |input: &&HtmlInputElement| focused.as_ref() == Some(input.as_ref());
    let selection = search.as_ref().filter(is_focused).map(|input| {
        let ends = (input.selection_start(), input.selection_end());
        (ends.0.ok().flatten(), ends.1.ok().flatten())
    });
    BEFORE.set(Some(Before {
        scroll: window().scroll_y().unwrap_or_default(),
        selection,
    }));
    search.map(|input| input.value()).unwrap_or_default()
}

/// The purposes of all flows, as the prerendered list tells them.
pub fn purposes() -> Vec<&'static str> {
    let sentences = document().get_elements_by_class_name("why");
    let sentence = |index| Some(&*sentences.item(index)?.text_content()?.leak());
    (0..sentences.length()).filter_map(sentence).collect()
}

/// Restores what was remembered, once.
pub fn restore() {
    let Some(before) = BEFORE.take() else { return };
    if let (Some((start, end)), Some(search)) = (before.selection, search_box()) {
        // Where the browser refuses, the reader presses a key more; nothing is lost.
        drop(search.focus());
        drop(search.set_selection_start(start));
        drop(search.set_selection_end(end));
    }
    window().scroll_to_with_x_and_y(0.0, before.scroll);
}
