//! The facets: lists of values with counts.

use yew::{Callback, Html, Properties, component, html, use_memo};

use super::encryption_mark::encryption_value;
use super::ports_mark::range_text;
use super::zone_mark::zone_mark;
use crate::catalog::{Encryption, PortRange, Vocabulary, Zone};
use crate::link::Action;
use crate::query::{Facet, Filter, counts};

/// What the facets need.
#[derive(PartialEq, Properties)]
pub struct Props {
    /// What is asked.
    pub filter: Filter,
    /// Takes actions.
    pub dispatch: Callback<Action>,
}

/// The facets in the order in which people use them; the long ones are folded.
const SHOWN: [(Facet, bool); 8] = [
    (Facet::Version, true),
    (Facet::From, true),
    (Facet::To, true),
    (Facet::State, true),
    (Facet::Transport, true),
    (Facet::Encryption, true),
    (Facet::Zone, false),
    (Facet::Role, false),
];

/// All facets.
#[component]
pub fn Facets(props: &Props) -> Html {
    let counted = use_memo(props.filter.clone(), |filter| {
        SHOWN.map(|(facet, _)| counts(facet, filter))
    });
    let group = |(index, &(facet, open)): (usize, &(Facet, bool))| {
        let values = facet_values(facet, props, &counted[index]);
        if open {
            html! { <fieldset class="facet"><legend>{ facet.title() }</legend>{ values }</fieldset> }
        } else {
            // A chosen value must be in sight.
            let open = facet.chosen(&props.filter) != 0;
            html! { <details class="facet" {open}><summary>{ facet.title() }</summary>{ values }</details> }
        }
    };
    html! {
        <aside class="facets" aria-label="Filter">
            { chosen_ports(props) }
            { for SHOWN.iter().enumerate().map(group) }
        </aside>
    }
}

fn facet_values(facet: Facet, props: &Props, counts: &[usize]) -> Html {
    let chosen = facet.chosen(&props.filter);
    let value = |index: usize| {
        let is_chosen = chosen >> index & 1 == 1;
        let onchange = props.dispatch.reform(move |_| Action::Toggle(facet, index));
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

fn chosen_ports(props: &Props) -> Html {
    if props.filter.ports.is_empty() {
        return Html::default();
    }
    let port = |&range: &PortRange| {
        let onclick = props.dispatch.reform(move |_| Action::DropPort(range));
        let text = range_text(range);
        html! {
            <li key={range.to_string()}>
                <button type="button" {onclick} aria-label={format!("Drop port {text}")}>{ format!("{text} ×") }</button>
            </li>
        }
    };
    html! {
        <fieldset class="facet"><legend>{ "Port" }</legend><ul>{ for props.filter.ports.iter().map(port) }</ul></fieldset>
    }
}
