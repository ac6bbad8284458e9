//! The switches for rules, each with one plain sentence.

use web_sys::{Event, HtmlInputElement, HtmlSelectElement};
use yew::{Callback, Html, TargetCast, html};

use super::name_field::NameField;
use crate::catalog::{Flow, Set, Zone};
use crate::firewall::{Grouping, Internal, Options, Place, Placement, Prefix, Rest};
use crate::link::{Action, View};

/// The choice of where rules stand.
pub fn placement_choice(chosen: Placement, dispatch: &Callback<Action>) -> Html {
    let item = |&placement: &Placement| {
        let title = match placement {
            Placement::Network => "Between zones",
            Placement::Host => "On the host",
        };
        let onchange = dispatch.reform(move |_| Action::Place(placement));
        html! {
            <label>
                <input
                    type="radio"
                    name="placement"
                    value={placement.slug()}
                    checked={placement == chosen}
                    {onchange}
                />
                <span>{ title }</span>
            </label>
        }
    };
    html! {
        <fieldset class="seg">
            <legend class="vh">{ "Where the rules stand" }</legend>
            { for Placement::ALL.iter().map(item) }
        </fieldset>
    }
}

/// All other switches.
pub fn choices(view: &View, flows: &[&'static Flow], dispatch: &Callback<Action>) -> Html {
    let options = &view.options;
    html! {
        <details class="choices">
            <summary>{ "Choices" }</summary>
            { switch("required", "Required flows only", options.required_only, dispatch, Action::RequiredOnly) }
            if options.placement == Placement::Host {
                { host(view, flows, dispatch) }
            }
            { select(
                "internal",
                "Between Exchange servers and to domain controllers, where Microsoft does not support filtering",
                &Internal::ALL.iter().map(|&value| (value.slug(), internal_title(value))).collect::<Vec<_>>(),
                options.internal.slug(),
                dispatch,
                |slug| Internal::ALL.iter().copied().find(|value| value.slug() == slug).map(Action::TreatInternal),
            ) }
            { select(
                "rest",
                "Everything else",
                &Rest::ALL.iter().map(|&value| (value.slug(), rest_title(value))).collect::<Vec<_>>(),
                options.rest.slug(),
                dispatch,
                |slug| Rest::ALL.iter().copied().find(|value| value.slug() == slug).map(Action::TreatRest),
            ) }
            { select(
                "rules",
                "Rules",
                &Grouping::ALL.iter().map(|&value| (value.slug(), grouping_title(value))).collect::<Vec<_>>(),
                options.grouping.slug(),
                dispatch,
                |slug| Grouping::ALL.iter().copied().find(|value| value.slug() == slug).map(Action::Group),
            ) }
            <NameField
                id="name"
                title={html! { "Names of rules begin with; give each selection its own, so that undoing one leaves the others" }}
                value={prefix_value(options)}
                placeholder={Prefix::default().to_string()}
                takes={Prefix::FORM}
                on_text={on_prefix(dispatch)}
            />
            { switch("log", "Log what is allowed", options.log, dispatch, Action::Log) }
        </details>
    }
}

fn prefix_value(options: &Options) -> String {
    let chosen = (options.prefix != Prefix::default()).then(|| options.prefix.to_string());
    chosen.unwrap_or_default()
}

fn on_prefix(dispatch: &Callback<Action>) -> Callback<String, bool> {
    let dispatch = dispatch.clone();
    Callback::from(move |text: String| {
        let prefix = if text.is_empty() {
            Some(Prefix::default())
        } else {
            Prefix::new(&text)
        };
        let is_taken = prefix.is_some();
        if let Some(prefix) = prefix {
            dispatch.emit(Action::NameRules(prefix));
        }
        is_taken
    })
}

fn internal_title(internal: Internal) -> &'static str {
    match internal {
        Internal::Omit => "write nothing, leave it open",
        Internal::Any => "allow any protocol both ways",
        Internal::Ports => "write the listed ports, with a warning",
    }
}

fn rest_title(rest: Rest) -> &'static str {
    match rest {
        Rest::Keep => "stays as it is: only allow more",
        Rest::Drop => "is dropped: a complete ruleset",
    }
}

fn grouping_title(grouping: Grouping) -> &'static str {
    match grouping {
        Grouping::Compact => "as few as possible",
        Grouping::PerFlow => "one for each flow",
    }
}

fn switch(
    name: &'static str,
    title: &str,
    checked: bool,
    dispatch: &Callback<Action>,
    action: fn(bool) -> Action,
) -> Html {
    let onchange =
        dispatch.reform(move |event: Event| action(event.target_unchecked_into::<HtmlInputElement>().checked()));
    html! { <label class="switch"><input type="checkbox" {name} {checked} {onchange} />{ " " }{ title }</label> }
}

fn select(
    name: &'static str,
    title: &str,
    values: &[(&'static str, &'static str)],
    chosen: &str,
    dispatch: &Callback<Action>,
    action: fn(&str) -> Option<Action>,
) -> Html {
    let dispatch = dispatch.clone();
    let onchange = Callback::from(move |event: Event| {
        if let Some(action) = action(&event.target_unchecked_into::<HtmlSelectElement>().value()) {
            dispatch.emit(action);
        }
    });
    let option = |&(slug, words): &(&'static str, &'static str)| {
        html! { <option value={slug} selected={slug == chosen}>{ words }</option> }
    };
    html! {
        <label class="field">
            <span>{ title }</span>
            <select {name} {onchange}>{ for values.iter().map(option) }</select>
        </label>
    }
}

/// The host on which rules stand: one of the zones that the legs touch.
fn host(view: &View, flows: &[&'static Flow], dispatch: &Callback<Action>) -> Html {
    let filter = view.question();
    let legs = flows.iter().flat_map(|flow| filter.legs(flow));
    let zones: Set<Zone> = legs.flat_map(|leg| [Some(leg.from), leg.to]).flatten().collect();
    let mut places: Vec<Place> = zones
        .iter()
        .filter(|&zone| zone != Zone::Local)
        .map(Place::Zone)
        .collect();
    places.extend(view.options.at.filter(|place| !places.contains(place)));
    let mut values = vec![("", "the destination, if there is one")];
    values.extend(places.iter().map(|place| (place.slug(), place.title())));
    let chosen = view.options.at.map_or("", Place::slug);
    select("at", "The host stands in", &values, chosen, dispatch, |slug| {
        Some(Action::StandAt(Place::from_slug(slug)))
    })
}
