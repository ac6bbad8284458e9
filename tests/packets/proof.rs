//! Loads the rules of a selection, sends every packet of the matrix, and compares.

use std::collections::BTreeSet;
use std::fmt;
use std::time::Duration;

use exchange_ports::firewall::{Placement, Rest};

use super::allowance::Allowance;
use super::cases::Case;
use super::firewall::{Firewall, Text};
use super::probe::{ESP, Kind, Probe, UNKNOWN};
use super::support::rules;
use super::world::{PATIENCE, SERVERS, World, every_way, host};

/// Ports that are probed in every case: those that most rules are about, and those that none should open.
const WELL_KNOWN: [u16; 8] = [22, 25, 53, 80, 135, 443, 445, 3389];

/// How often packets that arrive are sent again to know that all earlier ones are there: none overtakes another, a
/// handshake crosses a path three times, and at most two machines ask for a neighbour first.
const CROSSINGS: usize = 5;

/// The kernel holds a thousand packets that are on their way, and loses what is more.
const AT_ONCE: usize = 100;

/// In what the packets that arrived differ from those that may.
pub struct Difference {
    /// These may arrive, and did not.
    pub missing: BTreeSet<Probe>,
    /// These arrived, and may not.
    pub surplus: BTreeSet<Probe>,
}

/// The packets of a case.
pub struct Packets {
    /// Those that may arrive.
    pub allowed: BTreeSet<Probe>,
    /// All others.
    pub forbidden: Vec<Probe>,
    kinds: BTreeSet<Kind>,
    placement: Placement,
}

impl Packets {
    /// Every kind of packet, between every two addresses that the firewall stands between.
    pub fn new(case: &Case) -> Self {
        let allowances: Vec<Allowance> = case.allowed.iter().map(|text| Allowance::read(text)).collect();
        let kinds = kinds(&allowances);
        let placement = rules::policy(case.address).options.placement;
        let (allowed, forbidden): (Vec<Probe>, Vec<Probe>) = every_way(&kinds)
            .filter(|probe| placement == Placement::Network || touches_servers(*probe))
            .partition(|probe| allowances.iter().any(|allowance| allowance.allows(*probe)));
        Self {
            allowed: allowed.into_iter().collect(),
            forbidden,
            kinds,
            placement,
        }
    }
}

fn kinds(allowances: &[Allowance]) -> BTreeSet<Kind> {
    let ports: BTreeSet<u16> = allowances.iter().flat_map(Allowance::edges).chain(WELL_KNOWN).collect();
    let with_ports = ports.into_iter().flat_map(|port| [Kind::Tcp(port), Kind::Udp(port)]);
    with_ports.chain([Kind::Echo, ESP, UNKNOWN]).collect()
}

fn touches_servers(probe: Probe) -> bool {
    [probe.source, probe.destination]
        .into_iter()
        .any(|end| host(end) == SERVERS)
}

/// What arrives with these texts loaded, compared with what may.
pub fn compare(packets: &Packets, firewall: &Firewall, rest: Rest, texts: &[Text], patience: Duration) -> Difference {
    let world = World::new(&packets.kinds);
    match packets.placement {
        Placement::Network => firewall.load(&world.router, rest, texts),
        Placement::Host => {
            firewall.load(world.servers(), rest, texts);
            world.forget_neighbours(&packets.allowed);
        }
    }
    let mut arrived = world.exchange(&packets.allowed, patience);
    let missing = &packets.allowed - &arrived;
    let reached = &packets.allowed & &arrived;
    let mut wait_for_earlier_ones = || {
        let again = world.exchange(&reached, PATIENCE);
        assert!(again.is_superset(&reached), "what arrived once arrives again");
        arrived.extend(again);
    };
    let mut open = Vec::new();
    for probes in packets.forbidden.chunks(AT_ONCE) {
        open.extend(probes.iter().map(|probe| world.send(*probe)));
        wait_for_earlier_ones();
    }
    for _ in 1..CROSSINGS {
        wait_for_earlier_ones();
    }
    Difference {
        missing,
        surplus: &arrived - &packets.allowed,
    }
}

impl Difference {
    /// Whether all that may arrive did, and nothing else.
    pub fn is_none(&self) -> bool {
        self.missing.is_empty() && self.surplus.is_empty()
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        let mut list = |what, probes: &BTreeSet<Probe>| {
            writeln!(out, "{} {what}", probes.len())?;
            probes.iter().take(50).try_for_each(|probe| writeln!(out, "  {probe}"))
        };
        list("do not arrive, but are allowed:", &self.missing)?;
        list("arrive, but are not allowed:", &self.surplus)
    }
}
