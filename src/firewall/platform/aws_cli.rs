//! AWS CLI: a shell script of `aws ec2` commands that makes security groups and fills them.

use super::script::Script;
use super::security_group::{self, Entry, KnownAs, Section, SecurityGroup};
use super::{Facts, Platform, Snippet, Standing};
use crate::firewall::address::Family;
use crate::firewall::policy::Policy;

/// The platform.
pub static PLATFORM: Platform = Platform {
    id: "aws-cli",
    title: "AWS CLI",
    group: "Clouds",
    purpose: "security groups by commands",
    standing: Standing::Attached,
    drops_rest: true,
    names_zones: true,
    comment: "# ",
    file_name: "exchange-aws.sh",
};

/// What is known of it.
pub static FACTS: Facts = Facts {
    reference: "AWS CLI Command Reference, ec2, versions 1 and 2",
    limits: "A group holds 60 rules for each direction and family: what is more is a further group.",
    twice: "A second time it stops at the first thing that is there and changes nothing.",
};

/// Writes a policy down.
pub fn write(policy: &Policy) -> Snippet {
    let groups = security_group::security_groups(policy);
    let mut rules = Script::new(PLATFORM.comment);
    security_group::header(policy, &PLATFORM, &groups, &mut rules);
    begin(&groups, &mut rules);
    for group in &groups {
        write_group(group, policy, &mut rules);
    }
    rules.unwritten(policy);
    Snippet {
        rules: rules.into_text(),
        apply: apply(policy, &groups),
        undo: undo(policy, &groups),
        remarks: Vec::new(),
    }
}

/// It stops at the first command that fails, and before the first one if the network is not known.
fn begin(groups: &[SecurityGroup], out: &mut Script) {
    out.line("set -eu");
    out.line("export AWS_PAGER=");
    if security_group::makes_some(groups) {
        out.line(": \"${VPC:?is the id of the VPC, such as vpc-0123456789abcdef0}\"");
    }
}

fn write_group(group: &SecurityGroup, policy: &Policy, out: &mut Script) {
    out.note(group.attachment());
    match &group.known_as {
        KnownAs::Name(name) => make(name, group, policy, out),
        KnownAs::Id(id) => out.line(format_args!("group='{id}'")),
    }
    let mut before = None;
    for section in &group.sections {
        security_group::explain(before, section, out);
        if !section.entries.is_empty() {
            change("authorize", section, Some(&section.rule.name), out);
        }
        before = Some(section.rule);
    }
}

/// A new group lets everything out: that rule goes first.
fn make(name: &str, group: &SecurityGroup, policy: &Policy, out: &mut Script) {
    let tag = format!("Tags=[{{Key=exchange-ports,Value={}}}]", policy.options.prefix);
    out.line("group=$(aws ec2 create-security-group --vpc-id \"$VPC\" \\");
    out.line(format_args!("  --group-name '{name}' --description 'exchange-ports: {}' \\", group.place.slug()));
    out.line(format_args!("  --tag-specifications 'ResourceType=security-group,{tag}' \\"));
    out.line("  --query GroupId --output text)");
    out.line("default=$(aws ec2 describe-security-group-rules --filters \"Name=group-id,Values=$group\" \\");
    out.line("  --query 'SecurityGroupRules[].SecurityGroupRuleId' --output text)");
    out.line("aws ec2 revoke-security-group-egress --group-id \"$group\" --security-group-rule-ids $default");
}

/// Adds or removes the entries of a section.
fn change(verb: &str, section: &Section, description: Option<&str>, out: &mut Script) {
    let direction = section.direction;
    let first = format!("aws ec2 {verb}-security-group-{direction} --group-id \"$group\" --ip-permissions '[");
    out.block(first, "]'", |out| {
        for (index, entry) in section.entries.iter().enumerate() {
            let comma = if index + 1 < section.entries.len() { "," } else { "" };
            out.line(format_args!("{}{comma}", permission(entry, description)));
        }
    });
}

/// An entry as JSON. Nothing in it needs an escape, and nothing is a quote of the shell.
fn permission(entry: &Entry, description: Option<&str>) -> String {
    let protocol = entry.protocol;
    let ports = entry.ports.map_or_else(String::new, |(first, last)| format!("\"FromPort\":{first},\"ToPort\":{last},"));
    let (ranges, key) = match entry.network.family() {
        Family::V4 => ("IpRanges", "CidrIp"),
        Family::V6 => ("Ipv6Ranges", "CidrIpv6"),
    };
    let cidr = entry.cidr();
    let description = description.map_or_else(String::new, |text| format!(",\"Description\":\"{text}\""));
    format!("{{\"IpProtocol\":\"{protocol}\",{ports}\"{ranges}\":[{{\"{key}\":\"{cidr}\"{description}}}]}}")
}

fn apply(policy: &Policy, groups: &[SecurityGroup]) -> String {
    let mut out = Script::new(PLATFORM.comment);
    out.note(format_args!("{} Undo it before you run a changed text.", FACTS.twice));
    if security_group::makes_some(groups) {
        out.note("Set VPC to the id of the network of the machines: export VPC=vpc-...");
    }
    out.line(format_args!("sh {}", PLATFORM.file_name));
    for group in groups {
        out.note(format_args!("Show {}.", group.attachment()));
        find(group, policy, &mut out);
        out.line("aws ec2 describe-security-group-rules --filters \"Name=group-id,Values=$group\" --output table");
    }
    security_group::attach(policy, &mut out);
    out.reachability(policy);
    out.into_text()
}

fn undo(policy: &Policy, groups: &[SecurityGroup]) -> String {
    let mut out = Script::new(PLATFORM.comment);
    if groups.is_empty() {
        out.note("No rule is written, so there is nothing to undo.");
    }
    if security_group::makes_some(groups) {
        out.note("Set VPC as before. AWS deletes no group that is attached: take it off its machines first.");
    }
    for group in groups {
        find(group, policy, &mut out);
        match group.known_as {
            KnownAs::Name(_) => out.line("aws ec2 delete-security-group --group-id \"$group\""),
            KnownAs::Id(_) => {
                for section in group.sections.iter().filter(|section| !section.entries.is_empty()) {
                    change("revoke", section, None, &mut out);
                }
            }
        }
    }
    out.into_text()
}

/// Sets `group` to the id. A group that was made is found by its name and mark, so that no other is.
fn find(group: &SecurityGroup, policy: &Policy, out: &mut Script) {
    match &group.known_as {
        KnownAs::Id(id) => out.line(format_args!("group='{id}'")),
        KnownAs::Name(name) => {
            let prefix = &policy.options.prefix;
            out.line("group=$(aws ec2 describe-security-groups --filters \"Name=vpc-id,Values=$VPC\" \\");
            out.line(format_args!("  'Name=group-name,Values={name}' 'Name=tag:exchange-ports,Values={prefix}' \\"));
            out.line("  --query 'SecurityGroups[].GroupId' --output text)");
        }
    }
}
