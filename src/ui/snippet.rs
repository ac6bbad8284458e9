//! The rules as text: to read, copy and save; with the commands to apply and to undo them.

use web_sys::HtmlElement;
use yew::{Callback, Html, NodeRef, html};

use super::copy_button::CopyButton;
use crate::browser;
use crate::firewall::{Platform, Snippet};

/// The texts of a snippet. `text` becomes the element that holds the rules; scripts find it by the platform if the address names
/// that.
pub fn snippet_texts(platform: &'static Platform, snippet: &Snippet, in_address: bool, text: NodeRef) -> Html {
    let id = in_address.then_some(platform.id);
    let facts = platform.facts();
    html! {
        <div class="snippet">
            <h3>{ platform.title }</h3>
            <p class="soft">{ facts.reference }</p>
            if !snippet.remarks.is_empty() {
                <ul class="remarks">{ for snippet.remarks.iter().map(|remark| html! { <li>{ remark.clone() }</li> }) }</ul>
            }
            <pre
                ref={text.clone()}
                data-platform={id}
                tabindex="0"
                aria-label={format!("Rules for {}", platform.title)}
            >{ highlighted(&snippet.rules, platform.comment) }</pre>
            { buttons(platform, snippet, text) }
            { commands("Apply and verify", &snippet.apply, id, None) }
            { commands("Undo", &snippet.undo, None, id) }
            <p class="soft">{ facts.twice }</p>
            <p class="soft">{ facts.limits }</p>
        </div>
    }
}

/// A text whose comments are set apart from the rules.
fn highlighted(text: &str, comment: &str) -> Html {
    let is_note = |line: &str| !comment.is_empty() && line.trim_start().starts_with(comment.trim_end());
    let mut parts: Vec<(bool, String)> = Vec::new();
    for line in text.split_inclusive('\n') {
        match parts.last_mut() {
            Some((note, part)) if *note == is_note(line) => part.push_str(line),
            _ => parts.push((is_note(line), line.to_owned())),
        }
    }
    let part = |(is_note, part): (bool, String)| {
        let class = is_note.then_some("hl-note");
        html! { <span {class}>{ part }</span> }
    };
    parts.into_iter().map(part).collect()
}

/// Commands that fold away; scripts find them by the platform that they apply or undo.
fn commands(title: &'static str, text: &str, applies: Option<&'static str>, undoes: Option<&'static str>) -> Html {
    let source = callback(text.to_owned());
    html! {
        <details>
            <summary>{ title }</summary>
            <pre data-apply={applies} data-undo={undoes} tabindex="0" aria-label={title}>{ text.to_owned() }</pre>
            <CopyButton title="Copy" text={source} />
        </details>
    }
}

fn callback(text: String) -> Callback<(), String> {
    Callback::from(move |()| text.clone())
}

fn buttons(platform: &'static Platform, snippet: &Snippet, text: NodeRef) -> Html {
    let Snippet { rules, apply, undo, .. } = snippet;
    let select = Callback::from(move |()| {
        if let Some(element) = text.cast::<HtmlElement>() {
            browser::select_text(&element);
        }
    });
    let download = {
        let rules = rules.clone();
        Callback::from(move |_| {
            // A browser that refuses says so itself; the text can still be copied.
            drop(browser::download(platform.file_name, &rules));
        })
    };
    html! {
        <div class="snip-acts">
            <CopyButton title="Copy rules" text={callback(rules.clone())} on_refused={select} primary=true />
            <CopyButton title="Copy all" text={callback([rules.as_str(), apply, undo].join("\n"))} />
            <button type="button" onclick={download}>{ "Download" }</button>
        </div>
    }
}
