//! The rules for what is shown: choices, addresses, warnings, the snippet.

use std::rc::Rc;

use yew::{Callback, Html, Properties, component, html, use_memo};

use super::address_field::address_fields;
use super::copy_button::CopyButton;
use super::platform_picker::platform_picker;
use super::rule_choices::{choices, placement_choice};
use super::snippet::SnippetView;
use crate::browser;
use crate::catalog::Flow;
use crate::firewall::{Platform, Policy};
use crate::link::{Action, State, View, print};

/// What the rules need.
#[derive(PartialEq, Properties)]
pub struct Props {
    /// What is shown and chosen.
    pub state: Rc<State>,
    /// The flows that match.
    pub flows: Rc<Vec<&'static Flow>>,
    /// Takes actions.
    pub dispatch: Callback<Action>,
}

/// The panel.
#[component]
pub fn Rules(props: &Props) -> Html {
    let view = &props.state.view;
    let platform = props.state.platform();
    let untick = props.dispatch.reform(|_| Action::Untick);
    let input = (props.state.clone(), props.flows.clone());
    let policy = use_memo(input, |(state, flows)| state.policy(flows));
    html! {
        <aside class="rules" aria-labelledby="rules">
            <div class="rules-head">
                <h2 id="rules">{ "Rules" }</h2>
                <p class="soft">
                    { scope(&policy, view) }
                    if !view.options.ticked.is_empty() {
                        { " " }<button type="button" class="plain" onclick={untick}>{ "Untick" }</button>
                    }
                </p>
                { placement_choice(view.options.placement, &props.dispatch) }
            </div>
            { platform_picker(platform, &props.dispatch) }
            { address_fields(&props.state, &policy.flows, &props.dispatch) }
            { choices(view, &policy.flows, &props.dispatch) }
            { warnings(&policy) }
            { for platform.map(|platform| snippet(platform, &policy, view)) }
        </aside>
    }
}

fn scope(policy: &Policy, view: &View) -> String {
    let count = policy.flows.len();
    let flows = if count == 1 { "flow" } else { "flows" };
    let ticked = if view.options.ticked.is_empty() { "" } else { "ticked " };
    format!("for {count} {ticked}{flows}")
}

fn warnings(policy: &Policy) -> Html {
    let missing = policy.missing_addresses();
    if policy.warnings.is_empty() && missing == 0 {
        return Html::default();
    }
    let item = |text: String| {
        html! { <li><span class="sign" aria-hidden="true">{ "!" }</span><span>{ sentence(&text) }</span></li> }
    };
    html! {
        <ul class="warns">
            if missing > 0 {
                { item("without addresses there is nothing to write for some zones: give them above".to_owned()) }
            }
            { for policy.warnings.iter().map(|warning| item(warning.to_string())) }
        </ul>
    }
}

/// A text as a sentence: a capital at the beginning, a full stop at the end.
fn sentence(text: &str) -> String {
    let mut sentence = format!("{text}.");
    if let Some(first) = sentence.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    sentence
}

fn snippet(platform: &'static Platform, policy: &Rc<Policy>, view: &View) -> Html {
    let mut view = view.clone();
    // Only what the address says is a promise to scripts; the remembered platform is a convenience.
    let in_address = view.options.platform.is_some();
    view.options.platform = Some(platform);
    html! {
        <>
            <SnippetView {platform} policy={policy.clone()} {in_address} />
            <CopyLink {view} />
        </>
    }
}

/// What the link button needs.
#[derive(PartialEq, Properties)]
struct CopyLinkProps {
    view: View,
}

/// Copies a link to the view; the reader decides whether it tells about their network.
#[component]
fn CopyLink(props: &CopyLinkProps) -> Html {
    let with_addresses = yew::use_state(|| false);
    let onchange = {
        let with_addresses = with_addresses.clone();
        Callback::from(move |_| with_addresses.set(!*with_addresses))
    };
    let link = {
        let view = if *with_addresses {
            props.view.clone()
        } else {
            props.view.without_addresses()
        };
        Callback::from(move |()| browser::full_address(&print(&view)))
    };
    html! {
        <p class="copy-link">
            <CopyButton title="Copy link" text={link} />
            <label><input type="checkbox" checked={*with_addresses} {onchange} />{ " with my addresses" }</label>
        </p>
    }
}
