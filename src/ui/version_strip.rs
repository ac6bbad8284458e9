//! The versions of a flow: a square each, full if a source names it, hatched if inferred.

use yew::{Html, html};

use crate::catalog::{Flow, Version, Vocabulary};

/// The head above the strips.
pub fn version_heads() -> Html {
    let head = |&version: &Version| {
        let short = version.title().strip_prefix("20").unwrap_or(version.title());
        html! { <span class={format!("head-{}", version.index())}>{ short }</span> }
    };
    html! { <span class="vheads" aria-hidden="true">{ for Version::ALL.iter().map(head) }</span> }
}

/// The strip of a flow: one element, whose classes say what each square is.
pub fn version_strip(flow: &Flow) -> Html {
    let class = |known: &str, version: Version| format!(" {known}{}", version.index());
    let documented = flow.documented.iter().map(|version| class("d", version));
    let inferred = flow.inferred.iter().map(|version| class("i", version));
    let classes: String = documented.chain(inferred).collect();
    html! { <span class={format!("strip{classes}")} role="img" aria-label={in_words(flow)}></span> }
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
