//! Bicep: the rules of network security groups as resources of a deployment.
//!
//! Azure changes a group by one rule at a time and refuses others meanwhile, so each rule waits for the one before it.

use super::network_security_group::{self, ANY, SecurityGroup, SecurityRule};
use super::script::Script;
use super::{Facts, Platform, Snippet, Standing};
use crate::firewall::policy::Policy;

/// The platform.
pub static PLATFORM: Platform = Platform {
    id: "azure-bicep",
    title: "Azure Bicep",
    group: "Clouds",
    purpose: "network security groups",
    standing: Standing::Attached,
    drops_rest: true,
    names_zones: true,
    comment: "// ",
    file_name: "exchange.bicep",
};

/// What is known of it.
pub static FACTS: Facts = Facts {
    reference: "Microsoft.Network/networkSecurityGroups/securityRules, API version 2024-05-01",
    limits: "1000 rules and 4000 addresses in a group: the header says if there are more. ICMP has no kinds, rules have \
             no log. A deployment removes no rule: undo does.",
    twice: "Deploying it twice is safe: a rule of the same name is replaced.",
};

/// The type of the groups; that of their rules begins with it.
const GROUP: &str = "Microsoft.Network/networkSecurityGroups";

const VERSION: &str = "2024-05-01";

/// Writes a policy down.
pub fn write(policy: &Policy) -> Snippet {
    let groups = network_security_group::groups(policy);
    let mut rules = Script::new(PLATFORM.comment);
    network_security_group::header(policy, &PLATFORM, &groups, &mut rules);
    for group in &groups {
        network_security_group::section(group, &mut rules);
        let parent = symbol(&format!("group-{}", group.slug()));
        rules.block(
            format_args!("resource {parent} '{GROUP}@{VERSION}' existing = {{"),
            "}",
            |out| out.line(format_args!("name: '{}'", group.name)),
        );
        let mut before = None;
        for rule in &group.rules {
            rules.line("");
            network_security_group::explain(before, rule, &mut rules);
            resource(&parent, before, rule, &mut rules);
            before = Some(rule);
        }
    }
    network_security_group::unwritten(policy, &mut rules);
    Snippet {
        rules: rules.into_text(),
        apply: apply(policy, &groups),
        undo: network_security_group::undo(&groups),
        remarks: Vec::new(),
    }
}

/// A name as Bicep takes it. No name of ours has an underscore, so different ones stay different.
fn symbol(name: &str) -> String {
    name.replace('-', "_")
}

fn resource(parent: &str, before: Option<&SecurityRule>, rule: &SecurityRule, out: &mut Script) {
    let first = format!("resource {} '{GROUP}/securityRules@{VERSION}' = {{", symbol(&rule.name));
    out.block(first, "}", |out| {
        out.line(format_args!("parent: {parent}"));
        out.line(format_args!("name: '{}'", rule.name));
        out.block("properties: {", "}", |out| properties(rule, out));
        if let Some(before) = before {
            out.block("dependsOn: [", "]", |out| out.line(symbol(&before.name)));
        }
    });
}

fn properties(rule: &SecurityRule, out: &mut Script) {
    out.line(format_args!("description: '{}'", rule.description));
    out.line(format_args!("priority: {}", rule.priority));
    out.line(format_args!("direction: '{}'", rule.direction()));
    out.line(format_args!("access: '{}'", rule.access));
    out.line(format_args!("protocol: '{}'", rule.protocol));
    one_or_many("sourceAddressPrefix", "sourceAddressPrefixes", &rule.sources, out);
    out.line(format_args!("sourcePortRange: '{ANY}'"));
    one_or_many("destinationAddressPrefix", "destinationAddressPrefixes", &rule.destinations, out);
    one_or_many("destinationPortRange", "destinationPortRanges", &rule.ports, out);
}

/// A property under its name for one value, or that for several: a rule has either. The star is no value of a list.
fn one_or_many(one: &str, many: &str, values: &[String], out: &mut Script) {
    match values {
        [value] => out.line(format_args!("{one}: '{value}'")),
        _ => out.block(format_args!("{many}: ["), "]", |out| {
            for value in values {
                out.line(format_args!("'{value}'"));
            }
        }),
    }
}

fn apply(policy: &Policy, groups: &[SecurityGroup]) -> String {
    let file = PLATFORM.file_name;
    // The comments of shells, not those of Bicep.
    let mut out = Script::new("# ");
    out.note("After az login. Deploying it twice is safe: a rule of the same name is replaced.");
    out.note("After a change of the selection, undo what was written before: a deployment removes no rule.");
    network_security_group::before(groups, &mut out);
    out.note("Check it, see what would change, then deploy it.");
    out.line(format_args!("az bicep build --file {file} --stdout"));
    out.line(format_args!("az deployment group what-if --template-file {file}"));
    out.line(format_args!("az deployment group create --template-file {file} --output none"));
    network_security_group::verify(policy, groups, &mut out);
    out.into_text()
}
