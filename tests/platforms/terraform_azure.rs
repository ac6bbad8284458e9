//! Reads Terraform files of security rules, as the reference of `azurerm_network_security_rule`
//! (registry.terraform.io/providers/hashicorp/azurerm) describes its arguments. Anything else is an error.

use exchange_ports::firewall::Snippet;

use super::atom::Atoms;
use super::azure::{SecurityRule, allowed};
use super::hcl::{self, Body, Value};

/// What a snippet allows.
pub fn read(snippet: &Snippet) -> Result<Atoms, String> {
    let (variables, resources) = hcl::variables_and_resources(&snippet.rules)?;
    let rule = |(kind, name, body): (String, String, Body)| match kind.as_str() {
        "azurerm_network_security_rule" => rule(&variables, &name, body),
        _ => Err(format!("unknown resource: {kind}")),
    };
    let rules: Vec<SecurityRule> = resources.into_iter().map(rule).collect::<Result<_, _>>()?;
    allowed(&rules)
}

fn rule(variables: &[String], label: &str, mut body: Body) -> Result<SecurityRule, String> {
    let resource_group = body.word("resource_group_name")?;
    if !variables.iter().any(|name| format!("var.{name}") == resource_group) {
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
