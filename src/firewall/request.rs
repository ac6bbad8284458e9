//! What rules are asked for.

use super::options::Options;
use super::place::Place;
use crate::catalog::{Filtering, Flow, Leg, Version};
use crate::query::Filter;

/// Flows, the zones between which they are wanted, and the choices for their rules.
#[derive(Clone, Debug)]
pub struct Request<'a> {
    /// The flows that match.
    pub flows: &'a [&'static Flow],
    /// What was asked; it chooses legs and versions.
    pub filter: &'a Filter,
    /// Legs that a drawing gives, in place of those that flows have by themselves; then the filter chooses none.
    pub drawn: Option<&'a [(&'static Flow, Leg)]>,
    /// The choices.
    pub options: &'a Options,
    /// Places for which only addresses were typed that could not be read. They never become any.
    pub refused: &'a [Place],
    /// The address of the page that shows these rules, without addresses of networks.
    pub permalink: String,
}

impl Request<'_> {
    /// The legs of a flow for which rules are wanted, and those for which they are not.
    pub fn legs(&self, flow: &Flow) -> (Vec<Leg>, Vec<Leg>) {
        match self.drawn {
            Some(drawn) => {
                let own = drawn.iter().filter(|(drawn, _)| *drawn == flow);
                (own.map(|(_, leg)| *leg).collect(), Vec::new())
            }
            None => flow.legs().partition(|&leg| self.filter.chooses(leg)),
        }
    }

    /// Whether Microsoft does not support filtering a flow in the versions that are asked for.
    pub fn is_unsupported(&self, flow: &Flow) -> bool {
        let versions = self.filter.versions;
        let covered = versions.is_empty() || versions.iter().any(|version| version >= Version::Exchange2007);
        flow.filtering == Filtering::Unsupported && covered
    }
}
