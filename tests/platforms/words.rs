//! Words that many platforms write alike.

use std::net::IpAddr;

use exchange_ports::catalog::PortRange;
use exchange_ports::firewall::Network;

/// An address, with or without a prefix.
pub fn network(text: &str) -> Result<Network, String> {
    let unknown = || format!("no network: {text}");
    let (address, prefix) = text
        .split_once('/')
        .map_or((text, None), |(address, prefix)| (address, Some(prefix)));
    let address: IpAddr = address.parse().map_err(|_| unknown())?;
    match prefix {
        None => Ok(Network::host(address)),
        Some(prefix) => Network::new(address, prefix.parse().map_err(|_| unknown())?).ok_or_else(unknown),
    }
}

/// A port, or two with a sign between them.
pub fn port_range(text: &str, between: char) -> Result<PortRange, String> {
    let unknown = || format!("no ports: {text}");
    let (first, last) = text.split_once(between).unwrap_or((text, text));
    let number = |text: &str| text.parse().map_err(|_| unknown());
    PortRange::new(number(first)?, number(last)?).ok_or_else(unknown)
}

/// Ports as netfilter's multiport match takes them: separated by commas, ranges with a colon, at most 15, of which a
/// range counts as two.
pub fn multiport(list: &str) -> Result<Vec<PortRange>, String> {
    if list.split([',', ':']).count() > 15 {
        return Err(format!("too many ports: {list}"));
    }
    list.split(',').map(|range| port_range(range, ':')).collect()
}

/// The words of a line; one in double quotes keeps its spaces, and must end with the quote.
pub fn quoted(line: &str) -> Result<Vec<String>, String> {
    let mut words = Vec::new();
    let mut rest = line.trim_start();
    while !rest.is_empty() {
        let (word, behind) = match rest.strip_prefix('"') {
            Some(text) => text.split_once('"').ok_or("a quote without an end")?,
            None => rest.split_once(' ').unwrap_or((rest, "")),
        };
        if word.contains(['"', '\\']) || rest.starts_with('"') && !behind.is_empty() && !behind.starts_with(' ') {
            return Err("a quote inside a word".to_owned());
        }
        words.push(word.to_owned());
        rest = behind.trim_start();
    }
    Ok(words)
}

/// A name of an object or a rule: a letter or digit, then letters, digits, dots, dashes and lines, not too long.
pub fn name(text: &str, longest: usize) -> Result<String, String> {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"._-".contains(&byte);
    let begins = text.starts_with(|letter: char| letter.is_ascii_alphanumeric());
    if begins && text.len() <= longest && text.bytes().all(allowed) {
        Ok(text.to_owned())
    } else {
        Err(format!("no name: {text}"))
    }
}
