//! What people see: Yew components, one per file.

mod about;
mod address_field;
mod answer;
mod app;
mod copy_button;
mod deployments;
mod encryption_mark;
mod facets;
mod flow_detail;
mod flow_row;
mod flow_table;
mod fold;
mod footer;
mod header;
mod late;
mod missing;
mod name_field;
mod nothing_found;
mod notices;
mod platform_picker;
mod ports_mark;
#[cfg(not(target_arch = "wasm32"))]
pub mod prerender;
mod question;
mod rule_choices;
mod rules;
mod screen;
mod search_box;
mod snippet;
mod static_ports;
mod unknown_yet;
mod version_strip;
mod zone_mark;

use std::rc::Rc;

use crate::browser;
use crate::catalog::give_words;
use crate::link::{Action, State};

/// Puts the app into the page, in the place of the prerendered list.
pub fn start() {
    let typed = browser::remember();
    give_words(browser::words());
    let preferences = browser::preferences();
    let mut opened = State::open(&browser::fragment(), browser::drafts(), preferences.platform);
    if !typed.is_empty() {
        opened = opened.reduce(Action::Search(typed));
    }
    let props = app::Props {
        opened: Rc::new(opened),
        theme: preferences.theme,
        single_file_bytes: browser::single_file_bytes(),
    };
    yew::Renderer::<app::App>::with_root_and_props(browser::mount(), props).render();
}
