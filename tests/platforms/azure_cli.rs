//! Reads scripts of `az network nsg rule create`, as its reference (learn.microsoft.com/cli/azure/network/nsg/rule)
//! describes it: one command in a line, each argument once, lists separated by spaces. Values are plain words that no
//! shell reads in another way, or texts in single quotes. Anything else is an error.

use std::collections::BTreeMap;

use exchange_ports::firewall::Snippet;

use super::atom::Atoms;
use super::azure::{SecurityRule, allowed};

/// What a snippet allows.
pub fn read(snippet: &Snippet) -> Result<Atoms, String> {
    let lines = snippet
        .rules
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with("# "));
    let rules: Vec<SecurityRule> = lines.map(command).collect::<Result<_, _>>()?;
    allowed(&rules)
}

type Arguments = BTreeMap<String, Vec<String>>;

fn command(line: &str) -> Result<SecurityRule, String> {
    let words = line
        .strip_prefix("az network nsg rule create ")
        .ok_or_else(|| format!("unknown command: {line}"))?;
    let mut arguments = arguments(&words_of(words)?)?;
    let mut list = |name: &str| arguments.remove(name).ok_or_else(|| format!("no {name}: {line}"));
    let rule = SecurityRule {
        group: one(list("nsg-name")?)?,
        name: one(list("name")?)?,
        description: one(list("description")?)?,
        priority: one(list("priority")?)?
            .parse()
            .map_err(|_| format!("no priority: {line}"))?,
        direction: one(list("direction")?)?,
        access: one(list("access")?)?,
        protocol: one(list("protocol")?)?,
        sources: list("source-address-prefixes")?,
        source_ports: list("source-port-ranges")?,
        destinations: list("destination-address-prefixes")?,
        ports: list("destination-port-ranges")?,
    };
    let output = one(list("output")?)?;
    match arguments.keys().next() {
        Some(name) => Err(format!("unknown argument: {name}")),
        None if output == "none" => Ok(rule),
        None => Err(format!("unknown output: {output}")),
    }
}

fn one(values: Vec<String>) -> Result<String, String> {
    match <[String; 1]>::try_from(values) {
        Ok([value]) => Ok(value),
        Err(values) => Err(format!("not one value: {values:?}")),
    }
}

/// The words of a command as a shell reads them.
fn words_of(line: &str) -> Result<Vec<String>, String> {
    let mut words = Vec::new();
    let mut rest = line;
    while !rest.is_empty() {
        let (word, behind) = match rest.strip_prefix('\'') {
            Some(quoted) => quoted.split_once('\'').ok_or_else(|| format!("no end: {rest}"))?,
            None => rest.split_at(rest.find(' ').unwrap_or(rest.len())),
        };
        let is_plain = |letter: char| letter.is_ascii_alphanumeric() || "-_.:/".contains(letter);
        if !rest.starts_with('\'') && !word.chars().all(is_plain) {
            return Err(format!("a shell reads more than a word: {word}"));
        }
        words.push(word.to_owned());
        rest = match behind.strip_prefix(' ') {
            Some(rest) if !rest.is_empty() => rest,
            _ if behind.is_empty() => behind,
            _ => return Err(format!("no space behind a word: {line}")),
        };
    }
    Ok(words)
}

fn arguments(words: &[String]) -> Result<Arguments, String> {
    let mut arguments = Arguments::new();
    let mut name = String::new();
    for word in words {
        if let Some(argument) = word.strip_prefix("--") {
            argument.clone_into(&mut name);
            if arguments.insert(name.clone(), Vec::new()).is_some() {
                return Err(format!("{name} is said twice"));
            }
        } else {
            let values = arguments.get_mut(&name);
            values.ok_or_else(|| format!("{word} stands alone"))?.push(word.clone());
        }
    }
    Ok(arguments)
}
