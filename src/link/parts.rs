//! The text of an address: path and pairs, percent-encoded.

use std::borrow::Cow;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// What is written as it is: letters, digits and `- . _ ~ , : /`.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b',')
    .remove(b':')
    .remove(b'/');

/// An address in its parts, decoded. What does not decode stands in `undecodable`.
#[derive(Debug, Default)]
pub struct Parts {
    /// The segments of the path.
    pub segments: Vec<String>,
    /// Key in lower case and value, in the order of the address; a repeated key is joined to the first.
    pub pairs: Vec<(String, String)>,
    /// Parts that are not percent-encoded UTF-8.
    pub undecodable: Vec<String>,
}

impl Parts {
    /// Takes the text after `#` apart, with or without the `#`.
    pub fn split(fragment: &str) -> Self {
        let mut all = Self::default();
        let fragment = fragment.strip_prefix('#').unwrap_or(fragment);
        let (path, query) = fragment.split_once('?').unwrap_or((fragment, ""));
        for segment in path.trim_matches('/').split('/').filter(|segment| !segment.is_empty()) {
            match decode(segment) {
                Some(text) => all.segments.push(text),
                None => all.undecodable.push(segment.to_owned()),
            }
        }
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
            match (decode(key), decode(value)) {
                (Some(key), Some(value)) => all.add(key.to_ascii_lowercase(), &value),
                _ => all.undecodable.push(pair.to_owned()),
            }
        }
        all
    }

    fn add(&mut self, key: String, value: &str) {
        match self.pairs.iter_mut().find(|(known, _)| *known == key) {
            Some((key, known)) => {
                known.push(if key == "q" { ' ' } else { ',' });
                known.push_str(value);
            }
            None => self.pairs.push((key, value.to_owned())),
        }
    }
}

fn decode(text: &str) -> Option<String> {
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        let is_hex = |byte: Option<u8>| byte.is_some_and(|byte| byte.is_ascii_hexdigit());
        if byte == b'%' && !(is_hex(rest.next()) && is_hex(rest.next())) {
            return None;
        }
    }
    percent_decode_str(text).decode_utf8().ok().map(Cow::into_owned)
}

/// A text with everything escaped that an address does not carry as it is.
pub fn encode(text: &str) -> String {
    utf8_percent_encode(text, ESCAPED).to_string()
}
