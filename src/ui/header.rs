//! The head of the page: name, search box, pages, theme.

use std::rc::Rc;

use yew::{Callback, Html, Properties, component, html, use_effect_with, use_state};

use super::search_box::SearchBox;
use crate::browser;
use crate::link::{Action, Page, State, Theme, print};
use crate::query::Completion;

/// What the head needs.
#[derive(PartialEq, Properties)]
pub struct Props {
    /// What is shown; links to other pages keep it.
    pub state: Rc<State>,
    /// What the search box proposes.
    pub completions: Rc<Vec<Completion>>,
    /// The theme of the last visit.
    pub theme: Theme,
    /// Takes actions.
    pub dispatch: Callback<Action>,
}

const PAGES: [(Page, &str); 4] = [
    (Page::List, "Flows"),
    (Page::Deployments, "Deployments"),
    (Page::StaticPorts, "Static ports"),
    (Page::About, "About"),
];

/// The head.
#[component]
pub fn Header(props: &Props) -> Html {
    let view = &props.state.view;
    let link = |&(page, title): &(Page, &str)| {
        let is_current = page.path() == view.page.path() || page == Page::List && view.page.shows_flows();
        html! {
            <a href={print(&view.on(page))} aria-current={is_current.then_some("page")}>{ title }</a>
        }
    };
    html! {
        <header class="head">
            { brand("#/") }
            <SearchBox
                words={view.filter.words.clone()}
                completions={props.completions.clone()}
                dispatch={props.dispatch.clone()}
            />
            <nav class="nav" aria-label="Pages">{ for PAGES.iter().map(link) }</nav>
            <p class="offline">{ "complete offline" }</p>
            <ThemeButton kept={props.theme} />
            <p class="update">
                { "A new version is ready. " }<button type="button" class="plain" data-reload="">{ "Reload" }</button>
            </p>
        </header>
    }
}

/// The name of the site, which leads to the bare list.
pub fn brand(href: &'static str) -> Html {
    html! {
        <a class="brand" {href}>{ "exchange" }<span class="brand-dash">{ "-" }</span>{ "ports" }</a>
    }
}

/// What the theme button needs.
#[derive(PartialEq, Properties)]
struct ThemeProps {
    kept: Theme,
}

/// The theme: as the system says, light or dark.
#[component]
fn ThemeButton(props: &ThemeProps) -> Html {
    let theme = use_state(|| props.kept);
    use_effect_with(*theme, |&theme| browser::set_theme(theme));
    let onclick = {
        let theme = theme.clone();
        Callback::from(move |_| {
            browser::keep_theme(theme.next());
            theme.set(theme.next());
        })
    };
    html! { <button type="button" class="plain theme" {onclick}>{ format!("Theme: {}", theme.slug()) }</button> }
}
