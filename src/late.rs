//! What nobody needs before the page is interactive: a module of its own, which shares memory, functions and data with
//! the app.

use std::cell::Cell;

use wasm_split_helpers::{SplitLoaderError, wasm_split};
use yew::{Callback, Html, html};

use crate::catalog::Flow;
use crate::firewall::Snippet;
use crate::link::{Action, Loaded, Page, State, View};
use crate::ui::about::about;
use crate::ui::deployments::{deployment, deployments};
use crate::ui::flow_detail::flow_detail;
use crate::ui::rules::{Props as RulesProps, Rules};
use crate::ui::static_ports::static_ports;
use crate::ui::unknown_yet::unknown_yet;

/// The functions of the late module.
#[derive(Clone, Copy)]
pub struct Late {
    /// The panel of rules.
    pub rules: fn(RulesProps) -> Html,
    /// The details of a flow.
    pub flow_detail: fn(&'static Flow, Loaded, Option<&Callback<Action>>) -> Html,
    /// A page that is not the list of flows.
    pub document: fn(&View, Loaded) -> Html,
}

#[wasm_split(late, fallible)]
fn functions() -> Result<Late, SplitLoaderError> {
    Ok(Late {
        rules: |props| html! { <Rules ..props /> },
        flow_detail,
        document,
    })
}

fn document(view: &View, texts: Loaded) -> Html {
    match view.page {
        Page::Deployments => deployments(view, texts),
        Page::Deployment(chosen) => deployment(chosen, view, texts),
        Page::StaticPorts => static_ports(view, texts),
        Page::About => about(texts),
        _ => unknown_yet(view),
    }
}

thread_local! {
    static LATE: Cell<Option<Late>> = const { Cell::new(None) };
}

/// Loads the module; tells whether it is there.
pub async fn load_late() -> bool {
    LATE.set(functions().await.ok());
    late().is_some()
}

/// The module, if it is there.
pub fn late() -> Option<Late> {
    LATE.get()
}

/// What a platform writes, and what a reader should know before using it.
#[derive(Clone, PartialEq)]
pub struct Written {
    snippet: Snippet,
    facts: String,
    warnings: Vec<String>,
}

impl Written {
    /// One file that the platform's own tool loads as it is.
    pub fn rules(&self) -> String {
        self.snippet.rules.clone()
    }

    /// The commands that apply and verify it.
    pub fn apply(&self) -> String {
        self.snippet.apply.clone()
    }

    /// The commands that undo it.
    pub fn undo(&self) -> String {
        self.snippet.undo.clone()
    }

    /// What is known of the platform, one in a line.
    pub fn facts(&self) -> String {
        self.facts.clone()
    }

    /// What cannot stand in the file, one remark in a line.
    pub fn remarks(&self) -> String {
        self.snippet.remarks.join("\n")
    }

    /// Warnings, one in a line.
    pub fn warnings(&self) -> String {
        self.warnings.join("\n")
    }
}

const MISSING: &str = "without addresses there is nothing to write for some zones: give them above";

/// What the chosen platform writes for flows; nothing if none is chosen.
pub fn write(state: &State, flows: &[&'static Flow]) -> Option<Written> {
    let platform = state.platform()?;
    // The permalink in the rules names the platform.
    let mut state = state.clone();
    state.view = state.view.with_platform(platform);
    let policy = state.policy(flows);
    let facts = platform.facts();
    let missing = (policy.missing_addresses() > 0).then(|| MISSING.to_owned());
    Some(Written {
        snippet: platform.write(&policy),
        facts: [facts.reference, facts.twice, facts.limits].join("\n"),
        warnings: missing
            .into_iter()
            .chain(policy.warnings.iter().map(ToString::to_string))
            .collect(),
    })
}
