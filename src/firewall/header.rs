//! The comment that every snippet begins with: slugs, ids, numbers and dates, never words of people.

use super::options::{Placement, Rest};
use super::platform::Platform;
use super::policy::Policy;
use crate::catalog::date;

/// The lines of the header, without comment signs.
pub fn lines(policy: &Policy, platform: &Platform) -> Vec<String> {
    let mut lines = Vec::new();
    if policy.options.rest == Rest::Drop {
        lines.push("CAUTION: everything that is not allowed below is cut, your own connection included.".to_owned());
    }
    lines.push(format!("exchange-ports, catalogue of {}, {}", date(), platform.id));
    lines.push(policy.permalink.clone());
    lines.push(counts(policy));
    if policy.options.placement == Placement::Network {
        lines.push("Addresses are the servers' own, behind any NAT.".to_owned());
    }
    if !policy.never.is_empty() {
        let ids: Vec<&str> = policy.never.iter().map(|flow| flow.id).collect();
        lines.push(format!("never a rule, not used or on one machine: {}", ids.join(", ")));
    }
    lines.extend(policy.warnings.iter().map(|warning| format!("warning: {warning}")));
    lines
}

fn counts(policy: &Policy) -> String {
    let (flows, rules, unwritten) = (policy.flows.len(), policy.rules.len(), policy.unwritten.len());
    let missing = policy.missing_addresses();
    format!("flows: {flows}, rules: {rules}, not written: {unwritten}, of these for want of an address: {missing}")
}
