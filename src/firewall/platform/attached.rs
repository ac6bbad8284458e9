//! What the clouds share: rules that are attached to machines, one section for each group of them.
//!
//! A security group, a network security group or a target tag is no firewall between two zones. It sees what its
//! machines receive and send, also among themselves. So a rule between two zones stands twice: as ingress in the group of
//! its destination, as egress in the group of its source. The internet has no machines to attach anything to. With
//! `placement=host` the chosen host alone has a group, and each rule stands once.
//!
//! All clouds remember connections: answers need no rule.

use super::script::{Script, networks};
use crate::catalog::{Set, Transport, Vocabulary, Zone};
use crate::firewall::address::{Addresses, Network};
use crate::firewall::policy::Policy;
use crate::firewall::rule::{Rule, Side};

/// The machines of a zone, and what they may receive and send. At least one of both is not empty.
pub struct Group<'a> {
    /// The zone of the machines. `policy.options.name_of(zone)` is what the reader calls it, or its slug.
    pub zone: Zone,
    /// Rules that let connections in, in the order of the policy: their destination is in this group.
    pub ingress: Vec<&'a Rule>,
    /// Rules that let connections out, in the order of the policy: their source is in this group.
    pub egress: Vec<&'a Rule>,
}

/// Which connections a rule sees, as the machines of its group do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Those that arrive.
    Ingress,
    /// Those that leave.
    Egress,
}

impl Direction {
    /// Both, in the order in which they are written.
    pub const BOTH: [Self; 2] = [Self::Ingress, Self::Egress];

    /// What ends the names of its rules, so that both halves of a rule have their own.
    pub fn suffix(self) -> &'static str {
        match self {
            Self::Ingress => "in",
            Self::Egress => "out",
        }
    }

    /// The rules of a group.
    pub fn rules<'g, 'a>(self, group: &'g Group<'a>) -> &'g [&'a Rule] {
        match self {
            Self::Ingress => &group.ingress,
            Self::Egress => &group.egress,
        }
    }
}

/// The groups of a policy, in the order of the zones.
pub fn groups(policy: &Policy) -> Vec<Group<'_>> {
    let rules = || policy.rules.iter();
    let group = |&zone: &Zone| Group {
        zone,
        ingress: rules().filter(|rule| rule.to == zone && lets_in(rule)).collect(),
        egress: rules().filter(|rule| rule.from == zone && lets_out(rule)).collect(),
    };
    let has_rules = |group: &Group| !group.ingress.is_empty() || !group.egress.is_empty();
    Zone::ALL.iter().map(group).filter(has_rules).collect()
}

/// The groups with what `name` calls their zones, those of one name together. Clouds read names without regard to case.
pub fn named(policy: &Policy, name: impl Fn(Zone) -> String) -> Vec<(String, Vec<Group<'_>>)> {
    let mut named: Vec<(String, Vec<Group>)> = Vec::new();
    for group in groups(policy) {
        let name = name(group.zone);
        match named.iter_mut().find(|(known, _)| known.eq_ignore_ascii_case(&name)) {
            Some((_, groups)) => groups.push(group),
            None => named.push((name, vec![group])),
        }
    }
    named
}

/// What a rule is for, for a field of this many letters: its flows, as many as there is room for.
pub fn description(rule: &Rule, longest: usize) -> String {
    let all = format!("flows: {}", rule.flow_ids());
    if all.len() <= longest {
        return all;
    }
    let ids: Vec<&str> = rule.flows.iter().map(|flow| flow.id).collect();
    let some = |shown: usize| format!("flows: {} and {} more", ids[..shown].join(", "), ids.len() - shown);
    let fitting = (1..ids.len()).map(some).take_while(|text| text.len() <= longest);
    fitting.last().unwrap_or_else(|| format!("{} flows", ids.len()))
}

/// The zones of groups that the reader did not name: the header says that their slugs are to be replaced.
pub fn unnamed(policy: &Policy) -> Set<Zone> {
    let zones = groups(policy).into_iter().map(|group| group.zone);
    zones.filter(|zone| !policy.options.labels.contains_key(zone)).collect()
}

/// The keys with which the reader would name groups that have no name yet, such as `as.perimeter=`; `None` if all have.
pub fn unnamed_keys(policy: &Policy) -> Option<String> {
    let keys: Vec<String> = unnamed(policy)
        .iter()
        .map(|zone| format!("as.{}=", zone.slug()))
        .collect();
    (!keys.is_empty()).then(|| keys.join(", "))
}

/// Whether a rule can be written for a cloud that opens ICMP as a whole or not at all, which is more than a rule says.
pub fn is_written_without_kinds(rule: &Rule) -> bool {
    rule.transport != Transport::Icmp
}

/// What is asked for and not written, for such a cloud.
pub fn unwritten_without_kinds(policy: &Policy, cloud: &str, out: &mut Script) {
    let mut echoes = policy
        .rules
        .iter()
        .filter(|rule| !is_written_without_kinds(rule))
        .peekable();
    if !policy.unwritten.is_empty() || echoes.peek().is_some() {
        out.line("");
    }
    for rule in echoes {
        let (transport, from, to) = (rule.transport.slug(), rule.from.slug(), rule.to.slug());
        out.note(format_args!(
            "not written: {transport} from {from} to {to}: {cloud} opens ICMP as a whole, not echo requests alone"
        ));
    }
    out.unwritten(policy);
}

impl Group<'_> {
    /// The machines to attach: every address that a rule names at this end, of both families.
    pub fn machines(&self) -> Addresses {
        let inside = self.ingress.iter().map(|rule| &rule.destination);
        let ends: Vec<&Addresses> = inside.chain(self.egress.iter().map(|rule| &rule.source)).collect();
        if ends.contains(&&Addresses::Any) {
            return Addresses::Any;
        }
        let mut machines: Vec<Network> = ends.into_iter().flat_map(networks).copied().collect();
        machines.sort_unstable();
        machines.dedup();
        Addresses::Only(machines)
    }
}

/// Whether a rule is ingress of the group of its destination.
fn lets_in(rule: &Rule) -> bool {
    match rule.side {
        Side::Between => rule.to != Zone::Internet,
        Side::Inbound => true,
        Side::Outbound => false,
    }
}

/// Whether a rule is egress of the group of its source.
fn lets_out(rule: &Rule) -> bool {
    match rule.side {
        Side::Between => rule.from != Zone::Internet,
        Side::Inbound => false,
        Side::Outbound => true,
    }
}
