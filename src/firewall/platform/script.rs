//! Lines of commands and comments: what the texts of most platforms are made of.

use std::fmt::Display;

use super::Platform;
use crate::catalog::{State, Transport, Vocabulary};
use crate::firewall::address::{Addresses, Network};
use crate::firewall::header;
use crate::firewall::policy::Policy;
use crate::firewall::rule::Rule;

/// A text that grows line by line.
pub struct Script {
    /// What begins a comment, with the space behind it.
    comment: &'static str,
    depth: usize,
    text: String,
}

impl Script {
    /// An empty text whose comments begin like this.
    pub fn new(comment: &'static str) -> Self {
        Self {
            comment,
            depth: 0,
            text: String::new(),
        }
    }

    /// Adds a line.
    pub fn line(&mut self, line: impl Display) {
        let line = line.to_string();
        if !line.is_empty() {
            self.text += &"  ".repeat(self.depth);
        }
        self.text += &line;
        self.text.push('\n');
    }

    /// Adds a comment.
    pub fn note(&mut self, note: impl Display) {
        let comment = self.comment;
        self.line(format_args!("{comment}{note}"));
    }

    /// Adds a block: its first line, its content one step to the right, its last line.
    pub fn block(&mut self, first: impl Display, last: &str, content: impl FnOnce(&mut Self)) {
        self.section(first, content);
        self.line(last);
    }

    /// Adds a line, and its content one step to the right.
    pub fn section(&mut self, first: impl Display, content: impl FnOnce(&mut Self)) {
        self.line(first);
        self.depth += 1;
        content(self);
        self.depth -= 1;
    }

    /// The text, which ends with one newline.
    pub fn into_text(self) -> String {
        self.text
    }

    /// The comment that every snippet begins with.
    pub fn header(&mut self, policy: &Policy, platform: &Platform) {
        for line in header::lines(policy, platform) {
            self.note(line);
        }
    }

    /// What is asked for and not written.
    pub fn unwritten(&mut self, policy: &Policy) {
        for entry in &policy.unwritten {
            self.note(entry);
        }
    }

    /// What stands above a rule, as comments.
    pub fn explain(&mut self, before: Option<&Rule>, rule: &Rule) {
        for line in explanation(before, rule) {
            self.note(line);
        }
    }

    /// How to see from a source whether the rules work: one connection that must succeed, one that must fail. They are
    /// comments, because they run on another machine than all other commands.
    pub fn reachability(&mut self, policy: &Policy) {
        let Some((rule, host, port)) = policy.rules.iter().find_map(reachable) else {
            self.note("No rule allows TCP to a known host, so there is no connection to try.");
            return;
        };
        self.note(format_args!(
            "On a machine in {} that the rules name as a source, with PowerShell or nc.",
            rule.from.slug()
        ));
        self.note("This must succeed, if the service runs:");
        self.attempt(host, port);
        if let Some(port) = closed_port(policy, host) {
            self.note("This must fail, if nothing else allows it:");
            self.attempt(host, port);
        }
    }

    fn attempt(&mut self, host: Network, port: u16) {
        self.note(format_args!("  Test-NetConnection {host} -Port {port}"));
        self.note(format_args!("  nc -vz -w 3 {host} {port}"));
    }
}

/// What stands above a rule: the block that begins with it, its flows, and how wide it is.
pub fn explanation(before: Option<&Rule>, rule: &Rule) -> Vec<String> {
    let block = |rule: &Rule| (rule.side, rule.from, rule.to, rule.state);
    let mut lines = Vec::new();
    if before.map(block) != Some(block(rule)) {
        let (state, from, to) = (rule.state.slug(), rule.from.slug(), rule.to.slug());
        lines.push(format!("{state} from {from} to {to}{}", when_needed(rule.state)));
    }
    lines.push(format!("flows: {}", rule.flow_ids()));
    if let Some(range) = rule.wide_range() {
        let width = range.width();
        lines.push(format!(
            "{width} ports: pin the service to one port, then open that one"
        ));
    }
    lines
}

fn when_needed(state: State) -> &'static str {
    match state {
        State::Optional => ": leave out what you do not use",
        State::Coexistence => ": only beside an older version or during a migration",
        State::Legacy => ": only for old systems",
        State::Required | State::NotUsed | State::Local => "",
    }
}

/// The networks of an end; none if it is any.
pub fn networks(addresses: &Addresses) -> &[Network] {
    match addresses {
        Addresses::Any => &[],
        Addresses::Only(networks) => networks,
    }
}

/// A host and a TCP port that a rule opens.
fn reachable(rule: &Rule) -> Option<(&Rule, Network, u16)> {
    let host = networks(&rule.destination).iter().find(|network| network.is_host())?;
    let port = rule.ports.first().filter(|_| rule.transport == Transport::Tcp)?;
    Some((rule, *host, port.first()))
}

/// A TCP port of a host that no rule opens: one that people would not like to find open.
fn closed_port(policy: &Policy, host: Network) -> Option<u16> {
    let opens = |rule: &Rule, port: u16| {
        let is_there = match &rule.destination {
            Addresses::Any => true,
            Addresses::Only(networks) => networks.iter().any(|network| network.contains(host)),
        };
        let has_port = rule
            .ports
            .iter()
            .any(|range| range.first() <= port && port <= range.last());
        is_there && (rule.transport == Transport::Any || rule.transport == Transport::Tcp && has_port)
    };
    [3389, 22, 23, 1433]
        .into_iter()
        .find(|&port| !policy.rules.iter().any(|rule| opens(rule, port)))
}
