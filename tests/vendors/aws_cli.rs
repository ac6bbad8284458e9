//! AWS CLI: its own check of parameters reads every call.

use exchange_ports::firewall::Snippet;

use super::support::rules::snippet;
use super::support::selections::{ADDRESSES, SELECTIONS};
use super::tool;

/// How many calls of a shell script pass. A shell runs the script; its calls of `aws` are written down and then checked.
fn check(text: &str) -> Result<usize, String> {
    let python = tool::program("aws-cli", "bin/python");
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/vendors/aws_cli.py");
    let record =
        "aws() { printf '%s\\0' \"$@\" '' >> calls; echo sg-0123456789abcdef0; }; : > exchange-aws.sh; : > calls";
    let printed = tool::run(
        &format!("{record}\nVPC=vpc-0123456789abcdef0\n. ./rules > output\n'{python}' '{script}'"),
        text,
    )?;
    printed.trim().parse().map_err(|error| format!("{error}: {printed}"))
}

fn calls(text: &str) -> usize {
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    lines
        .filter(|line| line.starts_with("aws ") || line.contains("=$(aws "))
        .count()
}

#[test]
fn every_call_of_every_selection_has_the_right_parameters() {
    // The last time the servers are in a group that is there.
    let there = "version=2019&as.server-lan=sg-0123456789abcdef0";
    let selections = SELECTIONS.into_iter().chain([there]);
    let written: Vec<Snippet> = selections
        .map(|selection| snippet("aws-cli", &format!("#/?{selection}&{ADDRESSES}&platform=aws-cli")))
        .collect();
    for part in [
        written.iter().map(|snippet| snippet.rules.as_str()).collect::<String>(),
        written.iter().map(|snippet| snippet.apply.as_str()).collect(),
        written.iter().map(|snippet| snippet.undo.as_str()).collect(),
    ] {
        assert!(calls(&part) > SELECTIONS.len(), "{part}");
        assert_eq!(check(&part), Ok(calls(&part)));
    }
}

#[test]
fn broken_parameters_are_refused() {
    let text = snippet("aws-cli", &format!("#/?version=2019&{ADDRESSES}&platform=aws-cli")).rules;
    for (from, to) in [
        ("\"CidrIp\":", "\"Cidr\":"),
        ("\"FromPort\":25,", "\"FromPort\":\"smtp\","),
        ("--ip-permissions", "--permissions"),
        ("authorize-security-group-ingress", "authorize-ingress"),
        ("}]}\n]'", "}]}}\n]'"),
    ] {
        assert!(text.contains(from), "{from}:\n{text}");
        assert!(check(&text.replacen(from, to, 1)).is_err(), "{to}");
    }
}
