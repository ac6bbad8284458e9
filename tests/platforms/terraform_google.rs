//! Reads Terraform files of firewall rules, as the reference of `google_compute_firewall`
//! (registry.terraform.io/providers/hashicorp/google) describes its arguments. Anything else is an error.

use exchange_ports::firewall::Snippet;

use super::atom::Atoms;
use super::google::{FirewallRule, allowed};
use super::hcl::{self, Module, Resource};

/// What a snippet allows.
pub fn read(snippet: &Snippet) -> Result<Atoms, String> {
    let mut module = hcl::terraform(&snippet.rules)?;
    let resources = std::mem::take(&mut module.resources);
    let rules = resources.into_iter().map(|resource| rule(&module, resource));
    let rules: Vec<FirewallRule> = rules.collect::<Result<_, _>>()?;
    allowed(&rules)
}

fn rule(module: &Module, resource: Resource) -> Result<FirewallRule, String> {
    let Resource {
        kind,
        name: label,
        mut body,
    } = resource;
    if kind != "google_compute_firewall" {
        return Err(format!("unknown resource: {kind}"));
    }
    let network = body.word("network")?;
    if !module.has_variable(&network) {
        return Err(format!("no variable {network}"));
    }
    for mut log in body.blocks("log_config") {
        if log.text("metadata")? != "EXCLUDE_ALL_METADATA" {
            return Err("unknown metadata".to_owned());
        }
        log.end()?;
    }
    let (allows, mut traffic) = match (only(body.blocks("allow")), only(body.blocks("deny"))) {
        (Some(traffic), None) => (true, traffic),
        (None, Some(traffic)) => (false, traffic),
        _ => return Err(format!("{label} does not either allow or deny")),
    };
    let protocol = traffic.text("protocol")?;
    let ports = if protocol == "tcp" || protocol == "udp" {
        traffic.texts("ports")?
    } else {
        Vec::new()
    };
    traffic.end()?;
    let rule = FirewallRule {
        name: body.text("name")?,
        description: body.text("description")?,
        tags: body.texts("target_tags")?,
        direction: body.text("direction")?,
        allows,
        priority: body.number("priority")?,
        protocol,
        ports,
        sources: body.texts("source_ranges")?,
        destinations: body.texts("destination_ranges")?,
    };
    body.end()?;
    if label == rule.name {
        Ok(rule)
    } else {
        Err(format!("{label} makes {}", rule.name))
    }
}

/// The one item; `None` if there are none or several.
fn only<T>(mut items: Vec<T>) -> Option<T> {
    let item = items.pop();
    item.filter(|_| items.is_empty())
}
