//! From any text to a view: what is understood is kept, what is not is told.

use std::num::NonZeroU16;

use super::notice::Notice;
use super::page::{Page, UnknownPath};
use super::parts::Parts;
use super::state::{Draft, PortDraft};
use super::view::View;
use crate::catalog::{
    Flow, PortRange, PortUse, Procedure, Role, Version, Vocabulary, Word, Zone, flow, position, procedures,
};
use crate::firewall::platform::PLATFORMS;
use crate::firewall::{AddressList, Grouping, Internal, Label, Place, Placement, Platform, Prefix, Rest};
use crate::query::Facet;

/// What an address says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Link {
    /// What was understood.
    pub view: View,
    /// What was not, or was read differently.
    pub notices: Vec<Notice>,
    /// Texts of address fields that could not be read, so that nothing typed is lost.
    pub drafts: Vec<Draft>,
    /// Texts of port fields of the planner that are no ports.
    pub port_drafts: Vec<PortDraft>,
}

/// The most letters of a search.
pub const LONGEST_WORDS: usize = 200;

/// The most ids or ports of a list.
const LONGEST_LIST: usize = 300;

/// Reads the text after `#`, with or without the `#`. Never fails: it tells instead.
pub fn parse(fragment: &str) -> Link {
    let mut link = Link::default();
    let all = Parts::split(fragment);
    link.notices
        .extend(all.undecodable.into_iter().map(Notice::Undecodable));
    let segments: Vec<&str> = all.segments.iter().map(String::as_str).collect();
    link.view.page = Page::read(&segments).unwrap_or_else(|UnknownPath { instead }| {
        link.notices.push(Notice::UnknownPath(segments.join("/")));
        instead
    });
    for (key, value) in &all.pairs {
        link.read(key, value);
    }
    link
}

impl Link {
    fn read(&mut self, key: &str, value: &str) {
        if let Some(facet) = Facet::ALL.into_iter().find(|facet| facet.key() == key) {
            return self.facet(facet, value);
        }
        let options = &mut self.view.options;
        match key {
            "q" => self.words(value),
            "port" => self.ports(value),
            "flow" => self.ticked(value),
            "platform" => {
                let known = || list(PLATFORMS.iter().map(|platform| platform.id));
                options.platform = one(&mut self.notices, key, value, Platform::find, known);
            }
            "placement" => pick(
                &mut options.placement,
                &mut self.notices,
                key,
                value,
                Placement::ALL,
                Placement::slug,
            ),
            "internal" => pick(
                &mut options.internal,
                &mut self.notices,
                key,
                value,
                Internal::ALL,
                Internal::slug,
            ),
            "rest" => pick(&mut options.rest, &mut self.notices, key, value, Rest::ALL, Rest::slug),
            "rules" => pick(
                &mut options.grouping,
                &mut self.notices,
                key,
                value,
                Grouping::ALL,
                Grouping::slug,
            ),
            "at" => options.at = one(&mut self.notices, key, value, Place::from_slug, place_words),
            "required" => options.required_only = flag(&mut self.notices, key, value),
            "log" => options.log = flag(&mut self.notices, key, value),
            "name" => self.prefix(value),
            "old" | "new" => self.compared(key, value),
            _ => self.dotted(key, value),
        }
    }

    fn facet(&mut self, facet: Facet, value: &str) {
        let mut bits = 0;
        for item in items(value) {
            match position(facet.words(), item) {
                Some(index) => bits |= 1 << index,
                None => self.notices.push(unknown(facet.key(), item, slugs(facet.words()))),
            }
        }
        facet.choose(&mut self.view.filter, bits);
    }

    fn words(&mut self, value: &str) {
        let words: String = value.chars().filter(|letter| !letter.is_control()).collect();
        let words = words.trim();
        let cut: String = words.chars().take(LONGEST_WORDS).collect();
        if cut.len() < words.len() {
            self.notices.push(cut_to("q", LONGEST_WORDS));
        }
        cut.trim_end().clone_into(&mut self.view.filter.words);
    }

    fn ports(&mut self, value: &str) {
        let mut ports = Vec::new();
        for item in self.limited("port", value) {
            match item.parse::<PortRange>() {
                Ok(range) => ports.push(range),
                Err(_) => self.notices.push(unknown(
                    "port",
                    item,
                    "ports from 1 to 65535 and ranges such as 6001-6004",
                )),
            }
        }
        ports.sort_unstable();
        ports.dedup();
        self.view.filter.ports = ports;
    }

    fn ticked(&mut self, value: &str) {
        for item in self.limited("flow", value) {
            match flow(item) {
                Some(flow) => {
                    self.view.options.ticked.insert(flow);
                }
                None => self.notices.push(unknown("flow", item, "ids of flows")),
            }
        }
    }

    fn limited<'v>(&mut self, key: &str, value: &'v str) -> Vec<&'v str> {
        let mut values: Vec<&str> = items(value).collect();
        if values.len() > LONGEST_LIST {
            self.notices.push(cut_to(key, LONGEST_LIST));
            values.truncate(LONGEST_LIST);
        }
        values
    }

    fn prefix(&mut self, value: &str) {
        if value.is_empty() {
            return;
        }
        let cut: String = value.chars().take(Prefix::LONGEST).collect();
        if cut.len() < value.len() {
            self.notices.push(cut_to("name", Prefix::LONGEST));
        }
        match Prefix::new(&cut) {
            Some(prefix) => self.view.options.prefix = prefix,
            None => self.notices.push(unknown("name", value, Prefix::FORM)),
        }
    }

    fn compared(&mut self, key: &str, value: &str) {
        let version = one(&mut self.notices, key, value, Version::from_slug, || {
            slugs(Version::WORDS)
        });
        match &mut self.view.page {
            Page::Compare { old, .. } if key == "old" => *old = version,
            Page::Compare { new, .. } => *new = version,
            _ => self.notices.push(Notice::UnknownKey(key.to_owned())),
        }
    }

    /// Keys of the form `addr.server-lan`.
    fn dotted(&mut self, key: &str, value: &str) {
        match key.split_once('.') {
            Some(("addr", slug)) => match Place::from_slug(slug) {
                Some(place) => self.addresses(place, value),
                None => self.notices.push(Notice::UnknownKey(key.to_owned())),
            },
            Some(("as", slug)) => match Zone::from_slug(slug) {
                Some(zone) => self.label(zone, key, value),
                None => self.notices.push(Notice::UnknownKey(key.to_owned())),
            },
            Some(("pin", id)) => self.pin(id, key, value),
            _ => self.notices.push(Notice::UnknownKey(key.to_owned())),
        }
    }

    fn addresses(&mut self, place: Place, value: &str) {
        let list = AddressList::read(value);
        if list.has_refused() {
            self.drafts.push(Draft {
                place,
                text: value.to_owned(),
                typed: false,
            });
        }
        self.notices
            .extend(list.remarks.into_iter().map(|remark| Notice::Address(place, remark)));
        if let Some(addresses) = list.addresses {
            self.view.options.addresses.insert(place, addresses);
        }
    }

    fn label(&mut self, zone: Zone, key: &str, value: &str) {
        if let Some(label) = one(&mut self.notices, key, value, Label::new, || Label::FORM.to_owned()) {
            self.view.options.labels.insert(zone, label);
        }
    }

    fn pin(&mut self, id: &str, key: &str, value: &str) {
        let pinnable = flow(id).filter(|flow| flow.pinnable);
        let procedure = procedures().iter().find(|procedure| procedure.id == id);
        match (pinnable, procedure) {
            (Some(flow), _) => self.pin_flow(flow, key, value),
            (None, Some(procedure)) => self.plan(procedure, key, value),
            (None, None) => self.notices.push(Notice::UnknownKey(key.to_owned())),
        }
    }

    fn pin_flow(&mut self, flow: &'static Flow, key: &str, value: &str) {
        let mut ports = Vec::new();
        if flow.ports.iter().any(|ports| ports.usage == PortUse::Choice) {
            ports.extend(one(&mut self.notices, key, value, port, || PORT.to_owned()));
        } else {
            for item in self.limited(key, value) {
                match port(item) {
                    Some(port) => ports.push(port),
                    None => self.notices.push(unknown(key, item, PORT)),
                }
            }
        }
        ports.sort_unstable();
        ports.dedup();
        if !ports.is_empty() {
            self.view.options.pins.insert(flow, ports);
        }
    }

    /// A port of the planner. What is none stays in its field, so that nothing typed is lost.
    fn plan(&mut self, procedure: &'static Procedure, key: &str, value: &str) {
        match one(&mut self.notices, key, value, port, || PORT.to_owned()) {
            Some(port) => drop(self.view.plan.insert(procedure, port)),
            None => self.port_drafts.push(PortDraft {
                procedure,
                text: value.to_owned(),
                typed: false,
            }),
        }
    }
}

const PORT: &str = "one port from 1 to 65535";

/// One port, not a range.
pub fn port(text: &str) -> Option<NonZeroU16> {
    let range = text.parse::<PortRange>().ok().filter(|range| range.width() == 1)?;
    NonZeroU16::new(range.first())
}

/// The values of a comma list.
fn items(value: &str) -> impl Iterator<Item = &str> {
    value.split(',').map(str::trim).filter(|item| !item.is_empty())
}

/// The one value of a key that takes one: the first that is known.
fn one<T>(
    notices: &mut Vec<Notice>,
    key: &str,
    value: &str,
    read: impl Fn(&str) -> Option<T>,
    takes: impl Fn() -> String,
) -> Option<T> {
    one_item(notices, key, value, &|item| read(item).is_some(), &takes).and_then(read)
}

// The part of it that is the same for all types stands once in the app.
fn one_item<'v>(
    notices: &mut Vec<Notice>,
    key: &str,
    value: &'v str,
    is_known: &dyn Fn(&str) -> bool,
    takes: &dyn Fn() -> String,
) -> Option<&'v str> {
    let mut first = None;
    for item in items(value) {
        match (is_known(item), first) {
            (true, None) => first = Some(item),
            (true, Some(_)) => notices.push(Notice::OneValueOnly {
                key: key.to_owned(),
                value: item.to_owned(),
            }),
            (false, _) => notices.push(unknown(key, item, takes())),
        }
    }
    first
}

fn pick<T: Copy>(
    target: &mut T,
    notices: &mut Vec<Notice>,
    key: &str,
    value: &str,
    all: &[T],
    slug: impl Fn(T) -> &'static str,
) {
    let read = |text: &str| {
        all.iter()
            .copied()
            .find(|&value| slug(value).eq_ignore_ascii_case(text))
    };
    if let Some(value) = one(notices, key, value, read, || list(all.iter().map(|&value| slug(value)))) {
        *target = value;
    }
}

fn flag(notices: &mut Vec<Notice>, key: &str, value: &str) -> bool {
    let read = |text: &str| match text {
        "1" => Some(true),
        "0" => Some(false),
        _ => None,
    };
    one(notices, key, value, read, || "1".to_owned()).unwrap_or_default()
}

fn unknown(key: &str, value: &str, takes: impl Into<String>) -> Notice {
    Notice::UnknownValue {
        key: key.to_owned(),
        value: value.to_owned(),
        takes: takes.into(),
    }
}

fn cut_to(key: &str, most: usize) -> Notice {
    Notice::Cut {
        key: key.to_owned(),
        most,
    }
}

fn slugs(words: &[Word]) -> String {
    list(words.iter().map(|word| word.slug))
}

fn place_words() -> String {
    format!("a zone ({}) or a role ({})", slugs(Zone::WORDS), slugs(Role::WORDS))
}

fn list<'a>(values: impl Iterator<Item = &'a str>) -> String {
    values.collect::<Vec<_>>().join(", ")
}
