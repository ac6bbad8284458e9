//! What was typed, as words and ports to look for.

use std::net::IpAddr;
use std::ops::Range;

use crate::catalog::PortRange;

/// What is known of words, to tell what was meant.
pub trait Known {
    /// Whether a word of the catalogue begins so.
    fn begins_a_word(&self, text: &str) -> bool;

    /// Whether this is the name of a version.
    fn is_version(&self, text: &str) -> bool;
}

/// One thing to look for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// The word, lower case; empty if only ports are meant.
    pub word: String,
    /// The ports, if it is a number or a range; then the word counts as well, if there is one.
    pub ports: Option<PortRange>,
    /// The pieces of the question that it comes from, counted between spaces.
    pub pieces: Range<usize>,
}

/// Words that people type around what they look for. They are looked for only if nothing else is.
const FILLERS: &str = "a and at established ex exch for from in listen listening microsoft of on port ports the to \
    version with zone";

/// Words that fit nearly everything: they put flows into an order, and exclude none.
const VAGUE: &str = "exchange role server";

/// What may stand between the ends of a range; people of other keyboards reach for `ß` and `)`.
const DASHES: [&str; 9] = ["-", "–", "—", "−", "..", "…", ":", "ß", ")"];

/// Words between the ends of a range.
const UNTIL: [&str; 4] = ["to", "bis", "à", "until"];

/// What a question looks for. All of it must be found.
pub fn terms(question: &str, known: &impl Known) -> Vec<Term> {
    let latin: String = question.chars().map(latin).collect();
    let pieces: Vec<&str> = latin.split_whitespace().collect();
    let mut reader = Reader {
        known,
        terms: Vec::new(),
        only_ports: false,
    };
    let mut at = 0;
    while at < pieces.len() {
        let spaced = pieces.get(at..at + 3).and_then(spaced_range);
        if let Some(range) = spaced {
            reader.ports(range, at..at + 3);
            at += 3;
        } else if let Some(port) = local_port(pieces[at]) {
            reader.ports(port, at..at + 1);
            // A line of netstat: what follows is the other end, not asked for.
            break;
        } else {
            reader.piece(pieces[at], at);
            at += 1;
        }
    }
    let is_filler = |term: &Term| is_one_of(&term.word, FILLERS);
    let mut terms = reader.terms;
    if !terms.iter().all(is_filler) {
        terms.retain(|term| !is_filler(term));
    }
    terms
}

impl Term {
    /// Whether it excludes no flow.
    pub fn is_vague(&self) -> bool {
        is_one_of(&self.word, VAGUE)
    }
}

fn is_one_of(word: &str, words: &str) -> bool {
    words.split(' ').any(|other| other == word)
}

/// A question without some of its pieces.
pub fn without(question: &str, pieces: &Range<usize>) -> String {
    let kept = question
        .split_whitespace()
        .enumerate()
        .filter(|(index, _)| !pieces.contains(index));
    kept.map(|(_, piece)| piece).collect::<Vec<_>>().join(" ")
}

/// Lower case; and the Latin letter on the key of a Cyrillic one, which was typed with the wrong layout.
fn latin(letter: char) -> char {
    const CYRILLIC: &str = "йцукенгшщзфывапролдячсмитьЙЦУКЕНГШЩЗФЫВАПРОЛДЯЧСМИТЬ";
    const LATIN: &[u8] = b"qwertyuiopasdfghjklzxcvbnm";
    let key = CYRILLIC.chars().position(|cyrillic| cyrillic == letter);
    key.map_or(letter.to_ascii_lowercase(), |key| char::from(LATIN[key % LATIN.len()]))
}

struct Reader<'a, K> {
    known: &'a K,
    terms: Vec<Term>,
    /// Whether the word before says that a port follows.
    only_ports: bool,
}

impl<K: Known> Reader<'_, K> {
    fn ports(&mut self, range: PortRange, pieces: Range<usize>) {
        self.terms.push(Term {
            word: String::new(),
            ports: Some(range),
            pieces,
        });
    }

    fn piece(&mut self, piece: &str, at: usize) {
        let piece = piece.trim_matches(|letter: char| !letter.is_ascii_alphanumeric());
        if piece.is_empty() || piece.parse::<IpAddr>().is_ok() {
            // An address says nothing of a port.
        } else if self.known.begins_a_word(piece) {
            self.plain(piece, at);
        } else if let Some(range) = range(piece) {
            self.ports(range, at..at + 1);
        } else {
            for part in piece.split(|letter: char| !letter.is_ascii_alphanumeric()) {
                self.plain(part, at);
            }
        }
    }

    /// Takes letters and digits.
    fn plain(&mut self, text: &str, at: usize) {
        let pieces = at..at + 1;
        if text.is_empty() {
            return;
        }
        if let Ok(range) = text.parse() {
            let (is_version, only_ports) = (self.known.is_version(text), self.only_ports);
            self.terms.push(Term {
                word: if only_ports { String::new() } else { text.to_owned() },
                ports: (only_ports || !is_version).then_some(range),
                pieces,
            });
        } else if let Some((transport, number)) = transport_and_port(text) {
            self.plain(transport, at);
            self.ports(number, pieces);
        } else {
            self.terms.push(Term {
                word: text.to_owned(),
                ports: None,
                pieces,
            });
        }
        self.only_ports = matches!(text, "port" | "ports");
    }
}

/// A range such as `6001-6004`, with any dash.
fn range(text: &str) -> Option<PortRange> {
    let ends = DASHES.iter().find_map(|dash| text.split_once(dash))?;
    let (first, last): (PortRange, PortRange) = (ends.0.parse().ok()?, ends.1.parse().ok()?);
    PortRange::new(first.first(), last.last())
}

/// A range with spaces around its dash, or with a word in its place.
fn spaced_range(pieces: &[&str]) -> Option<PortRange> {
    let [first, dash, last] = pieces else { return None };
    let is_between = DASHES.contains(dash) || UNTIL.contains(dash);
    is_between.then(|| range(&format!("{first}-{last}")))?
}

/// The port of an address such as `0.0.0.0:64327`, `[::]:25` or `*:443`.
fn local_port(text: &str) -> Option<PortRange> {
    let (host, port) = text.rsplit_once(':')?;
    host.contains(['.', ']', '*', ':']).then(|| port.parse().ok())?
}

/// `tcp443` and `443tcp`.
fn transport_and_port(text: &str) -> Option<(&str, PortRange)> {
    ["tcp", "udp", "port"].iter().find_map(|word| {
        let number = text.strip_prefix(word).or_else(|| text.strip_suffix(word))?;
        Some((*word, number.parse().ok()?))
    })
}
