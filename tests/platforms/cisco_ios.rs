//! Reads IOS access lists, as "IP Named Access Control Lists", "IP Access List Entry Sequence Numbering" and the
//! commands `permit (IPv6)` and `remark` describe them: only what the writer has a use for.

use std::net::{IpAddr, Ipv4Addr};

use exchange_ports::firewall::{Family, Network, Snippet};

use super::atom::Atoms;
use super::stateless::{self, Grammar};
use super::words::network;

static GRAMMAR: Grammar = Grammar {
    opens: [
        (Family::V4, "ip access-list extended"),
        (Family::V6, "ipv6 access-list"),
    ],
    number: |family| match family {
        Family::V4 => "",
        Family::V6 => "sequence ",
    },
    names: (63, &['-', '_', '.']),
    address,
    discovery: &["nd-na", "nd-ns"],
    needs_discovery: false,
};

/// What a snippet allows to be opened, if the answers fit it.
pub fn read(snippet: &Snippet) -> Result<Atoms, String> {
    stateless::read(snippet, &GRAMMAR)
}

fn address(family: Family, words: &mut dyn Iterator<Item = &str>) -> Result<Network, String> {
    let mut word = || words.next().ok_or("an address is missing");
    match (word()?, family) {
        ("host", _) => network(word()?),
        (address, Family::V4) => wildcard(address, word()?),
        (prefix, Family::V6) if prefix.contains('/') => network(prefix),
        (other, Family::V6) => Err(format!("no address: {other}")),
    }
}

fn wildcard(address: &str, wildcard: &str) -> Result<Network, String> {
    let unknown = || format!("no address and wildcard: {address} {wildcard}");
    let address: Ipv4Addr = address.parse().map_err(|_| unknown())?;
    let wildcard: Ipv4Addr = wildcard.parse().map_err(|_| unknown())?;
    let mask = !u32::from(wildcard);
    let prefix = u8::try_from(mask.leading_ones()).map_err(|_| unknown())?;
    let network = Network::new(IpAddr::from(address), prefix).ok_or_else(unknown)?;
    if mask.leading_ones() == mask.count_ones() && network.address() == IpAddr::from(address) {
        Ok(network)
    } else {
        Err(unknown())
    }
}
