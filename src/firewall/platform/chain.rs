//! Chains of our own, one for each family, to which the hooks of netfilter jump: VyOS and RouterOS hold them alike.
//!
//! What no rule accepts goes on to the reader's own rules with `rest=keep`; with `rest=drop` it ends there, and the
//! jump stands before everything else. So nothing of the reader's is changed, and undoing is removing jump and chain.

use super::script;
use crate::firewall::address::{Addresses, Family, Network};
use crate::firewall::options::{Placement, Rest};
use crate::firewall::policy::Policy;
use crate::firewall::rule::{Rule, Side};

/// A chain of one family at one hook.
pub struct Chain<'a> {
    /// The family of its packets.
    pub family: Family,
    /// What jumps to it: `forward`, `input` or `output`.
    pub hook: &'static str,
    /// What no prefix can make the name of a hook.
    pub name: String,
    /// What it accepts.
    pub rules: Vec<&'a Rule>,
}

/// The hooks in which rules can stand, with the side of their rules.
const HOOKS: [(Side, &str); 3] = [
    (Side::Between, "forward"),
    (Side::Inbound, "input"),
    (Side::Outbound, "output"),
];

/// The chains of both families at the hooks of a policy, those without rules too.
pub fn chains(policy: &Policy) -> Vec<Chain<'_>> {
    let prefix = &policy.options.prefix;
    let mut chains = Vec::new();
    for family in Family::ALL {
        for (side, hook) in HOOKS.into_iter().filter(|(side, _)| stands(policy, *side)) {
            let rules = policy
                .rules
                .iter()
                .filter(|rule| rule.side == side && rule.family == family);
            chains.push(Chain {
                family,
                hook,
                name: format!("{prefix}-{hook}"),
                rules: rules.collect(),
            });
        }
    }
    chains
}

/// Whether a policy has chains for this side. What a router does itself is not what was asked about, but what goes to
/// it is part of everything else.
fn stands(policy: &Policy, side: Side) -> bool {
    let is_dropped = policy.options.rest == Rest::Drop;
    match policy.options.placement {
        Placement::Network => side == Side::Between || side == Side::Inbound && is_dropped,
        Placement::Host => side != Side::Between || is_dropped,
    }
}

impl Chain<'_> {
    /// Whether it does something: accept, or drop everything else.
    pub fn is_needed(&self, policy: &Policy) -> bool {
        !self.rules.is_empty() || policy.options.rest == Rest::Drop
    }

    /// Whether a machine must be able to reach itself and its neighbours through it.
    pub fn is_of_the_machine(&self) -> bool {
        self.hook != "forward"
    }
}

/// Several networks under one name.
pub struct Group<'a> {
    /// Unique among the groups of a policy.
    pub name: String,
    /// At least two.
    pub networks: &'a [Network],
}

/// The group of those who open connections, if they are several.
pub fn source_group(rule: &Rule) -> Option<Group<'_>> {
    group(&rule.source, format!("{}-from", rule.name))
}

/// The group of those who are called, if they are several.
pub fn destination_group(rule: &Rule) -> Option<Group<'_>> {
    group(&rule.destination, format!("{}-to", rule.name))
}

/// The groups that a rule needs.
pub fn groups(rule: &Rule) -> Vec<Group<'_>> {
    source_group(rule).into_iter().chain(destination_group(rule)).collect()
}

fn group(addresses: &Addresses, name: String) -> Option<Group<'_>> {
    let networks = script::networks(addresses);
    (networks.len() > 1).then_some(Group { name, networks })
}
