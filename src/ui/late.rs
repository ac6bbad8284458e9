//! What nobody needs before the page is interactive: a module of its own, loaded then, which shares memory, functions
//! and data with the app. Whatever only these functions use goes into it by itself.

use yew::{Callback, Html, html};

use super::about::about;
use super::deployments::{deployment, deployments};
use super::flow_detail::flow_detail;
use super::nothing_found::nothing_found;
use super::rules::{Props, Rules};
use super::static_ports::static_ports;
use super::unknown_yet::unknown_yet;
use crate::catalog::{Flow, Texts};
use crate::link::{Action, Page, View};
use crate::query::{Completion, Filter, completions};

/// The functions of the late module.
#[derive(Clone, Copy)]
pub struct Late {
    /// The panel of rules.
    pub rules: fn(Props) -> Html,
    /// The details of a flow.
    pub flow_detail: fn(&'static Flow, &Texts, Option<&Callback<Action>>) -> Html,
    /// Why nothing is found.
    pub nothing_found: fn(&Filter, &Callback<Action>) -> Html,
    /// What the search box proposes.
    pub completions: fn(&Filter, &[&'static Flow]) -> Vec<Completion>,
    /// The content of a page that is not the list of flows.
    pub document: fn(&View, &Texts) -> Html,
}

const LATE: Late = Late {
    rules: |props| html! { <Rules ..props /> },
    flow_detail,
    nothing_found,
    completions,
    document,
};

fn document(view: &View, texts: &Texts) -> Html {
    match view.page {
        Page::Deployments => deployments(view, texts),
        Page::Deployment(chosen) => deployment(chosen, view, texts),
        Page::StaticPorts => static_ports(view, texts),
        Page::About => about(texts),
        _ => unknown_yet(view),
    }
}

#[cfg(target_arch = "wasm32")]
mod module {
    use std::cell::Cell;

    use wasm_split_helpers::{SplitLoaderError, wasm_split};

    use super::{LATE, Late};

    thread_local! {
        static LOADED: Cell<Option<Late>> = const { Cell::new(None) };
    }

    #[wasm_split(late, fallible)]
    fn functions() -> Result<Late, SplitLoaderError> {
        Ok(LATE)
    }

    /// Loads the module; tells whether it is there.
    pub async fn load_late() -> bool {
        LOADED.set(functions().await.ok());
        late().is_some()
    }

    /// The module, once it is there.
    pub fn late() -> Option<Late> {
        LOADED.get()
    }
}

/// On the host, where pages are prerendered, everything is there.
#[cfg(not(target_arch = "wasm32"))]
mod module {
    use super::{LATE, Late};

    pub async fn load_late() -> bool {
        true
    }

    #[allow(clippy::unnecessary_wraps, reason = "in the browser it may not be there")]
    pub fn late() -> Option<Late> {
        Some(LATE)
    }
}

pub use module::{late, load_late};
