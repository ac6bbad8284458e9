//! Reads a `CloudFormation` template with `AWS::EC2::SecurityGroup`, `AWS::EC2::SecurityGroupIngress` and `-Egress`, as
//! the `CloudFormation` Template Reference describes them
//! (docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference). Of YAML 1.2 it knows block mappings and lists,
//! texts in double quotes without escapes, whole numbers and `!Ref`: anything else is an error.

use std::collections::BTreeMap;
use std::iter::Peekable;

use exchange_ports::firewall::{Family, Side, Snippet};

use super::atom::Atoms;
use super::security_group::{Group, Permission, allowed, announced, is_text};

/// What a snippet allows.
pub fn read(snippet: &Snippet) -> Result<Atoms, String> {
    let mut template = parse(&snippet.rules)?.mapping()?;
    if template.text("AWSTemplateFormatVersion")? != "2010-09-09" {
        return Err("unknown version".to_owned());
    }
    let knows_network = match template.take("Parameters") {
        None => false,
        Some(parameters) => network_parameter(parameters)?,
    };
    let mut groups = announced(&snippet.rules)?;
    let resources = template.take("Resources").ok_or("no resources")?.mapping()?;
    if resources.0.is_empty() {
        return Err("a template holds a resource".to_owned());
    }
    for (id, resource) in resources.0 {
        if id.is_empty() || !id.chars().all(|letter| letter.is_ascii_alphanumeric()) {
            return Err(format!("no name of a resource: {id}"));
        }
        read_resource(resource, knows_network, &mut groups).map_err(|error| format!("{error} in {id}"))?;
    }
    template.end()?;
    allowed(&groups.into_values().collect::<Vec<_>>())
}

fn network_parameter(parameters: Node) -> Result<bool, String> {
    let mut parameters = parameters.mapping()?;
    let mut network = parameters.take("Vpc").ok_or("no parameter Vpc")?.mapping()?;
    let is_network = network.text("Type")? == "AWS::EC2::VPC::Id";
    network.text("Description")?;
    network.end()?;
    parameters.end()?;
    Ok(is_network)
}

fn read_resource(resource: Node, knows_network: bool, groups: &mut BTreeMap<String, Group>) -> Result<(), String> {
    let mut resource = resource.mapping()?;
    let kind = resource.text("Type")?;
    if kind == "AWS::CloudFormation::WaitConditionHandle" {
        return resource.end();
    }
    let mut properties = resource.take("Properties").ok_or("no properties")?.mapping()?;
    resource.end()?;
    match kind.as_str() {
        "AWS::EC2::SecurityGroup" => {
            let name = properties.text("GroupName")?;
            let is_network = properties.take("VpcId") == Some(Node::Reference("Vpc".to_owned()));
            if !knows_network || !is_network || !is_text(&properties.text("GroupDescription")?) {
                return Err("no network or no description".to_owned());
            }
            let group = groups.get_mut(&name).ok_or("no comment names its machines")?;
            if name.starts_with("sg-") || !group.permissions.is_empty() {
                return Err("it is there already".to_owned());
            }
            for (key, side) in [
                ("SecurityGroupIngress", Side::Inbound),
                ("SecurityGroupEgress", Side::Outbound),
            ] {
                group.permissions.extend(list(properties.take(key), side)?);
            }
        }
        "AWS::EC2::SecurityGroupIngress" | "AWS::EC2::SecurityGroupEgress" => {
            let side = if kind.ends_with("Ingress") {
                Side::Inbound
            } else {
                Side::Outbound
            };
            let id = properties.text("GroupId")?;
            let group = groups.get_mut(&id).filter(|_| id.starts_with("sg-"));
            let group = group.ok_or("no comment names its machines")?;
            group.permissions.push(permission(&mut properties, side)?);
        }
        _ => return Err(format!("unknown type {kind}")),
    }
    properties.end()
}

/// The permissions of a direction. Without a list, a group lets everything out.
fn list(node: Option<Node>, side: Side) -> Result<Vec<Permission>, String> {
    let Some(node) = node else {
        return if side == Side::Outbound {
            Err("everything is let out".to_owned())
        } else {
            Ok(Vec::new())
        };
    };
    let Node::List(items) = node else {
        return Err("no list".to_owned());
    };
    if items == [nothing()] {
        return Ok(Vec::new());
    }
    let read = |item: Node| {
        let mut item = item.mapping()?;
        let permission = permission(&mut item, side)?;
        item.end().map(|()| permission)
    };
    items.into_iter().map(read).collect()
}

/// What CDK writes to let nothing out (aws-cdk-lib/aws-ec2, `MATCH_NO_TRAFFIC`): a kind of ICMP that does not exist, to
/// an address that is no machine's.
fn nothing() -> Node {
    Node::Mapping(Mapping(vec![
        ("IpProtocol".to_owned(), Node::Text("icmp".to_owned())),
        ("FromPort".to_owned(), Node::Number(252)),
        ("ToPort".to_owned(), Node::Number(86)),
        ("CidrIp".to_owned(), Node::Text("255.255.255.255/32".to_owned())),
    ]))
}

fn permission(item: &mut Mapping, side: Side) -> Result<Permission, String> {
    let (family, cidr) = match (item.take("CidrIp"), item.take("CidrIpv6")) {
        (Some(Node::Text(cidr)), None) => (Family::V4, cidr),
        (None, Some(Node::Text(cidr))) => (Family::V6, cidr),
        _ => return Err("not one network in a permission".to_owned()),
    };
    if !is_text(&item.text("Description")?) {
        return Err("no description".to_owned());
    }
    Ok(Permission {
        side,
        protocol: item.text("IpProtocol")?,
        from_port: item.number("FromPort")?,
        to_port: item.number("ToPort")?,
        family,
        cidr,
    })
}

#[derive(Debug, PartialEq, Eq)]
enum Node {
    Text(String),
    Number(i64),
    Reference(String),
    Mapping(Mapping),
    List(Vec<Node>),
}

#[derive(Debug, Default, PartialEq, Eq)]
struct Mapping(Vec<(String, Node)>);

impl Node {
    fn mapping(self) -> Result<Mapping, String> {
        match self {
            Self::Mapping(mapping) => Ok(mapping),
            other => Err(format!("no mapping: {other:?}")),
        }
    }
}

impl Mapping {
    fn take(&mut self, key: &str) -> Option<Node> {
        let index = self.0.iter().position(|(known, _)| known == key)?;
        Some(self.0.remove(index).1)
    }

    fn text(&mut self, key: &str) -> Result<String, String> {
        match self.take(key) {
            Some(Node::Text(text)) => Ok(text),
            other => Err(format!("{key} is no text: {other:?}")),
        }
    }

    fn number(&mut self, key: &str) -> Result<Option<i64>, String> {
        match self.take(key) {
            None => Ok(None),
            Some(Node::Number(number)) => Ok(Some(number)),
            other => Err(format!("{key} is no number: {other:?}")),
        }
    }

    /// Nothing may be left that was not taken.
    fn end(self) -> Result<(), String> {
        if self.0.is_empty() {
            Ok(())
        } else {
            Err(format!("unknown: {:?}", self.0))
        }
    }
}

/// A line without its comment: how far it is to the right, and what it says.
type Line<'a> = (usize, &'a str);

fn parse(text: &str) -> Result<Node, String> {
    if !text.ends_with('\n') || text.contains('\t') {
        return Err("a tab, or no newline at the end".to_owned());
    }
    let lines = text
        .lines()
        .map(|line| (line.len() - line.trim_start().len(), line.trim_start()));
    let mut lines = lines.filter(|(_, line)| !line.starts_with('#')).peekable();
    let root = block(0, &mut lines)?;
    match lines.next() {
        Some((_, line)) => Err(format!("stands nowhere: {line}")),
        None => Ok(root),
    }
}

/// The lines that stand this far to the right or farther.
fn block<'a>(depth: usize, lines: &mut Peekable<impl Iterator<Item = Line<'a>>>) -> Result<Node, String> {
    let is_item = |line: &Line| line.0 == depth && line.1.starts_with("- ");
    let mut items = Vec::new();
    while let Some((_, line)) = lines.next_if(is_item) {
        items.push(Node::Mapping(mapping(depth + 2, Some(&line[2..]), lines)?));
    }
    if items.is_empty() {
        mapping(depth, None, lines).map(Node::Mapping)
    } else {
        Ok(Node::List(items))
    }
}

/// A mapping whose keys stand this far to the right; the first may stand behind the dash of an item.
fn mapping<'a>(
    depth: usize,
    first: Option<&'a str>,
    lines: &mut Peekable<impl Iterator<Item = Line<'a>>>,
) -> Result<Mapping, String> {
    let mut mapping = Mapping::default();
    let is_next = |line: &Line| line.0 == depth && !line.1.starts_with("- ");
    let mut next = first.or_else(|| lines.next_if(is_next).map(|(_, line)| line));
    while let Some(line) = next {
        let (key, value) = match line.split_once(": ") {
            Some((key, value)) => (key, scalar(value)?),
            None => (line.strip_suffix(':').ok_or("no key")?, block(depth + 2, lines)?),
        };
        if mapping.0.iter().any(|(known, _)| known == key) || !key.chars().all(|letter| letter.is_ascii_alphanumeric())
        {
            return Err(format!("no new key: {key}"));
        }
        mapping.0.push((key.to_owned(), value));
        next = lines.next_if(is_next).map(|(_, line)| line);
    }
    Ok(mapping)
}

fn scalar(text: &str) -> Result<Node, String> {
    if let Some(name) = text.strip_prefix("!Ref ") {
        return Ok(Node::Reference(name.to_owned()));
    }
    match text.strip_prefix('"').and_then(|text| text.strip_suffix('"')) {
        Some(text) if !text.contains(['"', '\\']) => Ok(Node::Text(text.to_owned())),
        Some(text) => Err(format!("an escape: {text}")),
        None => text.parse().map(Node::Number).map_err(|_| format!("no value: {text}")),
    }
}
