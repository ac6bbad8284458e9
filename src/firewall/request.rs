//! What rules are asked for.

use super::options::Options;
use super::place::Place;
use crate::catalog::Flow;
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
        self.filter.leaves_open(flow)
    }
}
