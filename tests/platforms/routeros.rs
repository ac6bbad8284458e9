//! Reads RouterOS scripts, as "Filter", "Common Firewall Matchers and Actions", "Address-lists", "Scripting" and "Console"
//! of <https://help.mikrotik.com/docs/spaces/ROS> describe them: anything else is an error.
//!
//! A line is a comment, a menu, or a command in the menu: `add` with properties, or `remove` of what is found. They
//! change a router that has rules and lists of its own. The file is imported twice, which must be the same as once;
//! the undo must leave what was there before.

use std::collections::{BTreeMap, BTreeSet};

use exchange_ports::catalog::{PortRange, Transport};
use exchange_ports::firewall::{Family, Network, Side, Snippet};

use super::atom::{Atoms, atoms, everything};
use super::words::{multiport, network};

/// What a snippet allows.
pub fn read(snippet: &Snippet) -> Result<Atoms, String> {
    let mut router = Router::with_rules_of_its_own();
    let before = router.clone();
    router.run(&snippet.rules)?;
    router.run(&applied(&snippet.apply))?;
    let once = router.clone();
    router.run(&snippet.rules)?;
    router.run(&applied(&snippet.apply))?;
    if router != once {
        return Err(format!("twice is not once: {router:#?}"));
    }
    router.run(&snippet.undo)?;
    if router != before {
        return Err(format!("left or lost after the undo: {router:#?}"));
    }
    once.allowed()
}

/// The commands beside the file that change something.
fn applied(apply: &str) -> String {
    let changes = |line: &&str| !line.starts_with("/import ") && !line.contains(" print where chain=\"");
    apply.lines().filter(changes).collect::<Vec<_>>().join("\n")
}

/// The properties of a rule, or of an address in a list.
type Item = BTreeMap<String, String>;

/// One of two tables of a family.
type Menu = (Family, &'static str);

#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Router {
    tables: BTreeMap<Menu, Vec<Item>>,
}

const FILTER: &str = "filter";
const LISTS: &str = "address-list";

impl Router {
    fn with_rules_of_its_own() -> Self {
        let mut router = Self::default();
        let own = "/ip firewall filter\nadd chain=forward action=drop comment=\"own\"\n\
            add chain=\"own-forward\" action=accept comment=\"exchange-internet-server-lan-tcp-1\"\n\
            /ip firewall address-list\nadd list=\"own\" address=192.0.2.0/24 comment=\"own\"\n\
            /ipv6 firewall filter\nadd chain=input action=drop comment=\"own\"\n\
            /ipv6 firewall address-list\nadd list=\"own\" address=2001:db8::/32 comment=\"own\"\n";
        router.run(own).expect("a router has rules of its own");
        router
    }

    fn run(&mut self, script: &str) -> Result<(), String> {
        let mut menu = None;
        for line in script.lines().filter(|line| !line.starts_with("# ")) {
            let mut command = line;
            if line.starts_with('/') {
                let (found, rest) = absolute(line)?;
                (menu, command) = (Some(found), rest);
            }
            let menu = menu.ok_or("a command outside of a menu")?;
            let table = self.tables.entry(menu).or_default();
            if !command.is_empty() {
                run(table, command).map_err(|error| format!("{error}: {line}"))?;
            }
        }
        Ok(())
    }

    /// The rules that are not of the router itself.
    fn filter(&self, family: Family) -> impl Iterator<Item = &Item> {
        let table = self.tables.get(&(family, FILTER)).into_iter().flatten();
        table
            .filter(|item| item.get("comment").is_none_or(|comment| comment != "own") && item["chain"] != "own-forward")
    }

    fn allowed(&self) -> Result<Atoms, String> {
        let mut all = Atoms::new();
        for family in Family::ALL {
            let bases = ["forward", "input", "output"];
            let (jumps, rules): (Vec<&Item>, Vec<&Item>) = self
                .filter(family)
                .partition(|item| bases.contains(&item["chain"].as_str()));
            let chains: BTreeSet<&String> = rules.iter().map(|item| &item["chain"]).collect();
            let mut entered = BTreeSet::new();
            for jump in &jumps {
                let target = jump_target(jump)?;
                entered.insert(target);
                let chain: Vec<&Item> = rules.iter().copied().filter(|item| item["chain"] == *target).collect();
                all.extend(self.chain(family, &jump["chain"], &chain)?);
            }
            // A rule that nothing reaches allows nothing, and a chain that is entered must be there.
            if entered != chains || jumps.len() != chains.len() || !self.jumps_stand_first(family, jumps.len()) {
                return Err(format!("jumps {jumps:?} do not fit the chains {chains:?}"));
            }
        }
        Ok(all)
    }

    fn jumps_stand_first(&self, family: Family, count: usize) -> bool {
        let table = &self.tables[&(family, FILTER)];
        table.iter().take(count).all(|item| item["action"] == "jump")
    }

    fn chain(&self, family: Family, hook: &str, rules: &[&Item]) -> Result<Atoms, String> {
        let side = match hook {
            "forward" => Side::Between,
            "input" => Side::Inbound,
            _ => Side::Outbound,
        };
        let mut all = Atoms::new();
        let mut own = Vec::new();
        let mut drops = false;
        for rule in rules {
            let shown = || format!("{rule:?}");
            if drops {
                return Err(format!("a rule behind the drop: {}", shown()));
            }
            match rule["action"].as_str() {
                "drop" if rule.len() == 2 => drops = true,
                "accept" if rule.contains_key("comment") => {
                    all.extend(
                        self.rule(family, side, rule)
                            .map_err(|error| format!("{error}: {}", shown()))?,
                    );
                }
                "accept" => own.push(properties(rule)),
                _ => return Err(format!("unknown action: {}", shown())),
            }
        }
        let expected = if drops { own_traffic(hook, family) } else { Vec::new() };
        if own == expected {
            Ok(all)
        } else {
            Err(format!("of a machine's own traffic: {own:?}, drops the rest: {drops}"))
        }
    }

    fn rule(&self, family: Family, side: Side, rule: &Item) -> Result<Atoms, String> {
        let mut known: BTreeSet<&str> = ["chain", "action", "comment"].into();
        let mut value = |key: &'static str| {
            known.insert(key);
            rule.get(key).map(String::as_str)
        };
        let sources = self.end(family, value("src-address"), value("src-address-list"))?;
        let destinations = self.end(family, value("dst-address"), value("dst-address-list"))?;
        let (transport, ports) = match (value("protocol"), value("dst-port"), value("icmp-options"), family) {
            (Some("tcp"), Some(ports), None, _) => (Transport::Tcp, ranges(ports)?),
            (Some("udp"), Some(ports), None, _) => (Transport::Udp, ranges(ports)?),
            (Some("ipsec-esp"), None, None, _) => (Transport::Esp, vec![None]),
            (None, None, None, _) => (Transport::Any, vec![None]),
            (Some("icmp"), None, Some("8:0"), Family::V4) | (Some("icmpv6"), None, Some("128:0"), Family::V6) => {
                (Transport::Icmp, vec![None])
            }
            _ => return Err("unknown traffic".to_owned()),
        };
        match (value("connection-state"), value("log"), value("log-prefix")) {
            (None, None, None) => {}
            (Some("new"), Some("yes"), Some(prefix)) if prefix == rule["comment"] => {}
            _ => return Err("it logs more or less than what begins".to_owned()),
        }
        match rule.keys().find(|key| !known.contains(key.as_str())) {
            None => Ok(atoms(side, &sources, &destinations, transport, &ports)),
            Some(key) => Err(format!("unknown property: {key}")),
        }
    }

    fn end(&self, family: Family, address: Option<&str>, list: Option<&str>) -> Result<Vec<Network>, String> {
        let networks = match (address, list) {
            (None, None) => vec![everything(family)],
            (Some(address), None) => vec![network(address)?],
            (None, Some(list)) => {
                let lists = self.tables.get(&(family, LISTS)).into_iter().flatten();
                let members = lists
                    .filter(|item| item["list"] == list)
                    .map(|item| network(&item["address"]));
                members.collect::<Result<_, _>>()?
            }
            (Some(_), Some(_)) => return Err("an address and a list".to_owned()),
        };
        if networks.is_empty() || networks.iter().any(|network| network.family() != family) {
            return Err("no addresses of this family".to_owned());
        }
        Ok(networks)
    }
}

/// The menu at the beginning of a line, and the command behind it.
fn absolute(line: &str) -> Result<(Menu, &str), String> {
    let (family, rest) = match line.strip_prefix("/ip firewall ") {
        Some(rest) => (Family::V4, rest),
        None => (
            Family::V6,
            line.strip_prefix("/ipv6 firewall ")
                .ok_or_else(|| format!("unknown menu: {line}"))?,
        ),
    };
    let (table, command) = rest.split_once(' ').unwrap_or((rest, ""));
    match table {
        FILTER => Ok(((family, FILTER), command)),
        LISTS => Ok(((family, LISTS), command)),
        _ => Err(format!("unknown menu: {line}")),
    }
}

fn run(table: &mut Vec<Item>, command: &str) -> Result<(), String> {
    if let Some(found) = command
        .strip_prefix("remove [find ")
        .and_then(|rest| rest.strip_suffix(']'))
    {
        let (key, value) = property(found)?;
        // Without quotes a dash is a minus.
        if !found.ends_with('"') {
            return Err("what is to be found stands without quotes".to_owned());
        }
        table.retain(|item| item.get(&key) != Some(&value));
        return Ok(());
    }
    let properties = command.strip_prefix("add ").ok_or("unknown command")?;
    let first = " place-before=[:pick [find dynamic=no] 0]";
    let (properties, stands_first) = match properties.strip_suffix(first) {
        Some(properties) => (properties, true),
        None => (properties, false),
    };
    let mut item = Item::new();
    for text in properties.split(' ') {
        let (key, value) = property(text)?;
        if item.insert(key, value).is_some() {
            return Err("a property stands twice".to_owned());
        }
    }
    match (stands_first, table.is_empty()) {
        (true, true) => return Err("there is nothing to stand before".to_owned()),
        (true, false) => table.insert(0, item),
        (false, _) => table.push(item),
    }
    Ok(())
}

/// A property, its value in quotes or not: nothing in it may mean something to the console.
fn property(text: &str) -> Result<(String, String), String> {
    let (key, value) = text.split_once('=').ok_or_else(|| format!("no property: {text}"))?;
    let inner = value
        .strip_prefix('"')
        .and_then(|value| value.strip_suffix('"'))
        .unwrap_or(value);
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || "-_.,:/".contains(letter);
    if inner.is_empty() || !inner.chars().all(is_plain) {
        return Err(format!("the console reads this: {text}"));
    }
    Ok((key.to_owned(), inner.to_owned()))
}

/// Where a jump leads: it must take everything along.
fn jump_target(jump: &Item) -> Result<&String, String> {
    let keys: Vec<&str> = jump.keys().map(String::as_str).collect();
    if keys == ["action", "chain", "comment", "jump-target"] && jump["action"] == "jump" {
        Ok(&jump["jump-target"])
    } else {
        Err(format!("no jump: {jump:?}"))
    }
}

/// A list of at most 15 ports, of which a range counts as two: it becomes netfilter's multiport match.
fn ranges(list: &str) -> Result<Vec<Option<PortRange>>, String> {
    Ok(multiport(&list.replace('-', ":"))?.into_iter().map(Some).collect())
}

fn properties(rule: &Item) -> String {
    let own = rule
        .iter()
        .filter(|(key, _)| !["chain", "action"].contains(&key.as_str()));
    own.map(|(key, value)| format!("{key}={value}"))
        .collect::<Vec<_>>()
        .join(" ")
}

/// What a chain that drops everything else must accept.
fn own_traffic(hook: &str, family: Family) -> Vec<String> {
    let mut own = vec!["connection-state=established,related"];
    match (hook, family) {
        ("forward", _) => {}
        (_, Family::V4) => own.push("dst-address=127.0.0.0/8"),
        (_, Family::V6) => own.extend([
            "dst-address=::1/128",
            "icmp-options=133:0 protocol=icmpv6",
            "icmp-options=134:0 protocol=icmpv6",
            "icmp-options=135:0 protocol=icmpv6",
            "icmp-options=136:0 protocol=icmpv6",
        ]),
    }
    own.into_iter().map(str::to_owned).collect()
}
