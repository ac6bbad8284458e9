//! Network security groups of Azure: what they hold, whichever tool writes it down.
//!
//! A group stands at subnets or network interfaces. Its rules name both ends, so none is wider than the policy, wherever
//! its group stands. Only allowed connections need rules, answers do not.

use super::Platform;
use super::attached::{self, Direction, Group};
use super::script::Script;
use crate::catalog::{Transport, Vocabulary, Zone};
use crate::firewall::address::{Addresses, Family};
use crate::firewall::options::Rest;
use crate::firewall::policy::Policy;
use crate::firewall::rule::Rule;

/// A group, its machines and its rules.
pub struct SecurityGroup<'a> {
    /// What the reader calls it, or the slug of its zone.
    pub name: String,
    /// The zones that it stands for; several, if the reader calls them by one name.
    pub zones: Vec<Group<'a>>,
    /// Its rules, inbound ones first.
    pub rules: Vec<SecurityRule<'a>>,
}

impl SecurityGroup<'_> {
    /// What tells it from the other groups of a text, whatever the reader calls it.
    pub fn slug(&self) -> &'static str {
        self.zones[0].zone.slug()
    }
}

/// A rule of a group.
pub struct SecurityRule<'a> {
    /// The rule of the policy; `None` for one that drops everything else.
    pub rule: Option<&'a Rule>,
    /// Unique in the whole text. The longest prefix and zones make less than the 80 letters that Azure allows.
    pub name: String,
    /// Unique in its group and direction.
    pub priority: usize,
    /// Which connections it sees.
    direction: Direction,
    /// `Allow` or `Deny`.
    pub access: &'static str,
    /// The protocol.
    pub protocol: &'static str,
    /// Who opens connections.
    pub sources: Vec<String>,
    /// Who is called.
    pub destinations: Vec<String>,
    /// The ports that are called.
    pub ports: Vec<String>,
    /// Its flows, as far as there is room for them.
    pub description: String,
}

impl SecurityRule<'_> {
    /// The word of Azure for its direction.
    pub fn direction(&self) -> &'static str {
        match self.direction {
            Direction::Ingress => "Inbound",
            Direction::Egress => "Outbound",
        }
    }
}

/// Every address, port or protocol.
pub const ANY: &str = "*";

/// The most letters of a description.
const DESCRIPTION: usize = 140;

/// The most rules of a group.
const MOST_RULES: usize = 1000;

/// The most addresses that the rules of a group name as sources; as destinations there may be as many again.
const MOST_ADDRESSES: usize = 4000;

/// Smaller numbers come first: they are left for rules of the reader that deny.
const FIRST_PRIORITY: usize = 1000;

/// The last number of a reader's rule; Azure's own come behind it.
const LAST_PRIORITY: usize = 4096;

/// The groups of a policy that have rules.
pub fn groups(policy: &Policy) -> Vec<SecurityGroup<'_>> {
    let named = attached::named(policy, |zone| policy.options.name_of(zone));
    named
        .into_iter()
        .map(|(name, zones)| group(policy, name, zones))
        .filter(|group| !group.rules.is_empty())
        .collect()
}

fn group<'a>(policy: &Policy, name: String, zones: Vec<Group<'a>>) -> SecurityGroup<'a> {
    SecurityGroup {
        rules: rules(policy, &zones),
        name,
        zones,
    }
}

fn rules<'a>(policy: &Policy, zones: &[Group<'a>]) -> Vec<SecurityRule<'a>> {
    let mut all = Vec::new();
    for direction in Direction::BOTH {
        let rules = zones.iter().flat_map(|group| direction.rules(group));
        let numbered = rules
            .copied()
            .filter(|rule| attached::is_written_without_kinds(rule))
            .zip(FIRST_PRIORITY..);
        all.extend(numbered.map(|(rule, priority)| allow(rule, direction, priority)));
        if policy.options.rest == Rest::Drop {
            all.push(deny(policy, zones[0].zone, direction));
        }
    }
    all
}

fn allow(rule: &Rule, direction: Direction, priority: usize) -> SecurityRule<'_> {
    SecurityRule {
        rule: Some(rule),
        name: format!("{}-{}", rule.name, direction.suffix()),
        priority,
        direction,
        access: "Allow",
        protocol: protocol(rule.transport),
        sources: prefixes(&rule.source, rule.family),
        destinations: prefixes(&rule.destination, rule.family),
        ports: if rule.ports.is_empty() {
            vec![ANY.to_owned()]
        } else {
            rule.ports.iter().map(ToString::to_string).collect()
        },
        description: attached::description(rule, DESCRIPTION),
    }
}

fn deny(policy: &Policy, zone: Zone, direction: Direction) -> SecurityRule<'static> {
    let any = || vec![ANY.to_owned()];
    SecurityRule {
        rule: None,
        name: format!("{}-{}-drop-{}", policy.options.prefix, zone.slug(), direction.suffix()),
        priority: LAST_PRIORITY,
        direction,
        access: "Deny",
        protocol: ANY,
        sources: any(),
        destinations: any(),
        ports: any(),
        description: "everything that no rule allows".to_owned(),
    }
}

fn protocol(transport: Transport) -> &'static str {
    match transport {
        Transport::Tcp => "Tcp",
        Transport::Udp => "Udp",
        Transport::Icmp => "Icmp",
        Transport::Esp => "Esp",
        Transport::Any => ANY,
    }
}

/// The addresses of an end. Any is that of the family alone: the sign for any would hold both.
fn prefixes(addresses: &Addresses, family: Family) -> Vec<String> {
    match (addresses, family) {
        (Addresses::Any, Family::V4) => vec!["0.0.0.0/0".to_owned()],
        (Addresses::Any, Family::V6) => vec!["::/0".to_owned()],
        (Addresses::Only(networks), _) => networks.iter().map(ToString::to_string).collect(),
    }
}

/// The comment that every snippet begins with, and what one must know of these groups.
pub fn header(policy: &Policy, platform: &Platform, groups: &[SecurityGroup], out: &mut Script) {
    out.header(policy, platform);
    match policy.options.rest {
        Rest::Keep => {
            out.note(
                "Azure's own rules stay: they let machines of a virtual network reach each other on all ports, and",
            );
            out.note("reach the internet.");
        }
        Rest::Drop => out.note("The probes of Azure's load balancer are cut too (service tag AzureLoadBalancer)."),
    }
    if let Some(keys) = attached::unnamed_keys(policy) {
        out.note(format_args!(
            "Names of zones stand for network security groups: replace them by yours ({keys})."
        ));
    }
    out.note(format_args!(
        "Priorities begin at {FIRST_PRIORITY} in each group and direction: change those that your own rules have."
    ));
    if groups.iter().flat_map(|group| &group.rules).any(sends_mail_out) {
        out.note("Most subscriptions cannot send to TCP 25 outside of Azure, whatever the rules say.");
    }
    for group in groups {
        over_limits(group, out);
    }
    if policy.options.log {
        out.note("not written: log=1: Azure logs the flows of a virtual network, not of a rule (flow logs).");
    }
}

fn sends_mail_out(rule: &SecurityRule) -> bool {
    rule.direction == Direction::Egress
        && rule
            .rule
            .is_some_and(|rule| rule.to == Zone::Internet && rule.transport == Transport::Tcp)
        && rule.ports.iter().any(|port| port == "25")
}

fn over_limits(group: &SecurityGroup, out: &mut Script) {
    let name = &group.name;
    let sum = |count: fn(&SecurityRule) -> usize| group.rules.iter().map(count).sum::<usize>();
    let counts = [
        ("rules", group.rules.len(), MOST_RULES),
        ("source addresses", sum(|rule| rule.sources.len()), MOST_ADDRESSES),
        (
            "destination addresses",
            sum(|rule| rule.destinations.len()),
            MOST_ADDRESSES,
        ),
    ];
    for (what, count, most) in counts.into_iter().filter(|(_, count, most)| count > most) {
        out.note(format_args!(
            "CAUTION: {name} has {count} {what}, and Azure takes {most}: choose fewer flows, or networks for addresses."
        ));
    }
}

/// What stands above the rules of a group.
pub fn section(group: &SecurityGroup, out: &mut Script) {
    out.line("");
    out.note(format_args!("Network security group {}, for", group.name));
    for zone in &group.zones {
        out.note(format_args!("  {}: {}", zone.zone.slug(), zone.machines()));
    }
}

/// What stands above a rule, as comments.
pub fn explain(before: Option<&SecurityRule>, rule: &SecurityRule, out: &mut Script) {
    match rule.rule {
        Some(of_policy) => {
            let before = before.filter(|before| before.direction == rule.direction);
            out.explain(before.and_then(|before| before.rule), of_policy);
        }
        None => out.note(format_args!("{} connections that no rule allows", rule.direction())),
    }
}

/// What is asked for and not written.
pub fn unwritten(policy: &Policy, out: &mut Script) {
    attached::unwritten_without_kinds(policy, "Azure", out);
}

/// Which resource group the Azure CLI is to use, so that no command has to name it.
fn resource_group(out: &mut Script) {
    out.note("The resource group of the network security groups. PowerShell: $env:AZURE_DEFAULTS_GROUP = 'exchange'");
    out.line("export AZURE_DEFAULTS_GROUP=exchange");
}

/// Commands for what must be there before the rules.
pub fn before(groups: &[SecurityGroup], out: &mut Script) {
    resource_group(out);
    if !groups.is_empty() {
        out.note("Only for a group that is not there yet:");
    }
    for group in groups {
        out.note(format_args!("  az network nsg create --name {}", group.name));
    }
}

/// Commands that show what the groups hold, and how they come to their machines.
pub fn verify(policy: &Policy, groups: &[SecurityGroup], out: &mut Script) {
    if !groups.is_empty() {
        show_and_attach(groups, out);
    }
    out.reachability(policy);
}

fn show_and_attach(groups: &[SecurityGroup], out: &mut Script) {
    out.note("Show what is written.");
    for group in groups {
        out.line(format_args!(
            "az network nsg rule list --nsg-name {} --output table",
            group.name
        ));
    }
    out.note("A group counts where it is attached, such as at a subnet:");
    for group in groups {
        out.note(format_args!(
            "  az network vnet subnet update --vnet-name VNET --name SUBNET --network-security-group {}",
            group.name
        ));
    }
}

/// Commands that remove the rules one by one, and nothing else.
pub fn undo(groups: &[SecurityGroup]) -> String {
    let mut out = Script::new("# ");
    if groups.is_empty() {
        out.note("No rule is written, so there is nothing to undo.");
    } else {
        resource_group(&mut out);
    }
    for group in groups {
        for rule in &group.rules {
            out.line(format_args!(
                "az network nsg rule delete --nsg-name {} --name {}",
                group.name, rule.name
            ));
        }
    }
    out.into_text()
}
