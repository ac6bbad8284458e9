//! Terraform for Azure: the rules of network security groups as resources of the provider azurerm.

use super::hcl::{self, Value};
use super::network_security_group::{self, ANY, SecurityGroup, SecurityRule};
use super::script::Script;
use super::terraform;
use super::{Facts, Platform, Snippet, Standing};
use crate::firewall::policy::Policy;

/// The platform.
pub static PLATFORM: Platform = Platform {
    id: "terraform-azure",
    title: "Terraform, Azure",
    group: "Clouds",
    purpose: "network security groups",
    standing: Standing::Attached,
    drops_rest: true,
    names_zones: true,
    comment: "# ",
    file_name: "exchange.tf",
};

/// What is known of it.
pub static FACTS: Facts = Facts {
    reference: "azurerm_network_security_rule, provider azurerm 3.0 and later",
    limits: "1000 rules and 4000 addresses in a group: the header says if there are more. ICMP has no kinds, rules have \
             no log. A group must have no security_rule blocks of its own.",
    twice: "Applying it twice changes nothing.",
};

const RESOURCE: &str = "azurerm_network_security_rule";

/// Writes a policy down.
pub fn write(policy: &Policy) -> Snippet {
    let groups = network_security_group::groups(policy);
    let mut rules = Script::new(PLATFORM.comment);
    network_security_group::header(policy, &PLATFORM, &groups, &mut rules);
    rules.note("The groups must have no security_rule blocks of their own: these and resources undo each other.");
    if !groups.is_empty() {
        rules.line("");
        let about = "The resource group of the network security groups";
        terraform::variable(&resource_group(policy), about, &mut rules);
    }
    for group in &groups {
        network_security_group::section(group, &mut rules);
        let mut before = None;
        for (index, rule) in group.rules.iter().enumerate() {
            if index > 0 {
                rules.line("");
            }
            network_security_group::explain(before, rule, &mut rules);
            resource(policy, group, rule, &mut rules);
            before = Some(rule);
        }
    }
    network_security_group::unwritten(policy, &mut rules);
    let resources: Vec<String> = groups.iter().flat_map(|group| &group.rules).map(address).collect();
    Snippet {
        rules: rules.into_text(),
        apply: apply(policy, &groups),
        undo: terraform::undo(&resources, PLATFORM.file_name),
        remarks: Vec::new(),
    }
}

fn resource_group(policy: &Policy) -> String {
    terraform::variable_name(policy, "resource_group")
}

fn address(rule: &SecurityRule) -> String {
    format!("{RESOURCE}.{}", rule.name)
}

fn resource(policy: &Policy, group: &SecurityGroup, rule: &SecurityRule, out: &mut Script) {
    let arguments = [
        ("name", Value::text(&rule.name)),
        ("description", Value::text(&rule.description)),
        ("resource_group_name", Value::word(format_args!("var.{}", resource_group(policy)))),
        ("network_security_group_name", Value::text(&group.name)),
        ("priority", Value::word(rule.priority)),
        ("direction", Value::text(rule.direction())),
        ("access", Value::text(rule.access)),
        ("protocol", Value::text(rule.protocol)),
        one_or_many("source_address_prefix", "source_address_prefixes", &rule.sources),
        ("source_port_range", Value::text(ANY)),
        one_or_many("destination_address_prefix", "destination_address_prefixes", &rule.destinations),
        one_or_many("destination_port_range", "destination_port_ranges", &rule.ports),
    ];
    hcl::block("resource", &[RESOURCE, &rule.name], out, |out| hcl::arguments(&arguments, out));
}

/// An argument under its name for one value, or that for several: a rule has either. The star is no value of a list.
fn one_or_many(one: &'static str, many: &'static str, values: &[String]) -> (&'static str, Value) {
    match values {
        [value] => (one, Value::text(value)),
        _ => (many, Value::texts(values)),
    }
}

fn apply(policy: &Policy, groups: &[SecurityGroup]) -> String {
    let mut out = Script::new(PLATFORM.comment);
    network_security_group::before(groups, &mut out);
    terraform::apply(PLATFORM.file_name, &mut out);
    if !groups.is_empty() {
        terraform::asks_for("the resource group", &resource_group(policy), &mut out);
    }
    network_security_group::verify(policy, groups, &mut out);
    out.into_text()
}
