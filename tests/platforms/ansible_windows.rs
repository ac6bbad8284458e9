//! Reads playbooks, with a parser of YAML: plays with the keywords `hosts`, `gather_facts` and `tasks`
//! (<https://docs.ansible.com/ansible/latest/reference_appendices/playbooks_keywords.html>), whose tasks have a name
//! and `community.windows.win_firewall_rule` with the arguments that its reference lists
//! (<https://docs.ansible.com/ansible/latest/collections/community/windows/win_firewall_rule_module.html>). Anything
//! else is an error.

use std::collections::BTreeSet;

use exchange_ports::catalog::Transport;
use exchange_ports::firewall::{Family, Side, Snippet};
use yaml_rust2::yaml::Hash;
use yaml_rust2::{Yaml, YamlLoader};

use super::atom::Atoms;
use super::windows::{HostRule, addresses, ports};

/// What an argument takes.
enum Type {
    Text,
    Choice(&'static [&'static str]),
    Flag,
    Texts,
}

/// The arguments of the module, as its reference lists them under Parameters, version 3.2.0 of the collection.
const ARGUMENTS: [(&str, Type); 14] = [
    ("name", Type::Text),
    ("group", Type::Text),
    ("description", Type::Text),
    ("direction", Type::Choice(&["in", "out"])),
    ("action", Type::Choice(&["allow", "block"])),
    ("protocol", Type::Text),
    ("icmp_type_code", Type::Texts),
    ("localip", Type::Text),
    ("remoteip", Type::Text),
    ("localport", Type::Text),
    ("remoteport", Type::Text),
    ("profiles", Type::Texts),
    ("enabled", Type::Flag),
    ("state", Type::Choice(&["present", "absent"])),
];

/// What a snippet allows.
pub fn read(snippet: &Snippet) -> Result<Atoms, String> {
    let mut all = Atoms::new();
    let mut names = BTreeSet::new();
    for arguments in tasks(&snippet.rules)? {
        if arguments.text("state")? != "present" || !names.insert(arguments.text("name")?.to_owned()) {
            return Err(format!("no new rule: {:?}", arguments.0));
        }
        all.extend(rule(&arguments)?.atoms()?);
    }
    if removed(&snippet.undo)? != names {
        return Err("undoing removes other rules than were written".to_owned());
    }
    Ok(all)
}

/// The names of the rules that a playbook removes.
fn removed(text: &str) -> Result<BTreeSet<String>, String> {
    let tasks = tasks(text)?;
    let name = |arguments: &Arguments| match arguments.text("state")? {
        "absent" => arguments.text("name").map(str::to_owned),
        other => Err(format!("a rule is {other} after undoing")),
    };
    tasks.iter().map(name).collect()
}

/// The arguments of a task.
struct Arguments(Hash);

/// The tasks of a playbook. YAML refuses a key that is there twice.
fn tasks(text: &str) -> Result<Vec<Arguments>, String> {
    let documents = YamlLoader::load_from_str(text).map_err(|error| error.to_string())?;
    let plays = match &documents[..] {
        // Comments alone, where there is nothing to undo.
        [] => return Ok(Vec::new()),
        [Yaml::Array(plays)] => plays,
        _ => return Err("a playbook is a list of plays".to_owned()),
    };
    let mut tasks = Vec::new();
    for play in plays {
        only(play, &["hosts", "gather_facts", "tasks"])?;
        if !play["hosts"].as_str().is_some_and(is_pattern) || play["gather_facts"].as_bool() != Some(false) {
            return Err(format!("no play: {play:?}"));
        }
        for task in play["tasks"].as_vec().ok_or("no tasks")? {
            only(task, &["name", "community.windows.win_firewall_rule"])?;
            let arguments = task["community.windows.win_firewall_rule"].as_hash();
            let arguments = Arguments(arguments.ok_or("no arguments")?.clone());
            arguments.check()?;
            if task["name"].as_str() != Some(arguments.text("name")?) {
                return Err(format!("the task has another name than its rule: {task:?}"));
            }
            tasks.push(arguments);
        }
    }
    Ok(tasks)
}

/// Groups of an inventory, separated by commas.
fn is_pattern(hosts: &str) -> bool {
    let is_plain = |name: &str| {
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"_.-".contains(&byte);
        !name.is_empty() && name.bytes().all(plain)
    };
    hosts.split(',').all(is_plain)
}

/// Whether a mapping has no other keys.
fn only(mapping: &Yaml, known: &[&str]) -> Result<(), String> {
    let keys = mapping
        .as_hash()
        .ok_or_else(|| format!("no mapping: {mapping:?}"))?
        .keys();
    let mut unknown = keys.filter(|key| !key.as_str().is_some_and(|key| known.contains(&key)));
    unknown
        .next()
        .map_or(Ok(()), |key| Err(format!("unknown key: {key:?}")))
}

impl Arguments {
    /// Whether all of them are arguments of the module, and what they take. A text is never a template.
    fn check(&self) -> Result<(), String> {
        for (key, value) in &self.0 {
            let takes = ARGUMENTS.iter().find(|(name, _)| key.as_str() == Some(name));
            let is_text = |value: &Yaml| value.as_str().is_some_and(|text| !text.contains(['{', '%']));
            let fits = match takes {
                Some((_, Type::Text)) => is_text(value),
                Some((_, Type::Choice(choices))) => value.as_str().is_some_and(|choice| choices.contains(&choice)),
                Some((_, Type::Flag)) => value.as_bool().is_some(),
                Some((_, Type::Texts)) => value.as_vec().is_some_and(|values| values.iter().all(is_text)),
                None => false,
            };
            if !fits {
                return Err(format!("unknown argument: {key:?}: {value:?}"));
            }
        }
        Ok(())
    }

    fn get(&self, name: &str) -> Option<&Yaml> {
        self.0.get(&Yaml::String(name.to_owned()))
    }

    fn text(&self, name: &str) -> Result<&str, String> {
        let text = self.get(name).and_then(Yaml::as_str);
        text.ok_or_else(|| format!("no {name}: {:?}", self.0))
    }

    /// The items of a text with commas; none if it is not there.
    fn items(&self, name: &str) -> Vec<&str> {
        let text = self.get(name).and_then(Yaml::as_str);
        text.map_or_else(Vec::new, |text| text.split(',').collect())
    }

    fn texts(&self, name: &str) -> Vec<&str> {
        let texts = self.get(name).and_then(Yaml::as_vec);
        texts.into_iter().flatten().filter_map(Yaml::as_str).collect()
    }
}

fn rule(arguments: &Arguments) -> Result<HostRule, String> {
    let is_enabled = arguments.get("enabled").and_then(Yaml::as_bool) == Some(true);
    if arguments.text("action")? != "allow" || !is_enabled {
        return Err("a rule allows".to_owned());
    }
    if arguments.texts("profiles") != ["domain", "private", "public"] {
        return Err("a rule holds in every profile".to_owned());
    }
    let (side, port, other) = match arguments.text("direction")? {
        "in" => (Side::Inbound, "localport", "remoteport"),
        _ => (Side::Outbound, "remoteport", "localport"),
    };
    if arguments.get(other).is_some() {
        return Err(format!("{other} is not the port of the destination"));
    }
    let types = arguments.texts("icmp_type_code").join(",");
    let (transport, family) = match (arguments.text("protocol")?, types.as_str()) {
        ("tcp", "") => (Transport::Tcp, None),
        ("udp", "") => (Transport::Udp, None),
        ("icmpv4", "8:*") => (Transport::Icmp, Some(Family::V4)),
        ("icmpv6", "128:*") => (Transport::Icmp, Some(Family::V6)),
        ("50", "") => (Transport::Esp, None),
        ("any", "") => (Transport::Any, None),
        other => return Err(format!("unknown protocol: {other:?}")),
    };
    Ok(HostRule {
        side,
        transport,
        family,
        local: addresses(arguments.items("localip"))?,
        remote: addresses(arguments.items("remoteip"))?,
        ports: ports(arguments.items(port))?,
    })
}
