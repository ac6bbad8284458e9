//! A set of flows, in catalogue order.

use super::flow::Flow;

/// Flows, each once; iterates in catalogue order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FlowSet(Vec<&'static Flow>);

impl FlowSet {
    /// Whether there is no flow.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether the flow is in the set.
    pub fn contains(&self, flow: &Flow) -> bool {
        self.0.binary_search_by(|known| (*known).cmp(flow)).is_ok()
    }

    /// Puts the flow in.
    pub fn insert(&mut self, flow: &'static Flow) {
        if let Err(place) = self.0.binary_search(&flow) {
            self.0.insert(place, flow);
        }
    }

    /// Takes the flow out if it is in, puts it in otherwise.
    pub fn toggle(&mut self, flow: &'static Flow) {
        match self.0.binary_search(&flow) {
            Ok(place) => drop(self.0.remove(place)),
            Err(place) => self.0.insert(place, flow),
        }
    }

    /// Puts all flows of the other set in.
    pub fn extend(&mut self, other: &Self) {
        other.iter().for_each(|flow| self.insert(flow));
    }

    /// Takes all out.
    pub fn clear(&mut self) {
        self.0.clear();
    }

    /// The flows.
    pub fn iter(&self) -> impl Iterator<Item = &'static Flow> {
        self.0.iter().copied()
    }
}

impl FromIterator<&'static Flow> for FlowSet {
    fn from_iter<I: IntoIterator<Item = &'static Flow>>(flows: I) -> Self {
        let mut set = Self::default();
        flows.into_iter().for_each(|flow| set.insert(flow));
        set
    }
}
