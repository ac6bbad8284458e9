//! The table of flows.

use std::rc::Rc;

use yew::{Callback, Html, Properties, classes, component, html, use_mut_ref};

use super::flow_row::FlowRow;
use super::version_strip::version_heads;
use crate::catalog::{Flow, FlowSet, Set, Version, Vocabulary};
use crate::link::{Action, Loaded};

/// What the table needs.
#[derive(PartialEq, Properties)]
pub struct Props {
    /// The flows to show.
    pub flows: Rc<Vec<&'static Flow>>,
    /// The versions that are asked for.
    pub versions: Set<Version>,
    /// The ticked flows.
    pub ticked: FlowSet,
    /// Whether rows begin open.
    pub opened: bool,
    /// Whether what rows open into is there.
    pub details: Loaded,
    /// Takes actions; nothing on a page without the app, which then has nothing to press.
    pub dispatch: Option<Callback<Action>>,
}

/// The table. A row that was shown once stays, out of sight: showing it again costs next to nothing.
#[component]
pub fn FlowTable(props: &Props) -> Html {
    let made = use_mut_ref(FlowSet::default);
    let shown: FlowSet = props.flows.iter().copied().collect();
    made.borrow_mut().extend(&shown);
    let row = |flow: &'static Flow| {
        let is_shown = shown.contains(flow);
        html! {
            <tbody key={flow.id} role="rowgroup" hidden={!is_shown} data-flow={is_shown.then_some(flow.id)}>
                <FlowRow
                    {flow}
                    ticked={props.ticked.contains(flow)}
                    opened={props.opened && is_shown}
                    details={props.details}
                    dispatch={props.dispatch.clone()}
                />
            </tbody>
        }
    };
    let made = made.borrow();
    let hidden = made.iter().filter(|flow| !shown.contains(flow));
    let chosen = props.versions.iter().map(|version| format!("now-{}", version.index()));
    html! {
            <section class="flows" aria-labelledby="flows" hidden={shown.is_empty()}>
                <h2 id="flows" class="vh">{ "Flows" }</h2>
                <table class={classes!("t", chosen.collect::<Vec<_>>())} role="table">
                    <thead key="head" role="rowgroup">
                        <tr role="row">
                            <th role="columnheader" scope="col" class="c-tick"><span class="vh">{ "Rules for" }</span></th>
                            <th role="columnheader" scope="col" class="c-port">{ "Port" }</th>
                            <th role="columnheader" scope="col" class="c-what">{ "Service and why" }</th>
                            <th role="columnheader" scope="col" class="c-zone">{ "From → to" }</th>
                            <th role="columnheader" scope="col" class="c-enc">{ "Encryption, state" }</th>
                            <th role="columnheader" scope="col" class="c-ver">
                                <span class="vh">{ "Versions" }</span>{ version_heads() }
                            </th>
                        </tr>
                    </thead>
                    { for props.flows.iter().copied().chain(hidden).map(row) }
                </table>
                <p class="strip-key">
                    <span class="v v-on" aria-hidden="true"></span>{ " documented " }
                    <span class="v v-inf" aria-hidden="true"></span>{ " inferred " }
                    <span class="v v-off" aria-hidden="true"></span>{ " not there" }
                </p>
            </section>
    }
}
