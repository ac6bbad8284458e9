//! Terraform for AWS: security groups and their rules as resources of the provider aws.
//!
//! The provider takes away what a new group lets out by itself.

use super::hcl::{self, Value};
use super::script::Script;
use super::security_group::{self, Direction, Entry, KnownAs, Section, SecurityGroup};
use super::terraform;
use super::{Facts, Platform, Snippet, Standing};
use crate::firewall::address::Family;
use crate::firewall::policy::Policy;

/// The platform.
pub static PLATFORM: Platform = Platform {
    id: "terraform-aws",
    title: "Terraform, AWS",
    group: "Clouds",
    purpose: "security groups",
    standing: Standing::Attached,
    drops_rest: true,
    names_zones: true,
    comment: "# ",
    file_name: "exchange.tf",
};

/// What is known of it.
pub static FACTS: Facts = Facts {
    reference: "aws_vpc_security_group_ingress_rule, provider aws 5.0 and later",
    limits: "A group holds 60 rules for each direction and family: what is more is a further group.",
    twice: "Applying it twice changes nothing.",
};

const GROUP: &str = "aws_security_group";

/// Writes a policy down.
pub fn write(policy: &Policy) -> Snippet {
    let groups = security_group::security_groups(policy);
    let mut rules = Script::new(PLATFORM.comment);
    security_group::header(policy, &PLATFORM, &groups, &mut rules);
    if security_group::makes_some(&groups) {
        rules.line("");
        terraform::variable(&vpc(policy), "The id of the VPC of the machines", &mut rules);
    }
    for group in &groups {
        rules.line("");
        rules.note(group.attachment());
        write_group(group, policy, &mut rules);
    }
    if !policy.unwritten.is_empty() {
        rules.line("");
        rules.unwritten(policy);
    }
    let resources: Vec<String> = groups.iter().flat_map(resources).collect();
    Snippet {
        rules: rules.into_text(),
        apply: apply(policy, &groups),
        undo: terraform::undo(&resources, PLATFORM.file_name),
        remarks: Vec::new(),
    }
}

fn vpc(policy: &Policy) -> String {
    terraform::variable_name(policy, "vpc_id")
}

fn write_group(group: &SecurityGroup, policy: &Policy, out: &mut Script) {
    if let KnownAs::Name(name) = &group.known_as {
        let arguments = [
            ("name", Value::text(name)),
            ("description", Value::text(format_args!("exchange-ports: {}", group.place.slug()))),
            ("vpc_id", Value::word(format_args!("var.{}", vpc(policy)))),
        ];
        hcl::block("resource", &[GROUP, &group.key], out, |out| hcl::arguments(&arguments, out));
    }
    for direction in Direction::ALL {
        let (mut before, mut number) = (None, 0);
        for section in group.sections(direction) {
            out.line("");
            security_group::explain(before, section, out);
            for (index, entry) in section.entries.iter().enumerate() {
                if index > 0 {
                    out.line("");
                }
                number += 1;
                let labels = [&*kind(direction), &*rule_name(group, number)];
                hcl::block("resource", &labels, out, |out| hcl::arguments(&arguments(group, section, entry), out));
            }
            before = Some(section.rule);
        }
    }
}

fn kind(direction: Direction) -> String {
    format!("aws_vpc_security_group_{direction}_rule")
}

/// Unique for each direction.
fn rule_name(group: &SecurityGroup, number: usize) -> String {
    format!("{}-{number}", group.key)
}

fn arguments(group: &SecurityGroup, section: &Section, entry: &Entry) -> Vec<(&'static str, Value)> {
    let id = match &group.known_as {
        KnownAs::Name(_) => Value::word(format_args!("{GROUP}.{}.id", group.key)),
        KnownAs::Id(id) => Value::text(id),
    };
    let network = match entry.network.family() {
        Family::V4 => "cidr_ipv4",
        Family::V6 => "cidr_ipv6",
    };
    let ports = entry.ports.into_iter();
    let ports = ports.flat_map(|(first, last)| [("from_port", Value::word(first)), ("to_port", Value::word(last))]);
    let traffic = [
        ("security_group_id", id),
        ("description", Value::text(&section.rule.name)),
        ("ip_protocol", Value::text(entry.protocol)),
    ];
    let network = (network, Value::text(entry.cidr()));
    traffic.into_iter().chain(ports).chain([network]).collect()
}

/// What goes when everything goes: groups that are made take their rules with them.
fn resources(group: &SecurityGroup) -> Vec<String> {
    if matches!(group.known_as, KnownAs::Name(_)) {
        return vec![format!("{GROUP}.{}", group.key)];
    }
    let rules = |direction: Direction| {
        let count: usize = group.sections(direction).map(|section| section.entries.len()).sum();
        (1..=count).map(move |number| format!("{}.{}", kind(direction), rule_name(group, number)))
    };
    Direction::ALL.into_iter().flat_map(rules).collect()
}

fn apply(policy: &Policy, groups: &[SecurityGroup]) -> String {
    let mut out = Script::new(PLATFORM.comment);
    terraform::apply(PLATFORM.file_name, &mut out);
    if security_group::makes_some(groups) {
        terraform::asks_for("the id of the VPC", &vpc(policy), &mut out);
    }
    out.note("Show what is written.");
    for resource in groups.iter().flat_map(resources) {
        out.line(format_args!("terraform state show {resource}"));
    }
    security_group::attach(policy, &mut out);
    out.reachability(policy);
    out.into_text()
}
