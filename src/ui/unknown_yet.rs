//! Pages whose addresses are fixed, and whose content is not there yet.

use yew::{Html, html};

use crate::link::{Page, View, print};

/// Says so, and leads back.
pub fn unknown_yet(view: &View) -> Html {
    let title = if view.page == Page::Connections {
        "Connections"
    } else {
        "Compare"
    };
    html! {
        <>
            <h1>{ title }</h1>
            <p class="intro">
                { "This page is not part of this edition. Its address will work when it is. " }
                <a href={print(&view.on(Page::List))}>{ "Back to the flows" }</a>
            </p>
        </>
    }
}
