//! The whole page: state, address bar, and the parts of the screen.

use std::rc::Rc;

use yew::platform::spawn_local;
use yew::{
    Callback, Html, Properties, Reducible, UseStateHandle, component, html, use_callback, use_effect, use_effect_with,
    use_memo, use_mut_ref, use_reducer, use_state,
};

use super::about::about;
use super::answer::answer_table;
use super::deployments::{deployment, deployments};
use super::facets::Facets;
use super::flow_table::flow_table;
use super::footer::footer;
use super::header::Header;
use super::notices::notices;
use super::question::{question_heading, title};
use super::rules::Rules;
use super::static_ports::static_ports;
use super::unknown_yet::unknown_yet;
use crate::browser;
use crate::catalog::{Flow, flows, load_texts};
use crate::link::{Action, Loaded, Page, State, Theme, print};
use crate::query::answer;

/// The state behind the one reducer of the app.
struct Shared(Rc<State>);

impl Reducible for Shared {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        Rc::new(Self(Rc::new(self.0.reduce(action))))
    }
}

/// What the app begins with.
#[derive(PartialEq, Properties)]
pub struct Props {
    /// The state that the address opens.
    pub opened: Rc<State>,
    /// The theme of the last visit.
    pub theme: Theme,
    /// The size of the site in one file, where it is offered.
    pub single_file_bytes: Option<usize>,
}

/// The app.
#[component]
pub fn App(props: &Props) -> Html {
    let shared = use_reducer(|| Shared(props.opened.clone()));
    let dispatch = use_callback(shared.dispatcher(), |action: Action, dispatcher| {
        dispatcher.dispatch(action);
    });
    use_listeners(&dispatch);
    let texts = use_texts();

    let state = &shared.0;
    let matching = use_memo(state.clone(), |state| state.view.flows());
    let view = &state.view;
    let address = print(view);
    let key = (address.clone(), state.drafts.clone(), state.history);
    use_effect_with(key, {
        let title = title(view);
        move |(address, drafts, history)| {
            browser::write_address(address, *history);
            browser::keep_drafts(drafts);
            browser::set_title(&title);
        }
    });
    // Another page begins at its top; the first one where the reader is.
    let shown = use_mut_ref(|| view.page);
    use_effect_with(view.page, move |&page| {
        if shown.replace(page) != page {
            browser::scroll_to_top();
        }
    });
    let is_whole = !view.page.shows_long_texts() || *texts != Loaded::NotYet;
    // Last of all, each time: whoever waits for a view then finds it whole.
    use_effect(move || {
        if is_whole {
            browser::mark_ready();
            browser::show_view(&address);
        }
    });

    let main = match view.page {
        Page::List | Page::Port(_) | Page::Flow(_) => working_screen(state, &matching, *texts, &dispatch),
        Page::Embed => {
            html! { <main id="main" class="see" tabindex="-1">{ list(state, &matching, *texts, &dispatch) }</main> }
        }
        Page::Deployments => document(deployments(view)),
        Page::Deployment(chosen) => document(deployment(chosen, view)),
        Page::StaticPorts => document(static_ports(view)),
        Page::Connections | Page::Compare { .. } => document(unknown_yet(view)),
        Page::About => document(about(*texts)),
    };
    html! {
        <>
            if view.page != Page::Embed {
                <button type="button" class="skip" onclick={|_| browser::go_to("main")}>{ "Skip to the answer" }</button>
                <Header state={state.clone()} theme={props.theme} dispatch={dispatch.clone()} />
            }
            if !view.page.shows_flows() { <p class="vh" role="status">{ count(&matching) }</p> }
            { notices(&state.notices, &dispatch) }
            { main }
            if view.page != Page::Embed { { footer(view, props.single_file_bytes) } }
        </>
    }
}

/// Follows the address bar and the keys.
#[yew::hook]
fn use_listeners(dispatch: &Callback<Action>) {
    let listeners = use_mut_ref(Vec::new);
    let dispatch = dispatch.clone();
    use_effect_with((), move |()| {
        browser::restore();
        let mut listeners = listeners.borrow_mut();
        listeners.push(browser::on_change(move |fragment| {
            dispatch.emit(Action::Read(fragment));
        }));
        listeners.push(browser::on_key(|event| {
            if event.key() == "/" && !event.ctrl_key() && !event.meta_key() && !browser::is_in_field() {
                event.prevent_default();
                browser::focus_search();
            }
        }));
    });
}

/// Loads the long texts, once the page is interactive.
#[yew::hook]
fn use_texts() -> UseStateHandle<Loaded> {
    let loaded = use_state(Loaded::default);
    let set = loaded.clone();
    use_effect_with((), move |()| {
        spawn_local(async move {
            let is_here = browser::texts().await.is_ok_and(load_texts);
            set.set(if is_here { Loaded::Here } else { Loaded::Failed });
        });
    });
    loaded
}

fn count(matching: &[&'static Flow]) -> String {
    format!("{} of {} flows", matching.len(), flows().len())
}

fn document(content: Html) -> Html {
    html! { <main id="main" class="doc" tabindex="-1">{ content }</main> }
}

fn working_screen(
    state: &Rc<State>,
    matching: &Rc<Vec<&'static Flow>>,
    texts: Loaded,
    dispatch: &Callback<Action>,
) -> Html {
    html! {
        <div class="work">
            <Facets state={state.clone()} dispatch={dispatch.clone()} />
            <main id="main" class="see" tabindex="-1">{ list(state, matching, texts, dispatch) }</main>
            <Rules state={state.clone()} flows={matching.clone()} dispatch={dispatch.clone()} />
            <nav class="jump" aria-label="On this page">
                <button type="button" onclick={|_| browser::go_to("question")}>{ "Answer" }</button>
                <button type="button" onclick={|_| browser::go_to("flows")}>{ format!("{} flows", matching.len()) }</button>
                <button type="button" onclick={|_| browser::go_to("rules")}>{ "Rules" }</button>
            </nav>
        </div>
    }
}

fn list(state: &State, matching: &[&'static Flow], texts: Loaded, dispatch: &Callback<Action>) -> Html {
    let view = &state.view;
    let clear = dispatch.reform(|_| Action::Clear);
    let is_narrowed = !view.question().is_empty() || !view.options.ticked.is_empty() || view.page != Page::List;
    html! {
        <>
            <section class="answer-part" aria-labelledby="question">
                <div class="ask">
                    { question_heading(view) }
                    <p class="count">
                        <span role="status">{ count(matching) }</span>
                        if is_narrowed && view.page != Page::Embed {
                            { " " }<button type="button" class="plain" onclick={clear}>{ "Clear all" }</button>
                        }
                    </p>
                </div>
                { answer_table(&answer(&view.question(), matching), view) }
            </section>
            { flow_table(view, matching, matches!(view.page, Page::Flow(_)), texts, Some(dispatch)) }
        </>
    }
}
