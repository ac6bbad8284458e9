//! The table of flows.

use yew::{Callback, Html, html};

use super::flow_row::FlowRow;
use super::version_strip::version_heads;
use crate::catalog::Flow;
use crate::link::{Action, Loaded, View};

/// The table; its rows begin open or closed.
pub fn flow_table(
    View { filter, options, .. }: &View,
    flows: &[&'static Flow],
    opened: bool,
    texts: Loaded,
    dispatch: Option<&Callback<Action>>,
) -> Html {
    let row = |&flow: &&'static Flow| {
        html! {
            <FlowRow
                key={flow.id}
                {flow}
                versions={filter.versions}
                ticked={options.ticked.contains(flow)}
                {opened}
                {texts}
                dispatch={dispatch.cloned()}
            />
        }
    };
    if flows.is_empty() {
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
                            <span class="vh">{ "Versions" }</span>{ version_heads(filter.versions) }
                        </th>
                    </tr>
                </thead>
                { for flows.iter().map(row) }
            </table>
            <p class="strip-key">
                <span class="strip" aria-hidden="true"><span class="v v-on"></span></span>{ " documented " }
                <span class="strip" aria-hidden="true"><span class="v v-inf"></span></span>{ " inferred " }
                <span class="strip" aria-hidden="true"><span class="v v-off"></span></span>{ " not there" }
            </p>
        </section>
    }
}
