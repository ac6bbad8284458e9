//! About the catalogue: its date, what it says of itself, its sources, what changed, the licence.

use yew::{Html, html};

use crate::catalog::{Change, Erratum, Source, Statement, Texts, Vocabulary, date, flows};

/// The page.
pub fn about(texts: &Texts) -> Html {
    html! {
        <>
            <h1>{ "About the catalogue" }</h1>
            <p class="intro">
                { format!("{} flows, Exchange 5.5 to SE. Catalogue of ", flows().len()) }<time>{ date() }</time>
                { ". Everything happens in this page: nothing that you type leaves it." }
            </p>
            { long_texts(texts) }
            <section>
                <h2>{ "Licence" }</h2>
                <p>{ "Program and catalogue may be used under the MIT licence or the Apache licence 2.0." }</p>
            </section>
        </>
    }
}

fn long_texts(texts: &Texts) -> Html {
    html! {
        <>
            <section><h2>{ "Microsoft’s support rule" }</h2>{ for texts.support.iter().map(statement) }</section>
            <section><h2>{ "What to keep in mind" }</h2><ul>{ for texts.caveats.iter().map(item) }</ul></section>
            <section>
                <h2>{ "The source article, checked" }</h2>
                <ol class="errata">{ for texts.errata.iter().map(erratum) }</ol>
            </section>
            <section><h2>{ "Changes" }</h2><ul>{ for texts.changes.iter().map(change) }</ul></section>
            <section><h2>{ "Sources" }</h2><ol class="sources">{ for texts.sources.iter().map(source) }</ol></section>
        </>
    }
}

fn statement(statement: &Statement) -> Html {
    html! {
        <>
            <p class="para">{ statement.text }</p>
            <ul class="sources">{ for statement.sources.iter().map(|cited| source(cited)) }</ul>
        </>
    }
}

fn item(caveat: &Statement) -> Html {
    html! { <li>{ statement(caveat) }</li> }
}

fn erratum(erratum: &Erratum) -> Html {
    html! {
        <li>
            <b>{ erratum.verdict.title() }</b>{ format!(": {} ", erratum.claim) }
            <span class="soft">{ "Right is: " }</span>{ erratum.fact }
        </li>
    }
}

fn change(change: &Change) -> Html {
    html! { <li><time>{ change.date }</time>{ format!(": {}", change.text) }</li> }
}

fn source(source: &Source) -> Html {
    html! { <li>{ source.title }{ " " }<span class="soft">{ source.location }</span></li> }
}
