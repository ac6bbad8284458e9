//! Ansible: `ansible-playbook` reads every playbook for Windows, before and after. The module itself runs on Windows
//! only, so an empty one stands for it; `tests/platforms/ansible_windows.rs` checks its arguments.

use exchange_ports::firewall::Snippet;

use super::support::rules;
use super::support::selections::{ADDRESSES, SELECTIONS};
use super::tool;

fn snippet(selection: &str) -> Snippet {
    rules::snippet(
        "ansible-windows",
        &format!("#/?{selection}&platform=ansible-windows&{ADDRESSES}"),
    )
}

/// The tasks that Ansible finds in a playbook.
fn tasks(playbook: &str) -> Result<Vec<String>, String> {
    let program = tool::program("ansible", "bin/ansible-playbook");
    let script = format!(
        "export HOME=\"$PWD\" ANSIBLE_NOCOLOR=1
        modules=.ansible/collections/ansible_collections/community/windows/plugins/modules
        mkdir -p $modules
        touch $modules/win_firewall_rule.py
        {program} --list-tasks --inventory inventory, rules\n"
    );
    let listed = tool::run(&script, playbook)?;
    let names = listed.lines().filter_map(|line| line.strip_prefix("      "));
    Ok(names
        .filter_map(|line| line.split('\t').next())
        .map(str::to_owned)
        .collect())
}

#[test]
fn the_tool_reads_every_selection() {
    for selection in SELECTIONS {
        let Snippet { rules, undo, .. } = snippet(selection);
        let found = tasks(&rules).unwrap_or_else(|error| panic!("{selection}: {error}\n{rules}"));
        assert_eq!(
            found.len(),
            rules.matches("    - name: ").count(),
            "{selection}: {rules}"
        );
        if !found.is_empty() {
            assert_eq!(tasks(&undo).expect("it is a playbook"), found, "{selection}: {undo}");
        }
    }
}

#[test]
fn the_tool_refuses_what_is_broken() {
    let text = snippet("version=2019&from=internet&at=server-lan").rules;
    assert!(!tasks(&text).expect("it reads what is right").is_empty());
    for (right, wrong) in [
        ("gather_facts", "gather_fact"),
        ("win_firewall_rule:", "win_firewall_rules:"),
        ("direction: \"in\"", "direction: \"in"),
        ("  tasks:", " tasks:"),
    ] {
        let broken = text.replace(right, wrong);
        assert!(broken != text && tasks(&broken).is_err(), "{wrong}");
    }
}
