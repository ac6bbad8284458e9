//! A deployment: a known way of placing servers.

use super::set::Set;
use super::vocabulary::Version;

/// A way of placing servers in zones.
#[derive(Debug, PartialEq, Eq)]
pub struct Deployment {
    /// The public name.
    pub id: &'static str,
    /// What people read.
    pub title: &'static str,
    /// The versions for which it is known.
    pub versions: Set<Version>,
    /// Whether Microsoft supports it, in a sentence.
    pub supported: &'static str,
}
