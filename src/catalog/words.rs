//! What speaks in each flow, and why, in the words that people read.
//!
//! The page already holds these words when the app starts, in the list that it shows first. So the app does not carry
//! them a second time: it takes them from there. Everywhere else they are in the program.

use std::sync::OnceLock;

use super::flow::Flow;
use super::tables;

/// The words of a flow.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Words {
    /// What speaks.
    pub service: &'static str,
    /// Why it speaks.
    pub purpose: &'static str,
}

static WORDS: OnceLock<Vec<Words>> = OnceLock::new();

impl Flow {
    /// What speaks.
    pub fn service(&self) -> &'static str {
        self.words().service
    }

    /// Why it speaks.
    pub fn purpose(&self) -> &'static str {
        self.words().purpose
    }

    /// Its words; empty ones if nobody gave any.
    #[cfg(target_arch = "wasm32")]
    fn words(&self) -> Words {
        let given = WORDS.get().and_then(|words| words.get(usize::from(self.position)));
        given.copied().unwrap_or_default()
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn words(&self) -> Words {
        WORDS.get_or_init(|| words().to_vec())[usize::from(self.position)]
    }
}

/// Gives the words of all flows, in catalogue order, once. A list of another length is none.
pub fn give_words(words: Vec<Words>) {
    if words.len() == tables::FLOWS.len() {
        // Whoever gives them again gives the same.
        drop(WORDS.set(words));
    }
}

/// The words as they stand in the catalogue. Only programs that say this name carry them.
pub fn words() -> &'static [Words] {
    &tables::WORDS
}
