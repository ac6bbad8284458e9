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
mod footer;
mod header;
mod notices;
mod platform_picker;
mod ports_mark;
mod question;
mod rule_choices;
mod rules;
mod snippet;
mod static_ports;
mod unknown_yet;
mod version_strip;
mod zone_mark;

use crate::browser;
use crate::link::State;

/// Puts the app into the page.
pub fn start() {
    let props = app::Props {
        opened: State::open(&browser::fragment(), browser::drafts()),
        preferences: browser::preferences(),
    };
    yew::Renderer::<app::App>::with_root_and_props(browser::mount(), props).render();
}
