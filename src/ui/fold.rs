//! A part of the page that folds away, and stays as the reader left it. What it holds is made when it opens.

use web_sys::{Element, Event};
use yew::{Callback, Children, Html, Properties, TargetCast, component, html, use_effect_with, use_state};

/// What a fold needs.
#[derive(PartialEq, Properties)]
pub struct Props {
    /// Its class.
    pub class: &'static str,
    /// What stands above it.
    pub title: &'static str,
    /// Whether what it holds must be in sight. When that ends, it stays open.
    pub needed: bool,
    /// What it holds.
    pub children: Children,
}

/// The fold.
#[component]
pub fn Fold(props: &Props) -> Html {
    let open = use_state(|| props.needed);
    use_effect_with(props.needed, {
        let open = open.clone();
        move |&needed| {
            if needed {
                open.set(true);
            }
        }
    });
    let ontoggle = {
        let open = open.clone();
        Callback::from(move |event: Event| open.set(event.target_unchecked_into::<Element>().has_attribute("open")))
    };
    html! {
        <details class={props.class} open={*open} {ontoggle}>
            <summary>{ props.title }</summary>
            if *open { { props.children.clone() } }
        </details>
    }
}
