//! One end of a connection: an address and a port, in every way in which the tools write them.

use std::fmt;
use std::net::IpAddr;
use std::num::NonZeroU16;

use super::row::Unread;

/// One end. Scope ids are left out, and an IPv4 address inside an IPv6 one is the IPv4 address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Endpoint {
    /// The address; `None` for every address, as in `0.0.0.0`, `::` and `*`.
    pub address: Option<IpAddr>,
    /// The port; `None` for none, as in `0` and `*`.
    pub port: Option<NonZeroU16>,
}

impl Endpoint {
    /// Reads `10.0.0.10:25`, `[::]:25`, `:::25`, `[fe80::1%12]:25`, `[fe80::1]%eth0:25`, `*:*`.
    ///
    /// # Errors
    ///
    /// If there is no port, or the address is cut off or a name.
    pub fn read(text: &str) -> Result<Self, Unread> {
        let (address, port) = text.rsplit_once(':').ok_or(Unread::CutOff)?;
        Self::of(address, port)
    }

    /// Reads an address and a port that stand in columns of their own.
    ///
    /// # Errors
    ///
    /// If the address is cut off or a name, or the port is none.
    pub fn of(address: &str, port: &str) -> Result<Self, Unread> {
        Ok(Self {
            address: read_address(address)?,
            port: read_port(port)?,
        })
    }

    /// Whether it is this machine and no other can reach it.
    pub fn is_loopback(self) -> bool {
        self.address.is_some_and(|address| address.is_loopback())
    }

    /// Whether it says nothing: any address, no port.
    pub fn is_empty(self) -> bool {
        self.address.is_none() && self.port.is_none()
    }

    /// The number of the port; 0 for none.
    pub fn number(self) -> u16 {
        self.port.map_or(0, NonZeroU16::get)
    }
}

fn read_address(text: &str) -> Result<Option<IpAddr>, Unread> {
    let (text, _scope) = text.split_once('%').unwrap_or((text, ""));
    let bare = text.strip_prefix('[').unwrap_or(text);
    let bare = bare.strip_suffix(']').unwrap_or(bare);
    if bare == "*" {
        return Ok(None);
    }
    let address: IpAddr = bare.parse().map_err(|_| why(bare))?;
    let address = address.to_canonical();
    Ok((!address.is_unspecified()).then_some(address))
}

/// What is no address is a name, or the beginning of an address.
fn why(text: &str) -> Unread {
    let of_address = |letter: char| letter.is_ascii_hexdigit() || letter == '.' || letter == ':';
    if text.chars().all(of_address) {
        Unread::CutOff
    } else {
        Unread::Name
    }
}

fn read_port(text: &str) -> Result<Option<NonZeroU16>, Unread> {
    if text == "*" {
        return Ok(None);
    }
    if text.is_empty() {
        return Err(Unread::CutOff);
    }
    if !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(Unread::Name);
    }
    let number: u16 = text.parse().map_err(|_| Unread::PortOutOfBounds)?;
    Ok(NonZeroU16::new(number))
}

impl fmt::Display for Endpoint {
    /// As Windows writes it, with `*` for what is none.
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        match self.address {
            None => out.write_str("*")?,
            Some(IpAddr::V4(address)) => address.fmt(out)?,
            Some(IpAddr::V6(address)) => write!(out, "[{address}]")?,
        }
        match self.port {
            None => out.write_str(":*"),
            Some(port) => write!(out, ":{port}"),
        }
    }
}
