//! The whole page: state, address bar, and the parts of the screen.

use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;

use gloo::timers::callback::Timeout;
use yew::platform::spawn_local;
use yew::{
    Callback, Html, Properties, Reducible, UseReducerHandle, component, html, use_callback, use_effect,
    use_effect_with, use_memo, use_mut_ref, use_reducer, use_state_eq,
};

use super::answer::Answer;
use super::facets::Facets;
use super::flow_table::FlowTable;
use super::footer::footer;
use super::header::Header;
use super::late::{late, load_late};
use super::missing::missing;
use super::notices::notices;
use super::question::{question_heading, title};
use super::rules::Props as RulesProps;
use super::screen::{FIRST_ROWS, Screen, Shown, Step};
use crate::browser;
use crate::catalog::{self, Flow, flows, load_texts};
use crate::link::{Action, Loaded, Page, State, Theme, print};
use crate::query::{Index, marks};

impl Reducible for Screen {
    type Action = Step;

    fn reduce(self: Rc<Self>, step: Step) -> Rc<Self> {
        Rc::new(self.after(step))
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
    let screen = use_reducer(|| Screen::open(props.opened.clone()));
    let dispatch = use_callback(screen.dispatcher(), |action: Action, screen| {
        screen.dispatch(Step::Act(action));
    });
    use_listeners(&dispatch);
    let texts = use_loaded(|| Box::pin(load_long_texts()));
    let module = use_loaded(|| Box::pin(load_late()));
    // The late module shows the long texts.
    let details = if module == Loaded::Here { texts } else { module };
    use_settling(&screen);
    use_address(&screen.settled.state, texts);
    use_marks(&screen);
    use_readiness(&screen, details, module);

    let parts = Parts {
        screen: &screen,
        details,
        module,
        dispatch: &dispatch,
    };
    let (now, settled) = (&screen.now, &screen.settled);
    let view = &settled.state.view;
    // The first rows at once, the others when nobody types.
    let shown = use_memo((now.flows.clone(), screen.is_settled()), |(flows, is_settled)| {
        let count = if *is_settled {
            flows.len()
        } else {
            flows.len().min(FIRST_ROWS)
        };
        flows[..count].to_vec()
    });
    let proposed = use_memo((settled.clone(), module), |(Shown { state, flows }, _)| {
        late().map_or_else(Vec::new, |late| (late.completions)(&state.view.filter, flows))
    });
    let main = match view.page {
        Page::List | Page::Port(_) | Page::Flow(_) => parts.working_screen(&shown),
        Page::Embed => html! { <main id="main" class="see" tabindex="-1">{ parts.list(&shown) }</main> },
        _ => document(match (late(), catalog::texts()) {
            (Some(late), Some(texts)) => (late.document)(view, texts),
            _ => missing(details),
        }),
    };
    html! {
        <>
            if view.page != Page::Embed {
                <button type="button" class="skip" onclick={|_| browser::go_to("main")}>{ "Skip to the answer" }</button>
                <Header state={now.state.clone()} completions={proposed} theme={props.theme} dispatch={dispatch.clone()} />
            }
            if !view.page.shows_flows() { <p class="vh" role="status">{ count(&now.flows) }</p> }
            { notices(&now.state.notices, &dispatch) }
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

/// Loads something that nobody needs before the page is interactive.
#[yew::hook]
fn use_loaded(load: fn() -> Pin<Box<dyn Future<Output = bool>>>) -> Loaded {
    let loaded = use_state_eq(Loaded::default);
    let set = loaded.setter();
    use_effect_with((), move |()| {
        spawn_local(async move {
            set.set(if load().await { Loaded::Here } else { Loaded::Failed });
        });
    });
    *loaded
}

async fn load_long_texts() -> bool {
    browser::texts().await.is_ok_and(load_texts)
}

/// After a key the rest of the page follows once it is painted, unless the next key is there before.
const REST_MS: u32 = 50;

#[yew::hook]
fn use_settling(screen: &UseReducerHandle<Screen>) {
    let dispatcher = screen.dispatcher();
    let is_settled = screen.is_settled();
    use_effect_with(screen.now.state.clone(), move |_| {
        let rest = (!is_settled).then(|| Timeout::new(REST_MS, move || dispatcher.dispatch(Step::Settle)));
        move || drop(rest)
    });
}

/// Keeps the address bar, the title and what outlives a reload in step with the state.
#[yew::hook]
fn use_address(state: &Rc<State>, texts: Loaded) {
    // The long texts hold words of some titles.
    use_effect_with((state.clone(), texts), |(state, _)| {
        browser::write_address(&print(&state.view), state.history);
        browser::keep_drafts(&state.drafts);
        browser::set_title(&title(&state.view));
    });
    // Another page begins at its top; the first one where the reader is.
    let page = state.view.page;
    let shown = use_mut_ref(|| page);
    use_effect_with(page, move |&page| {
        if shown.replace(page) != page {
            browser::scroll_to_top();
        }
    });
}

/// Marks what was found once the rows are there.
#[yew::hook]
fn use_marks(screen: &Screen) {
    let is_settled = screen.is_settled();
    use_effect_with((screen.settled.clone(), is_settled), |(shown, is_settled)| {
        if *is_settled {
            browser::mark(&marks(Index::catalogue(), &shown.state.view.filter.words));
        }
    });
}

/// Tells scripts what is there. Last of all, each time: whoever waits for a view then finds it whole.
#[yew::hook]
fn use_readiness(screen: &Screen, details: Loaded, module: Loaded) {
    let view = &screen.settled.state.view;
    let has_details = !view.page.shows_long_texts() || details != Loaded::NotYet;
    let is_whole = screen.is_settled() && has_details && module != Loaded::NotYet;
    let whole = is_whole.then(|| print(view));
    use_effect(move || {
        if has_details {
            browser::mark_ready();
        }
        if let Some(address) = whole {
            browser::show_view(&address);
        }
    });
}

fn count(matching: &[&'static Flow]) -> String {
    format!("{} of {} flows", matching.len(), flows().len())
}

fn document(content: Html) -> Html {
    html! { <main id="main" class="doc" tabindex="-1">{ content }</main> }
}

/// What the parts of the working screen need.
struct Parts<'a> {
    screen: &'a Screen,
    details: Loaded,
    module: Loaded,
    dispatch: &'a Callback<Action>,
}

impl Parts<'_> {
    fn working_screen(&self, shown: &Rc<Vec<&'static Flow>>) -> Html {
        let settled = &self.screen.settled;
        html! {
            <div class="work">
                <Facets state={settled.state.clone()} dispatch={self.dispatch.clone()} />
                <main id="main" class="see" tabindex="-1">{ self.list(shown) }</main>
                { match late() {
                    None => html! { <aside class="rules">{ missing(self.module) }</aside> },
                    Some(late) => (late.rules)(RulesProps {
                        state: settled.state.clone(),
                        flows: settled.flows.clone(),
                        dispatch: self.dispatch.clone(),
                    }),
                } }
                <nav class="jump" aria-label="On this page">
                    <button type="button" onclick={|_| browser::go_to("question")}>{ "Answer" }</button>
                    <button type="button" onclick={|_| browser::go_to("flows")}>
                        { format!("{} flows", self.screen.now.flows.len()) }
                    </button>
                    <button type="button" onclick={|_| browser::go_to("rules")}>{ "Rules" }</button>
                </nav>
            </div>
        }
    }

    fn list(&self, shown: &Rc<Vec<&'static Flow>>) -> Html {
        let settled = &self.screen.settled;
        let view = &settled.state.view;
        let clear = self.dispatch.reform(|_| Action::Clear);
        let is_narrowed = !view.question().is_empty() || !view.options.ticked.is_empty() || view.page != Page::List;
        html! {
            <>
                <section class="answer-part" aria-labelledby="question">
                    <div class="ask">
                        { question_heading(view) }
                        <p class="count">
                            <span role="status">{ count(&self.screen.now.flows) }</span>
                            if is_narrowed && view.page != Page::Embed {
                                { " " }<button type="button" class="plain" onclick={clear}>{ "Clear all" }</button>
                            }
                        </p>
                    </div>
                    <Answer state={settled.state.clone()} flows={settled.flows.clone()} />
                </section>
                if shown.is_empty() && settled.flows.is_empty() {
                    { for late().map(|late| (late.nothing_found)(&view.question(), self.dispatch)) }
                }
                <FlowTable
                    flows={shown.clone()}
                    versions={view.filter.versions}
                    ticked={view.options.ticked.clone()}
                    opened={matches!(view.page, Page::Flow(_))}
                    details={self.details}
                    dispatch={self.dispatch.clone()}
                />
            </>
        }
    }
}
