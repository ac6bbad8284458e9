//! The choice of a firewall.

use yew::{Callback, Html, Properties, component, html};

use crate::browser;
use crate::firewall::Platform;
use crate::firewall::platform::PLATFORMS;
use crate::link::Action;

/// What the picker needs.
#[derive(PartialEq, Properties)]
pub struct Props {
    /// The chosen platform.
    pub chosen: Option<&'static Platform>,
    /// Takes actions.
    pub dispatch: Callback<Action>,
}

/// The picker: platforms by group.
#[component]
pub fn PlatformPicker(props: &Props) -> Html {
    let mut groups: Vec<&str> = PLATFORMS.iter().map(|platform| platform.group).collect();
    groups.dedup();
    let group = |name: &&'static str| {
        let own = PLATFORMS.into_iter().filter(|platform| platform.group == *name);
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
            { for groups.iter().map(group) }
            if props.chosen.is_none() {
                <p class="soft">{ "Choose your firewall to see the rules." }</p>
            }
        </fieldset>
    }
}

fn item(platform: &'static Platform, props: &Props) -> Html {
    let onchange = props.dispatch.reform(move |_| {
        browser::keep_platform(platform);
        Action::ChoosePlatform(platform)
    });
    html! {
        <label key={platform.id}>
            <input
                type="radio"
                name="platform"
                value={platform.id}
                checked={props.chosen == Some(platform)}
                {onchange}
            />
            <span>{ platform.title }</span>
        </label>
    }
}
