//! How a static port is set: where it is written, what follows from it, and what Windows does without it.
//!
//! Only the planner needs this; the app names procedures and carries none of it.

use super::flow::Flow;
use super::ports::PortRange;
use super::set::Set;
use super::source::Cited;
use super::vocabulary::{Desk, Machine, ValueKind, Version};

/// What a procedure does to give its service a static port.
#[derive(Debug)]
pub struct Setting {
    /// The service.
    pub service: &'static str,
    /// Where it runs, in the words of the sources.
    pub role: &'static str,
    /// The machine whose port it is.
    pub machine: Machine,
    /// How the port is written.
    pub way: Way,
    /// The Windows service that reads the port when it starts; `None` if the computer has to start again.
    pub restarts: Option<&'static str>,
    /// The port to propose.
    pub proposed: u16,
    /// The ports that work.
    pub accepted: PortRange,
    /// The ports that a source recommends.
    pub recommended: Option<PortRange>,
    /// Which ports are good, in words.
    pub allowed: &'static str,
    /// What to know before it is set; for [`Way::Nothing`], why there is nothing to set.
    pub caution: &'static str,
    /// The key that does not exist before; empty if Setup made it.
    pub creates: &'static str,
    /// The flows whose port it is.
    pub flows: &'static [&'static Flow],
    /// The flows that stay open beside it: clients ask the endpoint mapper first.
    pub mappers: &'static [&'static Flow],
    /// Where the ranges were read.
    pub range_sources: &'static [&'static Cited],
    /// Where the rest was read.
    pub sources: &'static [&'static Cited],
}

impl Setting {
    /// Whether the version has no such port, and this only says so.
    pub fn sets_nothing(&self) -> bool {
        matches!(self.way, Way::Nothing)
    }
}

/// How a port is written.
#[derive(Debug)]
pub enum Way {
    /// As registry values, one at least.
    Registry(&'static [RegistryValue]),
    /// As a key under `appSettings` of an XML file.
    ConfigFile {
        /// The file; what stands between `%` is a variable of the environment.
        path: &'static str,
        /// The key.
        key: &'static str,
    },
    /// Not at all: the version has no such port.
    Nothing,
}

/// A registry value.
#[derive(Debug)]
pub struct RegistryValue {
    /// Where it is set; a procedure may need a value on a second machine.
    pub machine: Machine,
    /// The key, from `HKLM\` or `HKCU\` on.
    pub key: &'static str,
    /// The name.
    pub name: &'static str,
    /// The type.
    pub kind: ValueKind,
    /// The data, where it is not the port.
    pub fixed: Option<u16>,
}

/// Ports that Windows gives to services without a static one.
#[derive(Debug)]
pub struct DynamicRange {
    /// The ports.
    pub ports: PortRange,
    /// The machines that it is known for.
    pub machines: Set<Machine>,
    /// The versions of Exchange that it is known for.
    pub versions: Set<Version>,
    /// When this range holds, or in which reading.
    pub when: &'static str,
    /// Where it was read.
    pub sources: &'static [&'static Cited],
}

/// A command that shows whether a service uses its static port.
#[derive(Debug)]
pub struct Command {
    /// What it shows.
    pub name: &'static str,
    /// The versions for whose Windows it is meant.
    pub versions: Set<Version>,
    /// Where it is typed.
    pub desk: Desk,
    /// The command; the words SERVER and PORT stand for a server and a port.
    pub text: &'static str,
    /// How to read what it says.
    pub note: &'static str,
}
