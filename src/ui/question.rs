//! The question in words: the heading of the list and the title of the window.

use yew::{Html, html};

use super::ports_mark::range_text;
use super::zone_mark::zone_mark;
use crate::catalog::{Set, Vocabulary, Zone, texts};
use crate::link::{Page, View};

/// A piece of the question.
enum Phrase {
    Words(String),
    Zone(Zone),
}

/// The question as a heading, with the zones in their colours.
pub fn question_heading(view: &View) -> Html {
    let piece = |phrase: Phrase| match phrase {
        Phrase::Words(words) => html! { words },
        Phrase::Zone(zone) => zone_mark(zone),
    };
    html! { <h1 id="question">{ for phrases(view).into_iter().map(piece) }</h1> }
}

/// The title of the window.
pub fn title(view: &View) -> String {
    let question: String = phrases(view)
        .into_iter()
        .map(|phrase| match phrase {
            Phrase::Words(words) => words,
            Phrase::Zone(zone) => zone.title().to_owned(),
        })
        .collect();
    format!("{question}: ports and firewall rules")
}

fn phrases(view: &View) -> Vec<Phrase> {
    let words = |text: &str| vec![Phrase::Words(text.to_owned())];
    match view.page {
        Page::List | Page::Embed => asked(view),
        Page::Port(number) => {
            let mut phrases = vec![Phrase::Words(format!("Port {number}, "))];
            phrases.extend(asked(view));
            phrases
        }
        Page::Flow(flow) => words(flow.service()),
        Page::Deployments => words("Deployments"),
        Page::Deployment(deployment) => {
            words(texts().map_or("Deployment", |texts| texts.of_deployment(deployment).title))
        }
        Page::StaticPorts => words("Static RPC ports"),
        Page::Connections => words("Connections"),
        Page::Compare { .. } => words("Compare"),
        Page::About => words("About the catalogue"),
    }
}

fn asked(view: &View) -> Vec<Phrase> {
    let filter = &view.filter;
    let mut phrases = vec![Phrase::Words(match titles(filter.versions) {
        versions if versions.is_empty() => "Exchange, all versions".to_owned(),
        versions => format!("Exchange {versions}"),
    })];
    zones(&mut phrases, ", from ", filter.from);
    zones(
        &mut phrases,
        if filter.from.is_empty() { ", to " } else { " to " },
        filter.to,
    );
    zones(&mut phrases, ", touching ", filter.zones);
    let mut more = vec![
        titles(filter.roles),
        titles(filter.transports),
        titles(filter.encryptions),
        titles(filter.states),
    ];
    if view.page == Page::List && !filter.ports.is_empty() {
        let ports: Vec<String> = filter.ports.iter().map(|&range| range_text(range)).collect();
        more.push(format!("port {}", ports.join(" or ")));
    }
    if !filter.words.is_empty() {
        more.push(format!("“{}”", filter.words));
    }
    let more = more.into_iter().filter(|words| !words.is_empty());
    phrases.extend(more.map(|words| Phrase::Words(format!(", {words}"))));
    phrases
}

fn titles<T: Vocabulary>(values: Set<T>) -> String {
    values.iter().map(T::title).collect::<Vec<_>>().join(" or ")
}

fn zones(phrases: &mut Vec<Phrase>, before: &str, zones: Set<Zone>) {
    for (index, zone) in zones.iter().enumerate() {
        phrases.push(Phrase::Words(if index == 0 { before } else { " or " }.to_owned()));
        phrases.push(Phrase::Zone(zone));
    }
}
