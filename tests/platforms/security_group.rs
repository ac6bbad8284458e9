//! Security groups of AWS, as "Security group rules" of the Amazon VPC User Guide, "Amazon VPC quotas" and the data
//! type `IpPermission` of the EC2 API Reference describe them, whatever the file that holds them.
//!
//! A group says nothing about its own end: the comment above it names the machines that it is for.

use std::collections::{BTreeMap, BTreeSet};

use exchange_ports::catalog::{PortRange, Transport, Zone};
use exchange_ports::firewall::{Family, Network, Policy, Rule, Side};

use super::atom::{Atom, Atoms, everything, of_rule};
use super::support::rules;
use super::words::network;

/// Permissions that a group takes for each direction and family.
const MOST_PERMISSIONS: usize = 60;

/// A group and what it allows.
#[derive(Debug, Default)]
pub struct Group {
    /// The name, or the id of one that is there.
    pub name: String,
    pub machines: Vec<Network>,
    pub permissions: Vec<Permission>,
}

/// A permission, in the words of the API.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Permission {
    pub side: Side,
    pub protocol: String,
    pub from_port: Option<i64>,
    pub to_port: Option<i64>,
    pub family: Family,
    pub cidr: String,
}

/// What a policy means here: each rule at both ends that are machines.
pub fn meant(policy: &Policy) -> Atoms {
    normal(policy.rules.iter().flat_map(at_machines).collect())
}

fn at_machines(rule: &Rule) -> Atoms {
    let sides = match rule.side {
        Side::Between => vec![(rule.to, Side::Inbound), (rule.from, Side::Outbound)],
        side => return of_side(rule, side),
    };
    let sides = sides.into_iter().filter(|(zone, _)| *zone != Zone::Internet);
    sides.flat_map(|(_, side)| of_side(rule, side)).collect()
}

fn of_side(rule: &Rule, side: Side) -> Atoms {
    of_rule(rule).into_iter().map(|atom| Atom { side, ..atom }).collect()
}

/// What groups allow; an error if AWS would refuse one.
pub fn allowed(groups: &[Group]) -> Result<Atoms, String> {
    let mut names = BTreeSet::new();
    let mut all = Atoms::new();
    for group in groups {
        if !names.insert(group.name.to_ascii_lowercase()) || !is_name(&group.name) {
            return Err(format!("no new name of a group: {}", group.name));
        }
        fits(group)?;
        for permission in &group.permissions {
            all.extend(atoms(permission, &group.machines)?);
        }
    }
    Ok(normal(all))
}

/// A text that a name or a description may be: 255 letters of AWS's alphabet.
pub fn is_text(text: &str) -> bool {
    let allowed = |letter: char| letter.is_ascii_alphanumeric() || " ._-:/()#,@[]+=&;{}!$*".contains(letter);
    !text.is_empty() && text.len() <= 255 && text.chars().all(allowed)
}

/// What the comment above a group says, such as `exchange-mailbox, to attach to: 10.0.0.10`.
pub fn attachment(comment: &str) -> Option<Result<(String, Vec<Network>), String>> {
    let (name, machines) = comment.split_once(", to attach to: ")?;
    let machines = if machines.starts_with("every machine of ") {
        Ok(vec![everything(Family::V4), everything(Family::V6)])
    } else {
        machines.split(", ").map(network).collect()
    };
    Some(machines.map(|machines| (name.to_owned(), machines)))
}

/// The groups that comments announce, by name.
pub fn announced(text: &str) -> Result<BTreeMap<String, Group>, String> {
    let comments = text.lines().filter_map(|line| line.trim_start().strip_prefix("# "));
    let groups = comments.filter_map(attachment).map(|announced| {
        let (name, machines): (String, Vec<Network>) = announced?;
        let group = Group {
            name: name.clone(),
            machines,
            ..Group::default()
        };
        Ok((name, group))
    });
    groups.collect()
}

fn is_name(name: &str) -> bool {
    if name == "default" {
        return false;
    }
    let is_id = name
        .strip_prefix("sg-")
        .map(|id| matches!(id.len(), 8 | 17) && id.bytes().all(|digit| digit.is_ascii_hexdigit()));
    is_id.unwrap_or_else(|| is_text(name))
}

fn fits(group: &Group) -> Result<(), String> {
    let mut counts: BTreeMap<(Side, Family), usize> = BTreeMap::new();
    let mut known = BTreeSet::new();
    for permission in &group.permissions {
        let count = counts.entry((permission.side, permission.family)).or_default();
        *count += 1;
        if *count > MOST_PERMISSIONS || !known.insert(permission) {
            return Err(format!("too many or twice in {}: {permission:?}", group.name));
        }
    }
    Ok(())
}

fn atoms(permission: &Permission, machines: &[Network]) -> Result<Atoms, String> {
    let other = network(&permission.cidr)?;
    if !permission.cidr.contains('/') || other.family() != permission.family {
        return Err(format!("no network of its family: {permission:?}"));
    }
    let (transport, ports) = traffic(permission)?;
    let own = machines.iter().filter(|machine| machine.family() == permission.family);
    let atom = |&own: &Network| {
        let (source, destination) = match permission.side {
            Side::Outbound => (own, other),
            _ => (other, own),
        };
        Atom {
            side: permission.side,
            source,
            destination,
            transport,
            ports,
        }
    };
    Ok(own.map(atom).collect())
}

/// Of ICMP, the ports are type and code. Other protocols take none: with them AWS would open all.
fn traffic(permission: &Permission) -> Result<(Transport, Option<PortRange>), String> {
    let unknown = || format!("unknown traffic: {permission:?}");
    let ports = permission.from_port.zip(permission.to_port);
    match (permission.protocol.as_str(), permission.family, ports) {
        (protocol @ ("tcp" | "udp"), _, Some((first, last))) => {
            let number = |port: i64| u16::try_from(port).map_err(|_| unknown());
            let ports = PortRange::new(number(first)?, number(last)?).ok_or_else(unknown)?;
            let transport = if protocol == "tcp" {
                Transport::Tcp
            } else {
                Transport::Udp
            };
            Ok((transport, Some(ports)))
        }
        ("icmp", Family::V4, Some((8, 0))) | ("icmpv6", Family::V6, Some((128, 0))) => Ok((Transport::Icmp, None)),
        ("50", _, None) if permission.from_port.is_none() => Ok((Transport::Esp, None)),
        ("-1", _, None) if permission.from_port.is_none() => Ok((Transport::Any, None)),
        _ => Err(unknown()),
    }
}

/// The same without what lies in other parts of it: machines of a role may also be among those of a zone.
fn normal(atoms: Atoms) -> Atoms {
    let own = |atom: &Atom| {
        if atom.side == Side::Outbound {
            atom.source
        } else {
            atom.destination
        }
    };
    let mut alike: BTreeMap<_, Vec<Atom>> = BTreeMap::new();
    for atom in atoms {
        let other = if atom.side == Side::Outbound {
            atom.destination
        } else {
            atom.source
        };
        alike
            .entry((atom.side, other, atom.transport, atom.ports))
            .or_default()
            .push(atom);
    }
    let widest = |atoms: Vec<Atom>| {
        let is_widest = |atom: &&Atom| !atoms.iter().any(|wide| wide != *atom && own(wide).contains(own(atom)));
        atoms.iter().filter(is_widest).cloned().collect::<Vec<_>>()
    };
    alike.into_values().flat_map(widest).collect()
}

#[test]
fn groups_that_are_split_say_the_same() {
    for reader in super::READERS.iter().filter(|reader| reader.id.contains("aws")) {
        let fragment = format!(
            "#/?platform={}&version=2019&flow=client-smtp,smtp-in&{}",
            reader.id,
            rules::crowded()
        );
        let text = rules::snippet(reader.id, &fragment);
        assert!(
            text.rules.contains("exchange-server-lan-2, to attach to: "),
            "{}",
            text.rules
        );
        assert_eq!(
            (reader.read)(&text),
            Ok(meant(&rules::policy(&fragment))),
            "{}",
            reader.id
        );
    }
}
