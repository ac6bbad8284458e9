//! What outlives a reload: the theme and the last platform for good, unread texts of fields for the session.
//!
//! Addresses and pasted texts never go into the lasting storage.

use web_sys::Storage;

use super::window;
use crate::catalog::{Role, Vocabulary, Zone};
use crate::firewall::{Place, Platform};
use crate::link::{Draft, Preferences, Theme};

// A browser may refuse storage; then nothing is remembered and everything else works.

fn lasting() -> Option<Storage> {
    window().local_storage().ok().flatten()
}

fn session() -> Option<Storage> {
    window().session_storage().ok().flatten()
}

fn get(storage: Option<Storage>, key: &str) -> Option<String> {
    storage?.get_item(key).ok().flatten()
}

fn put(storage: Option<Storage>, key: &str, value: &str) {
    drop(storage.map(|storage| storage.set_item(key, value)));
}

fn remove(storage: Option<Storage>, key: &str) {
    drop(storage.map(|storage| storage.remove_item(key)));
}

const THEME: &str = "theme";
const PLATFORM: &str = "platform";

/// What the reader chose last.
pub fn preferences() -> Preferences {
    let theme = get(lasting(), THEME).and_then(|theme| Theme::find(&theme));
    let platform = get(lasting(), PLATFORM).and_then(|id| Platform::find(&id));
    Preferences {
        theme: theme.unwrap_or_default(),
        platform,
    }
}

/// Remembers the theme.
pub fn keep_theme(theme: Theme) {
    put(lasting(), THEME, theme.slug());
}

/// Remembers the platform.
pub fn keep_platform(platform: &Platform) {
    put(lasting(), PLATFORM, platform.id);
}

fn places() -> impl Iterator<Item = Place> {
    let zones = Zone::ALL.iter().copied().map(Place::Zone);
    zones.chain(Role::ALL.iter().copied().map(Place::Role))
}

fn draft_key(place: Place) -> String {
    format!("draft.{}", place.slug())
}

/// The texts of address fields that could not be read when the page was left.
pub fn drafts() -> Vec<Draft> {
    let draft = |place| {
        let text = get(session(), &draft_key(place))?;
        Some(Draft {
            place,
            text,
            typed: true,
        })
    };
    places().filter_map(draft).collect()
}

/// Keeps these drafts and forgets all others.
pub fn keep_drafts(drafts: &[Draft]) {
    for place in places() {
        match drafts.iter().find(|draft| draft.typed && draft.place == place) {
            Some(draft) => put(session(), &draft_key(place), &draft.text),
            None => remove(session(), &draft_key(place)),
        }
    }
}
