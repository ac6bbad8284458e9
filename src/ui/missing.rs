//! What stands in place of something that is loaded later.

use yew::{Html, html};

use crate::link::Loaded;

/// Why it is not there.
pub fn missing(loaded: Loaded) -> Html {
    let words = match loaded {
        Loaded::Failed => "This part could not be loaded. Reload the page when there is a network again.",
        Loaded::NotYet | Loaded::Here => "This part is on its way …",
    };
    html! { <p class="soft para">{ words }</p> }
}
