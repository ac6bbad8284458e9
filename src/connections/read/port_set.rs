//! A set of ports.

/// One bit for each port, once there is one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PortSet(Vec<u64>);

impl PortSet {
    /// Whether there is no port.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Puts a port in.
    pub fn insert(&mut self, port: u16) {
        self.0.resize(1024, 0);
        self.0[usize::from(port / 64)] |= 1 << (port % 64);
    }

    /// Whether the port is in the set.
    pub fn contains(&self, port: u16) -> bool {
        let word = self.0.get(usize::from(port / 64));
        word.is_some_and(|word| word >> (port % 64) & 1 == 1)
    }
}
