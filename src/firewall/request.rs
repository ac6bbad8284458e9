//! What rules are asked for.

use super::options::Options;
use super::place::Place;
use crate::catalog::{Filtering, Flow, Version};
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
    /// Whether Microsoft does not support filtering a flow in the versions that are asked for.
    pub fn is_unsupported(&self, flow: &Flow) -> bool {
        let versions = self.filter.versions;
        let is_unsupported = |version| is_unsupported_from(flow, version);
        // Whoever asks for no version asks for the newest too.
        versions.is_empty() && is_unsupported(Version::ExchangeSe) || versions.iter().any(is_unsupported)
    }
}

/// Whether Microsoft does not support filtering a flow in a version: it never did from 2007 on.
pub fn is_unsupported_from(flow: &Flow, version: Version) -> bool {
    flow.filtering == Filtering::Unsupported && version >= Version::Exchange2007
}
