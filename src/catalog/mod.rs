//! The catalogue: flows, their ports, versions, roles, zones and sources.
//!
//! People edit it as TOML under `data/`; the build script checks it and writes it out as the static
//! tables that this module holds. Nothing is parsed at run time.

mod deployment;
mod flow;
mod leg;
mod ports;
mod procedure;
mod set;
mod source;
mod vocabulary;

pub use deployment::Deployment;
pub use flow::{End, Flow};
pub use leg::Leg;
pub use ports::{PortError, PortRange, Ports, join};
pub use procedure::Procedure;
pub use set::Set;
pub use source::{Change, Dispute, Erratum, Reading, Source, Statement};
pub use vocabulary::{
    Confidence, Direction, Encryption, Filtering, PortUse, Role, State, Transport, Verdict, Version, Vocabulary, Word,
    Zone, position,
};

#[allow(clippy::unreadable_literal, reason = "the build script writes this module")]
mod tables {
    use super::{
        Change, Confidence, Deployment, Direction, Dispute, Encryption, End, Erratum, Filtering, Flow, PortRange,
        PortUse, Ports, Procedure, Reading, Set, Source, State, Statement, Verdict,
    };

    const fn ports(first: u16, last: u16, usage: PortUse) -> Ports {
        match PortRange::new(first, last) {
            Some(range) => Ports { range, usage },
            None => panic!("the build script wrote a range that is none"),
        }
    }

    include!(concat!(env!("OUT_DIR"), "/tables.rs"));
}

/// Every flow, in catalogue order: by state, first port and age, then as edited.
pub fn flows() -> &'static [Flow] {
    &tables::FLOWS
}

/// The flow of an id, read without regard to case.
pub fn flow(id: &str) -> Option<&'static Flow> {
    flows().iter().find(|flow| flow.id.eq_ignore_ascii_case(id))
}

/// Every cited document.
pub fn sources() -> &'static [Source] {
    &tables::SOURCES
}

/// Every claim of the source article that was checked.
pub fn errata() -> &'static [Erratum] {
    &tables::ERRATA
}

/// What changed in the catalogue, newest first.
pub fn changes() -> &'static [Change] {
    &tables::CHANGES
}

/// The date of the catalogue: that of the newest change.
pub fn date() -> &'static str {
    tables::CHANGES[0].date
}

/// What to keep in mind about all entries.
pub fn caveats() -> &'static [Statement] {
    &tables::CAVEATS
}

/// Microsoft's rule on firewalls between Exchange servers and between them and domain controllers.
pub fn support_statement() -> &'static Statement {
    &tables::SUPPORT[0]
}

/// The known deployments, as edited.
pub fn deployments() -> &'static [Deployment] {
    &tables::DEPLOYMENTS
}

/// The services whose RPC port can be pinned, as edited.
pub fn procedures() -> &'static [Procedure] {
    &tables::PROCEDURES
}
