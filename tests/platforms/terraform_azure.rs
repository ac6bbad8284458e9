//! Reads Terraform files of security rules, as the reference of `azurerm_network_security_rule`
//! (registry.terraform.io/providers/hashicorp/azurerm) describes its arguments. Anything else is an error.

use exchange_ports::firewall::Snippet;

use super::atom::Atoms;
use super::azure::{SecurityRule, allowed};
use super::hcl::{self, Body, Module, Resource, Value};

/// What a snippet allows.
pub fn read(snippet: &Snippet) -> Result<Atoms, String> {
    let mut module = hcl::terraform(&snippet.rules)?;
    let resources = std::mem::take(&mut module.resources);
    let rules = resources.into_iter().map(|resource| rule(&module, resource));
    let rules: Vec<SecurityRule> = rules.collect::<Result<_, _>>()?;
    allowed(&rules)
}

fn rule(module: &Module, resource: Resource) -> Result<SecurityRule, String> {
    let Resource {
        kind,
        name: label,
        mut body,
    } = resource;
    if kind != "azurerm_network_security_rule" {
        return Err(format!("unknown resource: {kind}"));
    }
    let resource_group = body.word("resource_group_name")?;
    if !module.has_variable(&resource_group) {
        return Err(format!("no variable {resource_group}"));
    }
    let rule = SecurityRule {
        group: body.text("network_security_group_name")?,
        name: body.text("name")?,
        description: body.text("description")?,
        priority: body.number("priority")?,
        direction: body.text("direction")?,
        access: body.text("access")?,
        protocol: body.text("protocol")?,
        sources: values(&mut body, "source_address_prefix", "source_address_prefixes")?,
        source_ports: values(&mut body, "source_port_range", "source_port_ranges")?,
        destinations: values(&mut body, "destination_address_prefix", "destination_address_prefixes")?,
        ports: values(&mut body, "destination_port_range", "destination_port_ranges")?,
    };
    body.end()?;
    if label == rule.name {
        Ok(rule)
    } else {
        Err(format!("{label} makes {}", rule.name))
    }
}

/// The value of one argument, or the values of its plural: never both. A list takes no star.
fn values(body: &mut Body, one: &str, many: &str) -> Result<Vec<String>, String> {
    match (body.take(one), body.take(many)) {
        (Some(Value::Text(value)), None) => Ok(vec![value]),
        (None, Some(Value::List(items))) => items
            .into_iter()
            .map(|item| match item {
                Value::Text(text) if text != "*" => Ok(text),
                other => Err(format!("no value of {many}: {other:?}")),
            })
            .collect(),
        other => Err(format!("{one} or {many}: {other:?}")),
    }
}
