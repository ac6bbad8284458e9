//! Why each flow speaks, in a sentence.
//!
//! The page already holds these sentences when the app starts, in the list that it shows first. So the app does not
//! carry them a second time: it takes them from there. Everywhere else they are in the program.

use std::sync::OnceLock;

use super::flow::Flow;
use super::tables;

static PURPOSES: OnceLock<Vec<&'static str>> = OnceLock::new();

impl Flow {
    /// Why it speaks; nothing if nobody gave the purposes.
    #[cfg(target_arch = "wasm32")]
    pub fn purpose(&self) -> &'static str {
        let known = PURPOSES
            .get()
            .and_then(|purposes| purposes.get(usize::from(self.position)));
        known.copied().unwrap_or_default()
    }

    /// Why it speaks.
    #[cfg(not(target_arch = "wasm32"))]
    pub fn purpose(&self) -> &'static str {
        PURPOSES.get_or_init(|| tables::PURPOSES.to_vec())[usize::from(self.position)]
    }
}

/// Gives the purposes of all flows, in catalogue order, once. A list of another length is none.
pub fn give_purposes(purposes: Vec<&'static str>) {
    if purposes.len() == tables::FLOWS.len() {
        // Whoever gives them again gives the same.
        drop(PURPOSES.set(purposes));
    }
}

/// The purposes as they stand in the catalogue. Only programs that say this name carry them.
pub fn purposes() -> &'static [&'static str] {
    &tables::PURPOSES
}
