//! Ansible: a playbook for the firewall of Windows.
//!
//! Every text stands in double quotes, so that YAML takes none for a number, a list or the word `no`.

use super::script::Script;
use super::windows::{self, HostRule};
use super::{Facts, Platform, Snippet, Standing};
use crate::catalog::{Transport, Vocabulary, Zone};
use crate::firewall::address::Family;
use crate::firewall::policy::Policy;
use crate::firewall::rule::Rule;

/// The platform.
pub static PLATFORM: Platform = Platform {
    id: "ansible-windows",
    title: "Ansible for Windows",
    group: "Windows",
    purpose: "a playbook",
    standing: Standing::Host,
    drops_rest: false,
    names_zones: true,
    comment: "# ",
    file_name: "exchange-windows.yml",
};

/// What is known of it.
pub static FACTS: Facts = Facts {
    reference: "community.windows.win_firewall_rule, community.windows 1.0 and later",
    limits: "No log for a rule. Rules of the machine count only where Group Policy does not rule them out.",
    twice: "Running it twice is safe: a rule that is there is changed only where it differs.",
};

const LISTING: &str = "Get-NetFirewallRule -Direction Inbound -Action Allow -Enabled True";

/// Writes a policy down.
pub fn write(policy: &Policy) -> Snippet {
    let host_rules = windows::rules(policy);
    let hosts = hosts(policy, &host_rules);
    let mut rules = Script::new(PLATFORM.comment);
    windows::header(policy, &PLATFORM, LISTING, &mut rules);
    unnamed(policy, &host_rules, &mut rules);
    rules.line("---");
    if host_rules.is_empty() {
        // Ansible refuses a playbook without a play.
        rules.line("- hosts: \"localhost\"\n  gather_facts: false\n  tasks: []");
    } else {
        play(&hosts, &mut rules, |out| tasks(policy, &host_rules, out));
    }
    windows::unwritten(policy, &mut rules);
    Snippet {
        rules: rules.into_text(),
        apply: apply(policy, &hosts),
        undo: undo(&host_rules, &hosts),
        remarks: Vec::new(),
    }
}

/// The zones of the machines on which the rules stand.
fn zones(host_rules: &[HostRule]) -> Vec<Zone> {
    let zone = |host_rule: &HostRule| {
        if host_rule.is_outbound() {
            host_rule.rule.from
        } else {
            host_rule.rule.to
        }
    };
    let mut zones: Vec<Zone> = host_rules.iter().map(zone).collect();
    zones.sort_unstable();
    zones.dedup();
    zones
}

/// The groups of the inventory for which the play is.
fn hosts(policy: &Policy, host_rules: &[HostRule]) -> String {
    let zones = zones(host_rules).into_iter();
    let names: Vec<String> = zones.map(|zone| policy.options.name_of(zone)).collect();
    names.join(",")
}

fn unnamed(policy: &Policy, host_rules: &[HostRule], out: &mut Script) {
    let zones = zones(host_rules).into_iter();
    for zone in zones.filter(|zone| !policy.options.labels.contains_key(zone)) {
        let slug = zone.slug();
        out.note(format_args!(
            "{slug} stands for a group of your inventory: replace it by yours (as.{slug}=)."
        ));
    }
}

/// A text as YAML and JSON write it. What is written here never holds a quote or a backslash.
fn quote(text: &str) -> String {
    format!("\"{text}\"")
}

fn play(hosts: &str, out: &mut Script, tasks: impl FnOnce(&mut Script)) {
    out.section(format_args!("- hosts: {}", quote(hosts)), |out| {
        out.line("gather_facts: false");
        out.section("tasks:", tasks);
    });
}

fn tasks(policy: &Policy, host_rules: &[HostRule], out: &mut Script) {
    let mut before = None;
    for host_rule in host_rules {
        out.explain(before, host_rule.rule);
        task(&host_rule.rule.name, out, |out| {
            for (key, value) in arguments(policy, host_rule) {
                out.line(format_args!("{key}: {value}"));
            }
        });
        before = Some(host_rule.rule);
    }
}

fn task(name: &str, out: &mut Script, arguments: impl FnOnce(&mut Script)) {
    out.section(format_args!("- name: {}", quote(name)), |out| {
        out.section("community.windows.win_firewall_rule:", arguments);
    });
}

/// The arguments of the module, each with its value.
fn arguments(policy: &Policy, host_rule: &HostRule) -> Vec<(&'static str, String)> {
    let rule = host_rule.rule;
    let (direction, port) = if host_rule.is_outbound() {
        ("out", "remoteport")
    } else {
        ("in", "localport")
    };
    let mut arguments = vec![
        ("name", quote(&rule.name)),
        ("group", quote(&windows::group(policy))),
        ("direction", quote(direction)),
        ("action", quote("allow")),
        ("profiles", "[\"domain\", \"private\", \"public\"]".to_owned()),
        ("protocol", quote(protocol(rule))),
    ];
    arguments.extend(icmp_type(rule).map(|icmp_type| ("icmp_type_code", format!("[{}]", quote(icmp_type)))));
    let lists = [
        ("localip", &host_rule.local),
        ("remoteip", &host_rule.remote),
        (port, &host_rule.ports()),
    ];
    let written = lists.into_iter().filter(|(_, values)| !values.is_empty());
    arguments.extend(written.map(|(key, values)| (key, quote(&values.join(",")))));
    arguments.push(("enabled", "true".to_owned()));
    arguments.push(("state", quote("present")));
    arguments
}

fn protocol(rule: &Rule) -> &'static str {
    match (rule.transport, rule.family) {
        (Transport::Icmp, Family::V4) => "icmpv4",
        (Transport::Icmp, Family::V6) => "icmpv6",
        (Transport::Esp, _) => "50",
        (transport, _) => transport.slug(),
    }
}

/// Echo requests of a protocol that has types.
fn icmp_type(rule: &Rule) -> Option<&'static str> {
    let is_icmp = rule.transport == Transport::Icmp;
    is_icmp.then_some(match rule.family {
        Family::V4 => "8:*",
        Family::V6 => "128:*",
    })
}

fn apply(policy: &Policy, hosts: &str) -> String {
    let (file, group) = (PLATFORM.file_name, windows::group(policy));
    let mut out = Script::new(PLATFORM.comment);
    out.note("Running it twice is safe: a rule that is there is changed only where it differs. What a task does not");
    out.note("name stays as it is: after a change of the selection, undo what was written before.");
    out.line("ansible-galaxy collection install community.windows");
    out.line(format_args!("ansible-playbook --check --diff {file}"));
    out.line(format_args!("ansible-playbook {file}"));
    if !hosts.is_empty() {
        out.note("Show what is written.");
        out.line(format_args!(
            "ansible {hosts} -m ansible.windows.win_shell -a \
             \"Get-NetFirewallRule -Group '{group}' | Format-Table DisplayName, Enabled, Direction, Profile\""
        ));
    }
    out.reachability(policy);
    out.into_text()
}

/// A playbook that removes each rule by its name.
fn undo(host_rules: &[HostRule], hosts: &str) -> String {
    let mut out = Script::new(PLATFORM.comment);
    if host_rules.is_empty() {
        out.note("No rule is written, so there is nothing to undo.");
        return out.into_text();
    }
    out.note("Save it as exchange-undo.yml, then: ansible-playbook exchange-undo.yml");
    out.line("---");
    play(hosts, &mut out, |out| {
        for host_rule in host_rules {
            task(&host_rule.rule.name, out, |out| {
                out.line(format_args!("name: {}", quote(&host_rule.rule.name)));
                out.line(format_args!("state: {}", quote("absent")));
            });
        }
    });
    out.into_text()
}
