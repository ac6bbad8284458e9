//! What stands in place of the list when nothing is found: why, a way out, and what is nearest.

use yew::{Callback, Html, html};

use super::ports_mark::ports_text;
use crate::link::{Action, Page, View, print};
use crate::query::{Filter, Obstacle, nothing};

/// Why a question finds nothing.
pub fn nothing_found(filter: &Filter, dispatch: &Callback<Action>) -> Html {
    let found = nothing(filter);
    let (reason, drop) = match &found.obstacle {
        Obstacle::Unknown(word) => (format!("“{word}” is in no flow."), format!("Drop “{word}”")),
        Obstacle::Word(word) => (
            format!("No flow that the rest asks for has “{word}”."),
            format!("Drop “{word}”"),
        ),
        Obstacle::Facet(facet) => {
            let title = facet.title();
            (
                format!("The filter “{title}” excludes every flow."),
                format!("Drop “{title}”"),
            )
        }
        Obstacle::Ports => (
            "The port of the filter excludes every flow.".to_owned(),
            "Drop the port".to_owned(),
        ),
        Obstacle::Filter => (
            "The filter excludes every flow in more than one way.".to_owned(),
            "Drop the filter, keep the words".to_owned(),
        ),
    };
    let onclick = dispatch.reform(move |_| Action::Ask(found.without.clone()));
    let nearest = found.nearest.map(|flow| {
        let href = print(&View::default().on(Page::Flow(flow)));
        html! {
            <p>{ "Nearest: " }<a {href}>{ format!("{}, {}", flow.service(), ports_text(flow)) }</a></p>
        }
    });
    html! {
        <div class="nothing">
            <p>{ reason }{ " " }<button type="button" {onclick}>{ drop }</button></p>
            { for nearest }
        </div>
    }
}
