//! What is to be said about the address.

use yew::{Callback, Html, html};

use crate::link::{Action, Notice};

/// The notices, while there are any.
pub fn notices(notices: &[Notice], dispatch: &Callback<Action>) -> Html {
    if notices.is_empty() {
        return Html::default();
    }
    let close = dispatch.reform(|_| Action::CloseNotices);
    html! {
        <div class="notice" role="alert" key="notice">
            <ul>{ for notices.iter().map(|notice| html! { <li>{ notice.to_string() }</li> }) }</ul>
            <button type="button" class="plain" onclick={close}>{ "Close" }</button>
        </div>
    }
}
