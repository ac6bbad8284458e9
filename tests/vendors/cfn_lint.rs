//! cfn-lint: AWS's own linter knows the schema of every resource.

use super::support::rules::snippet;
use super::support::selections::{ADDRESSES, SELECTIONS};
use super::tool;

/// What the linter complains about templates that stand one after the other.
fn lint(templates: &str) -> Result<String, String> {
    let program = tool::program("cfn-lint", "bin/cfn-lint");
    let cut = "csplit --quiet --prefix=template- rules '/^AWSTemplateFormatVersion/' '{*}'; rm template-00";
    tool::run(
        &format!("{cut}; '{program}' --regions us-east-1 -- template-* >&2"),
        templates,
    )
}

#[test]
fn every_template_of_every_selection_is_sound() {
    let mut templates = String::new();
    for given in ["", "&as.server-lan=sg-0123456789abcdef0"] {
        for selection in SELECTIONS {
            let fragment = format!("#/?{selection}&{ADDRESSES}&platform=aws-cloudformation{given}");
            templates += &snippet("aws-cloudformation", &fragment).rules;
        }
    }
    templates += &snippet("aws-cloudformation", "#/?platform=aws-cloudformation").rules;
    assert_eq!(templates.matches("\nResources:\n").count(), 2 * SELECTIONS.len() + 1);
    assert_eq!(lint(&templates), Ok(String::new()));
}

#[test]
fn broken_templates_are_refused() {
    let text = snippet(
        "aws-cloudformation",
        &format!("#/?version=2019&{ADDRESSES}&platform=aws-cloudformation"),
    )
    .rules;
    for (from, to) in [
        ("FromPort: 25\n", "FromPort: \"smtp\"\n"),
        ("IpProtocol:", "Protocol:"),
        ("!Ref Vpc", "!Ref Network"),
        ("GroupDescription: \"", "GroupDescription: \"\u{2019}"),
    ] {
        assert!(text.contains(from), "{from}:\n{text}");
        assert!(lint(&text.replacen(from, to, 1)).is_err(), "{to}");
    }
}
