//! The versions of a flow: a square each, full if a source names it, outlined if inferred.

use yew::{Html, html};

use crate::catalog::{Flow, Set, Version, Vocabulary};

/// The head above the strips.
pub fn version_heads(chosen: Set<Version>) -> Html {
    let head = |&version: &Version| {
        let short = version.title().strip_prefix("20").unwrap_or(version.title());
        html! { <span class={if chosen.contains(version) { "v-now" } else { "" }}>{ short }</span> }
    };
    html! { <span class="vheads" aria-hidden="true">{ for Version::ALL.iter().map(head) }</span> }
}

/// The strip of a flow.
pub fn version_strip(flow: &Flow, chosen: Set<Version>) -> Html {
    let square = |&version: &Version| {
        let known = match (flow.documented.contains(version), flow.inferred.contains(version)) {
            (true, _) => "v-on",
            (_, true) => "v-inf",
            _ => "v-off",
        };
        let now = if chosen.contains(version) { "v-now" } else { "" };
        html! { <span class={format!("v {known} {now}")}></span> }
    };
    html! {
        <span class="strip" role="img" aria-label={in_words(flow)}>{ for Version::ALL.iter().map(square) }</span>
    }
}

/// The versions in words, such as `2010, 2013, SE inferred`.
pub fn in_words(flow: &Flow) -> String {
    let word = |version: Version| {
        let inferred = if flow.inferred.contains(version) {
            " inferred"
        } else {
            ""
        };
        format!("{}{inferred}", version.title())
    };
    flow.versions().iter().map(word).collect::<Vec<_>>().join(", ")
}
