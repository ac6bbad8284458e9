//! The address fields: one for each zone that the rules touch, and one for each role on demand.

use web_sys::{HtmlInputElement, InputEvent};
use yew::{Callback, Html, Properties, TargetCast, component, html, use_state};

use super::fold::Fold;
use super::name_field::NameField;
use super::zone_mark::zone_mark;
use crate::catalog::{Flow, Role, Set, Vocabulary, Zone};
use crate::firewall::{AddressList, AddressRemark, Label, Place};
use crate::link::{Action, State};

/// All fields.
pub fn address_fields(state: &State, flows: &[&'static Flow], dispatch: &Callback<Action>) -> Html {
    let names_zones = state.platform().is_some_and(|platform| platform.names_zones);
    let filter = state.view.question();
    let legs = flows.iter().flat_map(|flow| filter.legs(flow));
    let zones: Set<Zone> = legs.flat_map(|leg| [Some(leg.from), leg.to]).flatten().collect();
    let ends = flows.iter().flat_map(|flow| [&flow.from, &flow.to]);
    let roles: Set<Role> = ends.flat_map(|end| end.roles.iter()).collect();
    let field = |place: Place| {
        let addresses = state.view.options.addresses.get(&place);
        let draft = state.drafts.iter().find(|draft| draft.place == place);
        html! {
            <AddressField
                key={place.slug()}
                {place}
                value={addresses.map(ToString::to_string).unwrap_or_default()}
                draft={draft.map(|draft| draft.text.clone())}
                dispatch={dispatch.clone()}
            />
        }
    };
    let given = state
        .view
        .options
        .addresses
        .keys()
        .chain(state.drafts.iter().map(|draft| &draft.place));
    let needed = given.into_iter().any(|place| matches!(place, Place::Role(_)));
    html! {
        <>
            <fieldset class="addrs">
                <legend class="vh">{ "Addresses" }</legend>
                { for zones.iter().filter(|&zone| zone != Zone::Local).map(Place::Zone).map(field) }
            </fieldset>
            if names_zones {
                <fieldset class="addrs">
                    <legend class="soft">{ "What the firewall calls them" }</legend>
                    { for zones.iter().filter(|&zone| zone != Zone::Local).map(|zone| name_field(state, zone, dispatch)) }
                </fieldset>
            }
            if !roles.is_empty() {
                <Fold class="by-role" title="Addresses by role, where a zone is too wide" {needed}>
                    <div class="addrs">{ for roles.iter().map(Place::Role).map(field) }</div>
                </Fold>
            }
        </>
    }
}

fn name_field(state: &State, zone: Zone, dispatch: &Callback<Action>) -> Html {
    let label = state.view.options.labels.get(&zone);
    let dispatch = dispatch.clone();
    let on_text = Callback::from(move |text: String| {
        let label = Label::new(&text);
        let is_taken = label.is_some() || text.is_empty();
        if is_taken {
            dispatch.emit(Action::NameZone(zone, label));
        }
        is_taken
    });
    html! {
        <NameField
            key={zone.slug()}
            id={format!("as-{}", zone.slug())}
            title={zone_mark(zone)}
            value={label.map(ToString::to_string).unwrap_or_default()}
            placeholder={zone.slug()}
            takes={Label::FORM}
            {on_text}
        />
    }
}

/// What a field needs.
#[derive(PartialEq, Properties)]
struct FieldProps {
    place: Place,
    value: String,
    draft: Option<String>,
    dispatch: Callback<Action>,
}

/// A field. It owns what is typed as long as that means the value.
#[component]
fn AddressField(props: &FieldProps) -> Html {
    let place = props.place;
    let typed = use_state(|| props.draft.clone().unwrap_or_else(|| props.value.clone()));
    let oninput = {
        let (typed, dispatch) = (typed.clone(), props.dispatch.clone());
        Callback::from(move |event: InputEvent| {
            let text = event.target_unchecked_into::<HtmlInputElement>().value();
            typed.set(text.clone());
            dispatch.emit(Action::TypeAddresses(place, text));
        })
    };
    let means_value = |text: &str| {
        let read = AddressList::read(text).addresses;
        read.map(|addresses| addresses.to_string()).unwrap_or_default() == props.value
    };
    let text = match &props.draft {
        Some(draft) => draft.clone(),
        None if means_value(&typed) => (*typed).clone(),
        None => props.value.clone(),
    };
    let remarks = AddressList::read(&text).remarks;
    let is_wrong = remarks
        .iter()
        .any(|remark| matches!(remark, AddressRemark::Refused(..)));
    let id = format!("addr-{}", place.slug());
    let remarks_id = format!("{id}-remarks");
    html! {
        <div class="addr">
            <label for={id.clone()}>{ place_label(place) }</label>
            <input
                {id}
                type="text"
                autocomplete="off"
                spellcheck="false"
                placeholder={if place == Place::Zone(Zone::Internet) { "any" } else { "10.0.0.10, 10.0.1.0/24" }}
                aria-invalid={is_wrong.then_some("true")}
                aria-describedby={(!remarks.is_empty()).then(|| remarks_id.clone())}
                value={text}
                {oninput}
            />
            if !remarks.is_empty() {
                <ul id={remarks_id} class={if is_wrong { "field-error" } else { "field-note" }}>
                    { for remarks.iter().map(|remark| html! { <li>{ remark.to_string() }</li> }) }
                </ul>
            }
        </div>
    }
}

fn place_label(place: Place) -> Html {
    match place {
        Place::Zone(zone) => zone_mark(zone),
        Place::Role(_) => html! { place.title() },
    }
}
