//! What to tell about an address that was not wholly understood.

use std::fmt;

use crate::firewall::{AddressRemark, Place, shown};

/// One thing that was ignored, cut or read differently, and what would be right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// No page has this path.
    UnknownPath(String),
    /// A pair is not percent-encoded UTF-8.
    Undecodable(String),
    /// No key has this name.
    UnknownKey(String),
    /// A key does not take this value.
    UnknownValue {
        /// The key.
        key: String,
        /// The value as it was written.
        value: String,
        /// What the key takes.
        takes: String,
    },
    /// A key takes one value, and this one is a second.
    OneValueOnly {
        /// The key.
        key: String,
        /// The value as it was written.
        value: String,
    },
    /// A text or a list was longer than it may be.
    Cut {
        /// The key.
        key: String,
        /// How many letters or values it may have.
        most: usize,
    },
    /// What is to be said about addresses.
    Address(Place, AddressRemark),
}

impl fmt::Display for Notice {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Self::UnknownPath(path) => write!(out, "There is no page “{}”. This is what there is.", shown(path)),
            Self::Undecodable(pair) => {
                write!(
                    out,
                    "“{}” in the address is not percent-encoded UTF-8 and is ignored.",
                    shown(pair)
                )
            }
            Self::UnknownKey(key) => write!(out, "“{}” in the address has no meaning and is ignored.", shown(key)),
            Self::UnknownValue { key, value, takes } => {
                write!(out, "{key}: “{}” is ignored. It takes {takes}.", shown(value))
            }
            Self::OneValueOnly { key, value } => {
                write!(out, "{key}: “{}” is ignored. It takes one value.", shown(value))
            }
            Self::Cut { key, most } => write!(out, "{key}: only the first {most} are used."),
            Self::Address(place, remark) => write!(out, "addr.{}: {remark}", place.slug()),
        }
    }
}
