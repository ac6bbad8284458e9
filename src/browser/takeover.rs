//! Taking over from the prerendered page: what a reader did before the app was there must not be lost, and what the
//! page knows the app need not bring.

use std::cell::RefCell;

use gloo::timers::callback::Timeout;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlCollection, HtmlInputElement};

use super::page::root;
use super::{document, window};
use crate::catalog::Words;

struct Before {
    scroll: f64,
    /// The first row in sight, if the page is scrolled.
    row: Option<Row>,
    /// The selection in the search box, if the focus was there.
    selection: Option<(Option<u32>, Option<u32>)>,
}

/// A row of the list and how far below the top of the window it begins.
struct Row {
    flow: String,
    top: f64,
}

/// Makes `style/flows.css` lay out all rows, in sight or not.
const ALL_DRAWN: &str = "data-all-drawn";
const DRAWN_MS: u32 = 100;

impl Row {
    /// Scrolls so that it begins where it began.
    fn hold(&self) {
        // Rows out of sight have guessed heights, other ones than those that the reader had scrolled by. Once all have
        // been drawn, the browser remembers the true ones.
        drop(root().set_attribute(ALL_DRAWN, ""));
        let same = document().query_selector(&format!("[data-flow='{}']", self.flow));
        if let Ok(Some(same)) = same {
            window().scroll_by_with_x_and_y(0.0, same.get_bounding_client_rect().top() - self.top);
        }
        Timeout::new(DRAWN_MS, || drop(root().remove_attribute(ALL_DRAWN))).forget();
    }
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
    let scroll = window().scroll_y().unwrap_or_default();
    let typed = search.map(|input| input.value()).unwrap_or_default();
    // Words put rows into another order, in which none has a place to keep.
    let keeps_row = scroll > 0.0 && typed.is_empty();
    BEFORE.set(Some(Before {
        scroll,
        row: if keeps_row { first_row_in_sight() } else { None },
        selection,
    }));
    typed
}

fn first_row_in_sight() -> Option<Row> {
    let rows = document().get_elements_by_tag_name("tbody");
    let mut rows = (0..rows.length()).filter_map(|index| rows.item(index));
    let in_sight = |row: Element| {
        let place = row.get_bounding_client_rect();
        let flow = row.get_attribute("data-flow").filter(|_| place.bottom() > 0.0)?;
        Some(Row { flow, top: place.top() })
    };
    rows.find_map(in_sight)
}

/// The words of all flows, as the prerendered list tells them.
pub fn words() -> Vec<Words> {
    let services = document().get_elements_by_class_name("what");
    let purposes = document().get_elements_by_class_name("why");
    let text = |elements: &HtmlCollection, index| Some(&*elements.item(index)?.text_content()?.leak());
    let words = |index| {
        Some(Words {
            service: text(&services, index)?,
            purpose: text(&purposes, index)?,
        })
    };
    (0..services.length()).filter_map(words).collect()
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
    if let Some(row) = before.row {
        row.hold();
    }
}
