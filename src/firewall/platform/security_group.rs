//! Security groups of AWS, whatever writes them down.
//!
//! A rule of a security group names the other end only: its own end is whatever the group is attached to. So machines
//! share a group only if they share all of its rules: each zone or role that has addresses has its own.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use litemap::LiteMap;

use super::Platform;
use super::attached::{self, Group};
use super::script::{Script, networks};
use crate::catalog::{PortRange, Transport, Vocabulary, Zone};
use crate::firewall::address::{Addresses, Family, Network};
use crate::firewall::ends::of_family;
use crate::firewall::options::Rest;
use crate::firewall::place::Place;
use crate::firewall::policy::Policy;
use crate::firewall::rule::Rule;

/// The most rules of a group, for each direction and family. AWS raises it if asked.
const MOST_RULES: usize = 60;

/// The most groups of a network interface. AWS raises it if asked.
const MOST_GROUPS: usize = 5;

/// A security group.
pub struct SecurityGroup<'a> {
    /// Whose machines it is for.
    pub place: Place,
    /// What it is called in the file: prefix, zone or role, number.
    pub key: String,
    /// What AWS calls it.
    pub known_as: KnownAs,
    /// What to attach it to.
    pub machines: Addresses,
    /// What it lets in, then what it lets out.
    pub sections: Vec<Section<'a>>,
}

/// What AWS calls a group.
pub enum KnownAs {
    /// It is made, and this is its name.
    Name(String),
    /// It is there.
    Id(String),
}

/// A rule of the policy in a group.
pub struct Section<'a> {
    /// The rule.
    pub rule: &'a Rule,
    /// Whether it lets connections in or out.
    pub direction: Direction,
    /// What is written for it. Empty if earlier rules allow all of it: AWS takes nothing twice.
    pub entries: Vec<Entry>,
}

/// Where connections go, as a machine sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Direction {
    /// To it.
    Ingress,
    /// From it.
    Egress,
}

/// The least that AWS counts as a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    /// The name or number of the protocol.
    pub protocol: &'static str,
    /// First and last port, or type and code of ICMP; `None` for a protocol without.
    pub ports: Option<(u16, u16)>,
    /// The other end.
    pub network: Network,
}

impl Direction {
    /// Both, in the order in which they are written.
    pub const ALL: [Self; 2] = [Self::Ingress, Self::Egress];
}

impl fmt::Display for Direction {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        out.write_str(match self {
            Self::Ingress => "ingress",
            Self::Egress => "egress",
        })
    }
}

impl Entry {
    /// The other end with its prefix, which AWS wants of a host too.
    pub fn cidr(&self) -> String {
        format!("{}/{}", self.network.address(), self.network.prefix())
    }
}

impl KnownAs {
    /// The name or the id.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Name(text) | Self::Id(text) => text,
        }
    }
}

impl SecurityGroup<'_> {
    /// Its sections of one direction.
    pub fn sections(&self, direction: Direction) -> impl Iterator<Item = &Section<'_>> {
        self.sections
            .iter()
            .filter(move |section| section.direction == direction)
    }

    /// A line that says what to attach it to.
    pub fn attachment(&self) -> String {
        let machines = match &self.machines {
            Addresses::Any => format!("every machine of {}", self.place.slug()),
            Addresses::Only(networks) => {
                let networks: Vec<String> = networks.iter().map(ToString::to_string).collect();
                networks.join(", ")
            }
        };
        format!("{}, to attach to: {machines}", self.known_as.as_str())
    }
}

/// The security groups of a policy, zones first.
pub fn security_groups(policy: &Policy) -> Vec<SecurityGroup<'_>> {
    let mut groups = Vec::new();
    for (place, mut rules) in rules_by_place(policy) {
        rules.sort_by_key(|(direction, _)| *direction);
        for (index, sections) in split(rules).into_iter().enumerate() {
            groups.push(SecurityGroup {
                place,
                key: numbered(&own_name(policy, place), index),
                known_as: known_as(policy, place, index, &groups),
                machines: machines(policy, place),
                sections,
            });
        }
    }
    groups
}

type Rules<'a> = Vec<(Direction, &'a Rule)>;

fn rules_by_place(policy: &Policy) -> LiteMap<Place, Rules<'_>> {
    let mut by_place: LiteMap<Place, Rules> = LiteMap::new();
    for Group { zone, ingress, egress } in attached::groups(policy) {
        let ingress = ingress
            .into_iter()
            .map(|rule| (Direction::Ingress, &rule.destination, rule));
        let egress = egress.into_iter().map(|rule| (Direction::Egress, &rule.source, rule));
        for (direction, own, rule) in ingress.chain(egress) {
            for place in places(policy, zone, own, rule.family) {
                by_place.entry(place).or_default().push((direction, rule));
            }
        }
    }
    by_place
}

/// The places whose machines are one end of a rule: the zone, or the roles that are more exact.
fn places(policy: &Policy, zone: Zone, own: &Addresses, family: Family) -> Vec<Place> {
    let given = &policy.options.addresses;
    let of = |place: &Place| given.get(place).and_then(|addresses| of_family(addresses, family));
    let zone = Place::Zone(zone);
    if of(&zone).as_ref() == Some(own) {
        return vec![zone];
    }
    let lies_in_own = |place: &&Place| of(place).is_some_and(|addresses| lie_in(&addresses, own));
    let roles = given.keys().filter(|place| matches!(place, Place::Role(_)));
    let roles: Vec<Place> = roles.filter(lies_in_own).copied().collect();
    // The host itself may be without an address.
    if roles.is_empty() { vec![zone] } else { roles }
}

fn lie_in(addresses: &Addresses, own: &Addresses) -> bool {
    match (addresses, own) {
        (Addresses::Only(networks), Addresses::Only(own)) => networks
            .iter()
            .all(|network| own.iter().any(|own| own.contains(*network))),
        _ => addresses == own,
    }
}

/// What to attach to; any if nobody gave addresses, as for a host.
fn machines(policy: &Policy, place: Place) -> Addresses {
    let given = policy.options.addresses.get(&place).unwrap_or(&Addresses::Any);
    let families = Family::ALL.into_iter().filter_map(|family| of_family(given, family));
    let machines: Vec<Network> = families.flat_map(|addresses| networks(&addresses).to_vec()).collect();
    if machines.is_empty() {
        Addresses::Any
    } else {
        Addresses::Only(machines)
    }
}

/// The id or name that the reader gave a zone, or a name that no other group has.
fn known_as(policy: &Policy, place: Place, index: usize, groups: &[SecurityGroup]) -> KnownAs {
    let is_free = |name: &str| {
        let mut known = groups.iter().map(|group| group.known_as.as_str());
        !known.any(|known| known.eq_ignore_ascii_case(name))
    };
    let label = match place {
        Place::Zone(zone) => policy.options.labels.get(&zone).map(ToString::to_string),
        Place::Role(_) => None,
    };
    if let Some(id) = label
        .as_ref()
        .filter(|label| index == 0 && is_id(label) && is_free(label))
    {
        return KnownAs::Id(id.clone());
    }
    let given = label
        .filter(|label| is_name(label))
        .map(|label| numbered(&label, index));
    let own = own_name(policy, place);
    let mut names = given.into_iter().chain((index..).map(|index| numbered(&own, index)));
    let free = names.find(|name| is_free(name));
    KnownAs::Name(free.expect("some number is free"))
}

fn own_name(policy: &Policy, place: Place) -> String {
    format!("{}-{}", policy.options.prefix, place.slug())
}

/// The name of one of several groups that share a name.
fn numbered(name: &str, index: usize) -> String {
    match index {
        0 => name.to_owned(),
        _ => format!("{name}-{}", index + 1),
    }
}

/// Whether AWS gave it: `sg-` and eight or seventeen hexadecimal digits.
fn is_id(label: &str) -> bool {
    let digits = label.strip_prefix("sg-").unwrap_or_default();
    matches!(digits.len(), 8 | 17) && digits.bytes().all(|digit| digit.is_ascii_hexdigit())
}

/// Whether AWS takes it as a name: none that begins like an id, and one name is its own in each network.
fn is_name(label: &str) -> bool {
    let label = label.to_ascii_lowercase();
    !label.starts_with("sg-") && label != "default"
}

/// The sections of as many groups as are needed: what one has no room for stands in the next.
fn split(rules: Rules) -> Vec<Vec<Section>> {
    let mut groups: Vec<Vec<Section>> = Vec::new();
    let mut written: LiteMap<(Direction, Family), LiteMap<Entry, ()>> = LiteMap::new();
    for (direction, rule) in rules {
        let written = written.entry((direction, rule.family)).or_default();
        let before = written.len();
        let mut entries = entries(rule, direction);
        entries.retain(|&entry| written.insert(entry, ()).is_none());
        let mut add = |index: usize, entries: Vec<Entry>| {
            groups.resize_with(groups.len().max(index + 1), Vec::new);
            groups[index].push(Section {
                rule,
                direction,
                entries,
            });
        };
        if entries.is_empty() {
            add(before.saturating_sub(1) / MOST_RULES, Vec::new());
        }
        let numbered: Vec<(usize, Entry)> = (before..).zip(entries).collect();
        for part in numbered.chunk_by(|(one, _), (other, _)| one / MOST_RULES == other / MOST_RULES) {
            add(part[0].0 / MOST_RULES, part.iter().map(|(_, entry)| *entry).collect());
        }
    }
    groups
}

fn entries(rule: &Rule, direction: Direction) -> Vec<Entry> {
    let peers = match direction {
        Direction::Ingress => &rule.source,
        Direction::Egress => &rule.destination,
    };
    let peers = match peers {
        Addresses::Any => vec![everything(rule.family)],
        Addresses::Only(networks) => networks.clone(),
    };
    let ports = ports(rule);
    let entry = |network: Network| {
        let entry = move |&ports: &Option<(u16, u16)>| Entry {
            protocol: protocol(rule),
            ports,
            network,
        };
        ports.iter().map(entry)
    };
    peers.into_iter().flat_map(entry).collect()
}

fn everything(family: Family) -> Network {
    let first: IpAddr = match family {
        Family::V4 => Ipv4Addr::UNSPECIFIED.into(),
        Family::V6 => Ipv6Addr::UNSPECIFIED.into(),
    };
    Network::new(first, 0).expect("a prefix of 0 fits")
}

fn protocol(rule: &Rule) -> &'static str {
    match (rule.transport, rule.family) {
        (Transport::Tcp, _) => "tcp",
        (Transport::Udp, _) => "udp",
        (Transport::Icmp, Family::V4) => "icmp",
        (Transport::Icmp, Family::V6) => "icmpv6",
        (Transport::Esp, _) => "50",
        (Transport::Any, _) => "-1",
    }
}

/// The ports, or type and code of an echo request.
fn ports(rule: &Rule) -> Vec<Option<(u16, u16)>> {
    match (rule.transport, rule.family) {
        (Transport::Tcp | Transport::Udp, _) => {
            let ends = |range: &PortRange| Some((range.first(), range.last()));
            rule.ports.iter().map(ends).collect()
        }
        (Transport::Icmp, Family::V4) => vec![Some((8, 0))],
        (Transport::Icmp, Family::V6) => vec![Some((128, 0))],
        (Transport::Esp | Transport::Any, _) => vec![None],
    }
}

/// Whether some groups are made, for which one must know where.
pub fn makes_some(groups: &[SecurityGroup]) -> bool {
    groups.iter().any(|group| matches!(group.known_as, KnownAs::Name(_)))
}

/// How to attach groups to the machines that their comments name.
pub fn attach(policy: &Policy, out: &mut Script) {
    out.note("Interfaces, their addresses and their groups:");
    let shown = "NetworkInterfaces[].[NetworkInterfaceId,PrivateIpAddress,Groups[].GroupId]";
    out.line(format_args!("aws ec2 describe-network-interfaces --query '{shown}'"));
    out.note(match policy.options.rest {
        Rest::Keep => "Attach: this replaces the groups of an interface, so name those too that it has.",
        Rest::Drop => "Attach: this replaces the groups of an interface. Name only those that are written here.",
    });
    out.note("  aws ec2 modify-network-interface-attribute --network-interface-id eni-... --groups sg-... sg-...");
}

/// The comment that every snippet begins with, and what holds for all security groups.
pub fn header(policy: &Policy, platform: &Platform, groups: &[SecurityGroup], out: &mut Script) {
    out.header(policy, platform);
    let beside = match policy.options.rest {
        Rest::Keep => "beside the groups that they have",
        Rest::Drop => "in place of all groups that they have",
    };
    out.note("A security group names no destination: attach each one to its machines and to no others,");
    out.note(format_args!(
        "{beside}. Leave out groups of machines that are not in AWS."
    ));
    let unnamed: Vec<String> = attached::unnamed(policy)
        .iter()
        .map(|zone| format!("as.{}=", zone.slug()))
        .collect();
    if !unnamed.is_empty() {
        out.note(format_args!(
            "{} is the name of a group, or the id (sg-...) of one that is there.",
            unnamed.join(", ")
        ));
    }
    for group in groups.iter().filter(|group| matches!(group.known_as, KnownAs::Id(_))) {
        let id = group.known_as.as_str();
        out.note(format_args!("{id} is there: it keeps what else it allows."));
    }
    crowded(groups, out);
    if policy.options.log {
        out.note("not written: log=1: a security group does not log, VPC flow logs do");
    }
}

/// Says which machines need more groups than an interface takes.
fn crowded(groups: &[SecurityGroup], out: &mut Script) {
    for same in groups.chunk_by(|one, other| one.place == other.place) {
        if same.len() > MOST_GROUPS {
            out.note(format_args!(
                "warning: {} is {} groups of {MOST_RULES} rules, an interface takes {MOST_GROUPS}: \
                 raise these quotas first, or give larger networks",
                same[0].place.slug(),
                same.len()
            ));
        }
    }
}

/// What stands above the entries of a section, as comments.
pub fn explain(before: Option<&Rule>, section: &Section, out: &mut Script) {
    out.explain(before, section.rule);
    if section.entries.is_empty() {
        out.note("allowed above already");
    }
}
