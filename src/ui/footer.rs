//! The foot of the page.

use yew::{Html, html};

use crate::catalog::{date, flows};
use crate::link::{Page, View, print};

/// The foot.
pub fn footer(view: &View) -> Html {
    html! {
        <footer class="foot">
            <p>
                { format!("{} flows, Exchange 5.5 to SE. Catalogue of ", flows().len()) }<time>{ date() }</time>
                { ". Nothing you type leaves this page." }
            </p>
            <p>
                <a href={print(&view.on(Page::About))}>{ "About" }</a>
                <a href="catalog.json">{ "catalog.json" }</a>
            </p>
        </footer>
    }
}
