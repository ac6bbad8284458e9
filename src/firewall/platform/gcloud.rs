//! gcloud: a script of `gcloud compute firewall-rules create` commands.

use super::script::Script;
use super::vpc_firewall::{self, FirewallRule, Tagged};
use super::{Facts, Platform, Snippet, Standing};
use crate::firewall::policy::Policy;

/// The platform.
pub static PLATFORM: Platform = Platform {
    id: "gcloud",
    title: "Google Cloud CLI",
    group: "Clouds",
    purpose: "gcloud, VPC firewall rules",
    standing: Standing::Attached,
    drops_rest: true,
    names_zones: true,
    comment: "# ",
    file_name: "exchange-gcloud.sh",
};

/// What is known of it.
pub static FACTS: Facts = Facts {
    reference: "gcloud compute firewall-rules create, Google Cloud CLI; VPC firewall rules",
    limits: "Names and tags in lower case, 63 letters. ICMP has no kinds.",
    twice: "Running it twice changes nothing: a name that exists is refused.",
};

/// Writes a policy down.
pub fn write(policy: &Policy) -> Snippet {
    let tagged = vpc_firewall::tagged(policy);
    let mut rules = Script::new(PLATFORM.comment);
    vpc_firewall::header(policy, &PLATFORM, &tagged, &mut rules);
    rules.note("The rules are for the network default: replace --network=default by yours.");
    for tagged in &tagged {
        vpc_firewall::section(tagged, &mut rules);
        let mut before = None;
        for rule in &tagged.rules {
            vpc_firewall::explain(before, rule, &mut rules);
            rules.line(command(policy, tagged, rule));
            before = Some(rule);
        }
    }
    vpc_firewall::unwritten(policy, &mut rules);
    Snippet {
        rules: rules.into_text(),
        apply: apply(policy, &tagged),
        undo: undo(&tagged),
        remarks: Vec::new(),
    }
}

fn command(policy: &Policy, tagged: &Tagged, rule: &FirewallRule) -> String {
    let action = if rule.allows() { "ALLOW" } else { "DENY" };
    let (direction, priority) = (rule.direction(), rule.priority);
    let mut lines = vec![
        format!("gcloud compute firewall-rules create {}", rule.name),
        format!("--network=default --target-tags={}", tagged.tag),
        format!("--direction={direction} --action={action} --priority={priority} --rules={}", protocols(rule)),
        format!("--source-ranges={}", rule.sources.join(",")),
        format!("--destination-ranges={}", rule.destinations.join(",")),
        format!("--description='{}'", rule.description),
    ];
    if policy.options.log {
        lines.push("--enable-logging".to_owned());
    }
    lines.join(" \\\n  ")
}

/// The protocol with each of its ports, such as `tcp:25,tcp:443`.
fn protocols(rule: &FirewallRule) -> String {
    if rule.ports.is_empty() {
        return rule.protocol.to_owned();
    }
    let ports: Vec<String> = rule.ports.iter().map(|port| format!("{}:{port}", rule.protocol)).collect();
    ports.join(",")
}

fn apply(policy: &Policy, tagged: &[Tagged]) -> String {
    let file = PLATFORM.file_name;
    let mut out = Script::new(PLATFORM.comment);
    out.note("After gcloud auth login and gcloud config set project. Running it twice changes nothing: a name that");
    out.note("exists is refused. After a change of the selection, undo what was written before.");
    out.line(format_args!("sh {file}"));
    vpc_firewall::verify(policy, tagged, &mut out);
    out.into_text()
}

fn undo(tagged: &[Tagged]) -> String {
    let mut out = Script::new(PLATFORM.comment);
    let names: Vec<&str> = tagged.iter().flat_map(|tagged| &tagged.rules).map(|rule| rule.name.as_str()).collect();
    if names.is_empty() {
        out.note("No rule is written, so there is nothing to undo.");
    }
    for name in names {
        out.line(format_args!("gcloud compute firewall-rules delete {name} --quiet"));
    }
    out.into_text()
}
