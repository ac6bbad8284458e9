//! The known deployments.

use yew::{Html, html};

use crate::catalog::{self, Deployment, Version};
use crate::link::{Page, View, print};

/// The list.
pub fn deployments(view: &View) -> Html {
    let item = |deployment: &'static Deployment| {
        html! {
            <li>
                <a href={print(&view.on(Page::Deployment(deployment)))}>{ deployment.title }</a>
                <span class="why">{ deployment.supported }</span>
            </li>
        }
    };
    html! {
        <>
            <h1>{ "Deployments" }</h1>
            <p class="intro">{ "Known ways of placing Exchange servers, and what Microsoft says of them." }</p>
            <ul class="plain-list">{ for catalog::deployments().iter().map(item) }</ul>
        </>
    }
}

/// One of them.
pub fn deployment(deployment: &Deployment, view: &View) -> Html {
    let versions: Vec<&str> = deployment
        .versions
        .iter()
        .map(<Version as catalog::Vocabulary>::title)
        .collect();
    html! {
        <>
            <p class="crumb"><a href={print(&view.on(Page::Deployments))}>{ "Deployments" }</a></p>
            <h1>{ deployment.title }</h1>
            <p class="intro">{ deployment.supported }</p>
            <p class="para">{ format!("Exchange {}.", versions.join(", ")) }</p>
        </>
    }
}
