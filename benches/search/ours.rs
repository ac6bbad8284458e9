//! The search of the site as a module, to be timed beside other libraries.

use exchange_ports::catalog::{flows, give_words, words};
use exchange_ports::query::{Index, search};
use wasm_bindgen::prelude::wasm_bindgen;

/// An index of the catalogue.
#[wasm_bindgen]
pub struct Search(Index);

#[wasm_bindgen]
impl Search {
    /// The catalogue, so many times over.
    #[wasm_bindgen(constructor)]
    pub fn new(times: usize) -> Self {
        let repeated = std::iter::repeat_n(flows(), times).flatten();
        Self(Index::new(repeated.collect()))
    }

    /// The id of the first flow that a question finds.
    pub fn first(&self, question: &str) -> Option<String> {
        let found = search(&self.0, question, false);
        found.first().map(|flow| flow.id.to_owned())
    }
}

fn main() {
    give_words(words().to_vec());
}
