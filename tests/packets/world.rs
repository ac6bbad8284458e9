//! Three hosts around a router, each in a network namespace of its own.

use std::collections::BTreeSet;
use std::fs;
use std::net::IpAddr;
use std::os::fd::AsFd;
use std::time::{Duration, Instant};

use exchange_ports::firewall::Family;
use nix::poll::{PollFd, PollFlags, PollTimeout, poll};

use super::inbox::Inbox;
use super::namespace::Namespace;
use super::one_cpu;
use super::probe::{Kind, Probe};

/// The hosts. The first one is in `10.1.0.0/24` and `fd00:1::/64`, the next in `10.2.0.0/24` and `fd00:2::/64`.
pub const HOSTS: [&str; 3] = ["outside", "servers", "third"];

/// The host on which rules of a host stand.
pub const SERVERS: usize = 1;

/// The addresses of a host: those ending in 1, and those ending in 2 for what no rule names.
const NUMBERS: [u8; 2] = [1, 2];

/// An address of a host.
pub fn address(host: usize, number: u8, family: Family) -> IpAddr {
    let (network, number) = (host + 1, u16::from(number));
    let text = match family {
        Family::V4 => format!("10.{network}.0.{number}"),
        Family::V6 => format!("fd00:{network}::{number}"),
    };
    text.parse().expect("it is an address")
}

/// The host that has an address.
pub fn host(address: IpAddr) -> usize {
    let network = match address {
        IpAddr::V4(address) => u16::from(address.octets()[1]),
        IpAddr::V6(address) => address.segments()[1],
    };
    usize::from(network) - 1
}

/// All addresses of a host.
pub fn addresses(host: usize) -> impl Iterator<Item = IpAddr> {
    let of_family = move |family| NUMBERS.map(|number| address(host, number, family));
    Family::ALL.into_iter().flat_map(of_family)
}

/// The hosts, and all that arrives at them.
pub struct World {
    /// Every packet from one host to another passes it.
    pub router: Namespace,
    hosts: [Namespace; 3],
    inboxes: Vec<Inbox>,
}

/// So long nothing arrives only if something is wrong.
pub const PATIENCE: Duration = Duration::from_secs(30);

impl World {
    /// Hosts that reach each other, and that wait for packets of these kinds.
    pub fn new(kinds: &BTreeSet<Kind>) -> Self {
        one_cpu::stay();
        let (router, hosts) = (router(), HOSTS.map(|_| Namespace::new()));
        let mut links = String::new();
        for (host, name) in HOSTS.iter().enumerate() {
            links += &link(host, name, &hosts[host].path());
        }
        router.run(&in_one_go(&links));
        let mut inboxes = Vec::new();
        for (number, host) in hosts.iter().enumerate() {
            host.run(&in_one_go(&network(number)));
            let open = |address| kinds.iter().map(move |&kind| Inbox::open(address, kind));
            host.inside(|| inboxes.extend(addresses(number).flat_map(open)));
        }
        let world = Self { router, hosts, inboxes };
        world.meet();
        world
    }

    /// The host on which rules of a host stand.
    pub fn servers(&self) -> &Namespace {
        &self.hosts[SERVERS]
    }

    /// Waits until every host has heard from every other, so that no packet waits for a link or a neighbour later.
    fn meet(&self) {
        let end = Instant::now() + PATIENCE;
        let mut strangers: BTreeSet<Probe> = every_way(&BTreeSet::from([Kind::Echo])).collect();
        while !strangers.is_empty() {
            assert!(Instant::now() < end, "these never meet: {strangers:?}");
            let arrived = self.exchange(&strangers, Duration::from_millis(10));
            strangers.retain(|probe| !arrived.contains(probe));
        }
    }

    /// The servers and the router forget how to reach each other, and have to find out again.
    pub fn forget_neighbours(&self, probes: &BTreeSet<Probe>) {
        self.servers().run("ip neigh flush all");
        let ends: BTreeSet<IpAddr> = probes
            .iter()
            .flat_map(|probe| [probe.source, probe.destination])
            .collect();
        for end in ends.into_iter().filter(|end| host(*end) == SERVERS) {
            self.router.run(&format!("ip neigh flush to {end}"));
        }
    }

    /// Sends packets, each from a fresh socket, and gives all that arrives until they are complete, or so long.
    pub fn exchange(&self, probes: &BTreeSet<Probe>, patience: Duration) -> BTreeSet<Probe> {
        let _open: Vec<_> = probes.iter().map(|probe| self.send(*probe)).collect();
        self.receive(probes, patience)
    }

    /// Sends a packet from its source.
    pub fn send(&self, probe: Probe) -> socket2::Socket {
        self.hosts[host(probe.source)].inside(|| probe.send())
    }

    fn receive(&self, awaited: &BTreeSet<Probe>, patience: Duration) -> BTreeSet<Probe> {
        let end = Instant::now() + patience;
        let mut arrived = BTreeSet::new();
        while !arrived.is_superset(awaited) && self.something_arrives_before(end) {
            arrived.extend(self.inboxes.iter().flat_map(Inbox::empty));
        }
        // Inboxes that were looked into before the last packet came.
        arrived.extend(self.inboxes.iter().flat_map(Inbox::empty));
        arrived
    }

    fn something_arrives_before(&self, end: Instant) -> bool {
        let watched = self
            .inboxes
            .iter()
            .map(|inbox| PollFd::new(inbox.as_fd(), PollFlags::POLLIN));
        let left = end.saturating_duration_since(Instant::now());
        let left = PollTimeout::try_from(left).expect("patience is short enough");
        let ready = poll(&mut watched.collect::<Vec<_>>(), left);
        ready.expect("the kernel watches sockets") > 0
    }
}

/// Packets of these kinds from every address to every address of another host.
pub fn every_way(kinds: &BTreeSet<Kind>) -> impl Iterator<Item = Probe> {
    let all = || (0..HOSTS.len()).flat_map(addresses);
    let pairs = all().flat_map(move |source| all().map(move |destination| (source, destination)));
    pairs
        .filter(|(source, destination)| source.is_ipv4() == destination.is_ipv4())
        .filter(|(source, destination)| host(*source) != host(*destination))
        .flat_map(|(source, destination)| {
            kinds.iter().map(move |&kind| Probe {
                source,
                destination,
                kind,
            })
        })
}

fn router() -> Namespace {
    let router = Namespace::new();
    router.inside(|| {
        set("ipv4/ip_forward", "1");
        set("ipv6/conf/all/forwarding", "1");
    });
    router
}

fn set(what: &str, value: &str) {
    fs::write(format!("/proc/sys/net/{what}"), value).expect("root sets up its own network");
}

/// The router's end of the link to a host. Nobody else has these addresses, so none need wait until that is sure; of
/// its own the router would get the one for the link, from which it looks for neighbours, too late.
fn link(host: usize, name: &str, namespace: &str) -> String {
    let network = host + 1;
    format!(
        "link add {name} type veth peer name router netns {namespace}\n\
         address add 10.{network}.0.254/24 dev {name}\n\
         address add fd00:{network}::fe/64 dev {name} nodad\n\
         address add fe80::fe/64 dev {name} nodad\n\
         link set {name} up\n"
    )
}

/// The host's own end.
fn network(host: usize) -> String {
    let network = host + 1;
    let addresses: String = addresses(host).map(own_address).collect();
    format!(
        "link set lo up\n\
         link set router up\n\
         {addresses}\
         route add 0.0.0.0/0 via 10.{network}.0.254\n\
         route add ::/0 via fd00:{network}::fe\n"
    )
}

fn own_address(address: IpAddr) -> String {
    match address {
        IpAddr::V4(address) => format!("address add {address}/24 dev router\n"),
        IpAddr::V6(address) => format!("address add {address}/64 dev router nodad\n"),
    }
}

/// Lines of the command `ip` as one script.
fn in_one_go(lines: &str) -> String {
    format!("ip -batch - <<'END'\n{lines}END\n")
}
