//! Reads VyOS commands, as "IPv4 Firewall Configuration", "IPv6 Firewall Configuration" and "Firewall groups" of
//! <https://docs.vyos.io/en/latest/configuration/firewall/> describe them, and checks what VyOS itself checks before it
//! commits (`interface-definitions/firewall.xml.in` and `src/conf_mode/firewall.py` of github.com/vyos/vyos-1x):
//! anything else is an error.
//!
//! A configuration is a tree, of which each command sets a branch. What a chain sees is said by the base chain that
//! jumps to it; with `rest=keep` that command stands beside the file. The commands of the undo leave nothing.

use std::collections::{BTreeMap, BTreeSet};

use exchange_ports::catalog::{PortRange, Transport};
use exchange_ports::firewall::{Family, Network, Side, Snippet};

use super::atom::{Atoms, atoms, everything};
use super::words::{network, port_range};

/// What a snippet allows.
pub fn read(snippet: &Snippet) -> Result<Atoms, String> {
    let mut tree = Tree::default();
    for line in snippet.rules.lines().filter(|line| !line.starts_with("# ")) {
        tree.set(line)?;
    }
    for line in snippet.apply.lines().filter(|line| line.starts_with("set ")) {
        tree.set(line)?;
    }
    let all = Config::of(&tree)?.allowed()?;
    for path in snippet.undo.lines().filter_map(|line| line.strip_prefix("delete ")) {
        tree.delete(path)?;
    }
    if tree.0.is_empty() {
        Ok(all)
    } else {
        Err(format!("left after the undo: {tree:?}"))
    }
}

/// The branches of a configuration.
#[derive(Debug, Default)]
struct Tree(BTreeSet<String>);

impl Tree {
    fn set(&mut self, line: &str) -> Result<(), String> {
        let branch = line
            .strip_prefix("set ")
            .ok_or_else(|| format!("unknown command: {line}"))?;
        // A shell reads the line: nothing in it may mean something to that.
        let is_plain = |letter: char| letter.is_ascii_alphanumeric() || " -_.,:/".contains(letter);
        if branch.chars().all(is_plain) && self.0.insert(branch.to_owned()) {
            Ok(())
        } else {
            Err(format!("a shell reads this, or it stands twice: {line}"))
        }
    }

    fn delete(&mut self, path: &str) -> Result<(), String> {
        let before = self.0.len();
        self.0
            .retain(|branch| !format!("{branch} ").starts_with(&format!("{path} ")));
        if self.0.len() < before {
            Ok(())
        } else {
            Err(format!("nothing to delete: {path}"))
        }
    }
}

type Words = BTreeMap<String, Vec<String>>;

#[derive(Debug, Default)]
struct Chain {
    last: Option<String>,
    rules: BTreeMap<u32, Words>,
}

#[derive(Debug, Default)]
struct Config {
    bases: BTreeMap<(Family, String), BTreeMap<u32, Words>>,
    chains: BTreeMap<(Family, String), Chain>,
    groups: BTreeMap<(Family, String), Vec<Network>>,
}

impl Config {
    fn of(tree: &Tree) -> Result<Self, String> {
        let mut config = Self::default();
        for branch in &tree.0 {
            config.branch(branch).map_err(|error| format!("{error}: {branch}"))?;
        }
        Ok(config)
    }

    fn branch(&mut self, branch: &str) -> Result<(), String> {
        let words: Vec<&str> = branch.split(' ').collect();
        let (kind, rest) = match &words[..] {
            ["firewall", kind, rest @ ..] => (*kind, rest),
            _ => return Err("no branch of the firewall".to_owned()),
        };
        let family = match kind {
            "ipv4" => Family::V4,
            "ipv6" => Family::V6,
            "group" => return self.group(rest),
            _ => return Err("unknown branch".to_owned()),
        };
        match rest {
            ["name", name, "default-action", last @ ("return" | "drop")] => {
                self.chain(family, name).last = Some((*last).to_owned());
                Ok(())
            }
            ["name", name, "rule", number, words @ ..] => add(&mut self.chain(family, name).rules, number, words),
            [hook, "filter", "rule", number, words @ ..] => add(
                self.bases.entry((family, (*hook).to_owned())).or_default(),
                number,
                words,
            ),
            _ => Err("unknown branch".to_owned()),
        }
    }

    fn chain(&mut self, family: Family, name: &str) -> &mut Chain {
        self.chains.entry((family, name.to_owned())).or_default()
    }

    fn group(&mut self, words: &[&str]) -> Result<(), String> {
        let (family, name, member) = match words {
            ["network-group", name, "network", member] => (Family::V4, name, member),
            ["ipv6-network-group", name, "network", member] => (Family::V6, name, member),
            _ => return Err("unknown group".to_owned()),
        };
        let network = network(member)?;
        if network.family() != family || !member.contains('/') {
            return Err("no network of this family".to_owned());
        }
        self.groups
            .entry((family, (*name).to_owned()))
            .or_default()
            .push(network);
        Ok(())
    }

    fn allowed(&self) -> Result<Atoms, String> {
        let mut all = Atoms::new();
        let mut entered = BTreeSet::new();
        let mut used = BTreeSet::new();
        for ((family, hook), rules) in &self.bases {
            let (side, name) = jump(hook, rules)?;
            let key = (*family, name);
            let chain = self.chains.get(&key).ok_or("a jump to a chain that is not there")?;
            let own_traffic = own_traffic(hook, *family);
            let mut left: Vec<&Words> = own_traffic.iter().collect();
            for words in chain.rules.values() {
                if words.contains_key("description") {
                    let groups = words.iter().filter(|(key, _)| key.ends_with("network-group"));
                    used.extend(groups.map(|(_, names)| (*family, names[0].clone())));
                    all.extend(
                        self.rule(*family, side, words)
                            .map_err(|error| format!("{error}: {words:?}"))?,
                    );
                } else {
                    let known = left.iter().position(|own| *own == words);
                    left.remove(known.ok_or_else(|| format!("unknown rule: {words:?}"))?);
                }
            }
            let drops = match chain.last.as_deref() {
                Some("drop") => true,
                Some("return") => false,
                _ => return Err("a chain drops by itself what it does not know".to_owned()),
            };
            if drops != left.is_empty() {
                return Err(format!("of a machine's own traffic: {left:?}, drops the rest: {drops}"));
            }
            entered.insert(key);
        }
        if !entered.iter().eq(self.chains.keys()) || !used.iter().eq(self.groups.keys()) {
            return Err(format!("chains or groups that nothing uses: {self:#?}"));
        }
        Ok(all)
    }

    fn rule(&self, family: Family, side: Side, words: &Words) -> Result<Atoms, String> {
        let mut known: BTreeSet<&str> = ["action", "description"].into();
        let mut value = |key: &'static str| {
            known.insert(key);
            words.get(key).map(|values| values[0].as_str())
        };
        if value("action") != Some("accept") || words["description"][0].len() > 255 {
            return Err("no rule that accepts, or a long description".to_owned());
        }
        let end = |address: Option<&str>, group: Option<&str>| match (address, group) {
            (None, None) => Ok(vec![everything(family)]),
            (Some(address), None) => Ok(vec![network(address)?]),
            (None, Some(group)) => {
                let group = self.groups.get(&(family, group.to_owned()));
                group.cloned().ok_or_else(|| "a group that is not there".to_owned())
            }
            (Some(_), Some(_)) => Err("an address and a group".to_owned()),
        };
        let sources = end(value("source address"), value("source group network-group"))?;
        let destinations = end(value("destination address"), value("destination group network-group"))?;
        if sources
            .iter()
            .chain(&destinations)
            .any(|network| network.family() != family)
        {
            return Err("an address of the other family".to_owned());
        }
        let kinds = (value("icmp type-name"), value("icmpv6 type-name"));
        let (transport, ports) = match (value("protocol"), value("destination port"), kinds, family) {
            (Some("tcp"), Some(ports), (None, None), _) => (Transport::Tcp, ranges(ports)?),
            (Some("udp"), Some(ports), (None, None), _) => (Transport::Udp, ranges(ports)?),
            (Some("esp"), None, (None, None), _) => (Transport::Esp, vec![None]),
            (None, None, (None, None), _) => (Transport::Any, vec![None]),
            (Some("icmp"), None, (Some("echo-request"), None), Family::V4)
            | (Some("ipv6-icmp"), None, (None, Some("echo-request")), Family::V6) => (Transport::Icmp, vec![None]),
            _ => return Err("unknown traffic".to_owned()),
        };
        match (value("state"), value("log")) {
            (None, None) | (Some("new"), Some("")) => {}
            _ => return Err("it logs more or less than what begins".to_owned()),
        }
        match words.keys().find(|key| !known.contains(key.as_str())) {
            None => Ok(atoms(side, &sources, &destinations, transport, &ports)),
            Some(key) => Err(format!("unknown words: {key}")),
        }
    }
}

fn ranges(list: &str) -> Result<Vec<Option<PortRange>>, String> {
    list.split(',').map(|range| port_range(range, '-').map(Some)).collect()
}

/// Adds a branch of a rule: only a state may have several values.
fn add(rules: &mut BTreeMap<u32, Words>, number: &str, words: &[&str]) -> Result<(), String> {
    let number: u32 = number.parse().map_err(|_| "no number")?;
    if !(1..=999_999).contains(&number) {
        return Err("a number that a rule cannot have".to_owned());
    }
    let (key, value) = match words {
        ["log"] => ("log".to_owned(), ""),
        [key @ .., value] if !key.is_empty() => (key.join(" "), *value),
        _ => return Err("an empty branch".to_owned()),
    };
    let values = rules.entry(number).or_default().entry(key.clone()).or_default();
    values.push(value.to_owned());
    if values.len() == 1 || key == "state" {
        Ok(())
    } else {
        Err("two values where one fits".to_owned())
    }
}

/// Where a base chain stands, and to what its only rule jumps.
fn jump(hook: &str, rules: &BTreeMap<u32, Words>) -> Result<(Side, String), String> {
    let side = match hook {
        "forward" => Side::Between,
        "input" => Side::Inbound,
        "output" => Side::Outbound,
        _ => return Err(format!("unknown base chain: {hook}")),
    };
    let values: Vec<(u32, Vec<(&str, &str)>)> = rules
        .iter()
        .map(|(number, words)| {
            let words = words.iter().map(|(key, values)| (key.as_str(), values[0].as_str()));
            (*number, words.collect())
        })
        .collect();
    match &values[..] {
        [(1, words)] => match words[..] {
            [("action", "jump"), ("jump-target", name)] => Ok((side, name.to_owned())),
            _ => Err(format!("no jump: {words:?}")),
        },
        _ => Err(format!("more than the first rule: {rules:?}")),
    }
}

/// What a chain that drops everything else must accept.
fn own_traffic(hook: &str, family: Family) -> Vec<Words> {
    let words = |words: &[(&str, &str)]| {
        let mut all = Words::from([("action".to_owned(), vec!["accept".to_owned()])]);
        for (key, value) in words {
            all.entry((*key).to_owned()).or_default().push((*value).to_owned());
        }
        all
    };
    let mut own = vec![words(&[("state", "established"), ("state", "related")])];
    match hook {
        "input" => own.push(words(&[("inbound-interface name", "lo")])),
        "output" => own.push(words(&[("outbound-interface name", "lo")])),
        _ => {}
    }
    if hook != "forward" && family == Family::V6 {
        for kind in [
            "nd-router-solicit",
            "nd-router-advert",
            "nd-neighbor-solicit",
            "nd-neighbor-advert",
        ] {
            own.push(words(&[("protocol", "ipv6-icmp"), ("icmpv6 type-name", kind)]));
        }
    }
    own
}
