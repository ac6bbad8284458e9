//! What the readers of PowerShell and netsh share: a rule as Windows keeps it, as in [MS-FASP] 2.2.4 to 2.2.37.

use std::collections::BTreeSet;
use std::net::IpAddr;

use exchange_ports::catalog::{PortRange, Transport};
use exchange_ports::firewall::{Family, Network, Side};

use super::atom::{Atoms, atoms, everything};
use super::words::{network, port_range};

/// A rule. No address is any address.
pub struct HostRule {
    pub side: Side,
    pub transport: Transport,
    /// The family of a protocol that exists in one family only.
    pub family: Option<Family>,
    pub local: Vec<Network>,
    pub remote: Vec<Network>,
    /// The ports of the destination.
    pub ports: Vec<PortRange>,
}

impl HostRule {
    /// What it allows.
    pub fn atoms(&self) -> Result<Atoms, String> {
        if self.transport.has_ports() == self.ports.is_empty() {
            return Err("ports go with TCP and UDP, and these with ports".to_owned());
        }
        let named = self.local.iter().chain(&self.remote).map(|network| network.family());
        let families: BTreeSet<Family> = named.chain(self.family).collect();
        let mut all = Atoms::new();
        match families.first() {
            Some(&family) if families.len() == 1 => all.extend(self.of_family(family)),
            Some(_) => return Err("a rule mixes families".to_owned()),
            None => all.extend(Family::ALL.into_iter().flat_map(|family| self.of_family(family))),
        }
        Ok(all)
    }

    fn of_family(&self, family: Family) -> Atoms {
        let end = |networks: &[Network]| match networks {
            [] => vec![everything(family)],
            _ => networks.to_vec(),
        };
        let (local, remote) = (end(&self.local), end(&self.remote));
        let ports: Vec<Option<PortRange>> = match self.ports[..] {
            [] => vec![None],
            _ => self.ports.iter().copied().map(Some).collect(),
        };
        match self.side {
            Side::Outbound => atoms(self.side, &local, &remote, self.transport, &ports),
            _ => atoms(self.side, &remote, &local, self.transport, &ports),
        }
    }
}

/// Ports, or ranges with a dash.
pub fn ports<'a>(texts: impl IntoIterator<Item = &'a str>) -> Result<Vec<PortRange>, String> {
    texts.into_iter().map(|text| port_range(text, '-')).collect()
}

/// Addresses, subnets and ranges that Windows takes.
pub fn addresses<'a>(texts: impl IntoIterator<Item = &'a str>) -> Result<Vec<Network>, String> {
    texts.into_iter().map(address).collect()
}

fn address(text: &str) -> Result<Network, String> {
    if let Some((first, last)) = text.split_once('-') {
        return range(network(first)?, network(last)?).ok_or_else(|| format!("no range: {text}"));
    }
    let subnet = network(text)?;
    let is_refused = subnet.prefix() == 0 || number(subnet.address()) <= 1 && subnet.family() == Family::V6;
    if is_refused {
        return Err(format!("Windows refuses {text}"));
    }
    Ok(subnet)
}

/// A range of addresses as the one network that it fills. Nobody has `::` and `::1`, with which no range may begin, so
/// the network that begins with them is filled without them.
fn range(first: Network, last: Network) -> Option<Network> {
    let is_v6 = first.family() == Family::V6;
    let begin = match (number(first.address()), is_v6) {
        (0 | 1, true) => return None,
        (2, true) => Network::host(IpAddr::from([0; 16])),
        _ => first,
    };
    let bits = if is_v6 { 128 } else { 32 };
    let fills = |prefix: &u8| {
        let size = 1_u128.checked_shl((bits - prefix).into()).unwrap_or(0);
        let end = number(begin.address()).wrapping_add(size.wrapping_sub(1));
        end == number(last.address())
            && Network::new(begin.address(), *prefix).map(Network::address) == Some(begin.address())
    };
    let prefix = (0..=bits).find(fills)?;
    Network::new(begin.address(), prefix)
}

fn number(address: IpAddr) -> u128 {
    match address {
        IpAddr::V4(address) => u32::from(address).into(),
        IpAddr::V6(address) => address.into(),
    }
}
