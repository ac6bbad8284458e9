//! The answer: for each pair of zones its ports, required ones bold, optional ones light.

use std::num::NonZeroU16;
use std::rc::Rc;

use yew::{Html, Properties, component, html};

use super::ports_mark::{range_text, transports_text};
use super::zone_mark::{zone_letters, zone_mark};
use crate::catalog::{Flow, PortRange, Set, Transport, Vocabulary};
use crate::link::{Page, State, View, print};
use crate::query::{self, Filter, Opened};

/// The most zone pairs whose ports are written large.
const MOST_LARGE: usize = 4;

/// What the answer needs.
#[derive(PartialEq, Properties)]
pub struct Props {
    /// What is asked.
    pub state: Rc<State>,
    /// The flows that match.
    pub flows: Rc<Vec<&'static Flow>>,
}

/// The table.
#[component]
pub fn Answer(props: &Props) -> Html {
    let view = &props.state.view;
    let question = view.question();
    // All ports of all versions would be no answer.
    if question.is_empty() && view.page == Page::List {
        return html! { <p class="soft">{ "Choose a version or zones, and here stands what has to be open." }</p> };
    }
    let answers = query::answer(&question, &props.flows);
    if answers.is_empty() {
        return Html::default();
    }
    // Many lines are read as a table rather than as one answer.
    let class = if answers.len() > MOST_LARGE {
        "answers answers-many"
    } else {
        "answers"
    };
    html! {
        <table {class}>
            <caption class="vh">{ "Ports to open, TCP unless it says otherwise" }</caption>
            <thead>
                <tr>
                    <th scope="col"><span class="vh">{ "Between" }</span></th>
                    <th scope="col">{ "Required " }<span class="soft">{ "tcp unless marked" }</span></th>
                    <th scope="col">{ "Optional " }<span class="soft">{ "only what you use" }</span></th>
                </tr>
            </thead>
            <tbody>{ for answers.iter().map(|answer| row(answer, view)) }</tbody>
        </table>
    }
}

fn row(answer: &query::Answer, view: &View) -> Html {
    html! {
        <tr key={format!("{} {}", answer.from.slug(), answer.to.slug())}>
            <th scope="row">
                <a class="pair" href={print(&pair_view(answer, view))}>
                    { zone_letters(answer.from) }
                    <span class="arr" aria-hidden="true">{ "→" }</span><span class="vh">{ " to " }</span>
                    { zone_mark(answer.to) }
                </a>
                if answer.unsupported {
                    <span class="leave">{ "filtering not supported from 2007 on" }</span>
                }
            </th>
            <td>{ for answer.required.iter().map(|opened| figure(opened, view)) }</td>
            <td class="is-opt">{ for answer.optional.iter().map(|opened| figure(opened, view)) }</td>
        </tr>
    }
}

fn figure(opened: &Opened, view: &View) -> Html {
    let Some(range) = opened.range else {
        return html! { <span class="fig">{ transports_text(opened.transports) }</span> };
    };
    let wide = if range.width() > 1 { "fig fig-range" } else { "fig" };
    let choice = opened
        .choice
        .then(|| html! { <span class="soft fig-tr">{ "one of " }</span> });
    html! {
        <a class={wide} href={print(&port_view(range, view))}>
            { choice }{ range_text(range) }{ other_transport(opened.transports) }
        </a>
    }
}

/// The same question for one pair of zones.
fn pair_view(answer: &query::Answer, view: &View) -> View {
    View {
        filter: Filter {
            from: Set::EMPTY.with(answer.from),
            to: Set::EMPTY.with(answer.to),
            ..view.filter.clone()
        },
        ..view.clone()
    }
}

/// The page of a port, or the list of a range.
fn port_view(range: PortRange, view: &View) -> View {
    match NonZeroU16::new(range.first()) {
        Some(number) if range.width() == 1 => view.on(Page::Port(number)),
        _ => View {
            filter: Filter {
                ports: vec![range],
                ..view.filter.clone()
            },
            ..view.on(Page::List)
        },
    }
}

fn other_transport(transports: Set<Transport>) -> Html {
    if transports == Set::EMPTY.with(Transport::Tcp) {
        return Html::default();
    }
    html! { <span class="soft fig-tr">{ format!(" {}", transports_text(transports)) }</span> }
}
