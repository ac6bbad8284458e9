//! The known deployments.

use yew::{Html, html};

use crate::catalog::{self, Deployment, Texts, Vocabulary};
use crate::link::{Page, View, print};

/// The list.
pub fn deployments(view: &View, texts: &Texts) -> Html {
    let item = |deployment: &'static Deployment| {
        let words = texts.of_deployment(deployment);
        html! {
            <li>
                <a href={print(&view.on(Page::Deployment(deployment)))}>{ words.title }</a>
                <span class="why">{ words.supported }</span>
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
pub fn deployment(deployment: &Deployment, view: &View, texts: &Texts) -> Html {
    let words = texts.of_deployment(deployment);
    let versions: Vec<&str> = deployment.versions.iter().map(Vocabulary::title).collect();
    html! {
        <>
            <p class="crumb"><a href={print(&view.on(Page::Deployments))}>{ "Deployments" }</a></p>
            <h1>{ words.title }</h1>
            <p class="intro">{ words.supported }</p>
            <p class="para">{ format!("Exchange {}.", versions.join(", ")) }</p>
        </>
    }
}
