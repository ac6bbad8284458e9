//! How a flow is protected: a full, half or empty square, and words.

use yew::{Html, html};

use crate::catalog::{Encryption, Flow, Vocabulary};

fn class(encryption: Encryption) -> &'static str {
    match encryption {
        Encryption::None => "enc enc-none",
        Encryption::Opportunistic | Encryption::StartTls | Encryption::Mixed => "enc enc-half",
        Encryption::Tls
        | Encryption::MutualTls
        | Encryption::Rpc
        | Encryption::Kerberos
        | Encryption::Smb
        | Encryption::Message
        | Encryption::Ipsec => "enc enc-full",
    }
}

/// Square and words for a flow.
pub fn encryption_mark(flow: &Flow) -> Html {
    let words = match (flow.encryption, flow.encryption_note) {
        (Encryption::Mixed, note) if !note.is_empty() => note,
        (Encryption::Tls, "HTTPS") => "HTTPS",
        _ => flow.encryption.title(),
    };
    html! { <span class={class(flow.encryption)}>{ words }</span> }
}

/// Square and words for a value of the facet.
pub fn encryption_value(encryption: Encryption) -> Html {
    html! { <span class={class(encryption)}>{ encryption.title() }</span> }
}
