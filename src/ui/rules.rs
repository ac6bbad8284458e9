//! The rules for what is shown: choices, addresses, warnings, the snippet.

use std::rc::Rc;

use yew::{Callback, Html, Properties, component, html, use_memo, use_node_ref};

use super::address_field::address_fields;
use super::copy_button::CopyButton;
use super::platform_picker::PlatformPicker;
use super::rule_choices::{choices, placement_choice};
use super::snippet::snippet_texts;
use crate::browser;
use crate::catalog::Flow;
use crate::firewall::Snippet;
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

/// What a platform writes, and what a reader should know before using it.
#[derive(PartialEq)]
struct Written {
    snippet: Snippet,
    warnings: Vec<String>,
}

const MISSING: &str = "without addresses there is nothing to write for some zones: give them above";

fn write(state: &State, flows: &[&'static Flow]) -> Option<Written> {
    let platform = state.platform()?;
    // The permalink in the rules names the platform, also where the address is silent.
    let state = State {
        view: state.view.with_platform(platform),
        ..state.clone()
    };
    let policy = state.policy(flows);
    let missing = (policy.missing_addresses() > 0).then(|| MISSING.to_owned());
    Some(Written {
        snippet: platform.write(&policy),
        warnings: missing
            .into_iter()
            .chain(policy.warnings.iter().map(ToString::to_string))
            .collect(),
    })
}

/// The panel.
#[component]
pub fn Rules(props: &Props) -> Html {
    let view = &props.state.view;
    let platform = props.state.platform();
    let untick = props.dispatch.reform(|_| Action::Untick);
    let selected = view.options.selected(&props.flows);
    let written = use_memo((props.state.clone(), props.flows.clone()), |(state, flows)| {
        write(state, flows)
    });
    let text = use_node_ref();
    // Only what the address says is a promise to scripts; the remembered platform is a convenience.
    let in_address = view.options.platform.is_some();
    html! {
        <aside class="rules" aria-labelledby="rules">
            <div class="rules-head">
                <h2 id="rules">{ "Rules" }</h2>
                <p class="soft">
                    { scope(selected.len(), view) }
                    if !view.options.ticked.is_empty() {
                        { " " }<button type="button" class="plain" onclick={untick}>{ "Untick" }</button>
                    }
                </p>
                { placement_choice(view.options.placement, &props.dispatch) }
            </div>
            <PlatformPicker chosen={platform} dispatch={props.dispatch.clone()} />
            { address_fields(&props.state, &selected, &props.dispatch) }
            { choices(view, &selected, &props.dispatch) }
            if let (Some(platform), Some(Written { snippet, warnings })) = (platform, &*written) {
                { warning_list(warnings) }
                { snippet_texts(platform, snippet, in_address, text) }
                <CopyLink view={view.with_platform(platform)} />
            }
        </aside>
    }
}

fn scope(count: usize, view: &View) -> String {
    let flows = if count == 1 { "flow" } else { "flows" };
    let ticked = if view.options.ticked.is_empty() { "" } else { "ticked " };
    format!("for {count} {ticked}{flows}")
}

fn warning_list(warnings: &[String]) -> Html {
    if warnings.is_empty() {
        return Html::default();
    }
    let item = |text: &String| {
        html! { <li><span class="sign" aria-hidden="true">{ "!" }</span><span>{ sentence(text) }</span></li> }
    };
    html! { <ul class="warns">{ for warnings.iter().map(item) }</ul> }
}

/// A text as a sentence: a capital at the beginning, a full stop at the end.
fn sentence(text: &str) -> String {
    let mut sentence = format!("{text}.");
    if let Some(first) = sentence.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    sentence
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
