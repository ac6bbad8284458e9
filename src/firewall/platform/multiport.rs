//! Lists of ports as netfilter's multiport match holds them: iptables and ufw write them alike, RouterOS with another
//! sign.

use crate::catalog::PortRange;
use crate::firewall::rule::list;

/// The most slots of a list: a port takes one, a range two.
const SLOTS: usize = 15;

/// The ports in as few lists as hold them, such as `25,443,6001:6004`.
pub fn lists(ports: &[PortRange]) -> Vec<String> {
    let written = |chunk| list(chunk).replace('-', ":");
    chunks(ports).into_iter().map(written).collect()
}

/// The ports in as few chunks as fit into a list each.
pub fn chunks(ports: &[PortRange]) -> Vec<&[PortRange]> {
    let mut chunks = Vec::new();
    let mut rest = ports;
    while !rest.is_empty() {
        let (chunk, after) = rest.split_at(fitting(rest));
        chunks.push(chunk);
        rest = after;
    }
    chunks
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
