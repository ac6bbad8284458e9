//! iptables and ip6tables: the real tools read every snippet, in a network namespace of their own.

mod support;

use std::collections::BTreeSet;

use exchange_ports::catalog::PortRange;
use exchange_ports::firewall::{Platform, Policy, Snippet};
use exchange_ports::link::{Page, State, View};
use proptest::prelude::*;
use support::selections::{ADDRESSES, SELECTIONS};
use support::{netns, rules, views};

const TOOLS: [&str; 2] = ["iptables", "ip6tables"];

fn snippet(tool: &str, selection: &str) -> Snippet {
    rules::snippet(tool, &format!("#/?{selection}&platform={tool}&{ADDRESSES}"))
}

/// Whether the tool reads a file as the whole table: that needs no chain of before.
fn check(tool: &str, text: &str) -> Result<String, String> {
    netns::run(&format!("{tool}-restore --test"), text)
}

/// Runs a script to its end, and gives what it says after `loaded:`.
fn run(script: &str) -> Result<String, String> {
    let output = netns::run("exec sh -eu", &format!("{script}echo complete\n"))?;
    let output = output.strip_suffix("complete\n").ok_or("the script broke off")?;
    let loaded = output.split_once("loaded:\n").map(|(_, loaded)| loaded.to_owned());
    Ok(loaded.unwrap_or_default())
}

fn count(text: &str, what: &str) -> usize {
    text.lines().filter(|line| line.contains(what)).count()
}

#[test]
fn the_tools_read_every_selection() {
    for selection in SELECTIONS {
        let accepts = TOOLS.map(|tool| {
            let text = snippet(tool, selection).rules;
            check(tool, &text).unwrap_or_else(|error| panic!("{tool} {selection}: {error}\n{text}"));
            count(&text, "--comment")
        });
        assert!(accepts[0] > 0, "{selection} writes rules for IPv4");
    }
}

#[test]
fn the_tools_refuse_what_is_broken() {
    for tool in TOOLS {
        let text = snippet(tool, "version=2019&from=internet").rules;
        assert!(check(tool, &text.replace("--dports 25", "--dports 70000")).is_err());
        assert!(check(tool, &text.replace("-m comment", "-m commentary")).is_err());
        assert!(check(tool, &text.replace("COMMIT\n", "")).is_err());
    }
    assert!(check("ip6tables", &snippet("iptables", "version=2019").rules).is_err());
    assert!(check("iptables", &snippet("ip6tables", "version=2019").rules).is_err());
}

/// Selections that a namespace without privileges can hold: it takes about 200 rules at once.
const SMALL: [&str; 5] = [
    "version=2019&from=internet",
    "version=2003&from=perimeter&to=directory&log=1",
    "placement=host&at=server-lan&version=se",
    "placement=host&at=server-lan&version=se&rest=drop&internal=any&name=corp",
    "version=2003&flow=fe-be-ipsec&rest=drop",
];

/// A table that somebody filled, and the file of a snippet in an empty folder.
fn scene(tool: &str, rules: &str) -> String {
    let file = Platform::find(tool).expect("a platform").file_name;
    format!(
        "{tool} -P FORWARD DROP\n\
         {tool} -A FORWARD -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT\n\
         {tool} -A INPUT -p tcp --dport 22 -j ACCEPT\n\
         {tool} -A FORWARD -j DROP\n\
         folder=$(mktemp -d)\ncd \"$folder\"\ntrap 'rm -r \"$folder\"' EXIT\n\
         cat > {file} <<'END'\n{rules}END\n"
    )
}

#[test]
fn applying_twice_is_the_same_as_once() {
    for (tool, selection) in TOOLS.into_iter().flat_map(|tool| SMALL.map(|small| (tool, small))) {
        let Snippet { rules, apply, .. } = snippet(tool, selection);
        let applied = |times: usize| {
            let script = format!(
                "{}{}echo loaded:\n{tool} -S\n",
                scene(tool, &rules),
                apply.repeat(times)
            );
            run(&script).unwrap_or_else(|error| panic!("{tool} {selection}: {error}"))
        };
        let once = applied(1);
        assert!(count(&once, "ACCEPT") > 2, "{tool} {selection}: {once}");
        assert_eq!(once, applied(2), "{tool} {selection}");
    }
}

#[test]
fn undoing_leaves_the_table_as_it_was() {
    for (tool, selection) in TOOLS.into_iter().flat_map(|tool| SMALL.map(|small| (tool, small))) {
        let Snippet { rules, apply, undo, .. } = snippet(tool, selection);
        let script = format!(
            "{}before=$({tool} -S)\n{apply}test \"$before\" != \"$({tool} -S)\"\n{apply}{undo}\
             test \"$before\" = \"$({tool} -S)\"\ntest \"$(ls)\" = {}\n",
            scene(tool, &rules),
            Platform::find(tool).expect("a platform").file_name
        );
        run(&script).unwrap_or_else(|error| panic!("{tool} {selection}: {error}\n{script}"));
    }
}

#[test]
fn keeping_the_rest_touches_only_chains_of_its_own_and_stands_before_a_drop() {
    for tool in TOOLS {
        let Snippet { rules, apply, .. } = snippet(tool, "version=2019&from=internet&name=corp");
        let mut chains = rules.lines().filter(|line| line.starts_with([':', '-']));
        assert_eq!(chains.next(), Some(":corp-forward - [0:0]"));
        assert!(chains.all(|line| line.starts_with("-A corp-forward ")), "{rules}");
        let script = format!("{}{apply}echo loaded:\n{tool} -S FORWARD\n", scene(tool, &rules));
        let loaded = run(&script).expect("it loads");
        let expected = "-P FORWARD DROP\n-A FORWARD -j corp-forward\n\
            -A FORWARD -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT\n-A FORWARD -j DROP\n";
        assert_eq!(loaded, expected);
    }
}

#[test]
fn dropping_the_rest_is_a_whole_table_that_warns_first() {
    let policies = |tool, selection| {
        let text = snippet(tool, selection).rules;
        assert!(text.starts_with("# CAUTION: everything"), "{text}");
        let chains = text.lines().filter(|line| line.starts_with(':'));
        chains.map(str::to_owned).collect::<Vec<_>>().join(" ")
    };
    for tool in TOOLS {
        let host = policies(tool, "rest=drop&placement=host&at=server-lan&version=2019");
        assert_eq!(host, ":FORWARD DROP [0:0] :INPUT DROP [0:0] :OUTPUT DROP [0:0]");
        let network = policies(tool, "rest=drop&version=2019&from=internet");
        assert_eq!(network, ":FORWARD DROP [0:0] :INPUT DROP [0:0] :OUTPUT ACCEPT [0:0]");
    }
    let selection = "rest=drop&placement=host&at=server-lan&version=2019";
    let text = snippet("ip6tables", selection).rules;
    for kind in [
        "router-solicitation",
        "router-advertisement",
        "neighbour-solicitation",
        "neighbour-advertisement",
    ] {
        assert_eq!(count(&text, kind), 2, "in and out: {text}");
    }
    assert_eq!(count(&snippet("iptables", selection).rules, "ipv6"), 0);
}

#[test]
fn each_file_says_how_many_rules_the_other_one_has() {
    let selection = "version=2019&from=internet&to=perimeter,server-lan";
    let texts = TOOLS.map(|tool| snippet(tool, selection).rules);
    for (text, other, note) in [
        (
            &texts[0],
            &texts[1],
            "# IPv4 only, IPv6 stays as it is. Its rules, which the platform ip6tables writes: 3\n",
        ),
        (
            &texts[1],
            &texts[0],
            "# IPv6 only, IPv4 stays as it is. Its rules, which the platform iptables writes: 5\n",
        ),
    ] {
        assert!(text.contains(note), "{text}");
        assert!(note.ends_with(&format!(": {}\n", count(other, "--comment"))));
    }
}

#[test]
fn the_connection_to_try_is_one_of_the_family() {
    let apply = |tool| snippet(tool, "version=2019&from=internet&to=server-lan").apply;
    assert!(apply("iptables").contains("nc -vz -w 3 10.0.0.10 25\n"));
    assert!(apply("ip6tables").contains("nc -vz -w 3 2001:db8::10 25\n"));
}

#[test]
fn more_than_fifteen_ports_are_split() {
    let ranges: Vec<PortRange> = (1..=16)
        .map(|number| number * 10)
        .filter_map(|first| PortRange::new(first, first + (first / 10 + 1) % 2))
        .collect();
    let mut policy = rules::policy(&format!("#/?version=2019&from=internet&platform=iptables&{ADDRESSES}"));
    policy.rules.truncate(1);
    policy.rules[0].ports = ranges;
    let text = Platform::find("iptables").expect("a platform").write(&policy).rules;
    let lists: Vec<&str> = text
        .split("--dports ")
        .skip(1)
        .filter_map(|rest| rest.split(' ').next())
        .collect();
    assert_eq!(
        lists,
        [
            "10,20:21,30,40:41,50,60:61,70,80:81,90,100:101",
            "110,120:121,130,140:141,150,160:161"
        ]
    );
    check("iptables", &text).expect("the tool takes 15 slots");
    let joined = text.replace("100:101 ", "100:101,110 ");
    assert!(check("iptables", &joined).is_err(), "and no more");
}

#[test]
fn long_lists_of_addresses_are_split() {
    let list: Vec<String> = (0..64)
        .map(|number| format!("2001:db8:aaaa:bbbb:cccc:dddd:{number:x}:8000/114"))
        .collect();
    let selection = format!(
        "version=2019&from=internet&to=server-lan&addr.server-lan={}",
        list.join(",")
    );
    let text = rules::snippet("ip6tables", &format!("#/?{selection}&platform=ip6tables")).rules;
    check("ip6tables", &text).unwrap_or_else(|error| panic!("{error}\n{text}"));
    let networks = text.lines().filter(|line| line.contains("server-lan-tcp-1\""));
    let written: usize = networks.map(|line| line.matches("/114").count()).sum();
    assert_eq!(written, 64, "{text}");
    let joined = text.replacen("/114 ", &"/114,2001:db8:aaaa:bbbb:cccc:dddd:1:0/114".repeat(6), 1);
    assert!(check("ip6tables", &joined).is_err(), "the tool holds no longer word");
}

#[test]
fn log_prefixes_fit_are_unique_and_stand_before_the_same_accept() {
    let text = snippet("iptables", "log=1&name=abcdefghijkl&version=2019&internal=ports").rules;
    let mut prefixes = BTreeSet::new();
    let mut lines = text.lines().filter(|line| line.starts_with("-A")).peekable();
    while let (Some(log), Some(accept)) = (lines.next(), lines.next()) {
        let (matched, target) = log
            .split_once(" -m conntrack --ctstate NEW -j LOG ")
            .expect("it logs first");
        assert!(accept.starts_with(&format!("{matched} -m comment ")), "{log}\n{accept}");
        let prefix = target.trim_start_matches("--log-prefix ").trim_matches('"');
        assert!(prefix.len() <= 29 && prefix.ends_with(' '), "{prefix}");
        let name = accept.rsplit('"').nth(1).expect("a comment");
        prefixes.insert((prefix.to_owned(), name.to_owned()));
    }
    let unique: BTreeSet<&String> = prefixes.iter().map(|(prefix, _)| prefix).collect();
    let names: BTreeSet<&String> = prefixes.iter().map(|(_, name)| name).collect();
    assert!(
        names.len() > 20 && unique.len() == prefixes.len() && names.len() == prefixes.len(),
        "{prefixes:?}"
    );
}

#[test]
fn no_line_is_longer_than_the_tools_read() {
    let flows: Vec<&str> = exchange_ports::catalog::flows().iter().map(|flow| flow.id).collect();
    let selection = format!("flow={}&internal=ports", flows.join(","));
    for tool in TOOLS {
        let text = snippet(tool, &selection).rules;
        let longest = text.lines().map(str::len).max().unwrap_or_default();
        assert!(longest > 2000 && longest < 10_240, "{longest}");
        check(tool, &text).unwrap_or_else(|error| panic!("{tool}: {error}"));
    }
}

#[test]
fn without_an_address_the_file_still_loads_and_says_what_is_missing() {
    let text = rules::snippet(
        "iptables",
        "#/?version=2019&from=internet&to=server-lan&platform=iptables",
    )
    .rules;
    check("iptables", &text).expect("a file without rules is a file");
    assert_eq!(count(&text, "ACCEPT"), 0);
    assert!(
        text.contains("no address for server-lan (addr.server-lan=)\n"),
        "{text}"
    );
    assert!(text.ends_with("\nCOMMIT\n"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn the_tools_read_whatever_is_asked(view in views::selection()) {
        for tool in TOOLS {
            let platform = Platform::find(tool).expect("it exists");
            let mut view = View { page: Page::List, ..view.clone() };
            view.options.platform = Some(platform);
            let state = State { view, ..State::default() };
            let policy: Policy = state.policy(&state.view.flows());
            let text = platform.write(&policy).rules;
            let checked = check(tool, &text);
            prop_assert!(checked.is_ok(), "{}\n{text}", checked.unwrap_err());
        }
    }
}
