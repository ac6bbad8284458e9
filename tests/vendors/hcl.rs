//! HCL: HashiCorp's own parser, compiled to WebAssembly, reads what is written for Terraform.

use exchange_ports::firewall::platform::PLATFORMS;
use serde_json::Value;

use super::support::rules::snippet;
use super::support::selections::{ADDRESSES, SELECTIONS};
use super::tool;

/// The platforms that write Terraform files.
fn platforms() -> impl Iterator<Item = &'static str> {
    PLATFORMS
        .iter()
        .map(|platform| platform.id)
        .filter(|id| id.starts_with("terraform-"))
}

/// What the parser makes of a text.
fn parse(text: &str) -> Result<Value, String> {
    let modules = tool::program("hcl", "node_modules");
    let script = "const hcl = require('@cdktf/hcl2json'); const text = require('fs').readFileSync('rules', 'utf8'); \
                  hcl.parse('exchange.tf', text).then(value => console.log(JSON.stringify(value)))";
    let printed = tool::run(&format!("NODE_PATH='{modules}' node -e \"{script}\""), text)?;
    serde_json::from_str(&printed).map_err(|error| format!("{error}: {printed}"))
}

/// How many resources a parsed file declares.
fn resources(file: &Value) -> usize {
    let of_kind = |kind: &Value| kind.as_object().map_or(0, |names| names.len());
    let kinds = file["resource"].as_object();
    kinds.map_or(0, |kinds| kinds.values().map(of_kind).sum())
}

#[test]
fn the_parser_finds_every_resource_of_every_selection() {
    for id in platforms() {
        for selection in SELECTIONS {
            let text = snippet(id, &format!("#/?{selection}&{ADDRESSES}&platform={id}")).rules;
            let written = text.lines().filter(|line| line.starts_with("resource ")).count();
            let file = parse(&text).unwrap_or_else(|error| panic!("{id}, {selection}: {error}\n{text}"));
            assert!(
                written > 0 || text.contains("ICMP as a whole"),
                "{id}, {selection}:\n{text}"
            );
            assert_eq!(resources(&file), written, "{id}, {selection}:\n{text}");
        }
    }
}

#[test]
fn the_parser_refuses_what_is_broken() {
    for id in platforms() {
        let text = snippet(id, &format!("#/?version=2019&{ADDRESSES}&platform={id}")).rules;
        for (from, to) in [(" {\n", " {{\n"), ("\"\n", "\n"), ("\n}\n", "\n"), (" = ", " == ")] {
            assert!(text.contains(from), "{id} has no {from:?}:\n{text}");
            assert!(parse(&text.replacen(from, to, 1)).is_err(), "{id} with {to:?}");
        }
    }
}
