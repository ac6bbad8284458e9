//! From a view to its canonical address.

use super::page::Page;
use super::parts::encode;
use super::view::View;
use crate::catalog::Vocabulary;
use crate::firewall::{Grouping, Internal, Options, Placement, Prefix, Rest};
use crate::query::{Facet, Filter};

/// The address of a view, from the `#` on: keys in their fixed order, defaults left out.
pub fn print(view: &View) -> String {
    let mut pairs = Vec::new();
    page(view.page, &mut pairs);
    filter(&view.filter, &mut pairs);
    options(view, &mut pairs);
    let pairs: Vec<String> = pairs
        .iter()
        .map(|(key, value)| format!("{key}={}", encode(value)))
        .collect();
    let mut text = format!("#{}", view.page.path());
    if !pairs.is_empty() {
        text.push('?');
        text.push_str(&pairs.join("&"));
    }
    text
}

type Pairs = Vec<(String, String)>;

fn put(pairs: &mut Pairs, key: &str, value: impl ToString) {
    let value = value.to_string();
    if !value.is_empty() {
        pairs.push((key.to_owned(), value));
    }
}

fn page(page: Page, pairs: &mut Pairs) {
    if let Page::Compare { old, new } = page {
        put(pairs, "old", old.map_or("", Vocabulary::slug));
        put(pairs, "new", new.map_or("", Vocabulary::slug));
    }
}

fn filter(filter: &Filter, pairs: &mut Pairs) {
    put(pairs, "q", &filter.words);
    for facet in Facet::ALL {
        let chosen = facet.chosen(filter);
        let words = facet
            .words()
            .iter()
            .enumerate()
            .filter(|(index, _)| chosen >> index & 1 == 1);
        put(pairs, facet.key(), list(words.map(|(_, word)| word.slug)));
    }
    put(pairs, "port", list(&filter.ports));
}

fn options(view: &View, pairs: &mut Pairs) {
    let options: &Options = &view.options;
    put(pairs, "flow", list(options.ticked.iter().map(|flow| flow.id)));
    put(pairs, "platform", options.platform.map_or("", |platform| platform.id));
    if options.placement != Placement::default() {
        put(pairs, "placement", options.placement.slug());
    }
    put(pairs, "at", options.at.map_or("", |place| place.slug()));
    if options.internal != Internal::default() {
        put(pairs, "internal", options.internal.slug());
    }
    if options.rest != Rest::default() {
        put(pairs, "rest", options.rest.slug());
    }
    if options.grouping != Grouping::default() {
        put(pairs, "rules", options.grouping.slug());
    }
    put(pairs, "required", flag(options.required_only));
    for (place, addresses) in &options.addresses {
        put(pairs, &format!("addr.{}", place.slug()), addresses);
    }
    for (zone, label) in &options.labels {
        put(pairs, &format!("as.{}", zone.slug()), label);
    }
    for (flow, ports) in &options.pins {
        put(pairs, &format!("pin.{}", flow.id), list(ports));
    }
    for (procedure, port) in &view.plan {
        put(pairs, &format!("pin.{}", procedure.id), port);
    }
    if options.prefix != Prefix::default() {
        put(pairs, "name", &options.prefix);
    }
    put(pairs, "log", flag(options.log));
}

fn flag(set: bool) -> &'static str {
    if set { "1" } else { "" }
}

fn list<T: ToString>(values: impl IntoIterator<Item = T>) -> String {
    let values: Vec<String> = values.into_iter().map(|value| value.to_string()).collect();
    values.join(",")
}
