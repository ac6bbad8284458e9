//! What the planner has to say about a plan.

use std::fmt;

use crate::catalog::{Cited, DynamicRange, Flow, PortRange, Procedure, Version, Vocabulary};

/// One thing to say, the fields that it is about, and who says it.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The services at whose fields it stands; none if it is about the plan as a whole.
    pub at: Vec<&'static Procedure>,
    /// What is found.
    pub kind: Kind,
    /// Where it was read; none if it follows from the plan alone.
    pub sources: Vec<&'static Cited>,
    /// The command that settles it.
    pub command: Option<&'static str>,
}

impl Finding {
    /// A finding about the plan as a whole.
    pub fn about_all(kind: Kind) -> Self {
        Self {
            at: Vec::new(),
            kind,
            sources: Vec::new(),
            command: None,
        }
    }

    /// A finding about one service.
    pub fn at(procedure: &'static Procedure, kind: Kind) -> Self {
        Self {
            at: vec![procedure],
            ..Self::about_all(kind)
        }
    }

    /// The same finding with these sources too.
    #[must_use]
    pub fn citing(mut self, sources: &[&'static Cited]) -> Self {
        for source in sources {
            if !self.sources.contains(source) {
                self.sources.push(source);
            }
        }
        self
    }
}

/// What a finding means for the plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// It cannot work: there are no files until it is put right.
    Wrong,
    /// Sources or machines differ: look before you go on.
    Disputed,
    /// It may go wrong.
    Caution,
    /// Good to know.
    Note,
    /// It was checked and is right.
    Fine,
}

/// A reading of the dynamic range, and whether a port lies in it.
#[derive(Clone, Copy, Debug)]
pub struct Reading {
    /// The range.
    pub range: &'static DynamicRange,
    /// Whether all ports of the finding lie in it; they all do or none does.
    pub inside: bool,
}

/// What is found.
#[derive(Clone, Debug)]
pub enum Kind {
    /// Nothing is typed.
    NoPort,
    /// What is typed is no number.
    NotANumber,
    /// It is a number, but no port.
    OutOfBounds,
    /// The version has no such service.
    NotInVersion(Version),
    /// There is nothing to set, for this reason.
    NothingToSet(&'static str),
    /// The port does not work; the accepted ones, and what is said of good ones.
    NotAccepted(u16, PortRange, &'static str),
    /// Several services of one machine have this port.
    SamePort(u16),
    /// A service that the catalogue knows on that machine listens on this port.
    Taken(u16, &'static Flow),
    /// Two procedures exclude each other: one is for RTM, one for later.
    TwoReleases,
    /// A service that may be on that machine listens on this port.
    PerhapsTaken(u16, &'static Flow),
    /// A service of another kind of machine has this port, and both may be one computer.
    PerhapsSamePort(u16),
    /// One registry value is planned with two ports, because two roles read it.
    TwoPortsForOneValue,
    /// How these ports lie to the readings of the dynamic range.
    Dynamic(Vec<u16>, Vec<Reading>),
    /// These ports are outside of what is recommended, and what is said of good ones.
    NotRecommended(Vec<u16>, PortRange, &'static str),
    /// These ports are what is recommended; others are accepted.
    Recommended(Vec<u16>, PortRange, PortRange),
    /// What a source says of this procedure.
    Known(&'static str),
    /// Microsoft does not support filtering on the way to this service.
    NotFiltered,
    /// A flow stays wide until these services are pinned too.
    StaysWide(&'static Flow, Vec<&'static str>),
    /// These services stay on dynamic ports.
    StillDynamic(Vec<&'static str>),
    /// The plan is for this one of several versions.
    OneVersion(Version),
    /// The same ports belong on every member of the array.
    EveryMember,
    /// No two services of one machine have the same port.
    Distinct,
    /// Nothing else that the catalogue knows has these ports.
    Free(Vec<u16>),
}

impl Kind {
    /// What it means for the plan.
    pub fn weight(&self) -> Weight {
        match self {
            Self::NoPort
            | Self::NotANumber
            | Self::OutOfBounds
            | Self::NotInVersion(_)
            | Self::NothingToSet(_)
            | Self::NotAccepted(..)
            | Self::SamePort(_)
            | Self::Taken(..)
            | Self::TwoReleases => Weight::Wrong,
            Self::Dynamic(_, readings) => {
                let inside = readings.iter().filter(|reading| reading.inside).count();
                match inside {
                    0 => Weight::Fine,
                    _ if inside == readings.len() => Weight::Caution,
                    _ => Weight::Disputed,
                }
            }
            Self::PerhapsTaken(..)
            | Self::PerhapsSamePort(_)
            | Self::TwoPortsForOneValue
            | Self::NotRecommended(..)
            | Self::Known(_)
            | Self::NotFiltered
            | Self::StaysWide(..)
            | Self::StillDynamic(_) => Weight::Caution,
            Self::OneVersion(_) | Self::EveryMember => Weight::Note,
            Self::Recommended(..) | Self::Distinct | Self::Free(_) => Weight::Fine,
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Self::NoPort => out.write_str("Type a port from 1 to 65535, or do not choose the service."),
            Self::NotANumber => out.write_str("This is not a port. Type one number from 1 to 65535."),
            Self::OutOfBounds => out.write_str("Ports go from 1 to 65535."),
            Self::NotInVersion(version) => write!(out, "Exchange {} does not have this service.", version.title()),
            Self::NothingToSet(reason) | Self::Known(reason) => out.write_str(reason),
            Self::NotAccepted(port, accepted, allowed) => {
                write!(out, "{port} does not work here. Accepted: {accepted} ({allowed}).")
            }
            Self::SamePort(port) => write!(out, "{port} is planned for more than one service: each needs its own port."),
            Self::Taken(port, flow) => write!(out, "{port} is taken on this server: {}.", flow.id),
            Self::TwoReleases => out.write_str(
                "Choose one: a server is either RTM, where the port stands in a file, or SP1 and later, where it stands \
                 in the registry.",
            ),
            Self::PerhapsTaken(port, flow) => {
                write!(out, "{port} is taken if the server also has another role: {}.", flow.id)
            }
            Self::PerhapsSamePort(port) => {
                write!(out, "{port} is planned for Exchange and for a domain controller: wrong if one computer is both.")
            }
            Self::TwoPortsForOneValue => out.write_str(
                "Both are one registry value. On a server with both roles it can hold one port: give both the same.",
            ),
            Self::Dynamic(ports, readings) => dynamic(out, ports, readings),
            Self::NotRecommended(ports, range, allowed) => {
                write!(out, "Outside of the recommended {range}: {}. {}.", list(ports), sentence(allowed))
            }
            Self::Recommended(ports, range, accepted) => write!(
                out,
                "Inside of the recommended {range}: {}. That is advice, not a limit: {accepted} is accepted.",
                list(ports)
            ),
            Self::NotFiltered => out.write_str(
                "From 2007 on Microsoft does not support filtering between Exchange and domain controllers: a static \
                 port is no reason for a firewall there, and no rule is written for that way.",
            ),
            Self::StaysWide(flow, missing) => {
                write!(out, "No rule can be narrowed for {} yet: it also needs {}.", flow.id, missing.join(", "))
            }
            Self::StillDynamic(services) => write!(
                out,
                "Still on dynamic ports: {}. Where they are in use, the firewall needs the whole range for them.",
                services.join(", ")
            ),
            Self::OneVersion(version) => write!(
                out,
                "The plan is for Exchange {} alone. Choose another version to plan for it.",
                version.title()
            ),
            Self::EveryMember => out.write_str(
                "Every Client Access server of the array, which shares one address, gets the same ports: not one server \
                 alone, and not all of the domain.",
            ),
            Self::Distinct => out.write_str("No two services of one machine have the same port."),
            Self::Free(ports) => write!(out, "Nothing else that the catalogue knows on these machines uses {}.", list(ports)),
        }
    }
}

fn dynamic(out: &mut fmt::Formatter, ports: &[u16], readings: &[Reading]) -> fmt::Result {
    let told = |wanted: bool| {
        let readings = readings.iter().filter(|reading| reading.inside == wanted);
        let texts: Vec<String> = readings
            .map(|reading| format!("{} ({})", reading.range.ports, reading.range.when))
            .collect();
        texts.join("; ")
    };
    let (inside, outside) = (told(true), told(false));
    let ports = list(ports);
    match (inside.is_empty(), outside.is_empty()) {
        (true, _) => write!(
            out,
            "Outside of the dynamic range: {ports}. Windows gives out {outside}."
        ),
        (false, true) => write!(
            out,
            "Inside of the dynamic range: {ports}. Windows gives out {inside}, so another service may have the port first."
        ),
        (false, false) => write!(
            out,
            "Readings of the dynamic range differ: {ports}. Outside, if it is {outside}. Inside, if it is {inside}."
        ),
    }
}

fn list(ports: &[u16]) -> String {
    let ports: Vec<String> = ports.iter().map(ToString::to_string).collect();
    ports.join(", ")
}

/// A text with a capital at its beginning.
pub fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|first| first.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}
