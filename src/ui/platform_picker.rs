//! The choice of a firewall.

use web_sys::{HtmlInputElement, InputEvent};
use yew::{Callback, Html, Properties, TargetCast, component, html, use_state};

use crate::browser;
use crate::firewall::Platform;
use crate::firewall::platform::PLATFORMS;
use crate::link::Action;

/// What the picker needs.
#[derive(PartialEq, Properties)]
pub struct Props {
    /// The firewall that is chosen.
    pub chosen: Option<&'static Platform>,
    /// Takes actions.
    pub dispatch: Callback<Action>,
}

/// The picker: platforms by group, fewer as one types.
#[component]
pub fn PlatformPicker(props: &Props) -> Html {
    let words = use_state(String::new);
    let oninput = {
        let words = words.clone();
        Callback::from(move |event: InputEvent| words.set(event.target_unchecked_into::<HtmlInputElement>().value()))
    };
    let found: Vec<&Platform> = PLATFORMS.into_iter().filter(|platform| platform.has(&words)).collect();
    let mut groups: Vec<&str> = found.iter().map(|platform| platform.group).collect();
    groups.dedup();
    let group = |name: &&'static str| {
        let own = found.iter().filter(|platform| platform.group == *name);
        html! {
            <div class="pick-row" key={*name}>
                <span class="pick-group">{ *name }</span>
                <span class="pick-items">{ for own.map(|platform| item(platform, props)) }</span>
            </div>
        }
    };
    html! {
        <fieldset class="picker">
            <legend class="vh">{ "Firewall" }</legend>
            <input
                type="text"
                class="pick-find"
                autocomplete="off"
                spellcheck="false"
                aria-label="Find a firewall"
                placeholder="Find a firewall"
                value={(*words).clone()}
                {oninput}
            />
            { for groups.iter().map(group) }
            <p class="soft">{ hint(props.chosen, found.is_empty()) }</p>
        </fieldset>
    }
}

fn hint(chosen: Option<&Platform>, is_none_found: bool) -> &'static str {
    match chosen {
        _ if is_none_found => "No firewall of this name. A change request fits any.",
        None => "Choose your firewall to see the rules.",
        Some(platform) => platform.purpose,
    }
}

fn item(platform: &'static Platform, Props { chosen, dispatch }: &Props) -> Html {
    let onchange = dispatch.reform(move |_| {
        browser::keep_platform(platform);
        Action::ChoosePlatform(platform)
    });
    html! {
        <label key={platform.id}>
            <input type="radio" name="platform" value={platform.id} checked={*chosen == Some(platform)} {onchange} />
            <span>{ platform.title }</span>
        </label>
    }
}
