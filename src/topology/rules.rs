//! The rules of one firewall of a deployment.

use super::deployed::Deployed;
use super::firewall::Firewall;
use crate::catalog::{Flow, FlowSet, Leg, Set};
use crate::firewall::{Options, Place, Policy, Request, Unwritten};
use crate::query::Filter;

/// What a reader gives once for all firewalls of a deployment.
#[derive(Clone, Copy, Debug)]
pub struct Order<'a> {
    /// The choices. Placement, host and ticks do not count: the drawing says where a firewall stands and what passes it.
    pub options: &'a Options,
    /// Places for which only addresses were typed that could not be read.
    pub refused: &'a [Place],
    /// The address of the page of the deployment, without addresses of networks.
    pub permalink: &'a str,
}

impl Deployed {
    /// What passes a firewall: each flow on the legs that its links draw.
    pub fn legs(&self, firewall: Firewall) -> Vec<(&'static Flow, Leg)> {
        let mut legs: Vec<(&'static Flow, Leg)> = self
            .crossings(firewall)
            .flat_map(|crossing| crossing.lane.legs())
            .collect();
        legs.sort_unstable();
        legs.dedup();
        legs
    }

    /// The numbers at a firewall of what an entry of its policy leaves out.
    pub fn numbers(&self, firewall: Firewall, entry: &Unwritten) -> Vec<usize> {
        let is_left_out = |(flow, leg): (&'static Flow, Leg)| {
            (leg.from, leg.to) == (entry.from, Some(entry.to)) && entry.flows.contains(&flow)
        };
        let crossings = self.crossings(firewall);
        let left_out = crossings.filter(|crossing| crossing.lane.legs().any(is_left_out));
        left_out.map(|crossing| crossing.number).collect()
    }

    /// The rules of a firewall.
    pub fn policy(&self, firewall: Firewall, order: &Order) -> Policy {
        let drawn = self.legs(firewall);
        let flows: FlowSet = drawn.iter().map(|(flow, _)| *flow).collect();
        let flows: Vec<&'static Flow> = flows.iter().collect();
        let filter = Filter {
            versions: Set::EMPTY.with(self.version),
            ..Filter::default()
        };
        let options = Options {
            ticked: FlowSet::default(),
            placement: firewall.placement(),
            at: firewall.at(),
            ..order.options.clone()
        };
        Policy::new(&Request {
            flows: &flows,
            filter: &filter,
            drawn: Some(&drawn),
            options: &options,
            refused: order.refused,
            permalink: order.permalink.to_owned(),
        })
    }
}
