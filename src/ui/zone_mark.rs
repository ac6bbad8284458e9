//! A zone: two letters in its colour, and its name.

use yew::{Html, classes, html};

use crate::catalog::{Vocabulary, Zone};

/// The class that sets the colour and the two letters of a zone, which `style/zones.css` writes before its name.
fn zone_class(zone: Zone) -> &'static str {
    match zone {
        Zone::Internet => "z-in",
        Zone::Perimeter => "z-pe",
        Zone::ClientLan => "z-cl",
        Zone::ServerLan => "z-sv",
        Zone::Directory => "z-ad",
        Zone::Management => "z-mg",
        Zone::Telephony => "z-te",
        Zone::Cloud => "z-co",
        Zone::ThirdSite => "z-3s",
        Zone::Local => "z-lo",
    }
}

/// Letters and name.
pub fn zone_mark(zone: Zone) -> Html {
    html! {
        <span class={classes!("zone", zone_class(zone))}>
            { zone.title() }
        </span>
    }
}

/// The letters; the name for those who do not see them.
pub fn zone_letters(zone: Zone) -> Html {
    html! {
        <span class={classes!("zone", zone_class(zone))}><span class="vh">{ zone.title() }</span></span>
    }
}
