//! Lists of ports as netfilter's multiport match holds them: iptables and ufw write them alike, RouterOS with another
//! sign.

use crate::catalog::PortRange;
use crate::firewall::rule::list;

/// The most slots of a list: a port takes one, a range two.
const SLOTS: usize = 15;

/// The ports in as few lists as hold them, such as `25,443,6001:6004`.
pub fn lists(ports: &[PortRange]) -> Vec<String> {
    let parts = parts(ports).into_iter();
    parts.map(|part| list(part).replace('-', ":")).collect()
}

/// The ports in as few parts as fit into a list each.
pub fn parts(ports: &[PortRange]) -> Vec<&[PortRange]> {
    let mut parts = Vec::new();
    let mut rest = ports;
    while !rest.is_empty() {
        let (part, after) = rest.split_at(fitting(rest));
        parts.push(part);
        rest = after;
    }
    parts
}

/// How many ranges from the first on fit into a list.
fn fitting(ports: &[PortRange]) -> usize {
    let mut taken = 0;
    let fits = |range: &&PortRange| {
        taken += if range.width() == 1 { 1 } else { 2 };
        taken <= SLOTS
    };
    ports.iter().take_while(fits).count()
}
