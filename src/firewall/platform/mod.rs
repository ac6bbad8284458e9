//! The firewalls and formats that rules are written for: one file each, listed here.

mod change_request_csv;
mod nftables;

use super::policy::Policy;

/// Every platform, in the order in which people choose.
pub static PLATFORMS: [&Platform; 2] = [&nftables::NFTABLES, &change_request_csv::CHANGE_REQUEST_CSV];

/// A firewall product or a format.
#[derive(Debug)]
pub struct Platform {
    /// The public name.
    pub id: &'static str,
    /// What people read.
    pub title: &'static str,
    /// The heading under which people look for it.
    pub group: &'static str,
    /// Where its rules can stand.
    pub standing: Standing,
    /// The name of the downloaded file.
    pub file_name: &'static str,
    /// Its reference, and the versions that the text was written for.
    pub reference: &'static str,
    /// Writes a policy down.
    pub write: fn(&Policy) -> Snippet,
}

/// Where the rules of a platform can stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// On a host or between zones.
    Either,
    /// A document for people.
    Paper,
}

/// A policy in the words of a platform.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snippet {
    /// One file that the platform's own tool loads as it is; ends with one newline.
    pub rules: String,
    /// The commands that apply and verify it.
    pub apply: String,
    /// The commands that undo it.
    pub undo: String,
    /// What cannot stand in the file, because the format has no comments.
    pub remarks: Vec<String>,
}

impl Platform {
    /// The platform of an id, read without regard to case.
    pub fn find(id: &str) -> Option<&'static Self> {
        PLATFORMS
            .into_iter()
            .find(|platform| platform.id.eq_ignore_ascii_case(id))
    }
}

impl PartialEq for Platform {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Eq for Platform {}
