//! ufw: the real tool reads every snippet, in namespaces of its own for network and mounts: it keeps its rules in
//! `/etc/ufw`, and those of this machine are never read or changed.

mod support;

use exchange_ports::catalog::PortRange;
use exchange_ports::firewall::{Platform, Policy, Rule, Snippet};
use exchange_ports::link::{Page, State, View};
use proptest::prelude::*;
use support::selections::{ADDRESSES, SELECTIONS};
use support::ufw::PRIVATE;
use support::{netns, rules, views};

/// Reads a script as the shell would, and calls ufw for each of its commands without starting Python again.
const DRY_RUN: &str = "
import runpy, shlex, sys
for line in sys.stdin:
    words = shlex.split(line, comments=True)
    if words[:1] == ['ufw']:
        sys.argv = ['/usr/sbin/ufw', '--dry-run', *words[1:]]
        try:
            runpy.run_path(sys.argv[0], run_name='__main__')
        except SystemExit as end:
            if end.code:
                sys.exit('refused: ' + line)
";

/// Runs a script to its end, and gives what it says.
fn run(script: &str) -> Result<String, String> {
    let script = format!("{PRIVATE}{script}echo complete\n");
    let output = netns::run("exec unshare --mount sh -eu", &script)?;
    let output = output.strip_suffix("complete\n").map(str::to_owned);
    output.ok_or_else(|| "the script broke off".to_owned())
}

fn snippet(selection: &str) -> Snippet {
    rules::snippet("ufw", &format!("#/?{selection}&platform=ufw&{ADDRESSES}"))
}

fn file(rules: &str) -> String {
    format!("cat > exchange-ufw.sh <<'END'\n{rules}END\n")
}

fn check(rules: &str) -> Result<String, String> {
    run(&format!(
        "{}/usr/bin/python3 -c \"{DRY_RUN}\" < exchange-ufw.sh > /dev/null\n",
        file(rules)
    ))
}

fn commands(rules: &str) -> Vec<&str> {
    rules
        .lines()
        .filter(|line| line.contains(" allow "))
        .filter(|line| line.starts_with("ufw "))
        .collect()
}

#[test]
fn the_tool_reads_every_selection() {
    for selection in SELECTIONS {
        let text = snippet(selection).rules;
        check(&text).unwrap_or_else(|error| panic!("{selection}: {error}\n{text}"));
        // There is one selection of echo requests alone, for which ufw has no rule.
        assert_eq!(
            commands(&text).is_empty(),
            selection.contains("cluster-icmp"),
            "{selection}"
        );
    }
}

#[test]
fn the_tool_refuses_what_is_broken() {
    let text = snippet("version=2019&from=internet").rules;
    check(&text).expect("it reads what is right");
    for (right, wrong) in [
        ("port 25", "port 70000"),
        ("from 0.0.0.0/0", "from 2001:db8::/32"),
        ("proto tcp ", ""),
        ("allow proto", "allow quickly proto"),
    ] {
        let broken = text.replace(right, wrong);
        assert!(broken != text && check(&broken).is_err(), "{wrong}");
    }
}

/// Selections of few commands, for each of which ufw starts anew.
const SMALL: [&str; 4] = [
    "version=2019&from=internet&to=server-lan",
    "version=2003&flow=fe-be-ipsec&log=1",
    "placement=host&at=edge-transport&version=2019&from=internet&name=corp",
    "placement=host&at=server-lan&version=2019&from=management&rest=drop",
];

/// A rule of somebody.
const MINE: &str = "
    ufw allow in proto tcp from 0.0.0.0/0 to 10.9.9.9 port 22 comment 'mine' > /dev/null
";

#[test]
fn applying_twice_is_the_same_as_once() {
    for selection in SMALL {
        let Snippet { rules, apply, .. } = snippet(selection);
        let script = format!(
            "{}{MINE}ufw --force enable > /dev/null\nrules() {{ ufw show added; iptables -S; ip6tables -S; }}\n\
             {apply}rules > /run/once\n{apply}rules > /run/twice\n\
             cmp /run/once /run/twice >&2\ncat /run/once\n",
            file(&rules)
        );
        let once = run(&script).unwrap_or_else(|error| panic!("{selection}: {error}"));
        for name in commands(&rules).iter().filter_map(|line| line.rsplit('\'').nth(1)) {
            assert!(once.contains(&format!("'{name}'")), "{selection} {name}: {once}");
        }
    }
}

#[test]
fn undoing_leaves_no_rule_of_it_and_every_other() {
    for selection in SMALL {
        let Snippet { rules, undo, .. } = snippet(selection);
        let script = format!(
            "{}{MINE}ufw show added > /run/before\nsh exchange-ufw.sh\nufw show added > /run/with\n\
             if cmp -s /run/before /run/with; then exit 1; fi\n\
             {undo}ufw show added > /run/after\ncmp /run/before /run/after >&2\n",
            file(&rules)
        );
        run(&script).unwrap_or_else(|error| panic!("{selection}: {error}"));
    }
}

#[test]
fn undoing_one_selection_leaves_the_rules_of_another() {
    let own = snippet("version=2019&from=internet&to=server-lan&name=own");
    let other = snippet("version=2019&from=internet&to=server-lan&name=other");
    let script = format!(
        "{}sh exchange-ufw.sh > /dev/null\n{}ufw show added\n",
        file(&own.rules),
        other.undo
    );
    let left = run(&script).expect("ufw says that there is no such rule, and goes on");
    assert_eq!(
        left.matches("comment 'own-").count(),
        commands(&own.rules).len(),
        "{left}"
    );
}

#[test]
fn each_command_is_one_rule_of_one_family() {
    let selection = "placement=host&at=server-lan&version=2019&from=internet";
    let Snippet { rules, .. } = rules::snippet("ufw", &format!("#/?{selection}&platform=ufw"));
    let script = format!(
        "{}sh exchange-ufw.sh > /dev/null\ncat /etc/ufw/user.rules /etc/ufw/user6.rules\n",
        file(&rules)
    );
    let stored = run(&script).expect("it runs");
    let commands = commands(&rules);
    assert!(
        commands.iter().any(|line| line.contains("from ::/0 to ::/0")),
        "{rules}"
    );
    assert_eq!(stored.matches("### tuple ###").count(), commands.len(), "{stored}");
}

#[test]
fn dropping_the_rest_warns_first_and_denies_last() {
    for (selection, expected) in [
        (
            "placement=host&at=server-lan",
            "deny (incoming), deny (outgoing), deny (routed)",
        ),
        ("from=internet", "deny (incoming), allow (outgoing), deny (routed)"),
    ] {
        let text = snippet(&format!("{selection}&version=2019&flow=smtp-in&rest=drop")).rules;
        assert!(text.starts_with("# CAUTION: everything"), "{text}");
        let last_rule = text.rfind(" allow ").expect("a rule");
        assert!(text.find("ufw default deny").expect("a default") > last_rule, "{text}");
        let script = format!(
            "{}ufw default allow incoming\nufw default allow routed\necho 1 > /proc/sys/net/ipv4/ip_forward\n\
             ufw --force enable\nsh exchange-ufw.sh\nufw status verbose\n",
            file(&text)
        );
        let status = run(&script).expect("it runs");
        assert!(status.contains(&format!("Default: {expected}")), "{status}");
    }
}

#[test]
fn keeping_the_rest_sets_no_default() {
    for selection in SELECTIONS.iter().filter(|selection| !selection.contains("rest=drop")) {
        let Snippet { rules, undo, .. } = snippet(selection);
        assert!(!rules.contains("default") && !undo.contains("default"), "{rules}");
    }
}

#[test]
fn what_several_rules_allow_is_written_once() {
    let text = snippet("rules=flow&version=2019&from=internet&to=server-lan").rules;
    let matched = |line: &&str| line.split(" comment ").next().map(str::to_owned);
    let mut all: Vec<_> = commands(&text).iter().filter_map(matched).collect();
    let written = all.len();
    all.sort_unstable();
    all.dedup();
    assert_eq!(written, all.len(), "{text}");
    let note =
        "# proto tcp from 0.0.0.0/0 to 10.0.0.10 port 443 is allowed above, by exchange-internet-server-lan-tcp-";
    assert!(text.contains(note), "{text}");
}

#[test]
fn echo_requests_are_named_as_not_written() {
    let text = snippet("flow=cluster-icmp&internal=ports&to=directory").rules;
    let note = "# not written: icmp from server-lan to directory: ufw has no rules for ICMP, \
                /etc/ufw/before.rules decides\n";
    assert!(text.contains(note), "{text}");
    let asked = "ufw allow in proto icmp from 0.0.0.0/0 to 10.0.0.1 comment 'x'\n";
    assert!(check(asked).is_err(), "ufw has none indeed");
}

#[test]
fn more_than_fifteen_ports_are_split() {
    let mut policy = rules::policy(&format!("#/?version=2019&from=internet&platform=ufw&{ADDRESSES}"));
    let range = |number: u16| PortRange::new(number * 10, number * 10 + 1);
    policy.rules.truncate(1);
    policy.rules[0].ports = (1..=8).filter_map(range).collect();
    let text = Platform::find("ufw").expect("a platform").write(&policy).rules;
    let lists: Vec<&str> = commands(&text)
        .iter()
        .filter_map(|line| line.split(" port ").nth(1))
        .collect();
    let lists: Vec<&str> = lists.iter().filter_map(|list| list.split(' ').next()).collect();
    assert_eq!(lists, ["10:11,20:21,30:31,40:41,50:51,60:61,70:71", "80:81"]);
    check(&text).expect("the tool takes 14 slots");
    assert!(check(&text.replace("70:71 ", "70:71,80:81 ")).is_err(), "and no 16");
}

#[test]
fn any_protocol_is_left_out_and_means_every_one() {
    let text = snippet("version=2019&internal=any&from=server-lan&to=directory").rules;
    let rule = "ufw route allow from 10.0.0.10 to 10.0.2.0/24 comment ";
    let line = text
        .lines()
        .find(|line| line.starts_with(rule))
        .expect("a rule for any protocol");
    let script = format!("{line} > /dev/null\ngrep ufw-user-forward /etc/ufw/user.rules\n");
    let stored = run(&script).expect("it runs");
    assert!(
        stored.ends_with("-A ufw-user-forward -d 10.0.2.0/24 -s 10.0.0.10 -j ACCEPT\n"),
        "{stored}"
    );
}

fn policy(mut view: View) -> Policy {
    view.page = Page::List;
    view.options.platform = Platform::find("ufw");
    let state = State {
        view,
        ..State::default()
    };
    let mut policy = state.policy(&state.view.flows());
    // Each command takes ufw 20 ms.
    let is_small = |rule: &Rule| rule.source.to_string().len() + rule.destination.to_string().len() < 60;
    policy.rules.retain(is_small);
    policy.rules.truncate(30);
    policy
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn the_tool_reads_whatever_is_asked(view in views::selection()) {
        let text = Platform::find("ufw").expect("it exists").write(&policy(view)).rules;
        let checked = check(&text);
        prop_assert!(checked.is_ok(), "{}\n{text}", checked.unwrap_err());
    }
}
