//! Azure CLI: its own argument parser reads every command.

use exchange_ports::firewall::Snippet;

use super::support::rules::snippet;
use super::support::selections::{ADDRESSES, SELECTIONS};
use super::tool;

/// How many commands the parser reads.
fn parse(text: &str) -> Result<usize, String> {
    let python = tool::program("azure-cli", "bin/python");
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/vendors/azure_cli.py");
    let settings = "AZURE_CONFIG_DIR=\"$PWD\" AZURE_CORE_COLLECT_TELEMETRY=no AZURE_DEFAULTS_GROUP=exchange";
    let printed = tool::run(&format!("{settings} '{python}' '{script}'"), text)?;
    printed.trim().parse().map_err(|error| format!("{error}: {printed}"))
}

fn commands(text: &str) -> usize {
    text.lines().filter(|line| line.starts_with("az ")).count()
}

fn written(selection: &str) -> Snippet {
    snippet("azure-cli", &format!("#/?{selection}&{ADDRESSES}&platform=azure-cli"))
}

#[test]
fn the_parser_reads_every_command_of_every_selection() {
    let text = SELECTIONS.map(|selection| written(selection).rules).concat();
    assert!(commands(&text) > SELECTIONS.len(), "{text}");
    assert_eq!(parse(&text), Ok(commands(&text)));
}

#[test]
fn the_parser_reads_the_commands_that_verify_and_undo() {
    let Snippet { apply, undo, .. } = written("version=2019&flow=edge-to-org&rest=drop");
    for text in [apply, undo] {
        assert!(commands(&text) > 0, "{text}");
        assert_eq!(parse(&text), Ok(commands(&text)));
    }
}

#[test]
fn the_parser_refuses_what_is_broken() {
    let text = written("version=2019&from=internet").rules;
    for (from, to) in [
        ("--priority 1", "--priority x"),
        ("--direction Inbound", "--direction In"),
        ("--protocol Tcp", "--protocol Icmpv6"),
        ("--nsg-name ", "--group-name "),
    ] {
        assert!(text.contains(from), "{from}:\n{text}");
        assert!(parse(&text.replacen(from, to, 1)).is_err(), "{to}");
    }
}
