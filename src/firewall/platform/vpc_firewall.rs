//! Firewall rules of Google Cloud: what they hold, whichever tool writes them down.
//!
//! They belong to a network, and apply to the machines that carry a network tag. They name both ends, so none is wider
//! than the policy, whatever carries the tag. Only allowed connections need rules, answers do not.

use super::Platform;
use super::attached::{self, Direction, Group};
use super::script::Script;
use crate::catalog::{Transport, Vocabulary, Zone};
use crate::firewall::address::{Addresses, Family};
use crate::firewall::options::Rest;
use crate::firewall::policy::Policy;
use crate::firewall::rule::Rule;

/// The machines that carry a tag, and their rules.
pub struct Tagged<'a> {
    /// The network tag.
    pub tag: String,
    /// The zones that it stands for; several, if the reader calls them by one name.
    pub zones: Vec<Group<'a>>,
    /// The rules, ingress first.
    pub rules: Vec<FirewallRule<'a>>,
}

/// A firewall rule.
pub struct FirewallRule<'a> {
    /// The rule of the policy; `None` for one that drops everything else.
    pub rule: Option<&'a Rule>,
    /// Unique in a project. The longest prefix and zones make less than the 63 letters that Google allows.
    pub name: String,
    /// Which connections it sees.
    direction: Direction,
    /// Smaller numbers come first.
    pub priority: u16,
    /// The protocol.
    pub protocol: &'static str,
    /// Its ports; empty for a protocol without ports.
    pub ports: Vec<String>,
    /// Who opens connections.
    pub sources: Vec<String>,
    /// Who is called.
    pub destinations: Vec<String>,
    /// Its flows, as far as there is room for them.
    pub description: String,
}

impl FirewallRule<'_> {
    /// The word of Google for its direction.
    pub fn direction(&self) -> &'static str {
        match self.direction {
            Direction::Ingress => "INGRESS",
            Direction::Egress => "EGRESS",
        }
    }

    /// Whether it lets connections pass; otherwise it drops them.
    pub fn allows(&self) -> bool {
        self.rule.is_some()
    }
}

/// The most letters of a description.
const DESCRIPTION: usize = 2048;

/// What Google gives a rule that says nothing else. Smaller numbers are left for rules of the reader that deny.
const PRIORITY: u16 = 1000;

/// The last number before Google's own rules.
const LAST_PRIORITY: u16 = 65534;

/// The rules of a policy, by tag.
pub fn tagged(policy: &Policy) -> Vec<Tagged<'_>> {
    let named = attached::named(policy, |zone| tag(policy, zone));
    named
        .into_iter()
        .map(|(tag, zones)| carrying(policy, tag, zones))
        .filter(|tagged| !tagged.rules.is_empty())
        .collect()
}

fn carrying<'a>(policy: &Policy, tag: String, zones: Vec<Group<'a>>) -> Tagged<'a> {
    let mut rules = Vec::new();
    for direction in Direction::BOTH {
        let of_policy = zones.iter().flat_map(|group| direction.rules(group)).copied();
        let written = of_policy.filter(|rule| attached::is_written_without_kinds(rule));
        rules.extend(written.map(|rule| allow(rule, direction)));
        if policy.options.rest == Rest::Drop {
            rules.extend(Family::ALL.map(|family| deny(policy, zones[0].zone, family, direction)));
        }
    }
    Tagged { tag, zones, rules }
}

/// What the reader calls a zone, if that can be a tag, or its slug.
fn tag(policy: &Policy, zone: Zone) -> String {
    let name = policy.options.name_of(zone);
    if is_tag(&name) { name } else { zone.slug().to_owned() }
}

/// Lower-case letters, digits and dashes; a letter first, no dash last. A label is shorter than a tag may be.
fn is_tag(name: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    let begins = name.bytes().next().is_some_and(|byte| byte.is_ascii_lowercase());
    begins && !name.ends_with('-') && name.bytes().all(allowed)
}

fn allow(rule: &Rule, direction: Direction) -> FirewallRule<'_> {
    FirewallRule {
        rule: Some(rule),
        name: format!("{}-{}", rule.name, direction.suffix()).to_ascii_lowercase(),
        direction,
        priority: PRIORITY,
        protocol: protocol(rule.transport),
        ports: rule.ports.iter().map(ToString::to_string).collect(),
        sources: ranges(&rule.source, rule.family),
        destinations: ranges(&rule.destination, rule.family),
        description: attached::description(rule, DESCRIPTION),
    }
}

fn deny(policy: &Policy, zone: Zone, family: Family, direction: Direction) -> FirewallRule<'static> {
    let everything = || ranges(&Addresses::Any, family);
    let (prefix, suffix) = (&policy.options.prefix, direction.suffix());
    let name = format!("{prefix}-{}-drop-{suffix}-{family}", zone.slug());
    FirewallRule {
        rule: None,
        name: name.to_ascii_lowercase(),
        direction,
        priority: LAST_PRIORITY,
        protocol: protocol(Transport::Any),
        ports: Vec::new(),
        sources: everything(),
        destinations: everything(),
        description: format!("{family} that no rule allows"),
    }
}

fn protocol(transport: Transport) -> &'static str {
    match transport {
        Transport::Any => "all",
        named => named.slug(),
    }
}

/// The addresses of an end, hosts with their prefix too. A rule without them would be for IPv4 alone.
fn ranges(addresses: &Addresses, family: Family) -> Vec<String> {
    match (addresses, family) {
        (Addresses::Any, Family::V4) => vec!["0.0.0.0/0".to_owned()],
        (Addresses::Any, Family::V6) => vec!["::/0".to_owned()],
        (Addresses::Only(networks), _) => {
            let ranges = networks.iter();
            ranges
                .map(|network| format!("{}/{}", network.address(), network.prefix()))
                .collect()
        }
    }
}

/// The comment that every snippet begins with, and what one must know of these rules.
pub fn header(policy: &Policy, platform: &Platform, tagged: &[Tagged], out: &mut Script) {
    out.header(policy, platform);
    match policy.options.rest {
        Rest::Keep => {
            out.note("Google's own rules stay: everything may leave, and in the network default also enter from");
            out.note("machines of the network.");
        }
        Rest::Drop => out.note("The probes of Google's load balancers are cut too."),
    }
    if let Some(keys) = attached::unnamed_keys(policy) {
        out.note(format_args!(
            "Names of zones stand for network tags: replace them by yours ({keys})."
        ));
    }
    for (zone, label) in policy
        .options
        .labels
        .iter()
        .filter(|(_, label)| !is_tag(&label.to_string()))
    {
        out.note(format_args!(
            "{label} cannot be a network tag (lower-case letters, digits and dashes): {} stands for it.",
            zone.slug()
        ));
    }
    if tagged.iter().flat_map(|tagged| &tagged.rules).any(sends_mail_out) {
        out.note("Most projects cannot send to TCP 25 outside of Google Cloud, whatever the rules say.");
    }
}

fn sends_mail_out(rule: &FirewallRule) -> bool {
    rule.direction == Direction::Egress
        && rule
            .rule
            .is_some_and(|rule| rule.to == Zone::Internet && rule.transport == Transport::Tcp)
        && rule.ports.iter().any(|port| port == "25")
}

/// What stands above the rules of a tag.
pub fn section(tagged: &Tagged, out: &mut Script) {
    out.line("");
    out.note(format_args!("Network tag {}, for", tagged.tag));
    for zone in &tagged.zones {
        out.note(format_args!("  {}: {}", zone.zone.slug(), zone.machines()));
    }
}

/// What stands above a rule, as comments.
pub fn explain(before: Option<&FirewallRule>, rule: &FirewallRule, out: &mut Script) {
    match rule.rule {
        Some(of_policy) => {
            let before = before.filter(|before| before.direction == rule.direction);
            out.explain(before.and_then(|before| before.rule), of_policy);
        }
        None => out.note(format_args!("{} of {}", rule.direction(), rule.description)),
    }
}

/// What is asked for and not written.
pub fn unwritten(policy: &Policy, out: &mut Script) {
    attached::unwritten_without_kinds(policy, "Google Cloud", out);
}

/// Commands that show what is written, and how the tags come to their machines.
pub fn verify(policy: &Policy, tagged: &[Tagged], out: &mut Script) {
    out.note("Show what is written.");
    let prefix = policy.options.prefix.as_str().to_ascii_lowercase();
    out.line(format_args!(
        "gcloud compute firewall-rules list --filter='name~^{prefix}-' --format=yaml"
    ));
    if !tagged.is_empty() {
        out.note("Rules apply to machines that carry the tag:");
    }
    for tagged in tagged {
        out.note(format_args!(
            "  gcloud compute instances add-tags INSTANCE --tags={}",
            tagged.tag
        ));
    }
    out.reachability(policy);
}
