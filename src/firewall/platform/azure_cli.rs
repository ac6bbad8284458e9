//! Azure CLI: a script of `az network nsg rule create` commands.
//!
//! Each command stands in one line and uses no variable, so that Bash and PowerShell read it alike.

use super::network_security_group::{self, SecurityGroup, SecurityRule};
use super::script::Script;
use super::{Facts, Platform, Snippet, Standing};
use crate::firewall::policy::Policy;

/// The platform.
pub static PLATFORM: Platform = Platform {
    id: "azure-cli",
    title: "Azure CLI",
    group: "Clouds",
    purpose: "network security groups",
    standing: Standing::Attached,
    drops_rest: true,
    names_zones: true,
    comment: "# ",
    file_name: "exchange-azure.sh",
};

/// What is known of it.
pub static FACTS: Facts = Facts {
    reference: "az network nsg rule, Azure CLI 2.50 and later; Azure network security groups overview",
    limits: "1000 rules and 4000 addresses in a group: the header says if there are more. ICMP has no kinds, rules have \
             no log.",
    twice: "Running it twice is safe: a rule of the same name is replaced.",
};

/// Writes a policy down.
pub fn write(policy: &Policy) -> Snippet {
    let groups = network_security_group::groups(policy);
    let mut rules = Script::new(PLATFORM.comment);
    network_security_group::header(policy, &PLATFORM, &groups, &mut rules);
    for group in &groups {
        network_security_group::section(group, &mut rules);
        let mut before = None;
        for rule in &group.rules {
            network_security_group::explain(before, rule, &mut rules);
            rules.line(command(group, rule));
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

fn command(group: &SecurityGroup, rule: &SecurityRule) -> String {
    let words = [
        "az network nsg rule create".to_owned(),
        format!("--nsg-name {} --name {}", group.name, rule.name),
        format!("--priority {} --direction {}", rule.priority, rule.direction()),
        format!("--access {} --protocol {}", rule.access, quote(rule.protocol)),
        format!("--source-address-prefixes {} --source-port-ranges '*'", list(&rule.sources)),
        format!("--destination-address-prefixes {}", list(&rule.destinations)),
        format!("--destination-port-ranges {}", list(&rule.ports)),
        format!("--description '{}' --output none", rule.description),
    ];
    words.join(" ")
}

fn list(values: &[String]) -> String {
    let values: Vec<String> = values.iter().map(|value| quote(value)).collect();
    values.join(" ")
}

/// A value as shells take it: a star by itself would be the files of the folder.
fn quote(value: &str) -> String {
    if value == network_security_group::ANY {
        format!("'{value}'")
    } else {
        value.to_owned()
    }
}

fn apply(policy: &Policy, groups: &[SecurityGroup]) -> String {
    let file = PLATFORM.file_name;
    let mut out = Script::new(PLATFORM.comment);
    out.note("After az login. Running it twice is safe: a rule of the same name is replaced.");
    out.note("After a change of the selection, undo what was written before.");
    network_security_group::before(groups, &mut out);
    out.note("In PowerShell, paste the commands of the file.");
    out.line(format_args!("sh {file}"));
    network_security_group::verify(policy, groups, &mut out);
    out.into_text()
}
