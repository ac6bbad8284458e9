//! Reads pf rules, as the grammar of pf.conf(5) gives them (<https://man.openbsd.org/pf.conf>,
//! <https://man.freebsd.org/cgi/man.cgi?pf.conf>): only the words that the writer has a use for, anything else is an
//! error.
//!
//! - pf-rule: `pass [in|out] [log] quick inet|inet6 [proto NAME] hosts [filteropts]`
//! - hosts: `from any|HOST|{ LIST } to any|HOST|{ LIST } [port NUMBER|{ LIST }]`; a range is `FIRST:LAST`
//! - filteropts: `icmp-type echoreq` or `icmp6-type echoreq`, `label "TEXT"` of at most 63 letters
//! - a rule without a direction holds for packets that enter and for those that leave: those that pass a router do both

use exchange_ports::catalog::{PortRange, Transport};
use exchange_ports::firewall::{Family, Network, Side, Snippet};

use super::atom::{Atoms, atoms, everything};
use super::words::{network, port_range};

/// What a snippet allows.
pub fn read(snippet: &Snippet) -> Result<Atoms, String> {
    let mut all = Atoms::new();
    for line in snippet.rules.lines().filter(|line| !line.starts_with('#')) {
        if !is_frame(line) {
            all.extend(pass(line).map_err(|error| format!("{error}: {line}"))?);
        }
    }
    Ok(all)
}

/// Lines that allow nothing that was asked for.
fn is_frame(line: &str) -> bool {
    matches!(
        line,
        "pass quick on lo0 all"
            | "pass quick inet6 proto icmp6 from any to any icmp6-type { routersol, routeradv, neighbrsol, neighbradv }"
            | "pass out quick from self to any"
            | "block drop quick all"
    )
}

fn pass(line: &str) -> Result<Atoms, String> {
    let words: Vec<&str> = line.split(' ').collect();
    let mut words = words.strip_prefix(&["pass"]).ok_or("no rule that passes")?;
    let side = if take(&mut words, "in") {
        Side::Inbound
    } else if take(&mut words, "out") {
        Side::Outbound
    } else {
        Side::Between
    };
    take(&mut words, "log");
    expect(&mut words, "quick")?;
    let family = match next(&mut words)? {
        "inet" => Family::V4,
        "inet6" => Family::V6,
        other => return Err(format!("unknown family: {other}")),
    };
    let transport = if take(&mut words, "proto") {
        protocol(next(&mut words)?, family)?
    } else {
        Transport::Any
    };
    expect(&mut words, "from")?;
    let sources = host(&mut words, family)?;
    expect(&mut words, "to")?;
    let destinations = host(&mut words, family)?;
    let ports: Vec<Option<PortRange>> = match transport {
        Transport::Tcp | Transport::Udp => {
            expect(&mut words, "port")?;
            let ports = list(&mut words)?
                .into_iter()
                .map(|text| port_range(text, ':').map(Some));
            ports.collect::<Result<_, _>>()?
        }
        _ => vec![None],
    };
    if transport == Transport::Icmp {
        expect(
            &mut words,
            if family == Family::V4 {
                "icmp-type"
            } else {
                "icmp6-type"
            },
        )?;
        expect(&mut words, "echoreq")?;
    }
    expect(&mut words, "label")?;
    match words {
        [label] if is_label(label) => Ok(atoms(side, &sources, &destinations, transport, &ports)),
        _ => Err(format!("unknown words: {words:?}")),
    }
}

fn protocol(name: &str, family: Family) -> Result<Transport, String> {
    match (name, family) {
        ("tcp", _) => Ok(Transport::Tcp),
        ("udp", _) => Ok(Transport::Udp),
        ("esp", _) => Ok(Transport::Esp),
        ("icmp", Family::V4) | ("icmp6", Family::V6) => Ok(Transport::Icmp),
        _ => Err(format!("unknown protocol: {name}")),
    }
}

fn host(words: &mut &[&str], family: Family) -> Result<Vec<Network>, String> {
    if take(words, "any") {
        return Ok(vec![everything(family)]);
    }
    let networks: Vec<Network> = list(words)?.into_iter().map(network).collect::<Result<_, _>>()?;
    let fits = networks.iter().all(|network| network.family() == family);
    fits.then_some(networks)
        .ok_or_else(|| "an address of the other family".to_owned())
}

/// One value, or several in braces.
fn list<'a>(words: &mut &[&'a str]) -> Result<Vec<&'a str>, String> {
    let first = next(words)?;
    if first != "{" {
        return Ok(vec![first]);
    }
    let mut values = Vec::new();
    loop {
        let value = next(words)?;
        values.push(value.trim_end_matches(','));
        if !value.ends_with(',') {
            expect(words, "}")?;
            return Ok(values);
        }
    }
}

fn is_label(word: &str) -> bool {
    let label = word.strip_prefix('"').and_then(|word| word.strip_suffix('"'));
    // A dollar would begin a macro.
    let is_plain = |label: &str| label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    label.is_some_and(|label| (1..=63).contains(&label.len()) && is_plain(label))
}

fn next<'a>(words: &mut &[&'a str]) -> Result<&'a str, String> {
    let (first, rest) = words.split_first().ok_or("it ends early")?;
    *words = rest;
    Ok(first)
}

/// Whether the next word is this one; then it is taken.
fn take(words: &mut &[&str], word: &str) -> bool {
    let is_next = words.first() == Some(&word);
    *words = &words[usize::from(is_next)..];
    is_next
}

fn expect(words: &mut &[&str], word: &str) -> Result<(), String> {
    take(words, word).then_some(()).ok_or_else(|| format!("no {word}"))
}
