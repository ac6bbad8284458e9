//! The firewalls and formats that rules are written for: one file each, listed here.

mod access_list;
mod attached;
mod chain;
mod change_request;
mod families;
mod hcl;
mod multiport;
mod network_security_group;
mod objects;
mod restore;
mod script;
mod security_group;
mod stateless;
mod terminal;
mod terraform;
mod vpc_firewall;
mod way;
mod windows;

use super::options::Placement;
use super::policy::Policy;

/// Declares the files of platforms, each with its `PLATFORM`, its `FACTS` and its `write`, in the order in which people choose.
///
/// Three lists of one: whoever only names platforms, as the app does, carries no code that writes them.
macro_rules! platforms {
    ($($file:ident)+) => {
        $(mod $file;)+

        /// Every platform, in the order in which people choose.
        pub static PLATFORMS: [&Platform; [$(stringify!($file)),+].len()] = [$(&$file::PLATFORM),+];

        static FACTS: [&Facts; PLATFORMS.len()] = [$(&$file::FACTS),+];

        const WRITERS: [fn(&Policy) -> Snippet; PLATFORMS.len()] = [$($file::write),+];
    };
}

platforms! {
    powershell
    netsh
    nftables
    iptables
    ip6tables
    ufw
    firewalld
    pf
    ansible_windows
    pan_os
    fortios
    cisco_ios
    cisco_asa
    cisco_nxos
    juniper_srx
    checkpoint
    vyos
    routeros
    opnsense_alias
    azure_cli
    azure_bicep
    aws_cli
    aws_cloudformation
    gcloud
    terraform_aws
    terraform_azure
    terraform_google
    change_request_csv
    change_request_markdown
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
    /// What it is for, in a word or two.
    pub purpose: &'static str,
    /// Where its rules can stand.
    pub standing: Standing,
    /// Whether it can write a complete ruleset, which drops everything else.
    pub drops_rest: bool,
    /// Whether its rules name interfaces or zones of the firewall, for which `as.<zone>` gives the words.
    pub names_zones: bool,
    /// What begins a comment, with the space behind it; empty if the format has none.
    pub comment: &'static str,
    /// The name of the downloaded file.
    pub file_name: &'static str,
}

/// What is known of a platform; whoever only names platforms does not carry it.
#[derive(Debug)]
pub struct Facts {
    /// Its reference, and the versions that the text was written for.
    pub reference: &'static str,
    /// What it cannot hold, and what the text does about it.
    pub limits: &'static str,
    /// Whether running the text twice is safe.
    pub twice: &'static str,
}

/// Where the rules of a platform can stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Only on a host.
    Host,
    /// Only between zones.
    Network,
    /// On a host or between zones.
    Either,
    /// Attached to machines: one section for each group of them, or for the host alone.
    Attached,
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

impl Standing {
    /// Where rules stand that were asked for there.
    pub fn placement(self, asked: Placement) -> Placement {
        match self {
            Self::Host => Placement::Host,
            Self::Network => Placement::Network,
            Self::Either | Self::Attached | Self::Paper => asked,
        }
    }
}

impl Platform {
    /// The platform of an id, read without regard to case.
    pub fn find(id: &str) -> Option<&'static Self> {
        PLATFORMS
            .into_iter()
            .find(|platform| platform.id.eq_ignore_ascii_case(id))
    }

    /// Whether a text is part of what people call it.
    pub fn has(&self, text: &str) -> bool {
        let text = text.trim().to_ascii_lowercase();
        let names = [self.id, self.title, self.group, self.purpose];
        names.iter().any(|name| name.to_ascii_lowercase().contains(&text))
    }

    /// What is known of it.
    ///
    /// # Panics
    ///
    /// If the platform is none of [`PLATFORMS`].
    pub fn facts(&self) -> &'static Facts {
        FACTS[self.position()]
    }

    /// Writes a policy down.
    ///
    /// # Panics
    ///
    /// If the platform is none of [`PLATFORMS`].
    pub fn write(&self, policy: &Policy) -> Snippet {
        WRITERS[self.position()](policy)
    }

    fn position(&self) -> usize {
        let known = PLATFORMS.into_iter().position(|platform| platform == self);
        known.expect("every platform is in the list")
    }
}

impl PartialEq for Platform {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Eq for Platform {}
