//! A button that copies, and answers in itself.

use gloo::timers::callback::Timeout;
use yew::{Callback, Html, Properties, classes, component, html, platform::spawn_local, use_mut_ref, use_state};

use crate::browser;

/// What the button needs.
#[derive(PartialEq, Properties)]
pub struct Props {
    /// What it says.
    pub title: &'static str,
    /// Gives the text when it is pressed.
    pub text: TextSource,
    /// Called when copying is refused.
    #[prop_or_default]
    pub on_refused: Callback<()>,
    /// Whether it is the main button.
    #[prop_or_default]
    pub primary: bool,
}

/// A source of text that is asked only when it is needed.
pub type TextSource = Callback<(), String>;

#[derive(Clone, Copy, PartialEq)]
enum Answer {
    None,
    Copied,
    Refused,
}

const SHOWN_MS: u32 = 2000;

/// The button.
#[component]
pub fn CopyButton(props: &Props) -> Html {
    let answer = use_state(|| Answer::None);
    let timeout = use_mut_ref(|| None);
    let onclick = {
        let (answer, timeout) = (answer.clone(), timeout.clone());
        let (source, on_refused) = (props.text.clone(), props.on_refused.clone());
        Callback::from(move |_| {
            let text = source.emit(());
            let (answer, timeout, on_refused) = (answer.clone(), timeout.clone(), on_refused.clone());
            spawn_local(async move {
                let copied = browser::copy(&text).await.is_ok();
                if !copied {
                    on_refused.emit(());
                }
                answer.set(if copied { Answer::Copied } else { Answer::Refused });
                let back = Timeout::new(SHOWN_MS, move || answer.set(Answer::None));
                timeout.borrow_mut().replace(back);
            });
        })
    };
    let words = match *answer {
        Answer::None => props.title,
        Answer::Copied => "Copied",
        Answer::Refused => "Press Ctrl+C to copy",
    };
    html! {
        <button type="button" class={classes!(props.primary.then_some("primary"))} {onclick}>
            <span aria-live="polite">{ words }</span>
        </button>
    }
}
