//! Addresses that people type: hosts, networks and ranges, never names.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// IPv4 or IPv6.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Family {
    /// IPv4.
    V4,
    /// IPv6.
    V6,
}

impl Family {
    /// Both, in the order in which addresses and rules are written.
    pub const ALL: [Self; 2] = [Self::V4, Self::V6];

    const fn bits(self) -> u8 {
        match self {
            Self::V4 => 32,
            Self::V6 => 128,
        }
    }
}

impl fmt::Display for Family {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        out.write_str(match self {
            Self::V4 => "IPv4",
            Self::V6 => "IPv6",
        })
    }
}

/// A network, or a host as a network of one; its host bits are zero. IPv4 sorts first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Network {
    address: IpAddr,
    prefix: u8,
}

impl Network {
    /// The network that holds an address; `None` if the prefix is longer than the address.
    pub fn new(address: IpAddr, prefix: u8) -> Option<Self> {
        let family = family_of(address);
        let host_bits = family.bits().checked_sub(prefix)?;
        let kept = u128::MAX.checked_shl(host_bits.into()).unwrap_or(0);
        Some(Self {
            address: address_of(family, number_of(address) & kept),
            prefix,
        })
    }

    /// A network of one address.
    pub fn host(address: IpAddr) -> Self {
        Self {
            address,
            prefix: family_of(address).bits(),
        }
    }

    /// The family of its addresses.
    pub fn family(self) -> Family {
        family_of(self.address)
    }

    /// The first address.
    pub fn address(self) -> IpAddr {
        self.address
    }

    /// The length of the prefix in bits.
    pub fn prefix(self) -> u8 {
        self.prefix
    }

    /// Whether it is one address.
    pub fn is_host(self) -> bool {
        self.prefix == self.family().bits()
    }

    /// Whether every address of the other is one of its own.
    pub fn contains(self, other: Self) -> bool {
        self.family() == other.family()
            && self.prefix <= other.prefix
            && Self::new(other.address, self.prefix) == Some(self)
    }
}

impl fmt::Display for Network {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        if self.is_host() {
            self.address.fmt(out)
        } else {
            write!(out, "{}/{}", self.address, self.prefix)
        }
    }
}

/// The addresses of one end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Addresses {
    /// Every address of both families.
    Any,
    /// At least one network; ascending, without repeats.
    Only(Vec<Network>),
}

impl Addresses {
    /// Whether every address of a family is among them.
    pub fn hold_everything(&self) -> bool {
        match self {
            Self::Any => true,
            Self::Only(networks) => networks.iter().any(|network| network.prefix == 0),
        }
    }
}

/// How many networks an end may have.
pub const MOST_NETWORKS: usize = 64;

impl fmt::Display for Addresses {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Self::Any => out.write_str(ANY),
            Self::Only(networks) => {
                let texts: Vec<String> = networks.iter().map(ToString::to_string).collect();
                out.write_str(&texts.join(","))
            }
        }
    }
}

const ANY: &str = "any";

/// What was read from a list of addresses.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AddressList {
    /// What is understood; `None` if nothing is.
    pub addresses: Option<Addresses>,
    /// What is understood in another way than it was written, and what is not.
    pub remarks: Vec<AddressRemark>,
}

/// Something to tell the person who wrote a list of addresses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AddressRemark {
    /// An item is no address that rules can use.
    Refused(String, AddressError),
    /// The host bits of a network were not zero; it is read as this one.
    HostBitsCleared(String, Network),
    /// There are more networks than an end may have; this many were cut off.
    TooMany(usize),
}

/// Why a text is no address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AddressError {
    /// It is neither an address nor a network nor a range.
    NotAnAddress,
    /// The prefix is no number or too long.
    Prefix,
    /// The ends of a range belong to two families.
    MixedRange,
    /// A range starts above its end.
    ReversedRange,
    /// An IPv6 zone id, which means nothing to another machine.
    ZoneId,
    /// An IPv4 address inside an IPv6 one, which no packet carries.
    Mapped,
    /// The word any in a list of which something cannot be read: what was meant may be much less.
    AnyBesideRefused,
}

impl fmt::Display for AddressError {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        out.write_str(match self {
            Self::NotAnAddress => "is not an IP address. Write 10.0.0.10, 10.0.0.0/24, 10.0.0.10-10.0.0.20 or any",
            Self::Prefix => "has a prefix that does not fit: 0 to 32 for IPv4, 0 to 128 for IPv6",
            Self::MixedRange => "mixes IPv4 and IPv6 in one range",
            Self::ReversedRange => "starts above its end",
            Self::ZoneId => "has a zone id (%), which has a meaning on one machine only. Leave it out",
            Self::Mapped => "is an IPv4 address inside an IPv6 one. Write the IPv4 address",
            Self::AnyBesideRefused => "counts only where everything beside it can be read",
        })
    }
}

impl fmt::Display for AddressRemark {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Self::Refused(text, error) => write!(out, "“{}” {error}.", shown(text)),
            Self::HostBitsCleared(text, network) => write!(out, "“{}” is read as {network}.", shown(text)),
            Self::TooMany(cut) => write!(out, "More than {MOST_NETWORKS} addresses: the last {cut} are left out."),
        }
    }
}

/// The beginning of what somebody typed, short enough for a message.
pub(crate) fn shown(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_control()).take(60).collect()
}

impl AddressList {
    /// Reads a list separated by commas or white space.
    pub fn read(text: &str) -> Self {
        let mut list = Self::default();
        let mut networks = Vec::new();
        let mut any = false;
        for item in text
            .split(|letter: char| letter == ',' || letter.is_whitespace())
            .filter(|item| !item.is_empty())
        {
            if item.eq_ignore_ascii_case(ANY) {
                any = true;
                continue;
            }
            match read_item(item) {
                Ok(Item {
                    networks: read,
                    cleared,
                }) => {
                    if cleared {
                        list.remarks
                            .push(AddressRemark::HostBitsCleared(item.to_owned(), read[0]));
                    }
                    networks.extend(read);
                }
                Err(error) => list.remarks.push(AddressRemark::Refused(item.to_owned(), error)),
            }
        }
        if any && list.has_refused() {
            any = false;
            list.remarks
                .push(AddressRemark::Refused(ANY.to_owned(), AddressError::AnyBesideRefused));
        }
        networks.sort_unstable();
        networks.dedup();
        if networks.len() > MOST_NETWORKS && !any {
            list.remarks
                .push(AddressRemark::TooMany(networks.len() - MOST_NETWORKS));
            networks.truncate(MOST_NETWORKS);
        }
        list.addresses = match (any, networks.is_empty()) {
            (true, _) => Some(Addresses::Any),
            (false, true) => None,
            (false, false) => Some(Addresses::Only(networks)),
        };
        list
    }

    /// Whether an item of the list was refused.
    pub fn has_refused(&self) -> bool {
        self.remarks
            .iter()
            .any(|remark| matches!(remark, AddressRemark::Refused(..)))
    }
}

struct Item {
    networks: Vec<Network>,
    cleared: bool,
}

fn read_item(text: &str) -> Result<Item, AddressError> {
    if let Some((first, last)) = text.split_once('-') {
        let networks = range(read_address(first)?, read_address(last)?)?;
        return Ok(Item {
            networks,
            cleared: false,
        });
    }
    let Some((address, prefix)) = text.split_once('/') else {
        let networks = vec![Network::host(read_address(text)?)];
        return Ok(Item {
            networks,
            cleared: false,
        });
    };
    let address = read_address(address)?;
    let digits = !prefix.is_empty() && prefix.bytes().all(|byte| byte.is_ascii_digit());
    let prefix = prefix.parse().ok().filter(|_| digits).ok_or(AddressError::Prefix)?;
    let network = Network::new(address, prefix).ok_or(AddressError::Prefix)?;
    Ok(Item {
        networks: vec![network],
        cleared: network.address != address,
    })
}

fn read_address(text: &str) -> Result<IpAddr, AddressError> {
    if text.contains('%') {
        return Err(AddressError::ZoneId);
    }
    let address: IpAddr = text.parse().map_err(|_| AddressError::NotAnAddress)?;
    match address {
        IpAddr::V6(address) if address.to_ipv4_mapped().is_some() => Err(AddressError::Mapped),
        _ => Ok(address),
    }
}

/// The fewest networks that cover exactly the addresses from first to last.
fn range(first: IpAddr, last: IpAddr) -> Result<Vec<Network>, AddressError> {
    let family = family_of(first);
    if family != family_of(last) {
        return Err(AddressError::MixedRange);
    }
    let (mut next, last) = (number_of(first), number_of(last));
    if next > last {
        return Err(AddressError::ReversedRange);
    }
    let mut networks = Vec::new();
    loop {
        let host_bits = largest_block(next, last, family.bits());
        networks.push(Network {
            address: address_of(family, next),
            prefix: family.bits() - host_bits,
        });
        // The block may end at the last address that there is.
        let end = next | !u128::MAX.checked_shl(host_bits.into()).unwrap_or(0);
        if end >= last {
            return Ok(networks);
        }
        next = end + 1;
    }
}

/// The host bits of the largest network that starts at `first` and does not go beyond `last`.
fn largest_block(first: u128, last: u128, bits: u8) -> u8 {
    (0..=bits)
        .rev()
        .find(|&host_bits| {
            let inside = !u128::MAX.checked_shl(host_bits.into()).unwrap_or(0);
            first & inside == 0 && (first | inside) <= last
        })
        .unwrap_or(0)
}

fn family_of(address: IpAddr) -> Family {
    if address.is_ipv4() { Family::V4 } else { Family::V6 }
}

fn number_of(address: IpAddr) -> u128 {
    match address {
        IpAddr::V4(address) => u128::from(u32::from(address)),
        IpAddr::V6(address) => address.into(),
    }
}

#[allow(clippy::cast_possible_truncation, reason = "an IPv4 address has 32 bits")]
fn address_of(family: Family, number: u128) -> IpAddr {
    match family {
        Family::V4 => Ipv4Addr::from(number as u32).into(),
        Family::V6 => Ipv6Addr::from(number).into(),
    }
}
