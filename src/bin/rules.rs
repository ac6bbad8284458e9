//! The rules as a module of their own, which the page loads once it is interactive: platforms are many, and nobody
//! needs one before the first paint.

use exchange_ports::catalog::{Flow, flow, give_words, words};
use exchange_ports::firewall::{Place, Snippet};
use exchange_ports::link::{Draft, State};
use wasm_bindgen::prelude::wasm_bindgen;

/// What a platform writes, and what a reader should know before using it.
#[wasm_bindgen(getter_with_clone)]
pub struct Written {
    /// One file that the platform's own tool loads as it is.
    pub rules: String,
    /// The commands that apply and verify it.
    pub apply: String,
    /// The commands that undo it.
    pub undo: String,
    /// What is known of the platform: its reference, whether running the file twice is safe, its limits; one in a line.
    pub facts: String,
    /// What cannot stand in the file, because the format has no comments; one remark in a line.
    pub remarks: String,
    /// Warnings, one in a line, each a sentence without capital and full stop.
    pub warnings: String,
}

const MISSING: &str = "without addresses there is nothing to write for some zones: give them above";

/// What the platform of an address writes for flows; nothing if the address names none.
///
/// `flows` lists the ids of the flows that match. `refused` lists the places for which only addresses were typed that
/// could not be read: they are no part of an address, and must not count as silent. Both are separated by commas.
#[wasm_bindgen]
pub fn write(address: &str, flows: &str, refused: &str) -> Option<Written> {
    let unread = |place| Draft {
        place,
        text: String::new(),
        typed: true,
    };
    let drafts = refused.split(',').filter_map(Place::from_slug).map(unread).collect();
    let state = State::open(address, drafts, None);
    let flows: Vec<&'static Flow> = flows.split(',').filter_map(flow).collect();
    let policy = state.policy(&flows);
    let platform = state.platform()?;
    let Snippet {
        rules,
        apply,
        undo,
        remarks,
    } = platform.write(&policy);
    let facts = platform.facts();
    let missing = (policy.missing_addresses() > 0).then(|| MISSING.to_owned());
    let warnings: Vec<String> = missing
        .into_iter()
        .chain(policy.warnings.iter().map(ToString::to_string))
        .collect();
    Some(Written {
        facts: [facts.reference, facts.twice, facts.limits].join("\n"),
        rules,
        apply,
        undo,
        remarks: remarks.join("\n"),
        warnings: warnings.join("\n"),
    })
}

fn main() {
    give_words(words().to_vec());
}
