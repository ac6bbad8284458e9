//! The search box, which completes what is typed.

use std::rc::Rc;

use web_sys::{HtmlInputElement, InputEvent};
use yew::{Callback, FocusEvent, Html, KeyboardEvent, MouseEvent, Properties, TargetCast, component, html, use_state};

use super::ports_mark::{ports_text, range_text};
use crate::link::{Action, Page};
use crate::query::{Choice, Completion};

/// What the search box needs.
#[derive(PartialEq, Properties)]
pub struct Props {
    /// The words of the view.
    pub words: String,
    /// What can stand in place of the last of them.
    pub completions: Rc<Vec<Completion>>,
    /// Takes actions.
    pub dispatch: Callback<Action>,
}

/// The list under the box.
#[derive(Clone, Copy, PartialEq)]
enum List {
    Closed,
    /// Open, and which of its items a press of Enter takes.
    Open(Option<usize>),
}

/// The box. It owns what is typed as long as that means the same as the words of the view.
#[component]
pub fn SearchBox(props: &Props) -> Html {
    let typed = use_state(|| props.words.clone());
    let list = use_state(|| List::Closed);
    let oninput = {
        let (typed, list, dispatch) = (typed.clone(), list.clone(), props.dispatch.clone());
        Callback::from(move |event: InputEvent| {
            let text = event.target_unchecked_into::<HtmlInputElement>().value();
            typed.set(text.clone());
            list.set(List::Open(None));
            dispatch.emit(Action::Search(text));
        })
    };
    let choose = {
        let (list, dispatch) = (list.clone(), props.dispatch.clone());
        Callback::from(move |completion: Completion| {
            list.set(List::Closed);
            dispatch.emit(match completion.choice {
                Choice::Flow(flow) => Action::Go(Page::Flow(flow)),
                Choice::Value(..) | Choice::Port(_) => Action::Ask(completion.filter),
            });
        })
    };
    let count = props.completions.len();
    let active = match *list {
        List::Open(active) => active.filter(|&index| index < count),
        List::Closed => None,
    };
    let onkeydown = {
        let (list, completions, choose) = (list.clone(), props.completions.clone(), choose.clone());
        Callback::from(move |event: KeyboardEvent| {
            let next = match (&*event.key(), active) {
                ("ArrowDown", active) => List::Open(Some(active.map_or(0, |index| (index + 1) % count.max(1)))),
                ("ArrowUp", active) => List::Open(Some(active.filter(|&index| index > 0).unwrap_or(count) - 1)),
                ("Enter", Some(index)) => return choose.emit(completions[index].clone()),
                // The browser would empty the box.
                ("Escape", _) if *list != List::Closed => List::Closed,
                ("Enter", None) => return list.set(List::Closed),
                _ => return,
            };
            event.prevent_default();
            list.set(next);
        })
    };
    let onblur = {
        let list = list.clone();
        Callback::from(move |_: FocusEvent| list.set(List::Closed))
    };
    let value = if typed.trim() == props.words {
        (*typed).clone()
    } else {
        props.words.clone()
    };
    let is_open = *list != List::Closed && count > 0;
    html! {
        <search class="find">
            <label class="vh" for="search">{ "Search flows" }</label>
            <input
                id="search"
                type="search"
                role="combobox"
                aria-expanded={is_open.to_string()}
                aria-controls="completions"
                aria-autocomplete="list"
                aria-activedescendant={active.map(item_id)}
                autocomplete="off"
                spellcheck="false"
                maxlength="200"
                placeholder="owa, 587, 6001-6004, autodiscover"
                {value}
                {oninput}
                {onkeydown}
                {onblur}
            />
            <kbd aria-hidden="true">{ "/" }</kbd>
            <ul id="completions" role="listbox" aria-label="Completions" hidden={!is_open}>
                { for props.completions.iter().enumerate().map(|(index, completion)| {
                    item(index, completion, active == Some(index), &choose)
                }) }
            </ul>
        </search>
    }
}

fn item_id(index: usize) -> String {
    format!("completion-{index}")
}

fn item(index: usize, completion: &Completion, is_active: bool, choose: &Callback<Completion>) -> Html {
    let onclick = {
        let completion = completion.clone();
        choose.reform(move |_| completion.clone())
    };
    let (kind, title) = match completion.choice {
        Choice::Value(facet, index) => (facet.key(), facet.words()[index].title.to_owned()),
        Choice::Port(range) => ("port", range_text(range)),
        Choice::Flow(flow) => ("flow", format!("{} {}", flow.service(), ports_text(flow))),
    };
    // Without this the box would lose the focus, and close the list before the click.
    let onmousedown = |event: MouseEvent| event.prevent_default();
    html! {
        <li id={item_id(index)} role="option" aria-selected={is_active.to_string()} {onclick} {onmousedown}>
            <span class="soft">{ kind }{ ": " }</span>{ title }
        </li>
    }
}
