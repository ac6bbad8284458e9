//! From the rules of one version to those of another: what to add, and what to take away.
//!
//! Both are differences of what is allowed, not of texts: for the same ends, transport and side the ports of one
//! version without those of the other. So the rules of the old version, with the added ones and without what goes,
//! allow what the rules of the new version allow.
//!
//! Any platform writes what is added, as it writes any policy. What goes is told in words instead, rule by rule: the
//! undo of a platform takes away everything that it wrote, and most platforms cannot say that half of a rule goes.

use super::pair;
use super::question::Question;
use super::removal::{Removal, Step};
use crate::catalog::{Flow, PortRange, Vocabulary, date, subtract};
use crate::firewall::{
    Options, Place, Placement, Policy, Reason, Request, Rest, Rule, Unwritten, shared_destination, warnings,
};

/// What becomes of the rules of the old version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleChange {
    /// What is compared.
    pub question: Question,
    /// What to allow in addition. Its rules have a prefix of their own, so that loading them replaces nothing, and
    /// they never drop everything else.
    pub added: Policy,
    /// The rules of the old version that go or become narrower, in their order.
    pub removed: Vec<Removal>,
    /// What goes as well and is in no rule that could be named, because an address is missing.
    pub unnamed: Vec<Unwritten>,
}

impl RuleChange {
    /// Works out the change. `refused` are places for which only addresses were typed that could not be read,
    /// `permalink` is the address of the page that shows the same. Ticked flows do not count.
    ///
    /// # Errors
    ///
    /// [`Reason::NoHost`] if the rules stand on a host, and nobody said on which.
    pub fn new(question: Question, options: &Options, refused: &[Place], permalink: &str) -> Result<Self, Reason> {
        let options = shared_options(&question, options)?;
        let (old_filter, new_filter) = (question.filter(question.old), question.filter(question.new));
        let (old_flows, new_flows) = (old_filter.flows(), new_filter.flows());
        let old_request = Request {
            flows: &old_flows,
            filter: &old_filter,
            options: &options,
            refused,
            permalink: permalink.to_owned(),
        };
        let new_request = Request {
            flows: &new_flows,
            filter: &new_filter,
            options: &Options {
                prefix: options.prefix.for_additions(question.new),
                ..options.clone()
            },
            ..old_request.clone()
        };
        let (old, new) = (Policy::new(&old_request), Policy::new(&new_request));
        let pairs = pair::pairs(&question, &old_flows, &new_flows);
        let opens_path = |from, to| pairs.iter().any(|pair| pair.joins(from, to) && pair.becomes_whole());
        let removed = old.rules.iter().filter_map(|rule| {
            let step = |kept| {
                if opens_path(rule.from, rule.to) {
                    Step::OpenPathFirst
                } else {
                    kept
                }
            };
            removal(rule, &new.rules, step)
        });
        let missing = unshared(&old.unwritten, &new.unwritten);
        let missing = missing.into_iter().filter(|entry| entry.reason.is_missing_address());
        Ok(Self {
            question,
            removed: removed.collect(),
            unnamed: missing.filter(|entry| !opens_path(entry.from, entry.to)).collect(),
            added: added(&old, new, &new_request),
        })
    }

    /// What goes, one in a line, with what to know before: a text for people, whatever their firewall is.
    pub fn removal_text(&self) -> String {
        let (old, new) = (self.question.old.title(), self.question.new.title());
        let mut lines = vec![
            format!(
                "exchange-ports, catalogue of {}, rules to take away from Exchange {old} to {new}",
                date()
            ),
            self.added.permalink.clone(),
        ];
        if self.removed.is_empty() && self.unnamed.is_empty() {
            lines.push("Nothing goes.".to_owned());
        } else {
            lines.push(format!(
                "Add what is new first. Take this away when no Exchange {old} is left."
            ));
            lines.push(format!(
                "Names are those that exchange-ports gives to rules for {old} with the same choices."
            ));
        }
        lines.extend(self.removed.iter().map(ToString::to_string));
        if !self.unnamed.is_empty() {
            lines.push("These go as well. Addresses are missing, so their rules have no name here:".to_owned());
        }
        lines.extend(self.unnamed.iter().map(Unwritten::what));
        lines.join("\n") + "\n"
    }
}

/// The choices for both versions: the same host, no ticks, and nothing about everything else.
fn shared_options(question: &Question, options: &Options) -> Result<Options, Reason> {
    let mut options = options.clone();
    options.ticked.clear();
    options.rest = Rest::Keep;
    if options.standing() == Placement::Host && options.at.is_none() {
        // Each version alone may end in one zone while both together do not.
        let filter = question.both();
        let shared = shared_destination(&filter, &filter.flows());
        options.at = Some(shared.map(Place::Zone).ok_or(Reason::NoHost)?);
    }
    Ok(options)
}

/// The policy of the new version without what the old one allows.
fn added(old: &Policy, new: Policy, request: &Request) -> Policy {
    let rules: Vec<Rule> = new
        .rules
        .iter()
        .filter_map(|rule| {
            let ports = unshared_ports(rule, &old.rules)?;
            let flows = rule.flows.iter().copied();
            let flows = flows.filter(|flow| ports.is_empty() || needs(flow, &ports, request));
            Some(Rule {
                flows: flows.collect(),
                ports,
                ..rule.clone()
            })
        })
        .collect();
    let begins =
        |flows: Vec<&'static Flow>, known: &[&Flow]| flows.into_iter().filter(|flow| !known.contains(flow)).collect();
    Policy {
        warnings: warnings(&rules, request),
        rules,
        unwritten: unshared(&new.unwritten, &old.unwritten),
        never: begins(new.never, &old.never),
        flows: begins(new.flows, &old.flows),
        ..new
    }
}

fn removal(rule: &Rule, others: &[Rule], step: impl FnOnce(Step) -> Step) -> Option<Removal> {
    let closes = unshared_ports(rule, others)?;
    let kept = subtract(&rule.ports, &closes);
    let own = if kept.is_empty() {
        Step::Delete
    } else {
        Step::Narrow(kept)
    };
    Some(Removal {
        rule: rule.clone(),
        closes,
        step: step(own),
    })
}

/// Whether two rules allow the same machines the same, but for the ports.
fn share_ends(one: &Rule, other: &Rule) -> bool {
    (one.side, one.family, one.from, one.to, one.transport)
        == (other.side, other.family, other.from, other.to, other.transport)
        && one.source == other.source
        && one.destination == other.destination
}

/// The ports of a rule that no rule of the others has between the same ends; none for a transport without ports.
/// `None` if the others allow everything that it allows.
fn unshared_ports(rule: &Rule, others: &[Rule]) -> Option<Vec<PortRange>> {
    let mut same = others.iter().filter(|other| share_ends(rule, other)).peekable();
    if rule.ports.is_empty() {
        return same.peek().is_none().then(Vec::new);
    }
    let known: Vec<PortRange> = same.flat_map(|other| other.ports.iter().copied()).collect();
    let ports = subtract(&rule.ports, &known);
    (!ports.is_empty()).then_some(ports)
}

/// Whether a flow is why these ports are open.
fn needs(flow: &Flow, ports: &[PortRange], request: &Request) -> bool {
    let uses = |range: PortRange| ports.iter().any(|port| port.overlaps(range));
    request.options.pins.contains_key(flow) || flow.ports_for_rules().iter().any(|ports| uses(ports.range))
}

/// What is left out here and not in the others for the same reason.
fn unshared(entries: &[Unwritten], others: &[Unwritten]) -> Vec<Unwritten> {
    let transport = |entry: &Unwritten| entry.traffic.as_ref().map(|(transport, _)| *transport);
    let same = |one: &Unwritten, other: &Unwritten| {
        (one.from, one.to, transport(one), one.reason) == (other.from, other.to, transport(other), other.reason)
    };
    let without = |entry: &Unwritten| match others.iter().find(|other| same(entry, other)) {
        Some(other) => unshared_part(entry, other),
        None => Some(entry.clone()),
    };
    entries.iter().filter_map(without).collect()
}

/// What an entry leaves out beyond another one.
fn unshared_part(entry: &Unwritten, other: &Unwritten) -> Option<Unwritten> {
    let mut part = entry.clone();
    part.flows.retain(|flow| !other.flows.contains(flow));
    if let (Some((transport, ports)), Some((_, known))) = (&mut part.traffic, &other.traffic)
        && transport.has_ports()
    {
        *ports = subtract(ports, known);
        return (!ports.is_empty()).then_some(part);
    }
    (!part.flows.is_empty()).then_some(part)
}
