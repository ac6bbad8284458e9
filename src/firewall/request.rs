//! What rules are asked for.

use super::options::Options;
use super::place::Place;
use crate::catalog::{Filtering, Flow, State, Version};
use crate::query::Filter;

/// Flows, the zones between which they are wanted, and the choices for their rules.
#[derive(Clone, Debug)]
pub struct Request<'a> {
    /// The flows that match.
    pub flows: &'a [&'static Flow],
    /// What was asked; it chooses legs and versions.
    pub filter: &'a Filter,
    /// The choices.
    pub options: &'a Options,
    /// Places for which only addresses were typed that could not be read. They never become any.
    pub refused: &'a [Place],
    /// The address of the page that shows these rules, without addresses of networks.
    pub permalink: String,
}

impl Request<'_> {
    /// The flows to write: the ticked ones among those that match, or all; only required ones if asked.
    pub fn selected(&self) -> Vec<&'static Flow> {
        let ticked = &self.options.ticked;
        let wanted = |flow: &&'static Flow| {
            (ticked.is_empty() || ticked.contains(flow))
                && (!self.options.required_only || flow.state == State::Required)
        };
        self.flows.iter().copied().filter(wanted).collect()
    }

    /// Whether Microsoft does not support filtering a flow in the versions that are asked for.
    pub fn is_unsupported(&self, flow: &Flow) -> bool {
        let versions = self.filter.versions;
        let covered = versions.is_empty() || versions.iter().any(|version| version >= Version::Exchange2007);
        flow.filtering == Filtering::Unsupported && covered
    }
}
