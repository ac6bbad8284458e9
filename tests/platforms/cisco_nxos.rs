//! Reads NX-OS access lists, as "Configuring IP ACLs" of the Cisco Nexus 9000 Series NX-OS Security Configuration Guide
//! and the commands `permit (IPv4)`, `permit (IPv6)` and `remark` of the Nexus command references describe them: only
//! what the writer has a use for.
//!
//! Addresses have a prefix, hosts too. That guide, "Implicit Rules for IP and MAC ACLs": an IPv6 list permits no
//! neighbour discovery unless four lines say so. The data model of the vendor gives the form of names
//! (<https://netascode.cisco.com/docs/data_models/nxos/device/ip_access_list>).

use exchange_ports::firewall::{Family, Network, Snippet};

use super::atom::Atoms;
use super::stateless::{self, Grammar};
use super::words::network;

static GRAMMAR: Grammar = Grammar {
    opens: [(Family::V4, "ip access-list"), (Family::V6, "ipv6 access-list")],
    number: |_| "",
    names: (63, &['-', '_']),
    address,
    discovery: &["nd-na", "nd-ns", "router-advertisement", "router-solicitation"],
    needs_discovery: true,
};

/// What a snippet allows to be opened, if the answers fit it.
pub fn read(snippet: &Snippet) -> Result<Atoms, String> {
    stateless::read(snippet, &GRAMMAR)
}

fn address(_: Family, words: &mut dyn Iterator<Item = &str>) -> Result<Network, String> {
    let word = words.next().ok_or("an address is missing")?;
    if word.contains('/') {
        network(word)
    } else {
        Err(format!("no network: {word}"))
    }
}
