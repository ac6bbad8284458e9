//! Rules while they are collected: what belongs together is merged, then ordered and named.

use super::ends::Pair;
use super::rule::{Rule, Side, is_wide};
use super::text::Prefix;
use crate::catalog::{Flow, PortRange, State, Transport, Vocabulary, Zone, join};

/// What two contributions must share to become one rule.
#[derive(PartialEq)]
pub struct Key {
    /// Where the rule stands.
    pub side: Side,
    /// Where connections are opened.
    pub from: Zone,
    /// Where they go.
    pub to: Zone,
    /// Between whom.
    pub pair: Pair,
    /// What carries them.
    pub transport: Transport,
    /// The state of the flow.
    pub state: State,
    /// Whether the flow may be in clear text.
    pub clear: bool,
    /// The range, if it is so wide that it stands alone.
    pub wide: Option<PortRange>,
    /// The flow, if each has its own rules.
    pub flow: Option<&'static Flow>,
}

impl Key {
    /// The key of a flow on a leg; wide ranges and separate flows are set by the caller.
    pub fn new(flow: &'static Flow, side: Side, (from, to): (Zone, Zone), pair: Pair, transport: Transport) -> Self {
        Self {
            side,
            from,
            to,
            pair,
            transport,
            state: flow.state,
            clear: flow.encryption.may_be_clear(),
            wide: None,
            flow: None,
        }
    }
}

/// The rules so far.
#[derive(Default)]
pub struct Drafts(Vec<(Key, Vec<PortRange>, Vec<&'static Flow>)>);

impl Drafts {
    /// Adds ports of a flow to the rule of the key.
    pub fn add(&mut self, key: Key, ports: &[PortRange], flow: &'static Flow) {
        let index = self.0.iter().position(|(known, ..)| *known == key).unwrap_or_else(|| {
            self.0.push((key, Vec::new(), Vec::new()));
            self.0.len() - 1
        });
        let (_, known_ports, flows) = &mut self.0[index];
        known_ports.extend(ports);
        if !flows.contains(&flow) {
            flows.push(flow);
        }
    }

    /// The finished rules: by zone pair, state, width, transport, first port, family; named and numbered.
    pub fn finish(self, prefix: &Prefix) -> Vec<Rule> {
        let mut rules: Vec<Rule> = self.0.into_iter().map(rule).collect();
        rules.sort_by_key(|rule| {
            let first = rule.ports.first().copied();
            let wide = first.is_some_and(is_wide);
            (
                rule.side,
                rule.from,
                rule.to,
                rule.state,
                wide,
                rule.transport,
                first,
                rule.family,
            )
        });
        for index in 0..rules.len() {
            let group = |rule: &Rule| (rule.from, rule.to, rule.transport);
            let own = group(&rules[index]);
            let number = rules[..index].iter().filter(|rule| group(rule) == own).count() + 1;
            let (from, to, transport) = (own.0.slug(), own.1.slug(), own.2.slug());
            rules[index].name = format!("{prefix}-{from}-{to}-{transport}-{number}");
        }
        rules
    }
}

fn rule((key, ports, mut flows): (Key, Vec<PortRange>, Vec<&'static Flow>)) -> Rule {
    let Pair {
        family,
        source,
        destination,
    } = key.pair;
    flows.sort_unstable();
    Rule {
        name: String::new(),
        side: key.side,
        family,
        from: key.from,
        to: key.to,
        source,
        destination,
        transport: key.transport,
        ports: join(ports),
        state: key.state,
        flows,
    }
}
