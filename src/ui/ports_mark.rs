//! Ports as people read them: an en dash between the ends of a range.

use crate::catalog::{Flow, PortRange, PortUse, Set, Transport, Vocabulary};

/// A range with an en dash.
pub fn range_text(range: PortRange) -> String {
    range.to_string().replace('-', "–")
}

/// The ports of a flow.
pub fn ports_text(flow: &Flow) -> String {
    let text = |ports: &crate::catalog::Ports| {
        let choice = if ports.usage == PortUse::Choice { "one of " } else { "" };
        format!("{choice}{}", range_text(ports.range))
    };
    flow.ports.iter().map(text).collect::<Vec<_>>().join(", ")
}

/// Transports in lower case, such as `tcp, udp`.
pub fn transports_text(transports: Set<Transport>) -> String {
    transports.iter().map(Transport::slug).collect::<Vec<_>>().join(", ")
}
