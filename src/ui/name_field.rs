//! A field for a short name, such as the prefix of rules or what a firewall calls a zone.

use web_sys::{HtmlInputElement, InputEvent};
use yew::{Callback, Html, Properties, TargetCast, component, html, use_state};

/// What the field needs.
#[derive(PartialEq, Properties)]
pub struct Props {
    /// What it is for; also names the element.
    pub id: String,
    /// What stands above it.
    pub title: Html,
    /// The name in use, empty if there is none.
    pub value: String,
    /// What stands in for a missing name.
    pub placeholder: String,
    /// What a name may be, in words.
    pub takes: &'static str,
    /// Takes a text if it is a name or empty, and says whether it did.
    pub on_text: Callback<String, bool>,
}

/// The field. What is no name changes nothing, but stays in the field.
#[component]
pub fn NameField(props: &Props) -> Html {
    let refused = use_state(|| None);
    let is_wrong = refused.is_some();
    let text = (*refused).clone().unwrap_or_else(|| props.value.clone());
    let oninput = {
        let on_text = props.on_text.clone();
        Callback::from(move |event: InputEvent| {
            let text = event.target_unchecked_into::<HtmlInputElement>().value();
            let is_taken = on_text.emit(text.clone());
            refused.set((!is_taken).then_some(text));
        })
    };
    let error_id = format!("{}-error", props.id);
    html! {
        <div class="addr">
            <label for={props.id.clone()}>{ props.title.clone() }</label>
            <input
                id={props.id.clone()}
                type="text"
                autocomplete="off"
                spellcheck="false"
                placeholder={props.placeholder.clone()}
                aria-invalid={is_wrong.then_some("true")}
                aria-describedby={is_wrong.then(|| error_id.clone())}
                value={text}
                {oninput}
            />
            if is_wrong {
                <p id={error_id} class="field-error">{ format!("This takes {}.", props.takes) }</p>
            }
        </div>
    }
}
