//! PowerShell: a script of `New-NetFirewallRule` commands.
//!
//! Every rule is one command that can be copied by itself. Lines end in a backtick where a command goes on, and an
//! empty line follows each command, because old consoles wait for one when a pasted command has several lines.

use super::script::Script;
use super::windows::{self, HostRule};
use super::{Facts, Platform, Snippet, Standing};
use crate::catalog::Transport;
use crate::firewall::address::Family;
use crate::firewall::policy::Policy;
use crate::firewall::rule::Rule;

/// The platform.
pub static PLATFORM: Platform = Platform {
    id: "powershell",
    title: "PowerShell",
    group: "Windows",
    purpose: "Windows Server 2012 and later",
    standing: Standing::Host,
    drops_rest: false,
    names_zones: false,
    comment: "# ",
    file_name: "exchange.ps1",
};

/// What is known of it.
pub static FACTS: Facts = Facts {
    reference: "New-NetFirewallRule, Windows PowerShell 3 to 5.1 and PowerShell 7",
    limits: "No log for a rule. Rules of the machine count only where Group Policy does not rule them out.",
    twice: "Running it twice is safe: its own rules are replaced.",
};

/// Where a line of values ends; a longer one is hard to read.
const WIDTH: usize = 100;

const LISTING: &str = "Get-NetFirewallRule -Direction Inbound -Action Allow -Enabled True";

/// Writes a policy down.
pub fn write(policy: &Policy) -> Snippet {
    let host_rules = windows::rules(policy);
    let mut rules = Script::new(PLATFORM.comment);
    windows::header(policy, &PLATFORM, LISTING, &mut rules);
    if !host_rules.is_empty() {
        rules.line("");
        rules.note("Only rules that an earlier run of these commands wrote are replaced.");
        remove(policy, &host_rules, &mut rules);
    }
    let mut before = None;
    for host_rule in &host_rules {
        rules.line("");
        rules.explain(before, host_rule.rule);
        rules.line(command(policy, host_rule));
        before = Some(host_rule.rule);
    }
    rules.line("");
    windows::unwritten(policy, &mut rules);
    Snippet {
        // Nothing may follow the last rule.
        rules: rules.into_text().trim_end().to_owned() + "\n",
        apply: apply(policy),
        undo: undo(policy, &host_rules),
        remarks: Vec::new(),
    }
}

/// A text as a literal. What is written here never holds a quote.
fn quote(text: &str) -> String {
    format!("'{text}'")
}

fn remove(policy: &Policy, host_rules: &[HostRule], out: &mut Script) {
    out.block("$names = @(", ")", |out| {
        for host_rule in host_rules {
            out.line(quote(&host_rule.rule.name));
        }
    });
    out.line("Get-NetFirewallRule -Name $names -ErrorAction SilentlyContinue |");
    out.line(format_args!("  Where-Object Group -eq {} |", quote(&windows::group(policy))));
    out.line("  Remove-NetFirewallRule");
}

fn command(policy: &Policy, host_rule: &HostRule) -> String {
    let rule = host_rule.rule;
    let (direction, port) = if host_rule.is_outbound() {
        ("Outbound", "RemotePort")
    } else {
        ("Inbound", "LocalPort")
    };
    let name = quote(&rule.name);
    let mut lines = vec![
        "New-NetFirewallRule".to_owned(),
        format!("-Name {name}"),
        format!("-DisplayName {name}"),
        format!("-Group {}", quote(&windows::group(policy))),
        format!("-Direction {direction} -Action Allow -Profile Any -Protocol {}", protocol(rule)),
    ];
    lines.extend(parameter("LocalAddress", &host_rule.local));
    lines.extend(parameter("RemoteAddress", &host_rule.remote));
    lines.extend(parameter(port, &host_rule.ports()));
    lines.join(" `\n  ")
}

fn protocol(rule: &Rule) -> &'static str {
    match (rule.transport, rule.family) {
        (Transport::Tcp, _) => "TCP",
        (Transport::Udp, _) => "UDP",
        (Transport::Icmp, Family::V4) => "ICMPv4 -IcmpType '8'",
        (Transport::Icmp, Family::V6) => "ICMPv6 -IcmpType '128'",
        (Transport::Esp, _) => "50",
        (Transport::Any, _) => "Any",
    }
}

/// A parameter with its values, on as many lines as they need.
fn parameter(name: &str, values: &[String]) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for value in values {
        let value = quote(value);
        match lines.last_mut() {
            None => lines.push(format!("-{name} {value}")),
            Some(line) => {
                line.push(',');
                if line.len() + value.len() < WIDTH {
                    line.push(' ');
                    line.push_str(&value);
                } else {
                    lines.push(format!("  {value}"));
                }
            }
        }
    }
    lines
}

fn apply(policy: &Policy) -> String {
    let file = PLATFORM.file_name;
    let group = quote(&windows::group(policy));
    let mut out = Script::new(PLATFORM.comment);
    out.note("As administrator, in the folder of the file. Running it twice is safe: its own rules are replaced.");
    out.note("After a change of the selection, undo what was written before.");
    out.line(format_args!("Unblock-File .\\{file}"));
    out.line(format_args!(".\\{file}"));
    out.note("Show what is written.");
    out.line(format_args!(
        "Get-NetFirewallRule -Group {group} | Format-Table Name, Enabled, Direction, Profile"
    ));
    out.line(format_args!(
        "Get-NetFirewallRule -Group {group} | Get-NetFirewallAddressFilter | \
         Format-Table InstanceID, LocalAddress, RemoteAddress"
    ));
    out.line(format_args!(
        "Get-NetFirewallRule -Group {group} | Get-NetFirewallPortFilter | \
         Format-Table InstanceID, Protocol, LocalPort, RemotePort"
    ));
    out.note("Where AllowLocalFirewallRules is False, Group Policy rules out these rules.");
    out.line("Get-NetFirewallProfile -PolicyStore ActiveStore | Format-Table Name, Enabled, AllowLocalFirewallRules");
    out.reachability(policy);
    out.into_text()
}

fn undo(policy: &Policy, host_rules: &[HostRule]) -> String {
    let mut out = Script::new(PLATFORM.comment);
    if host_rules.is_empty() {
        out.note("No rule is written, so there is nothing to undo.");
    } else {
        remove(policy, host_rules, &mut out);
    }
    out.into_text()
}
