//! The rules as text: to read, copy and save; with the commands to apply and to undo them.

use std::rc::Rc;

use web_sys::HtmlElement;
use yew::{Callback, Html, NodeRef, Properties, component, html, use_memo, use_node_ref};

use super::copy_button::CopyButton;
use crate::browser;
use crate::firewall::{Platform, Policy, Snippet};

/// What the snippet needs.
#[derive(PartialEq, Properties)]
pub struct Props {
    /// The platform.
    pub platform: &'static Platform,
    /// What it is to write.
    pub policy: Rc<Policy>,
    /// Whether the address names the platform.
    pub in_address: bool,
}

/// The snippet.
#[component]
pub fn SnippetView(props: &Props) -> Html {
    let platform = props.platform;
    let snippet = use_memo((platform.id, props.policy.clone()), |(_, policy)| {
        (platform.write)(policy)
    });
    let text = use_node_ref();
    let id = props.in_address.then_some(platform.id);
    html! {
        <div class="snippet">
            <div class="snip-head"><h3>{ platform.title }</h3><p class="soft">{ platform.reference }</p></div>
            if !snippet.remarks.is_empty() {
                <ul class="remarks">
                    { for snippet.remarks.iter().map(|remark| html! { <li>{ remark.clone() }</li> }) }
                </ul>
            }
            <pre
                ref={text.clone()}
                data-platform={id}
                tabindex="0"
                aria-label={format!("Rules for {}", platform.title)}
            >{ snippet.rules.clone() }</pre>
            { buttons(platform, &snippet, text) }
            <details>
                <summary>{ "Apply and verify" }</summary>
                <pre data-apply={id} tabindex="0" aria-label="Commands to apply and verify">{ snippet.apply.clone() }</pre>
            </details>
            <details>
                <summary>{ "Undo" }</summary>
                <pre data-undo={id} tabindex="0" aria-label="Commands to undo">{ snippet.undo.clone() }</pre>
            </details>
        </div>
    }
}

fn buttons(platform: &'static Platform, snippet: &Rc<Snippet>, text: NodeRef) -> Html {
    let source = {
        let snippet = snippet.clone();
        Callback::from(move |()| snippet.rules.clone())
    };
    let select = Callback::from(move |()| {
        if let Some(element) = text.cast::<HtmlElement>() {
            browser::select_text(&element);
        }
    });
    let download = {
        let snippet = snippet.clone();
        Callback::from(move |_| {
            // A browser that refuses says so itself; the text can still be copied.
            drop(browser::download(platform.file_name, &snippet.rules));
        })
    };
    html! {
        <div class="snip-acts">
            <CopyButton title="Copy rules" text={source} on_refused={select} primary=true />
            <button type="button" onclick={download}>{ "Download" }</button>
        </div>
    }
}
