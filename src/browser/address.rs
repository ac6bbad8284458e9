//! The text after `#` in the address bar, and the history behind Back and Forward.

use gloo::events::EventListener;
use wasm_bindgen::JsValue;

use super::window;
use crate::link::History;

/// The text after `#`, with the `#`; empty if there is none.
pub fn fragment() -> String {
    window().location().hash().unwrap_or_default()
}

/// The whole address of a fragment, to be used elsewhere.
pub fn full_address(fragment: &str) -> String {
    let page = window().location().href().unwrap_or_default();
    let page = page.split('#').next().unwrap_or_default();
    format!("{page}{fragment}")
}

/// Puts a fragment into the address bar. Nothing happens if it is there already.
pub fn write_address(fragment: &str, history: History) {
    if self::fragment() == fragment {
        return;
    }
    let entries = window().history();
    let written = entries.and_then(|entries| match history {
        History::Keep => Ok(()),
        History::Replace => entries.replace_state_with_url(&JsValue::NULL, "", Some(fragment)),
        History::Push => entries.push_state_with_url(&JsValue::NULL, "", Some(fragment)),
    });
    // A browser may refuse, for instance after very many entries; the page works all the same.
    drop(written);
}

/// Calls back with the new fragment when the reader goes to another one.
pub fn on_change(mut call: impl FnMut(String) + 'static) -> EventListener {
    EventListener::new(&window(), "hashchange", move |_| call(fragment()))
}
