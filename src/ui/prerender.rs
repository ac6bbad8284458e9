//! The same components as text, for the first paint and for readers without JavaScript.

use std::num::NonZeroU16;
use std::rc::Rc;

use yew::{BaseComponent, Callback, Html, LocalServerRenderer, Properties, component, html};

use super::app::{App, Props};
use super::flow_table::FlowTable;
use super::header::brand;
use crate::catalog::Flow;
use crate::link::{Action, Loaded, Page, State, Theme, View, print};

/// The whole list, as the app shows it when it opens without an address.
pub fn list(single_file_bytes: Option<usize>) -> String {
    let props = Props {
        opened: Rc::new(State::default()),
        theme: Theme::default(),
        single_file_bytes,
    };
    render(LocalServerRenderer::<App>::with_props(props))
}

/// The page of a port: its flows with all that is known of them, and the way into the app.
pub fn port(number: NonZeroU16) -> String {
    render(LocalServerRenderer::<PortPage>::with_props(PortProps { number }))
}

fn render<C: BaseComponent>(renderer: LocalServerRenderer<C>) -> String
where
    C::Properties: 'static,
{
    pollster::block_on(renderer.hydratable(false).render())
}

#[derive(PartialEq, Properties)]
struct PortProps {
    number: NonZeroU16,
}

#[component]
fn PortPage(props: &PortProps) -> Html {
    let view = View::default().on(Page::Port(props.number));
    let flows: Rc<Vec<&'static Flow>> = Rc::new(view.flows());
    let app = format!("../../{}", print(&view));
    html! {
        <>
            <header class="head">{ brand("../../#/") }</header>
            <main class="doc static">
                <h1>{ format!("Port {}", props.number) }</h1>
                <p class="intro">
                    { format!("{} of Exchange Server use port {}. ", in_words(flows.len()), props.number) }
                    <a href={app}>{ "Filter them, and get firewall rules" }</a>
                </p>
                <FlowTable
                    {flows}
                    versions={view.filter.versions}
                    ticked={view.options.ticked.clone()}
                    opened=true
                    details={Loaded::Here}
                    dispatch={None::<Callback<Action>>}
                />
            </main>
        </>
    }
}

fn in_words(flows: usize) -> String {
    if flows == 1 {
        "One flow".to_owned()
    } else {
        format!("{flows} flows")
    }
}
