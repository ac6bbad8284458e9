//! Ansible for Windows: for whom a play is, and what stands where no rule does.

mod support;

use exchange_ports::firewall::Snippet;
use support::rules;
use support::selections::ADDRESSES;

fn snippet(selection: &str) -> Snippet {
    rules::snippet(
        "ansible-windows",
        &format!("#/?{selection}&platform=ansible-windows&{ADDRESSES}"),
    )
}

#[test]
fn the_play_is_for_the_zone_on_whose_machines_the_rules_stand() {
    for (at, flow) in [("server-lan", "dmz-relay-in"), ("perimeter", "dmz-relay-out")] {
        let Snippet { rules, undo, .. } = snippet(&format!("version=2019&flow={flow},edge-in&at={at}"));
        let hosts = format!("- hosts: \"{at}\"\n");
        assert!(rules.contains(&hosts) && undo.contains(&hosts), "{rules}{undo}");
        assert!(rules.contains(&format!(
            "# {at} stands for a group of your inventory: replace it by yours (as.{at}=).\n"
        )));
    }
}

#[test]
fn a_name_of_the_zone_is_the_group_of_the_inventory() {
    let Snippet { rules, apply, undo, .. } =
        snippet("version=2019&flow=smtp-in&from=internet&at=server-lan&as.server-lan=mail.servers&as.internet=outside");
    for playbook in [&rules, &undo] {
        assert!(playbook.contains("- hosts: \"mail.servers\"\n"), "{playbook}");
    }
    assert!(apply.contains("ansible mail.servers -m "), "{apply}");
    assert!(
        !rules.contains("stands for a group") && !rules.contains("outside"),
        "{rules}"
    );
}

#[test]
fn what_arrives_has_a_local_port_and_what_leaves_a_remote_one() {
    let inbound = snippet("version=2019&flow=dmz-relay-in&at=server-lan").rules;
    let words =
        "        localip: \"10.0.0.10,10.0.0.11\"\n        remoteip: \"192.0.2.25\"\n        localport: \"25\"\n";
    assert!(
        inbound.contains("direction: \"in\"") && inbound.contains(words),
        "{inbound}"
    );
    let outbound = snippet("version=2019&flow=dmz-relay-in&at=perimeter").rules;
    let words =
        "        localip: \"192.0.2.25\"\n        remoteip: \"10.0.0.10,10.0.0.11\"\n        remoteport: \"25\"\n";
    assert!(
        outbound.contains("direction: \"out\"") && outbound.contains(words),
        "{outbound}"
    );
}

#[test]
fn protocols_without_ports_have_their_own_words() {
    let echo = "#/?platform=ansible-windows&flow=cluster-icmp&internal=ports&at=server-lan&addr.server-lan=10.0.0.10,2001:db8::10";
    let echo = rules::snippet("ansible-windows", echo).rules;
    assert!(
        echo.contains("protocol: \"icmpv4\"\n        icmp_type_code: [\"8:*\"]\n"),
        "{echo}"
    );
    assert!(
        echo.contains("protocol: \"icmpv6\"\n        icmp_type_code: [\"128:*\"]\n"),
        "{echo}"
    );
    let esp = snippet("version=2003&flow=fe-be-ipsec&at=server-lan").rules;
    assert!(esp.contains("protocol: \"50\"\n"), "{esp}");
    let any = snippet("version=2019&internal=any&at=server-lan").rules;
    assert!(any.contains("protocol: \"any\"\n"), "{any}");
}

#[test]
fn without_a_rule_there_is_a_play_that_does_nothing_and_nothing_to_undo() {
    let Snippet { rules, apply, undo, .. } = rules::snippet("ansible-windows", "#/?version=2019&flow=edge-in");
    assert!(
        rules.contains("---\n- hosts: \"localhost\"\n  gather_facts: false\n  tasks: []\n"),
        "{rules}"
    );
    assert!(!apply.contains("ansible localhost"), "{apply}");
    assert_eq!(undo, "# No rule is written, so there is nothing to undo.\n");
}

#[test]
fn nothing_is_a_template() {
    for selection in [
        "at=server-lan",
        "version=2003&at=directory&log=1",
        "at=edge-transport&as.perimeter=edge",
    ] {
        let Snippet { rules, undo, .. } = snippet(selection);
        assert!(
            !rules.contains("{{") && !rules.contains("{%") && !undo.contains("{{"),
            "{rules}{undo}"
        );
    }
}
