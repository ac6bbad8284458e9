//! The firewalls and formats that rules are written for: one file each, listed here.

use super::policy::Policy;

/// Declares the files of platforms, each with its `PLATFORM` and its `write`, in the order in which people choose.
///
/// Two lists of one: whoever only names platforms, as the app does, carries no code that writes them.
macro_rules! platforms {
    ($($file:ident)+) => {
        $(mod $file;)+

        /// Every platform, in the order in which people choose.
        pub static PLATFORMS: [&Platform; [$(stringify!($file)),+].len()] = [$(&$file::PLATFORM),+];

        const WRITERS: [fn(&Policy) -> Snippet; PLATFORMS.len()] = [$($file::write),+];
    };
}

platforms! {
    nftables
    change_request_csv
}

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

    /// Writes a policy down.
    ///
    /// # Panics
    ///
    /// If the platform is none of [`PLATFORMS`].
    pub fn write(&self, policy: &Policy) -> Snippet {
        let known = PLATFORMS.into_iter().position(|platform| platform == self);
        WRITERS[known.expect("every platform is in the list")](policy)
    }
}

impl PartialEq for Platform {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Eq for Platform {}
