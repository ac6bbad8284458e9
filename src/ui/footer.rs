//! The foot of the page.

use yew::{Html, html};

use crate::catalog::{date, flows};
use crate::link::{Page, View, print};

/// The foot.
pub fn footer(view: &View, single_file_bytes: Option<usize>) -> Html {
    html! {
        <footer class="foot">
            <p>
                { format!("{} flows, Exchange 5.5 to SE. Catalogue of ", flows().len()) }<time>{ date() }</time>
                { ". Nothing you type leaves this page." }
            </p>
            <p>
                <a href={print(&view.on(Page::About))}>{ "About" }</a>
                // One file on a disk has no neighbours, so it offers none.
                if let Some(bytes) = single_file_bytes {
                    <a href="catalog.json">{ "catalog.json" }</a>
                    <a href="exchange-ports.html" download="exchange-ports.html">
                        { format!("Save as one file, {} KB", bytes.div_ceil(1000)) }
                    </a>
                }
            </p>
        </footer>
    }
}
