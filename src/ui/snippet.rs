//! The rules as text: to read, copy and save; with the commands to apply and to undo them.

use web_sys::HtmlElement;
use yew::{Callback, Html, NodeRef, html};

use super::copy_button::CopyButton;
use crate::browser::{self, Written};
use crate::firewall::Platform;

/// The snippet. `text` becomes the element that holds the rules; scripts find it by the platform if the address names
/// that.
pub fn snippet(platform: &'static Platform, written: &Written, in_address: bool, text: NodeRef) -> Html {
    let id = in_address.then_some(platform.id);
    let remarks = written.remarks();
    html! {
        <div class="snippet">
            <div class="snip-head"><h3>{ platform.title }</h3><p class="soft">{ platform.reference }</p></div>
            if !remarks.is_empty() {
                <ul class="remarks">{ for remarks.lines().map(|remark| html! { <li>{ remark.to_owned() }</li> }) }</ul>
            }
            <pre
                ref={text.clone()}
                data-platform={id}
                tabindex="0"
                aria-label={format!("Rules for {}", platform.title)}
            >{ written.rules() }</pre>
            { buttons(platform, written, text) }
            <details>
                <summary>{ "Apply and verify" }</summary>
                <pre data-apply={id} tabindex="0" aria-label="Commands to apply and verify">{ written.apply() }</pre>
            </details>
            <details>
                <summary>{ "Undo" }</summary>
                <pre data-undo={id} tabindex="0" aria-label="Commands to undo">{ written.undo() }</pre>
            </details>
        </div>
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
    html! {
        <div class="snip-acts">
            <CopyButton title="Copy rules" text={source} on_refused={select} primary=true />
            <button type="button" onclick={download}>{ "Download" }</button>
        </div>
    }
}
