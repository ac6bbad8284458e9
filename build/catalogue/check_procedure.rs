//! What must hold for a procedure, so that what is written from it can be merged, run and firewalled.

use super::ports::PortRange;
use super::raw::{Procedure, Value};

/// All that is wrong with a procedure by itself.
pub fn problems(procedure: &Procedure) -> Vec<String> {
    let mut reasons = Vec::new();
    reasons.extend(ways(procedure));
    reasons.extend(procedure.values.iter().flat_map(value));
    reasons.extend(ports(procedure));
    reasons.extend(words(procedure));
    reasons
}

fn ways(procedure: &Procedure) -> Vec<String> {
    let mut reasons = Vec::new();
    if !procedure.values.is_empty() && procedure.file.is_some() {
        reasons.push("it has both registry values and a file".to_owned());
    }
    let sets_nothing = procedure.values.is_empty() && procedure.file.is_none();
    if sets_nothing != procedure.proposed.is_none() {
        reasons.push("what sets a port proposes one, and nothing else does".to_owned());
    }
    if !procedure.values.is_empty() && procedure.values.iter().all(|value| value.fixed.is_some()) {
        reasons.push("no value takes the port".to_owned());
    }
    if sets_nothing && procedure.caution.is_empty() {
        reasons.push("it sets nothing and its caution does not say why".to_owned());
    }
    reasons
}

/// Keys and names are written between quotes and brackets, which they must not end.
fn value(value: &Value) -> Vec<String> {
    let mut reasons = Vec::new();
    let rooted = value.key.strip_prefix(r"HKLM\").or(value.key.strip_prefix(r"HKCU\"));
    if rooted.is_none_or(|path| path.split('\\').any(str::is_empty)) {
        reasons.push(format!(
            r"the key `{}` is not of the form HKLM\A\B or HKCU\A\B",
            value.key
        ));
    }
    for text in [&value.key, &value.name] {
        let plain = |letter: char| letter.is_ascii_alphanumeric() || r" ./\-".contains(letter);
        if text.trim().is_empty() || !text.chars().all(plain) {
            reasons.push(format!(
                "`{text}` is empty or holds a sign that a registry file could misread"
            ));
        }
    }
    if value.name.contains('\\') {
        reasons.push(format!(
            "the name `{}` holds a backslash, which a registry file escapes",
            value.name
        ));
    }
    reasons
}

fn ports(procedure: &Procedure) -> Vec<String> {
    let holds = |range: PortRange, port: u16| range.first() <= port && port <= range.last();
    let mut reasons = Vec::new();
    if let Some(port) = procedure.proposed.filter(|&port| !holds(procedure.accepted, port)) {
        reasons.push(format!("the proposed port {port} is not accepted"));
    }
    if let Some(range) = procedure.recommended {
        if !holds(procedure.accepted, range.first()) || !holds(procedure.accepted, range.last()) {
            reasons.push(format!("the recommended range {range} is not all accepted"));
        }
        if procedure.proposed.is_some_and(|port| !holds(range, port)) {
            reasons.push(format!("the proposed port is not in the recommended range {range}"));
        }
    }
    reasons
}

fn words(procedure: &Procedure) -> Vec<String> {
    let mut reasons = Vec::new();
    let texts = [
        ("service", &procedure.service),
        ("role", &procedure.role),
        ("verify", &procedure.verify),
    ];
    let missing = texts.iter().filter(|(_, text)| text.trim().is_empty());
    reasons.extend(missing.map(|(key, _)| format!("{key} is empty")));
    if procedure.versions.is_empty() {
        reasons.push("no version has it".to_owned());
    }
    let is_name = |name: &str| !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if procedure.restarts.as_deref().is_some_and(|name| !is_name(name)) {
        reasons.push("restarts is not the name of a Windows service".to_owned());
    }
    reasons
}
