//! The two ways of a rule, for devices that remember no connections: the packets that open one, and the answers.

use crate::catalog::PortRange;
use crate::firewall::address::Addresses;
use crate::firewall::rule::Rule;

/// The packets of a rule that go one way.
#[derive(Clone, Copy)]
pub struct Way<'a> {
    /// The rule.
    pub rule: &'a Rule,
    /// Whether they go back to the source of the rule.
    pub is_answer: bool,
}

impl<'a> Way<'a> {
    /// The packets that open connections.
    pub fn opening(rule: &'a Rule) -> Self {
        Self { rule, is_answer: false }
    }

    /// The answers to them.
    pub fn answer(rule: &'a Rule) -> Self {
        Self { rule, is_answer: true }
    }

    /// Who sends the packets.
    pub fn source(self) -> &'a Addresses {
        if self.is_answer {
            &self.rule.destination
        } else {
            &self.rule.source
        }
    }

    /// Who receives them.
    pub fn destination(self) -> &'a Addresses {
        if self.is_answer {
            &self.rule.source
        } else {
            &self.rule.destination
        }
    }

    /// The ports that they come from; empty if any will do.
    pub fn source_ports(self) -> &'a [PortRange] {
        if self.is_answer { &self.rule.ports } else { &[] }
    }

    /// The ports that they go to; empty if any will do.
    pub fn destination_ports(self) -> &'a [PortRange] {
        if self.is_answer { &[] } else { &self.rule.ports }
    }
}
