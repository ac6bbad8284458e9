//! The table of flows.

use std::collections::BTreeSet;
use std::rc::Rc;

use yew::{Callback, Html, Properties, component, html};

use super::flow_row::FlowRow;
use super::version_strip::version_heads;
use crate::catalog::{Flow, Set, Version};
use crate::link::{Action, View};

/// What the table needs.
#[derive(PartialEq, Properties)]
pub struct Props {
    /// The flows, in the order in which they are shown.
    pub flows: Rc<Vec<&'static Flow>>,
    /// The versions that are asked for.
    pub versions: Set<Version>,
    /// The ticked flows.
    pub ticked: BTreeSet<&'static Flow>,
    /// Whether rows begin open.
    pub opened: bool,
    /// The view, which links keep.
    pub view: View,
    /// Takes actions.
    pub dispatch: Callback<Action>,
}

/// The table.
#[component]
pub fn FlowTable(props: &Props) -> Html {
    let row = |&flow: &&'static Flow| {
        html! {
            <FlowRow
                key={flow.id}
                {flow}
                versions={props.versions}
                ticked={props.ticked.contains(flow)}
                opened={props.opened}
                dispatch={props.dispatch.clone()}
            />
        }
    };
    if props.flows.is_empty() {
        return html! {
            <p class="nothing">{ "No flow matches. Drop a word or a value of the filter, or clear all." }</p>
        };
    }
    html! {
        <section class="flows" aria-labelledby="flows">
            <h2 id="flows" class="vh">{ "Flows" }</h2>
            <table class="t" role="table">
                <thead role="rowgroup">
                    <tr role="row">
                        <th role="columnheader" scope="col" class="c-tick"><span class="vh">{ "Rules for" }</span></th>
                        <th role="columnheader" scope="col" class="c-port">{ "Port" }</th>
                        <th role="columnheader" scope="col" class="c-what">{ "Service and why" }</th>
                        <th role="columnheader" scope="col" class="c-zone">{ "From → to" }</th>
                        <th role="columnheader" scope="col" class="c-enc">{ "Encryption, state" }</th>
                        <th role="columnheader" scope="col" class="c-ver">
                            <span class="vh">{ "Versions" }</span>{ version_heads(props.versions) }
                        </th>
                    </tr>
                </thead>
                { for props.flows.iter().map(row) }
            </table>
            <p class="strip-key">
                <span class="strip" aria-hidden="true"><span class="v v-on"></span></span>{ " documented " }
                <span class="strip" aria-hidden="true"><span class="v v-inf"></span></span>{ " inferred " }
                <span class="strip" aria-hidden="true"><span class="v v-off"></span></span>{ " not there" }
            </p>
        </section>
    }
}
