//! A zone: two letters in its colour, and its name.

use yew::{Html, html};

use crate::catalog::{Vocabulary, Zone};

/// The two letters that stand for a zone wherever its colour does.
pub fn zone_code(zone: Zone) -> &'static str {
    match zone {
        Zone::Internet => "IN",
        Zone::Perimeter => "PE",
        Zone::ClientLan => "CL",
        Zone::ServerLan => "SV",
        Zone::Directory => "AD",
        Zone::Management => "MG",
        Zone::Telephony => "TE",
        Zone::Cloud => "CO",
        Zone::ThirdSite => "3S",
        Zone::Local => "LO",
    }
}

/// The class that sets the colour of a zone.
pub fn zone_class(zone: Zone) -> String {
    format!("z-{}", zone_code(zone).to_ascii_lowercase())
}

/// Letters and name.
pub fn zone_mark(zone: Zone) -> Html {
    html! {
        <span class={format!("zone {}", zone_class(zone))}>
            <span class="code">{ zone_code(zone) }</span>{ " " }{ zone.title() }
        </span>
    }
}

/// The letters; the name for those who do not see them.
pub fn zone_letters(zone: Zone) -> Html {
    html! {
        <span class={format!("zone {}", zone_class(zone))}>
            <span class="code" aria-hidden="true">{ zone_code(zone) }</span>
            <span class="vh">{ zone.title() }</span>
        </span>
    }
}
