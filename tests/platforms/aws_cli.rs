//! Reads a shell script of `aws ec2` commands, as the AWS CLI Command Reference describes `create-security-group`,
//! `authorize-security-group-ingress` and `-egress`, `describe-security-group-rules` and `revoke-security-group-egress`
//! (awscli.amazonaws.com/v2/documentation/api/latest/reference/ec2), and the Shell Command Language of POSIX its quotes:
//! only what the writer has a use for, anything else is an error.

use exchange_ports::firewall::{Family, Side, Snippet};
use serde::Deserialize;

use super::atom::Atoms;
use super::security_group::{Group, Permission, allowed, attachment, is_text};

/// What a snippet allows.
pub fn read(snippet: &Snippet) -> Result<Atoms, String> {
    let mut reader = Reader::default();
    for line in lines(&snippet.rules)? {
        let words: Vec<&str> = line.iter().map(String::as_str).collect();
        reader.line(&words).map_err(|error| format!("{error}: {words:?}"))?;
    }
    if reader.lets_everything_out || reader.next.is_some() {
        return Err("the last group is not finished".to_owned());
    }
    allowed(&reader.groups)
}

#[derive(Default)]
struct Reader {
    stops_at_errors: bool,
    knows_network: bool,
    /// The group that the last comment announced.
    next: Option<Group>,
    groups: Vec<Group>,
    /// A new group does, until its first rule is gone.
    lets_everything_out: bool,
    default: Option<()>,
}

impl Reader {
    fn line(&mut self, words: &[&str]) -> Result<(), String> {
        match words {
            [comment] if comment.starts_with('#') => self.comment(comment),
            ["set", "-eu"] => {
                self.stops_at_errors = true;
                Ok(())
            }
            ["export", "AWS_PAGER="] => Ok(()),
            [":", network] if network.starts_with("\"${VPC:?") => {
                self.knows_network = true;
                Ok(())
            }
            ["group=$(aws", "ec2", "create-security-group", options @ ..] => self.make(options),
            ["default=$(aws", "ec2", "describe-security-group-rules", options @ ..] => {
                let expected = [
                    "--filters",
                    "\"Name=group-id,Values=$group\"",
                    "--query",
                    "'SecurityGroupRules[].SecurityGroupRuleId'",
                    "--output",
                    "text)",
                ];
                self.default = (options == expected && self.lets_everything_out).then_some(());
                self.default.ok_or_else(|| "unknown search".to_owned())
            }
            [
                "aws",
                "ec2",
                "revoke-security-group-egress",
                "--group-id",
                "\"$group\"",
                "--security-group-rule-ids",
                "$default",
            ] => {
                self.lets_everything_out = false;
                self.default.take().ok_or_else(|| "no rules are known".to_owned())
            }
            [
                "aws",
                "ec2",
                command,
                "--group-id",
                "\"$group\"",
                "--ip-permissions",
                json,
            ] => {
                let side = match *command {
                    "authorize-security-group-ingress" => Side::Inbound,
                    "authorize-security-group-egress" => Side::Outbound,
                    _ => return Err("unknown command".to_owned()),
                };
                self.authorize(side, literal(json)?)
            }
            [group] if group.starts_with("group=") => self.begin(literal(&group["group=".len()..])?, true),
            _ => Err("unknown line".to_owned()),
        }
    }

    fn comment(&mut self, comment: &str) -> Result<(), String> {
        if let Some(announced) = attachment(comment.trim_start_matches("# ")) {
            let (name, machines) = announced?;
            let group = Group {
                name,
                machines,
                ..Group::default()
            };
            if self.next.replace(group).is_some() {
                return Err("a group has no section".to_owned());
            }
        }
        Ok(())
    }

    fn make(&mut self, options: &[&str]) -> Result<(), String> {
        let [
            "--vpc-id",
            "\"$VPC\"",
            "--group-name",
            name,
            "--description",
            description,
            "--tag-specifications",
            tags,
            "--query",
            "GroupId",
            "--output",
            "text)",
        ] = options
        else {
            return Err("unknown options".to_owned());
        };
        let tag = literal(tags)?.strip_prefix("ResourceType=security-group,Tags=[{Key=exchange-ports,Value=");
        let is_tag = tag.and_then(|tag| tag.strip_suffix("}]")).is_some_and(is_text);
        if !is_tag || !is_text(literal(description)?) || !self.knows_network {
            return Err("no mark, no description or no network".to_owned());
        }
        self.begin(literal(name)?, false)?;
        self.lets_everything_out = true;
        Ok(())
    }

    fn begin(&mut self, name: &str, is_there: bool) -> Result<(), String> {
        let group = self.next.take().filter(|group| group.name == name);
        let group = group.ok_or("the comment above names another group")?;
        if self.lets_everything_out || !self.stops_at_errors || is_there != name.starts_with("sg-") {
            return Err("not as groups begin".to_owned());
        }
        self.groups.push(group);
        Ok(())
    }

    fn authorize(&mut self, side: Side, json: &str) -> Result<(), String> {
        let permissions: Vec<IpPermission> = serde_json::from_str(json).map_err(|error| error.to_string())?;
        if self.lets_everything_out || permissions.is_empty() {
            return Err("the group still lets everything out, or the list is empty".to_owned());
        }
        let group = self.groups.last_mut().ok_or("no group")?;
        for permission in permissions {
            group.permissions.push(permission.read(side)?);
        }
        Ok(())
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
struct IpPermission {
    ip_protocol: String,
    from_port: Option<i64>,
    to_port: Option<i64>,
    #[serde(default)]
    ip_ranges: Vec<IpRange>,
    #[serde(default, rename = "Ipv6Ranges")]
    ipv6_ranges: Vec<Ipv6Range>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
struct IpRange {
    cidr_ip: String,
    description: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
struct Ipv6Range {
    cidr_ipv6: String,
    description: String,
}

impl IpPermission {
    fn read(self, side: Side) -> Result<Permission, String> {
        let (family, cidr, description) = match (&self.ip_ranges[..], &self.ipv6_ranges[..]) {
            ([range], []) => (Family::V4, &range.cidr_ip, &range.description),
            ([], [range]) => (Family::V6, &range.cidr_ipv6, &range.description),
            _ => return Err("not one network in a permission".to_owned()),
        };
        if !is_text(description) {
            return Err(format!("no description: {description}"));
        }
        Ok(Permission {
            side,
            protocol: self.ip_protocol,
            from_port: self.from_port,
            to_port: self.to_port,
            family,
            cidr: cidr.clone(),
        })
    }
}

/// What stands in single quotes.
fn literal(word: &str) -> Result<&str, String> {
    let inside = word.strip_prefix('\'').and_then(|word| word.strip_suffix('\''));
    inside.ok_or_else(|| format!("no literal text: {word}"))
}

/// The words of each line, with their quotes; a comment is one word. Quoted texts may go over several lines.
fn lines(script: &str) -> Result<Vec<Vec<String>>, String> {
    let mut lines = Vec::new();
    let mut words: Vec<String> = Vec::new();
    let mut word = String::new();
    let mut letters = script.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '#' if word.is_empty() && words.is_empty() => {
                word.push('#');
                while let Some(letter) = letters.next_if(|&letter| letter != '\n') {
                    word.push(letter);
                }
            }
            '\'' | '"' => {
                word.push(letter);
                loop {
                    let inside = letters.next().ok_or("a quote is open")?;
                    word.push(inside);
                    if inside == letter {
                        break;
                    }
                    if letter == '"' && matches!(inside, '`' | '\\') {
                        return Err(format!("a sign of the shell in {word}"));
                    }
                }
            }
            '\\' if letters.next_if_eq(&'\n').is_some() => {}
            ' ' | '\n' => {
                if !word.is_empty() {
                    words.push(std::mem::take(&mut word));
                }
                if letter == '\n' && !words.is_empty() {
                    lines.push(std::mem::take(&mut words));
                }
            }
            _ if letter.is_ascii_alphanumeric() || "-_=$():.,".contains(letter) => word.push(letter),
            _ => return Err(format!("a sign of the shell: {word}{letter}")),
        }
    }
    if words.is_empty() && word.is_empty() {
        Ok(lines)
    } else {
        Err("the last line does not end".to_owned())
    }
}
