//! Everything that is known about a flow.

use std::num::NonZeroU16;

use yew::{Callback, Html, MouseEvent, html};

use super::copy_button::CopyButton;
use super::version_strip::in_words;
use super::zone_mark::zone_mark;
use crate::browser;
use crate::catalog::{Dispute, Erratum, Flow, FlowTexts, Reading, Source, Texts, Verdict, Vocabulary};
use crate::link::{Action, Page, View, print};

/// The details.
pub fn flow_detail(flow: &'static Flow, texts: &Texts, dispatch: Option<&Callback<Action>>) -> Html {
    let known = texts.of(flow);
    html! {
        <div class="detail-in">
            { facts(flow, known) }
            <div class="side">
                { for known.errata.iter().map(|erratum| erratum_note(erratum)) }
                { for known.disputes.iter().map(dispute_note) }
                <p class="sources-head">
                    { "Sources " }
                    <span class="soft">{ format!("confidence {}", flow.confidence.title()) }</span>
                </p>
                <ol class="sources">{ for known.sources.iter().map(|source| source_item(source)) }</ol>
                { for dispatch.map(|dispatch| actions(flow, dispatch)) }
            </div>
        </div>
    }
}

fn facts(flow: &Flow, known: &FlowTexts) -> Html {
    let replaced = flow.instead_of.unwrap_or_default();
    let rows = [
        (
            "From",
            with_titles(known.from, flow.from.roles.iter().map(Vocabulary::title)),
        ),
        ("To", with_titles(known.to, flow.to.roles.iter().map(Vocabulary::title))),
        ("Direction", flow.direction.title().to_owned()),
        ("Encryption", with_note(flow.encryption.title(), flow.encryption_note)),
        ("Sign-in", known.authentication.to_owned()),
        ("Port can change", known.configurable.to_owned()),
        ("Filtering", with_note(flow.filtering.title(), known.filtering_note)),
        ("State", with_note(flow.state.title(), flow.state_note)),
        ("IANA", known.iana.to_owned()),
        ("Versions", in_words(flow)),
        ("In place of", replaced.to_owned()),
        (
            "Article",
            if flow.in_source_article {
                "the source article lists it"
            } else {
                ""
            }
            .to_owned(),
        ),
        ("Notes", known.notes.to_owned()),
        ("Id", flow.id.to_owned()),
    ];
    let row = |(name, value): (&str, String)| {
        if value.is_empty() {
            Html::default()
        } else {
            html! { <div><dt>{ name }</dt><dd>{ value }</dd></div> }
        }
    };
    html! {
        <dl class="facts">
            { for rows.into_iter().map(row) }
            if !flow.block_from.is_empty() {
                <div>
                    <dt>{ "Keep out" }</dt>
                    <dd>{ for flow.block_from.iter().map(|zone| html! { <>{ zone_mark(zone) }{ " " }</> }) }</dd>
                </div>
            }
        </dl>
    }
}

fn with_note(title: &str, note: &str) -> String {
    if note.is_empty() {
        title.to_owned()
    } else {
        format!("{title}: {note}")
    }
}

fn with_titles(note: &str, titles: impl Iterator<Item = &'static str>) -> String {
    let titles = titles.collect::<Vec<_>>().join(", ");
    if titles.is_empty() || titles == note {
        note.to_owned()
    } else {
        format!("{note} ({titles})")
    }
}

fn erratum_note(erratum: &Erratum) -> Html {
    let (class, sign) = match erratum.verdict {
        Verdict::Confirmed => ("note is-fine", "✓ "),
        Verdict::Disputed => ("note", "? "),
        Verdict::Wrong | Verdict::Outdated | Verdict::Imprecise => ("note", "≠ "),
    };
    html! {
        <div {class}>
            <p class="note-head">
                <span class="sign" aria-hidden="true">{ sign }</span>{ format!("Source article: {}", erratum.verdict.title()) }
            </p>
            <p>
                <span class="soft">{ "It says: " }</span>{ erratum.claim }
            </p>
            <p>
                <span class="soft">{ "Right is: " }</span>{ erratum.fact }{ " " }
                <span class="soft">{ format!("Confidence: {}.", erratum.confidence.title()) }</span>
            </p>
            <ol class="sources">{ for erratum.sources.iter().map(|source| source_item(source)) }</ol>
        </div>
    }
}

fn dispute_note(dispute: &Dispute) -> Html {
    let reading = |reading: &Reading| {
        let used = if reading.rule { " Rules use this reading." } else { "" };
        html! {
            <li>
                { reading.value }<span class="soft">{ used }</span>
                <ul class="sources">{ for reading.sources.iter().map(|source| source_item(source)) }</ul>
            </li>
        }
    };
    html! {
        <div class="note">
            <p class="note-head"><span class="sign" aria-hidden="true">{ "? " }</span>{ "Sources disagree" }</p>
            <p>{ dispute.what }</p>
            <ul>{ for dispute.readings.iter().map(reading) }</ul>
        </div>
    }
}

fn source_item(source: &Source) -> Html {
    let title = match source.url {
        Some(url) => html! { <a href={url}>{ source.title }</a> },
        None => html! { source.title },
    };
    html! { <li>{ title }{ " " }<span class="soft">{ source.location }</span></li> }
}

fn actions(flow: &'static Flow, dispatch: &Callback<Action>) -> Html {
    let numbers = flow.ports.iter().filter(|ports| ports.range.width() == 1);
    let numbers = numbers.filter_map(|ports| NonZeroU16::new(ports.range.first()));
    let link = {
        let bare = print(&View::default().on(Page::Flow(flow)));
        Callback::from(move |()| browser::full_address(&bare))
    };
    html! {
        <p class="acts">
            <CopyButton title="Copy link" text={link} />
            { page_link(Page::Flow(flow), "Page of this flow".to_owned(), dispatch) }
            { for numbers.map(|number| page_link(Page::Port(number), format!("All of port {number}"), dispatch)) }
        </p>
    }
}

/// A link that keeps filter and choices when it is pressed; opened elsewhere it shows the page alone.
fn page_link(page: Page, words: String, dispatch: &Callback<Action>) -> Html {
    let dispatch = dispatch.clone();
    let onclick = Callback::from(move |event: MouseEvent| {
        if !(event.ctrl_key() || event.meta_key() || event.shift_key()) {
            event.prevent_default();
            dispatch.emit(Action::Go(page));
        }
    });
    html! { <a href={print(&View::default().on(page))} {onclick}>{ words }</a> }
}
