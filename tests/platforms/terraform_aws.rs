//! Reads Terraform files of security groups, as the references of `aws_security_group`,
//! `aws_vpc_security_group_ingress_rule` and `aws_vpc_security_group_egress_rule` describe their arguments
//! (registry.terraform.io/providers/hashicorp/aws). Anything else is an error.

use std::collections::BTreeMap;

use exchange_ports::firewall::{Family, Side, Snippet};

use super::atom::Atoms;
use super::hcl::{self, Body, Module, Resource, Value};
use super::security_group::{Permission, allowed, announced, is_text};

/// What a snippet allows.
pub fn read(snippet: &Snippet) -> Result<Atoms, String> {
    let mut module = hcl::terraform(&snippet.rules)?;
    let resources = std::mem::take(&mut module.resources);
    let mut groups = announced(&snippet.rules)?;
    let mut names = BTreeMap::new();
    for Resource {
        kind,
        name: label,
        mut body,
    } in resources
    {
        let side = match kind.as_str() {
            "aws_security_group" => {
                let name = new_group(&module, &mut body)?;
                names.insert(format!("aws_security_group.{label}.id"), name);
                body.end()?;
                continue;
            }
            "aws_vpc_security_group_ingress_rule" => Side::Inbound,
            "aws_vpc_security_group_egress_rule" => Side::Outbound,
            _ => return Err(format!("unknown resource: {kind}")),
        };
        let name = match body.take("security_group_id") {
            Some(Value::Text(id)) if id.starts_with("sg-") => id,
            Some(Value::Word(reference)) => names.get(&reference).ok_or("no such group")?.clone(),
            other => return Err(format!("no group: {other:?}")),
        };
        let group = groups.get_mut(&name).ok_or("no comment names its machines")?;
        group.permissions.push(permission(&mut body, side)?);
        body.end()?;
    }
    allowed(&groups.into_values().collect::<Vec<_>>())
}

fn new_group(module: &Module, body: &mut Body) -> Result<String, String> {
    let network = body.word("vpc_id")?;
    let name = body.text("name")?;
    if !module.has_variable(&network) || !is_text(&body.text("description")?) || name.starts_with("sg-") {
        return Err(format!("no network, no description or no name: {name}"));
    }
    Ok(name)
}

fn permission(body: &mut Body, side: Side) -> Result<Permission, String> {
    let (family, cidr) = match (body.take("cidr_ipv4"), body.take("cidr_ipv6")) {
        (Some(Value::Text(cidr)), None) => (Family::V4, cidr),
        (None, Some(Value::Text(cidr))) => (Family::V6, cidr),
        other => return Err(format!("not one network: {other:?}")),
    };
    if !is_text(&body.text("description")?) {
        return Err("no description".to_owned());
    }
    let mut number = |name: &str| match body.take(name) {
        None => Ok(None),
        Some(Value::Number(number)) => Ok(Some(number)),
        other => Err(format!("{name} is no number: {other:?}")),
    };
    let (from_port, to_port) = (number("from_port")?, number("to_port")?);
    Ok(Permission {
        side,
        protocol: body.text("ip_protocol")?,
        from_port,
        to_port,
        family,
        cidr,
    })
}
