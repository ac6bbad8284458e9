//! The choice of a firewall.

use yew::{Callback, Html, html};

use crate::browser;
use crate::firewall::Platform;
use crate::firewall::platform::PLATFORMS;
use crate::link::Action;

/// The picker: platforms by group.
pub fn platform_picker(chosen: Option<&'static Platform>, dispatch: &Callback<Action>) -> Html {
    let mut groups: Vec<&str> = PLATFORMS.iter().map(|platform| platform.group).collect();
    groups.dedup();
    let group = |name: &&'static str| {
        let own = PLATFORMS.into_iter().filter(|platform| platform.group == *name);
        html! {
            <div class="pick-row" key={*name}>
                <span class="pick-group">{ *name }</span>
                <span class="pick-items">{ for own.map(|platform| item(platform, chosen, dispatch)) }</span>
            </div>
        }
    };
    html! {
        <fieldset class="picker">
            <legend class="vh">{ "Firewall" }</legend>
            { for groups.iter().map(group) }
            if chosen.is_none() {
                <p class="soft">{ "Choose your firewall to see the rules." }</p>
            }
        </fieldset>
    }
}

fn item(platform: &'static Platform, chosen: Option<&'static Platform>, dispatch: &Callback<Action>) -> Html {
    let onchange = dispatch.reform(move |_| {
        browser::keep_platform(platform);
        Action::ChoosePlatform(platform)
    });
    html! {
        <label key={platform.id}>
            <input
                type="radio"
                name="platform"
                value={platform.id}
                checked={chosen == Some(platform)}
                {onchange}
            />
            <span>{ platform.title }</span>
        </label>
    }
}
