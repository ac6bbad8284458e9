//! Words that people may put into a snippet: so narrow that they carry no syntax of any platform.

use std::fmt;

use crate::catalog::{Version, Vocabulary};

/// The prefix of rule names: a letter, then up to eleven letters, digits or dashes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prefix(String);

impl Prefix {
    /// The most letters that it has.
    pub const LONGEST: usize = 12;

    /// The form in words.
    pub const FORM: &'static str = "a letter, then up to 11 letters, digits or dashes";

    /// `None` if the text is not of this form.
    pub fn new(text: &str) -> Option<Self> {
        let allowed = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
        let begins = text.bytes().next().is_some_and(|byte| byte.is_ascii_alphabetic());
        (begins && text.len() <= Self::LONGEST && text.bytes().all(allowed)).then(|| Self(text.to_owned()))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The prefix for what a version adds to rules of this prefix. It is another one, without regard to case: where
    /// rules are loaded by their prefix, those that are there stay.
    #[must_use]
    pub fn for_additions(&self, version: Version) -> Self {
        let version = version.slug().replace('.', "");
        let kept = self.0.len().min(Self::LONGEST - version.len());
        let name = format!("{}{version}", &self.0[..kept]);
        if name.eq_ignore_ascii_case(&self.0) {
            Self(format!("add{version}"))
        } else {
            Self(name)
        }
    }
}

impl Default for Prefix {
    fn default() -> Self {
        Self("exchange".to_owned())
    }
}

impl fmt::Display for Prefix {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        out.write_str(&self.0)
    }
}

/// What a firewall calls a zone: a letter or digit, then up to thirty letters, digits, dots, dashes or underscores.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label(String);

impl Label {
    /// The form in words.
    pub const FORM: &'static str = "a letter or digit, then up to 30 letters, digits, dots, dashes or underscores";

    /// `None` if the text is not of this form.
    pub fn new(text: &str) -> Option<Self> {
        let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"_.-".contains(&byte);
        let begins = text.bytes().next().is_some_and(|byte| byte.is_ascii_alphanumeric());
        (begins && text.len() <= 31 && text.bytes().all(allowed)).then(|| Self(text.to_owned()))
    }
}

impl fmt::Display for Label {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        out.write_str(&self.0)
    }
}
