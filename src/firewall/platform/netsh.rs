//! netsh: a batch file of `netsh advfirewall firewall` commands.
//!
//! Lines end in CR LF, as cmd.exe expects of a batch file: it can misread one with LF alone. There is no `@echo off`,
//! because netsh answers only "Ok.", and the echoed command says to what.

use super::script::Script;
use super::windows::{self, HostRule};
use super::{Facts, Platform, Snippet, Standing};
use crate::catalog::Transport;
use crate::firewall::address::Family;
use crate::firewall::policy::Policy;
use crate::firewall::rule::{Rule, list};

/// The platform.
pub static PLATFORM: Platform = Platform {
    id: "netsh",
    title: "netsh",
    group: "Windows",
    purpose: "Windows Server 2008 and later, where PowerShell has no firewall commands",
    standing: Standing::Host,
    drops_rest: false,
    names_zones: false,
    comment: "rem ",
    file_name: "exchange.cmd",
};

/// What is known of it.
pub static FACTS: Facts = Facts {
    reference: "netsh advfirewall firewall, Windows Server 2008 and later",
    limits: "A command holds 8,191 characters: a rule with more addresses is split. No log for a rule.",
    twice: "Running it twice is safe: each rule is deleted by its name before it is added.",
};

/// How long a list of addresses may be, so that two of them and all ports of the catalogue stay below 8,191 characters.
const LONGEST_LIST: usize = 2500;

const COMMENT: &str = "rem ";

const LISTING: &str = "netsh advfirewall firewall show rule name=all dir=in";

/// Writes a policy down.
pub fn write(policy: &Policy) -> Snippet {
    let host_rules = windows::rules(policy);
    let mut rules = Script::new(COMMENT);
    windows::header(policy, &PLATFORM, LISTING, &mut rules);
    rules.note("A rule of the same name is deleted first. If there is none, netsh says so, and that is no fault.");
    let mut before = None;
    for host_rule in &host_rules {
        rules.explain(before, host_rule.rule);
        for part in parts(host_rule) {
            rules.line(on_rule("delete", &part.name));
            rules.line(add(host_rule, &part));
        }
        before = Some(host_rule.rule);
    }
    windows::unwritten(policy, &mut rules);
    let names: Vec<String> = host_rules.iter().flat_map(parts).map(|part| part.name).collect();
    Snippet {
        rules: safe(rules).replace('\n', "\r\n"),
        apply: apply(policy, &names),
        undo: undo(&names),
        remarks: Vec::new(),
    }
}

/// A rule, or as much of one as a command holds.
struct Part {
    name: String,
    local: String,
    remote: String,
}

/// Every part of the own addresses with every part of the others.
fn parts(host_rule: &HostRule) -> Vec<Part> {
    let (locals, remotes) = (lists(&host_rule.local), lists(&host_rule.remote));
    let is_split = locals.len() * remotes.len() > 1;
    let pairs = locals
        .iter()
        .flat_map(|local| remotes.iter().map(move |remote| (local, remote)));
    pairs
        .enumerate()
        .map(|(index, (local, remote))| Part {
            name: if is_split {
                format!("{}-{}", host_rule.rule.name, index + 1)
            } else {
                host_rule.rule.name.clone()
            },
            local: local.clone(),
            remote: remote.clone(),
        })
        .collect()
}

/// Addresses as lists that are not too long; without any, one list of any.
fn lists(addresses: &[String]) -> Vec<String> {
    let mut lists: Vec<String> = Vec::new();
    for address in addresses {
        match lists.last_mut() {
            Some(list) if list.len() + address.len() < LONGEST_LIST => {
                list.push(',');
                list.push_str(address);
            }
            _ => lists.push(address.clone()),
        }
    }
    if lists.is_empty() {
        lists.push("any".to_owned());
    }
    lists
}

fn on_rule(verb: &str, name: &str) -> String {
    format!("netsh advfirewall firewall {verb} rule name={name}")
}

fn add(host_rule: &HostRule, part: &Part) -> String {
    let rule = host_rule.rule;
    let (direction, parameter) = if host_rule.is_outbound() {
        ("out", "remoteport")
    } else {
        ("in", "localport")
    };
    let ports = if rule.ports.is_empty() {
        String::new()
    } else {
        format!(" {parameter}={}", list(&rule.ports))
    };
    let (local, remote, protocol) = (&part.local, &part.remote, protocol(rule));
    format!(
        "{} dir={direction} action=allow profile=any protocol={protocol} localip={local} remoteip={remote}{ports}",
        on_rule("add", &part.name)
    )
}

fn protocol(rule: &Rule) -> &'static str {
    match (rule.transport, rule.family) {
        (Transport::Tcp, _) => "tcp",
        (Transport::Udp, _) => "udp",
        (Transport::Icmp, Family::V4) => "icmpv4:8,any",
        (Transport::Icmp, Family::V6) => "icmpv6:128,any",
        (Transport::Esp, _) => "50",
        (Transport::Any, _) => "any",
    }
}

/// The text, with each comment in quotes that has a sign which cmd.exe could take for its own: `&` in a link, `<` and
/// `>` in a hint. What cmd.exe would read even in quotes, such as `%`, is in no comment.
fn safe(script: Script) -> String {
    let lines = script.into_text();
    let safe = lines.lines().map(|line| match line.strip_prefix(COMMENT) {
        Some(note) if note.contains(['&', '<', '>', '|', '^']) => format!("{COMMENT}\"{note}\"\n"),
        _ => format!("{line}\n"),
    });
    safe.collect()
}

fn apply(policy: &Policy, names: &[String]) -> String {
    let mut out = Script::new(COMMENT);
    out.note("As administrator, in the folder of the file. Running it twice is safe: each rule is deleted by its");
    out.note("name before it is added. After a change of the selection, undo what was written before.");
    out.line(PLATFORM.file_name);
    out.note("Show what is written.");
    for name in names {
        out.line(on_rule("show", name));
    }
    out.reachability(policy);
    safe(out)
}

fn undo(names: &[String]) -> String {
    let mut out = Script::new(COMMENT);
    if names.is_empty() {
        out.note("No rule is written, so there is nothing to undo.");
    }
    for name in names {
        out.line(on_rule("delete", name));
    }
    safe(out)
}
