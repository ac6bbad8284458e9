//! AWS `CloudFormation`: a template in YAML with security groups.
//!
//! The rules of a group that is made stand in it; those of a group that is there are resources of their own. Every text
//! is in double quotes, as in JSON: YAML takes no word in them for anything else.

use super::script::Script;
use super::security_group::{self, Direction, Entry, KnownAs, Section, SecurityGroup};
use super::{Facts, Platform, Snippet, Standing};
use crate::firewall::address::Family;
use crate::firewall::policy::Policy;

/// The platform.
pub static PLATFORM: Platform = Platform {
    id: "aws-cloudformation",
    title: "AWS CloudFormation",
    group: "Clouds",
    purpose: "security groups as a template",
    standing: Standing::Attached,
    drops_rest: true,
    names_zones: true,
    comment: "# ",
    file_name: "exchange-aws.yaml",
};

/// What is known of it.
pub static FACTS: Facts = Facts {
    reference: "CloudFormation Template Reference, AWS::EC2::SecurityGroup",
    limits: "A group holds 60 rules for each direction and family: what is more is a further group. A template of more \
             than 51,200 bytes goes by way of a bucket, and a stack holds 500 resources.",
    twice: "Deploying it twice is safe: the stack becomes what the file says.",
};

/// The most bytes of a template that is sent as it is.
const LONGEST_TEMPLATE: usize = 51_200;

/// The most resources of a stack.
const MOST_RESOURCES: usize = 500;

/// Writes a policy down.
pub fn write(policy: &Policy) -> Snippet {
    let groups = security_group::security_groups(policy);
    let mut rules = Script::new(PLATFORM.comment);
    security_group::header(policy, &PLATFORM, &groups, &mut rules);
    warn_of_many(&groups, &mut rules);
    rules.line("AWSTemplateFormatVersion: \"2010-09-09\"");
    if security_group::makes_some(&groups) {
        rules.section("Parameters:", |out| {
            out.section("Vpc:", |out| {
                out.line("Type: \"AWS::EC2::VPC::Id\"");
                out.line("Description: \"The network of the machines\"");
            });
        });
    }
    rules.section("Resources:", |out| resources(&groups, out));
    rules.unwritten(policy);
    let rules = rules.into_text();
    Snippet {
        apply: apply(policy, &groups, rules.len()),
        undo: undo(policy),
        rules,
        remarks: Vec::new(),
    }
}

fn warn_of_many(groups: &[SecurityGroup], out: &mut Script) {
    let resources = groups.iter().map(|group| match group.known_as {
        KnownAs::Name(_) => 1,
        KnownAs::Id(_) => group.sections.iter().map(|section| section.entries.len()).sum(),
    });
    let count: usize = resources.sum();
    if count > MOST_RESOURCES {
        out.note(format_args!(
            "warning: these are {count} resources, a stack holds {MOST_RESOURCES}: choose fewer flows or larger networks"
        ));
    }
}

fn resources(groups: &[SecurityGroup], out: &mut Script) {
    if groups.is_empty() {
        out.note("No rule is written, but a template must hold something.");
        out.section("Nothing:", |out| out.line("Type: \"AWS::CloudFormation::WaitConditionHandle\""));
    }
    for group in groups {
        out.note(group.attachment());
        match &group.known_as {
            KnownAs::Name(name) => make(name, group, out),
            KnownAs::Id(id) => fill(id, group, out),
        }
    }
}

fn make(name: &str, group: &SecurityGroup, out: &mut Script) {
    out.section(format_args!("{}:", logical_id(group)), |out| {
        out.line("Type: \"AWS::EC2::SecurityGroup\"");
        out.section("Properties:", |out| {
            out.line(format_args!("GroupName: \"{name}\""));
            out.line(format_args!("GroupDescription: \"exchange-ports: {}\"", group.place.slug()));
            out.line("VpcId: !Ref Vpc");
            for direction in Direction::ALL {
                list(direction, group, out);
            }
        });
    });
}

/// The rules of a direction. A group without rules for what it lets out lets out everything.
fn list(direction: Direction, group: &SecurityGroup, out: &mut Script) {
    let sections: Vec<&Section> = group.sections(direction).collect();
    match (direction, &sections[..]) {
        (Direction::Ingress, []) => {}
        (Direction::Egress, []) => out.section("SecurityGroupEgress:", |out| {
            out.note("without any, everything is let out; this is nothing");
            out.section("- IpProtocol: \"icmp\"", |out| {
                out.line("FromPort: 252");
                out.line("ToPort: 86");
                out.line("CidrIp: \"255.255.255.255/32\"");
            });
        }),
        _ => out.section(format_args!("SecurityGroup{}:", title(direction)), |out| {
            let mut before = None;
            for section in sections {
                security_group::explain(before, section, out);
                for entry in &section.entries {
                    out.section(format_args!("- IpProtocol: \"{}\"", entry.protocol), |out| {
                        properties(entry, section, out);
                    });
                }
                before = Some(section.rule);
            }
        }),
    }
}

/// The rules of a group that is there, each a resource.
fn fill(id: &str, group: &SecurityGroup, out: &mut Script) {
    for direction in Direction::ALL {
        let (mut before, mut number) = (None, 0);
        for section in group.sections(direction) {
            security_group::explain(before, section, out);
            for entry in &section.entries {
                number += 1;
                let direction = title(direction);
                out.section(format_args!("{}{direction}{number}:", logical_id(group)), |out| {
                    out.line(format_args!("Type: \"AWS::EC2::SecurityGroup{direction}\""));
                    out.section("Properties:", |out| {
                        out.line(format_args!("GroupId: \"{id}\""));
                        out.line(format_args!("IpProtocol: \"{}\"", entry.protocol));
                        properties(entry, section, out);
                    });
                });
            }
            before = Some(section.rule);
        }
    }
}

/// All of an entry but its protocol.
fn properties(entry: &Entry, section: &Section, out: &mut Script) {
    if let Some((first, last)) = entry.ports {
        out.line(format_args!("FromPort: {first}"));
        out.line(format_args!("ToPort: {last}"));
    }
    let key = match entry.network.family() {
        Family::V4 => "CidrIp",
        Family::V6 => "CidrIpv6",
    };
    out.line(format_args!("{key}: \"{}\"", entry.cidr()));
    out.line(format_args!("Description: \"{}\"", section.rule.name));
}

fn title(direction: Direction) -> &'static str {
    match direction {
        Direction::Ingress => "Ingress",
        Direction::Egress => "Egress",
    }
}

/// The key without dashes, which a name in a template cannot hold: `ExchangeServerLan2`.
fn logical_id(group: &SecurityGroup) -> String {
    let words = group.key.split('-').filter(|word| !word.is_empty());
    words.map(|word| word[..1].to_ascii_uppercase() + &word[1..]).collect()
}

fn apply(policy: &Policy, groups: &[SecurityGroup], bytes: usize) -> String {
    let (stack, file) = (&policy.options.prefix, PLATFORM.file_name);
    let makes_some = security_group::makes_some(groups);
    let mut out = Script::new(PLATFORM.comment);
    out.note(FACTS.twice);
    if makes_some {
        out.note("Set VPC to the id of the network of the machines: export VPC=vpc-...");
    }
    if bytes > LONGEST_TEMPLATE {
        out.note(format_args!("Over {LONGEST_TEMPLATE} bytes it goes by way of a bucket of yours: export BUCKET=..."));
    }
    let bucket = if bytes > LONGEST_TEMPLATE { " --s3-bucket \"$BUCKET\"" } else { "" };
    let network = if makes_some { " --parameter-overrides \"Vpc=$VPC\"" } else { "" };
    out.line(format_args!("aws cloudformation deploy --stack-name {stack} --template-file {file}{bucket}{network}"));
    out.note("Show what the stack holds.");
    let shown = "StackResources[].[LogicalResourceId,PhysicalResourceId,ResourceStatus]";
    out.line(format_args!(
        "aws cloudformation describe-stack-resources --stack-name {stack} --query '{shown}' --output table"
    ));
    security_group::attach(policy, &mut out);
    out.reachability(policy);
    out.into_text()
}

fn undo(policy: &Policy) -> String {
    let stack = &policy.options.prefix;
    let mut out = Script::new(PLATFORM.comment);
    out.note("AWS deletes no group that is attached: take the groups off their machines first.");
    out.line(format_args!("aws cloudformation delete-stack --stack-name {stack}"));
    out.line(format_args!("aws cloudformation wait stack-delete-complete --stack-name {stack}"));
    out.into_text()
}
