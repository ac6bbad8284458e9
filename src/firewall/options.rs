//! What a reader chooses for the rules.

use std::num::NonZeroU16;

use litemap::LiteMap;

use super::address::Addresses;
use super::place::Place;
use super::platform::{Platform, Standing};
use super::text::{Label, Prefix};
use crate::catalog::{Flow, FlowSet, State, Vocabulary, Zone};

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
    /// The ports of flows that let one choose.
    pub pins: LiteMap<&'static Flow, NonZeroU16>,
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

    /// Whether rules see what goes from one machine of a zone to another.
    pub fn sees_inside_zones(&self) -> bool {
        let is_attached = self
            .platform
            .is_some_and(|platform| platform.standing == Standing::Attached);
        is_attached || self.standing() == Placement::Host
    }

    /// What the firewall calls a zone, or its slug where nobody said.
    pub fn name_of(&self, zone: Zone) -> String {
        let label = self.labels.get(&zone);
        label.map_or_else(|| zone.slug().to_owned(), ToString::to_string)
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

    /// The flows to write: the ticked ones among those that match, or all; only required ones if asked.
    pub fn selected(&self, flows: &[&'static Flow]) -> Vec<&'static Flow> {
        let wanted =
            |flow: &&'static Flow| self.is_ticked(flow) && (!self.required_only || flow.state == State::Required);
        flows.iter().copied().filter(wanted).collect()
    }
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
