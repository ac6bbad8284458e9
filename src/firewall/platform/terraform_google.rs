//! Terraform for Google Cloud: firewall rules as resources of the provider google.

use super::hcl::{self, Value};
use super::script::Script;
use super::terraform;
use super::vpc_firewall::{self, FirewallRule, Tagged};
use super::{Facts, Platform, Snippet, Standing};
use crate::firewall::policy::Policy;

/// The platform.
pub static PLATFORM: Platform = Platform {
    id: "terraform-google",
    title: "Terraform, Google Cloud",
    group: "Clouds",
    purpose: "VPC firewall rules",
    standing: Standing::Attached,
    drops_rest: true,
    names_zones: true,
    comment: "# ",
    file_name: "exchange.tf",
};

/// What is known of it.
pub static FACTS: Facts = Facts {
    reference: "google_compute_firewall, provider google 4.49 and later, which takes both ends of a rule",
    limits: "Names and tags in lower case, 63 letters. ICMP has no kinds.",
    twice: "Applying it twice changes nothing.",
};

const RESOURCE: &str = "google_compute_firewall";

/// Writes a policy down.
pub fn write(policy: &Policy) -> Snippet {
    let tagged = vpc_firewall::tagged(policy);
    let mut rules = Script::new(PLATFORM.comment);
    vpc_firewall::header(policy, &PLATFORM, &tagged, &mut rules);
    if !tagged.is_empty() {
        rules.line("");
        terraform::variable(&network(policy), "The network of the machines", &mut rules);
    }
    for tagged in &tagged {
        vpc_firewall::section(tagged, &mut rules);
        let mut before = None;
        for (index, rule) in tagged.rules.iter().enumerate() {
            if index > 0 {
                rules.line("");
            }
            vpc_firewall::explain(before, rule, &mut rules);
            resource(policy, tagged, rule, &mut rules);
            before = Some(rule);
        }
    }
    vpc_firewall::unwritten(policy, &mut rules);
    let resources = tagged.iter().flat_map(|tagged| &tagged.rules);
    let resources: Vec<String> = resources.map(|rule| format!("{RESOURCE}.{}", rule.name)).collect();
    Snippet {
        rules: rules.into_text(),
        apply: apply(policy, &tagged),
        undo: terraform::undo(&resources, PLATFORM.file_name),
        remarks: Vec::new(),
    }
}

fn network(policy: &Policy) -> String {
    terraform::variable_name(policy, "network")
}

fn resource(policy: &Policy, tagged: &Tagged, rule: &FirewallRule, out: &mut Script) {
    let arguments = [
        ("name", Value::text(&rule.name)),
        ("description", Value::text(&rule.description)),
        ("network", Value::word(format_args!("var.{}", network(policy)))),
        ("target_tags", Value::texts([&tagged.tag])),
        ("direction", Value::text(rule.direction())),
        ("priority", Value::word(rule.priority)),
        ("source_ranges", Value::texts(&rule.sources)),
        ("destination_ranges", Value::texts(&rule.destinations)),
    ];
    hcl::block("resource", &[RESOURCE, &rule.name], out, |out| {
        hcl::arguments(&arguments, out);
        out.line("");
        traffic(rule, out);
        if policy.options.log {
            out.line("");
            let metadata = [("metadata", Value::text("EXCLUDE_ALL_METADATA"))];
            hcl::block("log_config", &[], out, |out| hcl::arguments(&metadata, out));
        }
    });
}

fn traffic(rule: &FirewallRule, out: &mut Script) {
    let action = if rule.allows() { "allow" } else { "deny" };
    let mut arguments = vec![("protocol", Value::text(rule.protocol))];
    if !rule.ports.is_empty() {
        arguments.push(("ports", Value::texts(&rule.ports)));
    }
    hcl::block(action, &[], out, |out| hcl::arguments(&arguments, out));
}

fn apply(policy: &Policy, tagged: &[Tagged]) -> String {
    let mut out = Script::new(PLATFORM.comment);
    terraform::apply(PLATFORM.file_name, &mut out);
    if !tagged.is_empty() {
        terraform::asks_for("the network", &network(policy), &mut out);
    }
    vpc_firewall::verify(policy, tagged, &mut out);
    out.into_text()
}
