//! The rules as text: to read, copy and save; with the commands to apply and to undo them.

use web_sys::HtmlElement;
use yew::{Callback, Html, NodeRef, html};

use super::copy_button::CopyButton;
use crate::browser;
use crate::firewall::Platform;
use crate::late::Written;

/// The snippet. `text` becomes the element that holds the rules; scripts find it by the platform if the address names
/// that.
pub fn snippet(platform: &'static Platform, written: &Written, in_address: bool, text: NodeRef) -> Html {
    let id = in_address.then_some(platform.id);
    let remarks = written.remarks();
    let facts = written.facts();
    let fact = |fact: &str| html! { <p class="soft">{ fact.to_owned() }</p> };
    html! {
        <div class="snippet">
            <h3>{ platform.title }</h3>
            { for facts.lines().take(1).map(fact) }
            if !remarks.is_empty() {
                <ul class="remarks">{ for remarks.lines().map(|remark| html! { <li>{ remark.to_owned() }</li> }) }</ul>
            }
            <pre
                ref={text.clone()}
                data-platform={id}
                tabindex="0"
                aria-label={format!("Rules for {}", platform.title)}
            >{ highlighted(&written.rules(), platform.comment) }</pre>
            { buttons(platform, written, text) }
            { commands("Apply and verify", written.apply(), id, None) }
            { commands("Undo", written.undo(), None, id) }
            { for facts.lines().skip(1).map(fact) }
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
fn commands(title: &'static str, text: String, applies: Option<&'static str>, undoes: Option<&'static str>) -> Html {
    let source = {
        let text = text.clone();
        Callback::from(move |()| text.clone())
    };
    html! {
        <details>
            <summary>{ title }</summary>
            <pre data-apply={applies} data-undo={undoes} tabindex="0" aria-label={title}>{ text }</pre>
            <CopyButton title="Copy" text={source} />
        </details>
    }
}

fn buttons(platform: &'static Platform, written: &Written, text: NodeRef) -> Html {
    let source = {
        let written = written.clone();
        Callback::from(move |()| written.rules())
    };
    let select = Callback::from(move |()| {
        if let Some(element) = text.cast::<HtmlElement>() {
            browser::select_text(&element);
        }
    });
    let download = {
        let written = written.clone();
        Callback::from(move |_| {
            // A browser that refuses says so itself; the text can still be copied.
            drop(browser::download(platform.file_name, &written.rules()));
        })
    };
    let all = {
        let written = written.clone();
        Callback::from(move |()| [written.rules(), written.apply(), written.undo()].join("\n"))
    };
    html! {
        <div class="snip-acts">
            <CopyButton title="Copy rules" text={source} on_refused={select} primary=true />
            <CopyButton title="Copy all" text={all} />
            <button type="button" onclick={download}>{ "Download" }</button>
        </div>
    }
}
