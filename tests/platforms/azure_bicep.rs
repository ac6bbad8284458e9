//! Reads Bicep files of security rules, as the reference of `Microsoft.Network/networkSecurityGroups/securityRules`
//! (learn.microsoft.com/azure/templates) describes their properties: each rule is the child of a group that exists, and
//! waits for the rule before it. Anything else is an error.

use std::collections::BTreeMap;

use exchange_ports::firewall::Snippet;

use super::atom::Atoms;
use super::azure::{SecurityRule, allowed};
use super::bicep::{self, Object, Value};

const GROUP: &str = "Microsoft.Network/networkSecurityGroups@2024-05-01";

const RULE: &str = "Microsoft.Network/networkSecurityGroups/securityRules@2024-05-01";

/// What a snippet allows.
pub fn read(snippet: &Snippet) -> Result<Atoms, String> {
    let mut groups = BTreeMap::new();
    let mut rules = Vec::new();
    let mut last: BTreeMap<String, String> = BTreeMap::new();
    for mut resource in bicep::read(&snippet.rules)? {
        match (resource.kind.as_str(), resource.is_existing) {
            (GROUP, true) => {
                let name = resource.body.text("name")?;
                resource.body.end()?;
                if groups.insert(resource.symbol.clone(), name).is_some() {
                    return Err(format!("{} is declared twice", resource.symbol));
                }
            }
            (RULE, false) => {
                let parent = resource.body.symbol("parent")?;
                let group = groups.get(&parent).ok_or_else(|| format!("no group {parent}"))?;
                let waits = last.insert(parent.clone(), resource.symbol.clone());
                if waited_for(&mut resource.body)? != waits {
                    return Err(format!("{} does not wait for {waits:?}", resource.symbol));
                }
                rules.push(rule(group, resource.body)?);
            }
            (kind, _) => return Err(format!("unknown resource: {kind}")),
        }
    }
    allowed(&rules)
}

fn waited_for(body: &mut Object) -> Result<Option<String>, String> {
    match body.take("dependsOn") {
        None => Ok(None),
        Some(Value::Array(items)) => match &items[..] {
            [Value::Symbol(symbol)] => Ok(Some(symbol.clone())),
            other => Err(format!("a rule waits for one other: {other:?}")),
        },
        other => Err(format!("no array: {other:?}")),
    }
}

fn rule(group: &str, mut body: Object) -> Result<SecurityRule, String> {
    let mut properties = body.object("properties")?;
    let rule = SecurityRule {
        group: group.to_owned(),
        name: body.text("name")?,
        description: properties.text("description")?,
        priority: properties.number("priority")?,
        direction: properties.text("direction")?,
        access: properties.text("access")?,
        protocol: properties.text("protocol")?,
        sources: values(&mut properties, "sourceAddressPrefix", "sourceAddressPrefixes")?,
        source_ports: values(&mut properties, "sourcePortRange", "sourcePortRanges")?,
        destinations: values(
            &mut properties,
            "destinationAddressPrefix",
            "destinationAddressPrefixes",
        )?,
        ports: values(&mut properties, "destinationPortRange", "destinationPortRanges")?,
    };
    body.end()?;
    properties.end()?;
    Ok(rule)
}

/// The value of one property, or the values of its plural: never both. A list takes no star.
fn values(properties: &mut Object, one: &str, many: &str) -> Result<Vec<String>, String> {
    match (properties.take(one), properties.take(many)) {
        (Some(Value::Text(value)), None) => Ok(vec![value]),
        (None, Some(Value::Array(items))) => items
            .into_iter()
            .map(|item| match item {
                Value::Text(text) if text != "*" => Ok(text),
                other => Err(format!("no value of {many}: {other:?}")),
            })
            .collect(),
        other => Err(format!("{one} or {many}: {other:?}")),
    }
}
