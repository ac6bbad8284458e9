//! One flow: a line that opens into everything that is known.

use yew::{Callback, Html, Properties, component, html, use_state};

use super::encryption_mark::encryption_mark;
use super::late::late;
use super::missing::missing;
use super::ports_mark::{ports_text, transports_text};
use super::version_strip::version_strip;
use super::zone_mark::zone_mark;
use crate::catalog::{End, Flow, State, Vocabulary, texts};
use crate::link::{Action, Loaded};

/// What a row needs.
#[derive(PartialEq, Properties)]
pub struct Props {
    /// The flow.
    pub flow: &'static Flow,
    /// Whether the flow is ticked.
    pub ticked: bool,
    /// Whether the row begins open.
    pub opened: bool,
    /// Whether what rows open into is there.
    pub details: Loaded,
    /// Takes actions; nothing on a page without the app, which then has nothing to press.
    pub dispatch: Option<Callback<Action>>,
}

/// The row: its line, and under it the details.
#[component]
pub fn FlowRow(props: &Props) -> Html {
    let flow = props.flow;
    let toggled = use_state(|| false);
    let is_open = props.opened != *toggled;
    let open = {
        let toggled = toggled.clone();
        Callback::from(move |_| toggled.set(!*toggled))
    };
    let has_range = flow.ports.iter().any(|ports| ports.range.width() > 1);
    html! {
        <>
            <tr role="row" class={if is_open { "open" } else { "" }}>
                <td role="cell" class="c-tick">{ for props.dispatch.iter().map(|dispatch| tick(flow, props.ticked, dispatch)) }</td>
                <td role="cell" class="c-port">
                    <span class={if has_range { "port port-range" } else { "port" }}>{ ports_text(flow) }</span>{ " " }
                    <span class="tr">{ transports_text(flow.transports) }</span>
                </td>
                <td role="cell" class="c-what">
                    if props.dispatch.is_some() {
                        <button type="button" class="what" aria-expanded={is_open.to_string()} onclick={open}>
                            { flow.service() }
                        </button>
                    } else {
                        <b>{ flow.service() }</b>
                    }
                    { flag(flow) }
                    <span class="why">{ flow.purpose() }</span>
                </td>
                <td role="cell" class="c-zone">
                    <span class="from">{ zones(&flow.from) }</span>{ " " }
                    <span class="to">{ zones(&flow.to) }</span>
                </td>
                <td role="cell" class="c-enc">{ encryption_mark(flow) }{ state(flow) }</td>
                <td role="cell" class="c-ver">{ version_strip(flow) }</td>
            </tr>
            if is_open {
                <tr role="row" class="detail">
                    <td role="cell" colspan="6">{ detail(props) }</td>
                </tr>
            }
        </>
    }
}

fn detail(props: &Props) -> Html {
    match (late(), texts()) {
        (Some(late), Some(texts)) => (late.flow_detail)(props.flow, texts, props.dispatch.as_ref()),
        _ => html! { <div class="detail-in">{ missing(props.details) }</div> },
    }
}

fn tick(flow: &'static Flow, checked: bool, dispatch: &Callback<Action>) -> Html {
    let onchange = dispatch.reform(move |_| Action::Tick(flow));
    html! { <input type="checkbox" aria-label={format!("Rules for {}", flow.service())} {checked} {onchange} /> }
}

/// A word beside the name if the source article has it wrong or sources disagree.
fn flag(flow: &Flow) -> Html {
    let word = match (flow.corrected, flow.disputed) {
        (_, true) => "disputed",
        (true, false) => "corrected",
        (false, false) => return Html::default(),
    };
    html! { <span class="flag">{ word }</span> }
}

fn zones(end: &End) -> Html {
    if end.zones.is_empty() {
        return html! { <span class="soft">{ "nothing listens" }</span> };
    }
    html! { { for end.zones.iter().map(|zone| html! { <>{ zone_mark(zone) }{ " " }</> }) } }
}

fn state(flow: &Flow) -> Html {
    let words = match flow.state_note {
        "" => flow.state.title().to_owned(),
        note => format!("{}, {note}", flow.state.title()),
    };
    match flow.state {
        State::Required => html! { <b class="req">{ words }</b> },
        _ => html! { <span class="opt">{ words }</span> },
    }
}
