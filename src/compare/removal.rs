//! A rule of the old version that the new one does not need, or not as wide.

use std::fmt;

use crate::catalog::{PortRange, Vocabulary};
use crate::firewall::{Rule, list};

/// What is to be done with a rule of the old version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Removal {
    /// The rule, named as `exchange-ports` names it for the old version alone.
    pub rule: Rule,
    /// The ports that it no longer needs; empty for a transport without ports.
    pub closes: Vec<PortRange>,
    /// What becomes of it.
    pub step: Step,
}

/// What becomes of a rule of the old version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// It goes.
    Delete,
    /// It keeps these ports.
    Narrow(Vec<PortRange>),
    /// It stays until its path is open as a whole: Microsoft does not support filtering it in the new version.
    OpenPathFirst,
}

impl fmt::Display for Removal {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        let Rule { name, from, to, .. } = &self.rule;
        match &self.step {
            Step::Delete => write!(out, "delete {name}: ")?,
            Step::Narrow(kept) => write!(out, "narrow {name} to {}: close ", list(kept))?,
            Step::OpenPathFirst => write!(out, "open the whole path for any protocol, then delete {name}: ")?,
        }
        out.write_str(self.rule.transport.slug())?;
        if !self.closes.is_empty() {
            write!(out, " {}", list(&self.closes))?;
        }
        let (source, destination) = (&self.rule.source, &self.rule.destination);
        write!(out, " from {} {source} to {} {destination}", from.slug(), to.slug())
    }
}
