//! What a reader chooses for the rules.

use std::num::NonZeroU16;

use litemap::LiteMap;

use super::address::Addresses;
use super::place::Place;
use super::platform::Platform;
use super::rule::is_wide;
use super::text::{Label, Prefix};
use crate::catalog::{Flow, FlowSet, PortRange, PortUse, Ports, State, Zone};

/// The choices for rules; the default of each is what a link leaves out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Ticked flows; rules are written for those of them that match, or for all that match when none is ticked.
    pub ticked: FlowSet,
    /// The firewall to write for.
    pub platform: Option<&'static Platform>,
    /// Where the rules stand.
    pub placement: Placement,
    /// The host on which they stand, for [`Placement::Host`].
    pub at: Option<Place>,
    /// What happens to flows that Microsoft does not support filtering.
    pub internal: Internal,
    /// What happens to everything else.
    pub rest: Rest,
    /// Whether rules are merged.
    pub grouping: Grouping,
    /// Whether only required flows get rules.
    pub required_only: bool,
    /// The addresses of places.
    pub addresses: LiteMap<Place, Addresses>,
    /// What the firewall calls zones.
    pub labels: LiteMap<Zone, Label>,
    /// The ports of flows whose services have static ones, ascending; one for a flow that lets one choose.
    pub pins: LiteMap<&'static Flow, Vec<NonZeroU16>>,
    /// The prefix of rule names.
    pub prefix: Prefix,
    /// Whether rules log.
    pub log: bool,
}

impl Options {
    /// Where the rules stand: where it was asked, or where the platform can.
    pub fn standing(&self) -> Placement {
        let standing = self.platform.map(|platform| platform.standing);
        standing.map_or(self.placement, |standing| standing.placement(self.placement))
    }

    /// What happens to everything else: what was asked, or what the platform can do.
    pub fn rest_written(&self) -> Rest {
        match self.platform {
            Some(platform) if !platform.drops_rest => Rest::Keep,
            _ => self.rest,
        }
    }

    /// Whether a flow is one to write: ticked, or any while none is ticked.
    pub fn is_ticked(&self, flow: &Flow) -> bool {
        self.ticked.is_empty() || self.ticked.contains(flow)
    }

    /// The ports to write for a flow, and the ranges out of which one would first have to be chosen.
    ///
    /// A disputed value is the one that keeps things working. Pins stand in place of the range that is chosen from or
    /// that is wide; in a flow without one, of all its ports.
    pub fn ports(&self, flow: &Flow) -> (Vec<PortRange>, Vec<PortRange>) {
        let ports = if flow.rule_ports.is_empty() {
            flow.ports
        } else {
            flow.rule_ports
        };
        let is_open = |ports: &Ports| ports.usage == PortUse::Choice || is_wide(ports.range);
        let Some(pins) = self.pins.get(flow) else {
            let (chosen, certain): (Vec<Ports>, Vec<Ports>) =
                ports.iter().partition(|ports| ports.usage == PortUse::Choice);
            return (ranges(&certain), ranges(&chosen));
        };
        let has_open = ports.iter().any(is_open);
        let kept = ports
            .iter()
            .filter(|ports| has_open && !is_open(ports))
            .map(|ports| ports.range);
        let pinned = pins.iter().filter_map(|pin| PortRange::new(pin.get(), pin.get()));
        (kept.chain(pinned).collect(), Vec::new())
    }

    /// The flows to write: the ticked ones among those that match, or all; only required ones if asked.
    pub fn selected(&self, flows: &[&'static Flow]) -> Vec<&'static Flow> {
        let wanted =
            |flow: &&'static Flow| self.is_ticked(flow) && (!self.required_only || flow.state == State::Required);
        flows.iter().copied().filter(wanted).collect()
    }
}

fn ranges(ports: &[Ports]) -> Vec<PortRange> {
    ports.iter().map(|ports| ports.range).collect()
}

macro_rules! choice {
    ($(#[$doc:meta])* $name:ident { $($(#[$value_doc:meta])* $value:ident = $slug:literal;)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
        pub enum $name { $($(#[$value_doc])* $value),+ }

        impl $name {
            /// Every value, the default first.
            pub const ALL: &'static [Self] = &[$(Self::$value),+];

            /// The public name.
            pub fn slug(self) -> &'static str {
                match self { $(Self::$value => $slug),+ }
            }
        }
    };
}

choice! {
    /// Where rules stand.
    Placement {
        /// One firewall between two zones.
        #[default]
        Network = "network";
        /// The machine itself.
        Host = "host";
    }
}

choice! {
    /// What happens to flows that Microsoft does not support filtering.
    Internal {
        /// They are not written; a comment says why.
        #[default]
        Omit = "omit";
        /// One rule for any protocol, both ways, between the addresses of both ends.
        Any = "any";
        /// The listed ports, with a warning.
        Ports = "ports";
    }
}

choice! {
    /// What happens to connections that no rule allows.
    Rest {
        /// Nothing is said about them.
        #[default]
        Keep = "keep";
        /// They are dropped.
        Drop = "drop";
    }
}

choice! {
    /// How flows become rules.
    Grouping {
        /// What has the same ends, transport, state and class shares a rule.
        #[default]
        Compact = "compact";
        /// Each flow has its own rules.
        PerFlow = "flow";
    }
}
