//! The catalogue: flows, their ports, versions, roles, zones and sources.
//!
//! People edit it as TOML under `data/`; the build script checks it and writes it out: as static tables what lists and
//! rules need, as a file that is loaded later the long texts.

mod deployment;
mod flow;
mod flow_set;
mod leg;
mod other_names;
mod ports;
mod procedure;
mod set;
mod source;
mod texts;
mod vocabulary;
mod words;

pub use deployment::{Deployment, DeploymentTexts};
pub use flow::{End, Flow};
pub use flow_set::FlowSet;
pub use leg::Leg;
pub use other_names::{aliases, family_aliases, value_words};
pub use ports::{PortError, PortRange, Ports, join, subtract};
pub use procedure::{Procedure, ProcedureTexts};
pub use set::Set;
pub use source::{Change, Dispute, Erratum, FlowTexts, Reading, Source, Statement};
#[cfg(not(target_arch = "wasm32"))]
pub use texts::texts_file;
pub use texts::{Texts, load_texts, texts};
pub use vocabulary::{
    Confidence, Direction, Encryption, Filtering, PortUse, Role, State, Transport, Verdict, Version, Vocabulary, Word,
    Zone, position,
};

pub use words::{Words, give_words, words};

#[allow(clippy::unreadable_literal, reason = "the build script writes this module")]
mod tables {
    use super::{
        Confidence, Deployment, Direction, Encryption, End, Filtering, Flow, PortRange, PortUse, Ports, Procedure, Set,
        State, Words,
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

/// The date of the catalogue: that of the newest change.
pub fn date() -> &'static str {
    tables::DATE
}

/// The known deployments, as edited.
pub fn deployments() -> &'static [Deployment] {
    &tables::DEPLOYMENTS
}

/// The services whose RPC port can be pinned, as edited.
pub fn procedures() -> &'static [Procedure] {
    &tables::PROCEDURES
}
