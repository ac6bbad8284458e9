//! A deployment: a known way of placing servers.

use super::set::Set;
use super::vocabulary::Version;

/// A way of placing servers in zones.
#[derive(Debug, PartialEq, Eq)]
pub struct Deployment {
    /// The public name.
    pub id: &'static str,
    /// The place in the list, from 0.
    pub position: u16,
    /// The versions for which it is known.
    pub versions: Set<Version>,
}

/// What people read of a deployment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DeploymentTexts {
    /// Its name.
    pub title: &'static str,
    /// Whether Microsoft supports it, in a sentence.
    pub supported: &'static str,
}
