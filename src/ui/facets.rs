//! The facets: lists of values with counts.

use std::rc::Rc;

use yew::{Callback, Html, Properties, component, html, use_memo, use_state};

use super::encryption_mark::encryption_value;
use super::fold::Fold;
use super::ports_mark::range_text;
use super::zone_mark::zone_mark;
use crate::catalog::{Encryption, PortRange, Vocabulary, Zone};
use crate::link::{Action, State};
use crate::query::{Facet, Filter, counts};

/// What the facets need.
#[derive(PartialEq, Properties)]
pub struct Props {
    /// What is asked.
    pub state: Rc<State>,
    /// Takes actions.
    pub dispatch: Callback<Action>,
}

/// The facets in the order in which people use them. All but the first fold away where there is little room; the last
/// two are long and folded anywhere.
const SHOWN: [Facet; 8] = [
    Facet::Version,
    Facet::From,
    Facet::To,
    Facet::State,
    Facet::Transport,
    Facet::Encryption,
    Facet::Zone,
    Facet::Role,
];

/// All facets.
#[component]
pub fn Facets(props: &Props) -> Html {
    let more = use_state(|| false);
    let filter = props.state.view.question();
    let counted = use_memo(filter.clone(), |filter| {
        let found = filter.found();
        SHOWN.map(|facet| counts(facet, filter, &found))
    });
    let group = |index: usize| {
        let facet = SHOWN[index];
        let values = facet_values(facet, &filter, &props.dispatch, &counted[index]);
        let chosen = facet.chosen(&filter) != 0;
        match facet {
            Facet::Zone | Facet::Role => {
                html! { <Fold class="facet" title={facet.title()} needed={chosen}>{ values }</Fold> }
            }
            _ => html! { <fieldset class="facet"><legend>{ facet.title() }</legend>{ values }</fieldset> },
        }
    };
    let onclick = {
        let more = more.clone();
        Callback::from(move |_| more.set(!*more))
    };
    html! {
        <aside class="facets" aria-label="Filter">
            { chosen_ports(&filter, &props.dispatch) }
            { group(0) }
            <button type="button" class="more" aria-expanded={more.to_string()} {onclick}>{ "More filters" }</button>
            <div class={if *more { "more-facets is-open" } else { "more-facets" }}>{ for (1..SHOWN.len()).map(group) }</div>
        </aside>
    }
}

fn facet_values(facet: Facet, filter: &Filter, dispatch: &Callback<Action>, counts: &[usize]) -> Html {
    let chosen = facet.chosen(filter);
    let value = |index: usize| {
        let is_chosen = chosen >> index & 1 == 1;
        let onchange = dispatch.reform(move |_| Action::Toggle(facet, index));
        html! {
            <li key={facet.words()[index].slug}>
                <label>
                    <input
                        type="checkbox"
                        name={facet.key()}
                        value={facet.words()[index].slug}
                        checked={is_chosen}
                        disabled={counts[index] == 0 && !is_chosen}
                        {onchange}
                    />
                    <span class="lab">{ label(facet, index) }</span>
                    <span class="n">{ counts[index] }</span>
                </label>
            </li>
        }
    };
    let all = 0..facet.words().len();
    // The newest version is asked for most.
    let values: Vec<Html> = if facet == Facet::Version {
        all.rev().map(value).collect()
    } else {
        all.map(value).collect()
    };
    html! { <ul>{ for values }</ul> }
}

fn label(facet: Facet, index: usize) -> Html {
    match facet {
        Facet::Zone | Facet::From | Facet::To => zone_mark(Zone::ALL[index]),
        Facet::Encryption => encryption_value(Encryption::ALL[index]),
        _ => html! { facet.words()[index].title },
    }
}

fn chosen_ports(filter: &Filter, dispatch: &Callback<Action>) -> Html {
    if filter.ports.is_empty() {
        return Html::default();
    }
    let port = |&range: &PortRange| {
        let onclick = dispatch.reform(move |_| Action::DropPort(range));
        let text = range_text(range);
        html! {
            <li key={range.to_string()}>
                <button type="button" {onclick} aria-label={format!("Drop port {text}")}>{ format!("{text} ×") }</button>
            </li>
        }
    };
    html! {
        <fieldset class="facet"><legend>{ "Port" }</legend><ul>{ for filter.ports.iter().map(port) }</ul></fieldset>
    }
}
