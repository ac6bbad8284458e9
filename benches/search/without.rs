//! What the module of the search weighs without it: the catalogue alone.

use exchange_ports::catalog::{Flow, flow, give_words, words};
use wasm_bindgen::prelude::wasm_bindgen;

/// What speaks in a flow, and why.
#[wasm_bindgen]
pub fn text(id: &str) -> Option<String> {
    let text = |flow: &Flow| [flow.service(), flow.purpose()].join("\n");
    flow(id).map(text)
}

fn main() {
    give_words(words().to_vec());
}
