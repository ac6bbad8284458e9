//! The words of flows, in alphabetical order, each with where it stands.

use std::sync::LazyLock;

use super::facet::Facet;
use super::spelling::{errors, tolerated};
use super::terms::Known;
use crate::catalog::{End, Flow, PortRange, Set, Version, Vocabulary, aliases, family_aliases, flows, value_words};

/// Where a word of a flow stands. The earlier, the closer is the flow to a question with this word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// The first word of what it is called, and its own other names.
    Name,
    /// Its versions.
    Version,
    /// Its zones, roles, transports, encryption and state.
    Value,
    /// The other words of what it is called.
    InName,
    /// The other names of its family.
    Family,
    /// Its id.
    Id,
    /// Why it speaks.
    Purpose,
    /// A version that its texts name and that it does not have.
    OtherVersion,
}

/// How far a flow is from a word of a question; less is closer. The parts count in this order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Distance {
    /// Letters that are wrong in the word.
    pub errors: u16,
    /// For a number: 0 if it is a port of the flow, otherwise how wide the range is that holds it, in bits.
    pub width: u16,
    /// 1 for a word that does not name the flow: it is none of its versions, names and words of its name.
    pub unnamed: u16,
    /// For a word: the place of its field, twice, and one more if it only begins a word there.
    pub field: u16,
    /// For words that fit nearly everything: how far their fields are.
    pub vague: u16,
}

impl Distance {
    /// That of a vague word, by what it would be for another: it only decides between flows that are equally close.
    pub fn vague(found: Option<Self>) -> Self {
        Self {
            vague: found.map_or(u16::from(u8::MAX), |found| found.field),
            ..Self::default()
        }
    }

    /// The distance from both words.
    pub fn and(self, other: Self) -> Self {
        Self {
            errors: self.errors + other.errors,
            width: self.width + other.width,
            unnamed: self.unnamed + other.unnamed,
            field: self.field + other.field,
            vague: self.vague + other.vague,
        }
    }
}

/// A word of a flow: a piece of the text of the index.
struct Entry {
    start: u32,
    end: u32,
    flow: u32,
    field: Field,
}

/// Flows, and their words in alphabetical order.
pub struct Index {
    flows: Vec<&'static Flow>,
    text: String,
    entries: Vec<Entry>,
}

/// The flows that a word is found in, each with its distance, and what to mark in their texts.
pub struct Found {
    /// One for each flow of the index; nothing where the word is not found.
    pub distances: Vec<Option<Distance>>,
    /// The beginnings of words that were found, lower case.
    pub marks: Vec<String>,
}

impl Index {
    /// The index of the catalogue.
    pub fn catalogue() -> &'static Self {
        static INDEX: LazyLock<Index> = LazyLock::new(|| Index::new(flows().iter().collect()));
        &INDEX
    }

    /// The index of flows, in this order.
    pub fn new(flows: Vec<&'static Flow>) -> Self {
        let mut index = Self {
            flows: Vec::new(),
            text: String::new(),
            entries: Vec::new(),
        };
        for flow in &flows {
            index.add(flow);
            index.flows.push(flow);
        }
        let text = &index.text;
        index
            .entries
            .sort_unstable_by(|one, other| word(text, one).cmp(word(text, other)));
        index
    }

    /// Its flows.
    pub fn flows(&self) -> &[&'static Flow] {
        &self.flows
    }

    fn add(&mut self, flow: &Flow) {
        let (first, others) = flow.service().split_once(' ').unwrap_or((flow.service(), ""));
        self.add_text(Field::Name, first);
        self.add_text(Field::InName, others);
        self.add_text(Field::Name, aliases(flow));
        self.add_text(Field::Family, family_aliases(flow));
        self.add_text(Field::Id, flow.id);
        self.add_text(Field::Purpose, flow.purpose());
        self.add_values(Facet::Version, flow.versions());
        self.add_values(Facet::Transport, flow.transports);
        self.add_values(Facet::Encryption, Set::EMPTY.with(flow.encryption));
        self.add_values(Facet::State, Set::EMPTY.with(flow.state));
        for End { zones, roles } in [&flow.from, &flow.to] {
            self.add_values(Facet::Zone, *zones);
            self.add_values(Facet::Role, *roles);
        }
    }

    fn add_values<T: Vocabulary>(&mut self, facet: Facet, values: Set<T>) {
        let field = if facet == Facet::Version {
            Field::Version
        } else {
            Field::Value
        };
        for value in values.iter() {
            self.add_text(field, value.title());
            let others = value_words().iter();
            for (_, _, words) in others.filter(|(key, index, _)| (*key, *index) == (facet.key(), value.index())) {
                self.add_text(field, words);
            }
        }
    }

    fn add_text(&mut self, field: Field, text: &str) {
        // The full stop is part of 5.5 and X.400, and not of a sentence.
        let words = text.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '.');
        let words = words.map(|word| word.trim_matches('.'));
        for word in words.filter(|word| !word.is_empty()) {
            let start = position(self.text.len());
            self.text.extend(word.chars().map(|letter| letter.to_ascii_lowercase()));
            let is_other_version = field != Field::Version && Version::from_slug(word).is_some();
            self.entries.push(Entry {
                start,
                end: position(self.text.len()),
                flow: position(self.flows.len()),
                field: if is_other_version { Field::OtherVersion } else { field },
            });
        }
    }

    /// The entries of words that begin so.
    fn beginning(&self, beginning: &str) -> &[Entry] {
        let first = self.entries.partition_point(|entry| self.word(entry) < beginning);
        let rest = &self.entries[first..];
        &rest[..rest.partition_point(|entry| self.word(entry).starts_with(beginning))]
    }

    fn word(&self, entry: &Entry) -> &str {
        word(&self.text, entry)
    }

    /// The flows with a word: as it was typed, or, where no word begins so, with the fewest errors.
    pub fn find_word(&self, typed: &str) -> Found {
        let mut found = self.nothing();
        if self.begins_a_word(typed) {
            found.marks.push(typed.to_owned());
            self.take(&mut found, typed, 0, false);
            return found;
        }
        let (nearest, errors) = self.nearest(typed, tolerated(typed.len()));
        for word in nearest {
            found.marks.push(word.to_owned());
            self.take(&mut found, word, errors, false);
        }
        found
    }

    /// The words that begin with the fewest errors, at most so many, and how many those are.
    pub fn nearest(&self, typed: &str, most: usize) -> (Vec<&str>, usize) {
        let mut nearest: Vec<&str> = Vec::new();
        let mut fewest = most;
        for entry in &self.entries {
            let word = self.word(entry);
            if nearest.last() == Some(&word) {
                continue;
            }
            if let Some(errors) = errors(typed, word, fewest) {
                if errors < fewest {
                    nearest.clear();
                }
                fewest = errors;
                nearest.push(word);
            }
        }
        (nearest, fewest)
    }

    /// The flows that a number finds: by a port, by a range that holds it, or as a word. While it is being typed, by
    /// what begins so.
    pub fn find_number(&self, range: PortRange, digits: &str) -> Found {
        let mut found = self.find_ports(range);
        self.take(&mut found, digits, 0, true);
        if found.distances.iter().all(Option::is_none) {
            self.take(&mut found, digits, 0, false);
            self.take_ports(&mut found, |ports| ports.to_string().starts_with(digits).then_some(0));
        }
        found
    }

    /// Takes what begins with a word, or what is that word.
    fn take(&self, found: &mut Found, beginning: &str, errors: usize, only_whole: bool) {
        for entry in self.beginning(beginning) {
            let is_whole = self.word(entry).len() == beginning.len();
            if is_whole || !only_whole {
                let is_name = matches!(entry.field, Field::Version | Field::Name | Field::InName);
                let distance = Distance {
                    errors: small(errors),
                    width: 0,
                    unnamed: u16::from(!(is_whole && is_name)),
                    field: entry.field as u16 * 2 + u16::from(!is_whole),
                    vague: 0,
                };
                found.add(entry.flow, distance);
            }
        }
    }

    /// Takes flows by the width that their ports are given.
    fn take_ports(&self, found: &mut Found, width: impl Fn(PortRange) -> Option<u32>) {
        for (flow, entry) in self.flows.iter().enumerate() {
            for width in entry.ports.iter().filter_map(|ports| width(ports.range)) {
                let distance = Distance {
                    width: small(width as usize),
                    ..Distance::default()
                };
                found.add(position(flow), distance);
            }
        }
    }

    /// The flows with ports in a range, and those whose ports overlap it.
    pub fn find_ports(&self, range: PortRange) -> Found {
        let mut found = self.nothing();
        found.marks.push(range.to_string());
        self.take_ports(&mut found, |ports| {
            let is_inside = range.first() <= ports.first() && ports.last() <= range.last();
            let width = if is_inside {
                0
            } else {
                u16::BITS - ports.width().leading_zeros()
            };
            ports.overlaps(range).then_some(width)
        });
        found
    }

    fn nothing(&self) -> Found {
        Found {
            distances: vec![None; self.flows.len()],
            marks: Vec::new(),
        }
    }
}

impl Known for Index {
    fn begins_a_word(&self, text: &str) -> bool {
        !self.beginning(text).is_empty()
    }

    fn is_version(&self, text: &str) -> bool {
        let entries = self.beginning(text).iter();
        entries
            .take_while(|entry| self.word(entry).len() == text.len())
            .any(|entry| entry.field == Field::Version)
    }
}

impl Found {
    fn add(&mut self, flow: u32, distance: Distance) {
        let known = &mut self.distances[flow as usize];
        *known = Some(known.map_or(distance, |known| known.min(distance)));
    }
}

fn word<'a>(text: &'a str, entry: &Entry) -> &'a str {
    &text[entry.start as usize..entry.end as usize]
}

/// A place in an index; one that does not fit would take a catalogue of gigabytes.
fn position(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}

fn small(number: usize) -> u16 {
    u16::try_from(number).unwrap_or(u16::MAX)
}
