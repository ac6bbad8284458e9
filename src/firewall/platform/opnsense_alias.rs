//! Aliases of `OPNsense`, as the file that its page of aliases imports.
//!
//! The file holds addresses and ports under names; the rules that use these names are made by hand, so they stand under
//! what to apply. JSON has no comments: what other platforms write into a header stands above the snippet.

use super::script::{Script, explanation};
use super::{Facts, Platform, Snippet, Standing};
use crate::catalog::{PortRange, Transport, Vocabulary, Zone};
use crate::firewall::address::{Addresses, Family, Network};
use crate::firewall::header;
use crate::firewall::options::Placement;
use crate::firewall::policy::Policy;
use crate::firewall::rule::{Rule, Side};

/// The platform.
pub static PLATFORM: Platform = Platform {
    id: "opnsense-alias",
    title: "OPNsense aliases",
    group: "Network",
    purpose: "a file to import",
    standing: Standing::Paper,
    drops_rest: false,
    names_zones: true,
    comment: "",
    file_name: "exchange-aliases.json",
};

/// What is known of it.
pub static FACTS: Facts = Facts {
    reference: "docs.opnsense.org, Aliases, OPNsense 20 and later",
    limits: "Aliases are no rules: these are made by hand. Names hold 31 letters, digits and underscores: ours are \
             shorter. Descriptions hold 255 letters: longer ones end early.",
    twice: "Importing it twice is safe: an alias of the same name is replaced.",
};

/// The most letters of a description.
const DESCRIPTION: usize = 255;

/// Writes a policy down.
pub fn write(policy: &Policy) -> Snippet {
    let mut aliases = Aliases::new(policy);
    let uses: Vec<Use> = policy.rules.iter().map(|rule| aliases.of(rule)).collect();
    Snippet {
        rules: file(&aliases.all),
        apply: apply(policy, &uses, &aliases.all),
        undo: undo(&aliases.all),
        remarks: remarks(policy),
    }
}

/// A name for addresses or ports.
struct Alias<'a> {
    name: String,
    kind: &'static str,
    content: Vec<String>,
    /// The rules that use it.
    rules: Vec<&'a str>,
}

/// A rule in the words of its aliases.
struct Use<'a> {
    rule: &'a Rule,
    source: String,
    destination: String,
    port: Option<String>,
}

/// The aliases so far: the same content is the same alias.
struct Aliases<'a> {
    policy: &'a Policy,
    all: Vec<Alias<'a>>,
}

impl<'a> Aliases<'a> {
    fn new(policy: &'a Policy) -> Self {
        Self {
            policy,
            all: Vec::new(),
        }
    }

    fn of(&mut self, rule: &'a Rule) -> Use<'a> {
        let port = |range: &PortRange| range.to_string().replace('-', ":");
        let ports: Vec<String> = rule.ports.iter().map(port).collect();
        Use {
            rule,
            source: self.end(rule, rule.from, &rule.source),
            destination: self.end(rule, rule.to, &rule.destination),
            port: (!ports.is_empty()).then(|| self.named("port", rule.transport.slug(), ports, rule)),
        }
    }

    /// A whole family is any address, because a rule has a family.
    fn end(&mut self, rule: &'a Rule, zone: Zone, addresses: &Addresses) -> String {
        match addresses {
            Addresses::Only(networks) if networks.iter().all(|network| network.prefix() > 0) => {
                let content = networks.iter().map(Network::to_string).collect();
                self.named("network", zone.slug(), content, rule)
            }
            _ => "any".to_owned(),
        }
    }

    fn named(&mut self, kind: &'static str, word: &str, content: Vec<String>, rule: &'a Rule) -> String {
        let known = self
            .all
            .iter()
            .position(|alias| alias.kind == kind && alias.content == content);
        let index = known.unwrap_or_else(|| {
            let name = name(self.policy, word, self.all.len() + 1);
            let rules = Vec::new();
            self.all.push(Alias {
                name,
                kind,
                content,
                rules,
            });
            self.all.len() - 1
        });
        let alias = &mut self.all[index];
        if alias.rules.last() != Some(&rule.name.as_str()) {
            alias.rules.push(&rule.name);
        }
        alias.name.clone()
    }
}

/// Letters, digits and underscores; the second one is no underscore, so that one stands before a prefix that has it
/// there or is one letter. No other alias of the policy has the number.
fn name(policy: &Policy, word: &str, number: usize) -> String {
    let prefix = policy.options.prefix.as_str();
    let begins = prefix.as_bytes().get(1).is_some_and(|byte| *byte != b'-');
    let guard = if begins { "" } else { "_" };
    format!("{guard}{prefix}_{word}_{number}").replace('-', "_")
}

fn file(aliases: &[Alias]) -> String {
    let mut out = Script::new("");
    out.block("{", "}", |out| {
        out.block("\"aliases\": {", "}", |out| {
            out.block("\"alias\": {", "}", |out| {
                for (number, alias) in (1..).zip(aliases) {
                    let end = if number < aliases.len() { "}," } else { "}" };
                    entry(alias, end, out);
                }
            });
        });
    });
    out.into_text()
}

/// What is written here never holds a quote or a backslash; `\n` stands between the lines of a content.
fn entry(alias: &Alias, end: &str, out: &mut Script) {
    let Alias { name, kind, .. } = alias;
    out.block(format_args!("\"{name}\": {{"), end, |out| {
        out.line("\"enabled\": \"1\",");
        out.line(format_args!("\"name\": \"{name}\","));
        out.line(format_args!("\"type\": \"{kind}\","));
        out.line(format_args!("\"content\": \"{}\",", alias.content.join("\\n")));
        out.line(format_args!("\"description\": \"{}\"", description(&alias.rules)));
    });
}

/// The rules that use an alias, as many as there is room for.
fn description(rules: &[&str]) -> String {
    const MORE: &str = ", ...";
    let mut text = String::new();
    for rule in rules {
        if text.len() + rule.len() + 2 * MORE.len() > DESCRIPTION {
            return text + MORE;
        }
        if !text.is_empty() {
            text += ", ";
        }
        text += rule;
    }
    text
}

fn remarks(policy: &Policy) -> Vec<String> {
    let mut remarks = header::lines(policy, &PLATFORM);
    if policy.options.placement == Placement::Host {
        remarks.push(
            "The rules are those of the machine itself: for an OPNsense between zones ask for placement=network."
                .to_owned(),
        );
    }
    for zone in unnamed(policy) {
        let slug = zone.slug();
        remarks.push(format!(
            "{slug} stands for an interface: take yours (as.{slug}=)."
        ));
    }
    remarks.extend(policy.unwritten.iter().map(ToString::to_string));
    remarks
}

/// The zones whose slugs stand for interfaces, because the reader named none.
fn unnamed(policy: &Policy) -> Vec<Zone> {
    let between = policy.rules.iter().filter(|rule| rule.side == Side::Between);
    let mut zones: Vec<Zone> = between.map(|rule| rule.from).collect();
    zones.sort_unstable();
    zones.dedup();
    zones.retain(|zone| !policy.options.labels.contains_key(zone));
    zones
}

fn apply(policy: &Policy, uses: &[Use], aliases: &[Alias]) -> String {
    let mut out = Script::new("# ");
    out.note("Firewall, Aliases: import the file, then apply. Importing it twice is safe: an alias of the same name is");
    out.note("replaced.");
    out.note("Firewall, Rules: make these rules, each before yours that block the same.");
    let mut before = None;
    for usage in uses {
        for line in explanation(before, usage.rule) {
            out.note(line);
        }
        out.note(format_args!("  {}", rule_line(policy, usage)));
        before = Some(usage.rule);
    }
    out.note("Show what the aliases of addresses hold, in a shell of the firewall.");
    for alias in aliases.iter().filter(|alias| alias.kind == "network") {
        out.line(format_args!("pfctl -t {} -T show", alias.name));
    }
    out.reachability(policy);
    out.into_text()
}

/// A rule in the order of the fields of its page.
fn rule_line(policy: &Policy, usage: &Use) -> String {
    let Use {
        rule,
        source,
        destination,
        port,
    } = usage;
    let place = match rule.side {
        Side::Between => format!("interface {}", policy.options.name_of(rule.from)),
        Side::Inbound => format!("in, at {}", rule.to.slug()),
        Side::Outbound => format!("out, at {}", rule.from.slug()),
    };
    let (name, family, protocol) = (&rule.name, rule.family, protocol(rule));
    let port = port.as_ref().map_or_else(String::new, |port| format!(", port {port}"));
    let log = if policy.options.log { ", log" } else { "" };
    format!("{name}: pass, {place}, {family}, {protocol}, from {source}, to {destination}{port}{log}")
}

fn protocol(rule: &Rule) -> &'static str {
    match (rule.transport, rule.family) {
        (Transport::Tcp, _) => "TCP",
        (Transport::Udp, _) => "UDP",
        (Transport::Icmp, Family::V4) => "ICMP Echo Request",
        (Transport::Icmp, Family::V6) => "ICMPv6 Echo Request",
        (Transport::Esp, _) => "ESP",
        (Transport::Any, _) => "any",
    }
}

fn undo(aliases: &[Alias]) -> String {
    let mut out = Script::new("# ");
    if aliases.is_empty() {
        out.note("There is no alias to delete.");
    } else {
        out.note("Delete the rules, because an alias in use stays; then these under Firewall, Aliases, and apply.");
    }
    for alias in aliases {
        out.note(format_args!("  {}", alias.name));
    }
    out.into_text()
}
