//! The services whose RPC port can be pinned.

use yew::{Html, html};

use crate::catalog::{Procedure, Texts, Vocabulary, procedures};
use crate::link::View;

/// The list, for the versions that are asked for.
pub fn static_ports(view: &View, texts: &Texts) -> Html {
    let versions = view.filter.versions;
    let wanted = |procedure: &&Procedure| versions.is_empty() || versions.intersects(procedure.versions);
    let row = |procedure: &Procedure| {
        let versions: Vec<&str> = procedure.versions.iter().map(Vocabulary::title).collect();
        let words = texts.of_procedure(procedure);
        let pin = view.plan.get(procedure).map(ToString::to_string).unwrap_or_default();
        html! {
            <tr>
                <th scope="row">{ words.service }</th>
                <td>{ words.role }</td>
                <td>{ versions.join(", ") }</td>
                <td>{ pin }</td>
            </tr>
        }
    };
    html! {
        <>
            <h1>{ "Static RPC ports" }</h1>
            <p class="intro">{ "Services that can be given one port, so that a firewall need not open a range." }</p>
            <table class="t2">
                <thead>
                    <tr>
                        <th scope="col">{ "Service" }</th><th scope="col">{ "Where it runs" }</th>
                        <th scope="col">{ "Versions" }</th><th scope="col">{ "Port in this link" }</th>
                    </tr>
                </thead>
                <tbody>{ for procedures().iter().filter(wanted).map(row) }</tbody>
            </table>
        </>
    }
}
