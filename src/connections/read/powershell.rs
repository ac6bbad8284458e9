//! What all outputs of `Get-NetTCPConnection` and `Get-NetUDPEndpoint` have in common: properties with names.

use super::endpoint::Endpoint;
use super::row::{Row, Unread};
use super::tcp_state::TcpState;
use crate::catalog::Transport;

/// A property that a row is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Property {
    LocalAddress,
    LocalPort,
    RemoteAddress,
    RemotePort,
    State,
    OwningProcess,
    /// No property of the objects, but one that people add.
    ProcessName,
}

impl Property {
    const ALL: [Self; 7] = [
        Self::LocalAddress,
        Self::LocalPort,
        Self::RemoteAddress,
        Self::RemotePort,
        Self::State,
        Self::OwningProcess,
        Self::ProcessName,
    ];

    /// The property of a heading.
    pub fn read(heading: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|property| property.name().eq_ignore_ascii_case(heading))
    }

    fn name(self) -> &'static str {
        match self {
            Self::LocalAddress => "LocalAddress",
            Self::LocalPort => "LocalPort",
            Self::RemoteAddress => "RemoteAddress",
            Self::RemotePort => "RemotePort",
            Self::State => "State",
            Self::OwningProcess => "OwningProcess",
            Self::ProcessName => "ProcessName",
        }
    }
}

/// The values of the properties of one object; `None` where there is none.
#[derive(Clone, Copy, Debug, Default)]
pub struct Properties<'t>([Option<&'t str>; Property::ALL.len()]);

impl<'t> Properties<'t> {
    /// Sets a property.
    pub fn set(&mut self, property: Property, value: &'t str) {
        if !value.is_empty() {
            self.0[property as usize] = Some(value);
        }
    }

    fn get(&self, property: Property) -> Option<&'t str> {
        self.0[property as usize]
    }

    /// The row of an object. A TCP connection has another end or a state; a UDP endpoint has neither.
    ///
    /// # Errors
    ///
    /// If the local end is not whole, or the other one is begun and not whole.
    pub fn row(&self, transport: Transport) -> Result<Row, Unread> {
        let local = self.end(Property::LocalAddress, Property::LocalPort)?;
        let local = local.ok_or(Unread::CutOff)?;
        let remote = self.end(Property::RemoteAddress, Property::RemotePort)?;
        let remote = remote.unwrap_or(Endpoint {
            address: None,
            port: None,
        });
        let row = Row::new(transport, local, remote, self.get(Property::State).map(TcpState::read));
        Ok(Row {
            pid: self.get(Property::OwningProcess).and_then(|pid| pid.parse().ok()),
            process: self.get(Property::ProcessName).map(Box::from),
            ..row
        })
    }

    fn end(&self, address: Property, port: Property) -> Result<Option<Endpoint>, Unread> {
        match (self.get(address), self.get(port)) {
            (Some(address), Some(port)) => Endpoint::of(address, port).map(Some),
            (None, None) => Ok(None),
            _ => Err(Unread::CutOff),
        }
    }
}

/// The transport of objects that have these properties.
pub fn transport(mut properties: impl Iterator<Item = Property>) -> Transport {
    use Property::{RemoteAddress, RemotePort, State};
    let of_tcp = |property| matches!(property, RemoteAddress | RemotePort | State);
    if properties.any(of_tcp) {
        Transport::Tcp
    } else {
        Transport::Udp
    }
}

/// An object as a list: one property in a line.
#[derive(Clone, Debug, Default)]
pub struct Record {
    /// The line of its first property.
    pub line: u32,
    values: Vec<(Property, String)>,
}

impl Record {
    /// Whether it has no property yet.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// Whether it has this property already: then a line begins the next object.
    pub fn has(&self, property: Property) -> bool {
        self.values.iter().any(|(known, _)| *known == property)
    }

    /// Adds a property, empty ones too.
    pub fn add(&mut self, property: Property, value: &str) {
        self.values.push((property, value.to_owned()));
    }

    /// Its row.
    ///
    /// # Errors
    ///
    /// If its local end is missing, or a value is none.
    pub fn row(&self) -> Result<Row, Unread> {
        let mut properties = Properties::default();
        for (property, value) in &self.values {
            properties.set(*property, value);
        }
        properties.row(transport(self.values.iter().map(|(property, _)| *property)))
    }
}

/// The property of a line of a list and its value: `None` in the first for one that is of no use here.
///
/// # Errors
///
/// If the line is none of a list.
pub fn list_line(line: &str) -> Result<(Option<Property>, &str), Unread> {
    let (key, value) = line.split_once(':').ok_or(Unread::Unknown)?;
    let key = key.trim();
    let is_word = !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_alphabetic());
    if !is_word {
        return Err(Unread::Unknown);
    }
    Ok((Property::read(key), value.trim()))
}
