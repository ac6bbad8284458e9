//! PAN-OS, `FortiOS`, SRX and Check Point: zones, names, limits, what is undone, and what stands beside the rules that
//! `tests/platforms` reads back.

mod support;

use std::collections::BTreeSet;

use exchange_ports::firewall::Snippet;
use support::netns;
use support::rules::{crowded, policy, snippet};
use support::selections::{ADDRESSES, SELECTIONS};

const PLATFORMS: [&str; 4] = ["pan-os", "fortios", "juniper-srx", "checkpoint"];

/// Those whose rules name zones.
const WITH_ZONES: [&str; 3] = ["pan-os", "fortios", "juniper-srx"];

/// From the internet to one server, over TCP.
const MAIL: &str = "version=2019&flow=smtp-in&from=internet&to=server-lan&addr.server-lan=10.0.0.10";

fn written(platform: &str, selection: &str) -> Snippet {
    snippet(platform, &format!("#/?{selection}&platform={platform}&{ADDRESSES}"))
}

/// The text of a selection that has no other addresses than its own.
fn bare(platform: &str, selection: &str) -> Snippet {
    snippet(platform, &format!("#/?{selection}&platform={platform}"))
}

/// Selections of every kind, and one that has as much of everything as there can be.
fn selections() -> Vec<String> {
    let told = SELECTIONS.map(|selection| format!("{selection}&{ADDRESSES}"));
    told.into_iter()
        .chain([format!("{}&rules=flow&name=abcdefghijkl&rest=drop", crowded())])
        .collect()
}

/// What a text makes, in the words with which it is taken away again.
fn made(platform: &str, rules: &str) -> BTreeSet<String> {
    let mut table = "";
    let mut made = BTreeSet::new();
    for line in rules.lines().map(str::trim_start) {
        let words: Vec<&str> = line.split(' ').collect();
        let name = match (platform, &words[..]) {
            ("pan-os", ["set", "service", name, ..]) => format!("service {name}"),
            ("pan-os", ["set", "rulebase", "security", "rules", name, ..]) => format!("rulebase security rules {name}"),
            ("juniper-srx", ["set", path @ ..]) => {
                let length = match path[..3] {
                    ["applications", ..] => 3,
                    ["security", "address-book", _] | ["security", "policies", "global"] => 5,
                    _ => 8,
                };
                path[..length].join(" ")
            }
            ("fortios", ["config", ..]) => {
                table = line.trim_start_matches("config ");
                continue;
            }
            ("fortios", ["edit", name]) => format!("{table} {name}"),
            ("checkpoint", ["object", kind, name, ..]) => format!("{kind} name {name}"),
            ("checkpoint", ["rule", kind, name, ..]) => format!("{kind} layer \"$layer\" name {name}"),
            _ => continue,
        };
        made.insert(name);
    }
    made
}

/// What a text takes away.
fn removed(undo: &str) -> Vec<String> {
    let mut table = String::new();
    let mut removed = Vec::new();
    for line in undo
        .lines()
        .map(|line| line.trim_start().trim_start_matches("mgmt_cli -s id.txt "))
    {
        if let Some(path) = line.strip_prefix("config ") {
            table = format!("{path} ");
        } else if let Some(name) = line.strip_prefix("delete ") {
            removed.push(format!("{table}{name}"));
        }
    }
    removed
}

#[test]
fn undoing_removes_what_was_made_once_and_nothing_else() {
    for selection in selections() {
        for platform in PLATFORMS {
            let text = bare(platform, &selection);
            let (made, removed) = (made(platform, &text.rules), removed(&text.undo));
            let different: BTreeSet<String> = removed.iter().cloned().collect();
            assert_eq!(different, made, "{platform} {selection}");
            assert_eq!(removed.len(), different.len(), "{platform} {selection}: removed twice");
        }
    }
}

#[test]
fn rules_go_before_the_objects_that_they_use() {
    for platform in PLATFORMS {
        let removed = removed(&written(platform, "version=2019&rest=drop").undo);
        let is_rule = |name: &String| {
            ["rules", "policy", "access-rule", "access-section"]
                .iter()
                .any(|word| name.contains(word))
        };
        assert!(
            removed.iter().any(|name| !is_rule(name)),
            "{platform}: there are objects"
        );
        assert!(
            removed
                .iter()
                .skip_while(|name| is_rule(name))
                .all(|name| !is_rule(name)),
            "{platform}: {removed:?}"
        );
    }
}

#[test]
fn a_rule_stands_between_the_zones_that_the_reader_names() {
    let mail = format!("{MAIL}&as.internet=outside&as.server-lan=Servers_1");
    let pan_os = bare("pan-os", &mail).rules;
    assert!(
        pan_os.contains(" exchange-internet-server-lan-tcp-1 from outside\n"),
        "{pan_os}"
    );
    assert!(
        pan_os.contains(" exchange-internet-server-lan-tcp-1 to Servers_1\n"),
        "{pan_os}"
    );
    let fortios = bare("fortios", &mail).rules;
    assert!(
        fortios.contains(" set srcintf \"outside\"\n    set dstintf \"Servers_1\"\n"),
        "{fortios}"
    );
    let srx = bare("juniper-srx", &mail);
    let zones = "security policies from-zone outside to-zone Servers_1 policy ";
    assert!(srx.rules.contains(&format!("\nset {zones}")) && srx.undo.contains(&format!("\ndelete {zones}")));
}

#[test]
fn a_header_says_which_names_of_zones_are_to_be_replaced() {
    for platform in WITH_ZONES {
        let some = bare(platform, &format!("{MAIL}&as.internet=outside")).rules;
        assert!(
            some.contains("replace them by yours (as.server-lan=).\n"),
            "{platform}: {some}"
        );
        let none = bare(platform, &format!("{MAIL}&as.internet=outside&as.server-lan=inside")).rules;
        assert!(!none.contains("replace them by yours"), "{platform}: {none}");
    }
    assert!(
        !bare("checkpoint", MAIL).rules.contains("as.internet"),
        "its rules have no zones"
    );
}

#[test]
fn a_header_says_how_nat_and_ipv6_are_to_be_understood() {
    let six = format!("{MAIL},2001:db8::10");
    for (platform, nat) in [
        ("pan-os", "the zone behind NAT and addresses before it"),
        ("fortios", "Where a virtual IP translates a server"),
        ("checkpoint", "Where NAT translates a server"),
    ] {
        assert!(bare(platform, MAIL).rules.contains(nat), "{platform}");
    }
    for (platform, remark) in [("pan-os", "IPv6 firewalling"), ("juniper-srx", "inet6 mode flow-based")] {
        assert!(bare(platform, &six).rules.contains(remark), "{platform}");
        assert!(
            !bare(platform, MAIL).rules.contains(remark),
            "{platform}: no rule is of IPv6"
        );
    }
}

/// How the rule that drops everything else says so.
const DROPS: [(&str, &str); 4] = [
    ("pan-os", "set rulebase security rules exchange-rest action drop\n"),
    ("fortios", "    set action deny\n"),
    (
        "juniper-srx",
        "set security policies global policy exchange-rest then deny\n",
    ),
    ("checkpoint", " source Any destination Any service Any action Drop\n"),
];

#[test]
fn only_dropping_the_rest_drops_and_it_comes_last() {
    for (platform, drop) in DROPS {
        let kept = bare(platform, MAIL).rules;
        assert!(
            !kept.to_lowercase().contains("action drop") && !kept.contains(drop),
            "{platform}: {kept}"
        );
        let dropped = bare(platform, &format!("{MAIL}&rest=drop")).rules;
        assert!(
            dropped.starts_with("# CAUTION: everything that is not allowed below is cut"),
            "{platform}"
        );
        assert!(
            dropped.contains(" allow stays allowed.\n"),
            "{platform}: rules of the reader's stay"
        );
        let (before, behind) = dropped.split_once(drop).expect(platform);
        assert!(
            before.contains("exchange-internet-server-lan-tcp-1"),
            "{platform}: {dropped}"
        );
        assert!(
            !behind.contains("exchange-internet-server-lan-tcp-1"),
            "{platform}: {dropped}"
        );
    }
}

#[test]
fn rules_and_the_drop_are_logged_when_asked() {
    for (platform, log) in [
        ("pan-os", " log-end yes\n"),
        ("fortios", " set logtraffic all\n"),
        ("juniper-srx", " then log session-"),
        ("checkpoint", " track.type Log"),
    ] {
        let logged = |choice: &str| bare(platform, &format!("{MAIL}{choice}")).rules.matches(log).count();
        assert_eq!(logged(""), 0, "{platform}");
        assert_eq!(logged("&log=1"), 1, "{platform}");
        assert_eq!(logged("&log=1&rest=drop"), 2, "{platform}");
    }
}

/// The last words of what a text makes.
fn names(platform: &str, rules: &str) -> Vec<String> {
    let last = |made: &String| made.rsplit(' ').next().map(|name| name.trim_matches('"').to_owned());
    made(platform, rules).iter().filter_map(last).collect()
}

#[test]
fn every_name_is_within_the_limits_and_begins_with_the_prefix() {
    let selection = selections().pop().expect("the crowded one");
    for platform in PLATFORMS {
        let names = names(platform, &bare(platform, &selection).rules);
        let longest = names.iter().map(String::len).max();
        assert!(longest <= Some(63), "{platform}: {longest:?}");
        let has_networks = platform != "pan-os";
        assert_eq!(
            longest > Some(50),
            has_networks,
            "{platform}: the longest address is in it"
        );
        for name in names {
            let is_number = platform == "fortios" && name.parse::<u32>().is_ok();
            assert!(is_number || name.starts_with("abcdefghijkl"), "{platform}: {name}");
        }
    }
}

/// Numbers and names of the policies of `FortiOS`.
fn policies(rules: &str) -> Vec<(u32, String)> {
    let lines: Vec<&str> = rules.lines().map(str::trim_start).collect();
    let policy = |pair: &[&str]| {
        let number = pair[0].strip_prefix("edit ")?.parse().ok()?;
        let name = pair[1].strip_prefix("set name \"")?.strip_suffix('"')?;
        Some((number, name.to_owned()))
    };
    lines.windows(2).filter_map(policy).collect()
}

#[test]
fn names_of_policies_of_fortios_are_cut_to_35_letters_and_stay_different() {
    let selection = selections().pop().expect("the crowded one");
    let fragment = format!("#/?{selection}&platform=fortios");
    let policies = policies(&snippet("fortios", &fragment).rules);
    let whole = policy(&fragment).rules;
    assert_eq!(policies.len(), whole.len() + 1, "each rule is there, and the drop");
    assert!(whole.iter().any(|rule| rule.name.len() > 35), "the limit is reached");
    for ((_, name), rule) in policies.iter().zip(&whole) {
        assert!(name.len() <= 35, "{name}");
        let end = |name: &str| name.rsplitn(3, '-').take(2).collect::<Vec<_>>().join(" ");
        assert_eq!(end(name), end(&rule.name), "transport and number stay");
    }
    let different: BTreeSet<&String> = policies.iter().map(|(_, name)| name).collect();
    assert_eq!(different.len(), policies.len());
}

#[test]
fn a_policy_of_fortios_has_the_same_number_in_every_text_and_none_that_people_count_up_to() {
    let one = policies(&written("fortios", "version=2019&from=internet&to=server-lan").rules);
    let all = policies(&written("fortios", "version=2019&rest=drop").rules);
    assert!(one.iter().all(|policy| all.contains(policy)), "{one:?}");
    let numbers: BTreeSet<u32> = all.iter().map(|(number, _)| *number).collect();
    assert_eq!(numbers.len(), all.len());
    assert!(
        numbers
            .iter()
            .all(|number| (2_000_000_000..4_000_000_000).contains(number)),
        "{numbers:?}"
    );
}

#[test]
fn a_description_names_all_flows_or_counts_those_that_do_not_fit() {
    for selection in SELECTIONS {
        let rules = written("pan-os", selection).rules;
        for text in rules
            .lines()
            .filter_map(|line| Some(line.split_once(" description \"")?.1))
        {
            assert!(text.len() <= 201 && text.starts_with("flows: "), "{text}");
        }
    }
    let fragment = format!("#/?internal=ports&platform=pan-os&{ADDRESSES}");
    let named = |text: &str| match text.split_once(", and ") {
        Some((named, more)) => {
            named.split(", ").count() + more.trim_end_matches(" more\"").parse::<usize>().expect("a number")
        }
        None => text.split(", ").count(),
    };
    let texts = snippet("pan-os", &fragment).rules;
    let texts = texts
        .lines()
        .filter_map(|line| Some(line.split_once(" description \"flows: ")?.1));
    let counts: Vec<usize> = texts.clone().map(named).collect();
    let flows: Vec<usize> = policy(&fragment).rules.iter().map(|rule| rule.flows.len()).collect();
    assert_eq!(counts, flows);
    assert!(texts.clone().any(|text| text.ends_with(" more\"")) && texts.clone().any(|text| !text.contains(" more\"")));
}

#[test]
fn a_long_list_stands_in_several_commands() {
    let many: Vec<String> = (0..40).map(|host| format!("10.0.0.{host}")).collect();
    let selection = format!(
        "version=2019&flow=smtp-in&from=internet&to=server-lan&addr.server-lan={}",
        many.join(",")
    );
    let pan_os = bare("pan-os", &selection).rules;
    assert_eq!(pan_os.matches(" destination [ ").count(), 3);
    assert_eq!(pan_os.matches(" 10.0.0.").count(), 40);
    let fortios = bare("fortios", &selection).rules;
    assert_eq!(
        fortios.matches("    set dstaddr \"").count(),
        1,
        "the first empties the list"
    );
    assert_eq!(fortios.matches("    append dstaddr \"").count(), 2, "the others add");
}

#[test]
fn a_port_or_range_is_one_service_whatever_rules_use_it() {
    let selection = "version=2003&internal=ports";
    for (platform, service) in [
        ("pan-os", "set service exchange-tcp-25 protocol tcp port 25\n"),
        (
            "fortios",
            "  edit \"exchange-tcp-25\"\n    set tcp-portrange 25\n  next\n",
        ),
        (
            "juniper-srx",
            "set applications application exchange-tcp-25 protocol tcp destination-port 25\n",
        ),
        (
            "checkpoint",
            "object service-tcp exchange-tcp-25 port 25 match-for-any false\n",
        ),
    ] {
        let rules = written(platform, selection).rules;
        assert_eq!(rules.matches(service).count(), 1, "{platform}");
        assert!(rules.matches("exchange-tcp-25").count() > 2, "{platform}");
        assert!(
            rules.contains("-tcp-1024-65535"),
            "{platform}: a wide range is a service too"
        );
    }
}

#[test]
fn rules_that_would_let_ipv4_pass_a_pan_os_are_named_and_not_written() {
    let selection = "version=2019&flow=smtp-in&from=internet&to=server-lan&addr.server-lan=::/8,2001:db8::10";
    let rules = bare("pan-os", selection).rules;
    assert!(!rules.contains("set rulebase"), "{rules}");
    assert!(rules.contains("# not written: exchange-internet-server-lan-tcp-1 (smtp-in): both ends hold ::/96"));
    assert!(
        bare("fortios", selection).rules.contains("set srcaddr6 \"all\""),
        "others tell the families apart"
    );
    let one_end = bare("pan-os", &format!("{selection}&addr.internet=2001:db8:f::/48")).rules;
    assert!(
        one_end.contains(" destination [ ::/8 2001:db8::10 ]\n") || one_end.contains(" destination ::/8\n"),
        "{one_end}"
    );
}

#[test]
fn a_rule_for_anybody_to_anybody_is_written_once_where_any_means_both_families() {
    let selection = "version=2019&flow=smtp-in&from=internet&to=server-lan&addr.server-lan=any";
    for (platform, source) in [("pan-os", " source any\n"), ("checkpoint", "  source Any \\\n")] {
        let rules = bare(platform, selection).rules;
        assert_eq!(rules.matches(source).count(), 1, "{platform}: {rules}");
        assert!(rules.contains("# A rule without addresses holds for IPv4 and IPv6, and is written once.\n"));
    }
    for (platform, four, six) in [
        ("fortios", "set srcaddr \"all\"", "set srcaddr6 \"all\""),
        (
            "juniper-srx",
            " source-address any-ipv4\n",
            " source-address any-ipv6\n",
        ),
    ] {
        let rules = bare(platform, selection).rules;
        assert_eq!(
            (rules.matches(four).count(), rules.matches(six).count()),
            (1, 1),
            "{platform}: {rules}"
        );
    }
}

#[test]
fn a_terminal_takes_every_line() {
    for selection in selections() {
        for platform in WITH_ZONES {
            let Snippet { rules, apply, undo, .. } = bare(platform, &selection);
            for text in [&rules, &apply, &undo] {
                assert!(
                    !text.contains('?') && text.is_ascii() && text.ends_with('\n'),
                    "{platform}: {text}"
                );
                assert!(
                    text.lines().all(|line| line.len() <= 1000 && !line.trim().is_empty()),
                    "{platform}: {text}"
                );
            }
        }
    }
}

/// A management server that keeps what has been added in files, and complains of what a real one refuses: to add what
/// exists, to delete what does not.
const SERVER: &str = r#"
mkdir bin state
cat > bin/mgmt_cli <<'END'
#!/bin/sh
shift 2
command=$1 kind=$2
shift 2
[ "$1" != layer ] || shift 2
file=state/$kind-$2
case $command in
show) [ -e "$file" ] ;;
add) [ ! -e "$file" ] && echo "add $kind $*" > "$file" && echo "$2" ;;
delete) rm "$file" ;;
esac
END
chmod +x bin/mgmt_cli
PATH=$PWD/bin:$PATH
"#;

/// What a shell says that runs a script against such a server.
fn at_server(commands: &str, rules: &str) -> String {
    let folder = "folder=$(mktemp -d); trap 'rm -rf \"$folder\"' EXIT; cd \"$folder\"; cat > rules\n";
    netns::run(&format!("{folder}{SERVER}{commands}"), rules).expect("the shell runs the script")
}

#[test]
fn a_shell_runs_the_script_for_check_point_and_a_second_time_adds_nothing() {
    for selection in SELECTIONS {
        let rules = written("checkpoint", selection).rules;
        let added = at_server("sh rules", &rules);
        let added: BTreeSet<String> = added.lines().map(str::to_owned).collect();
        assert_eq!(added, names("checkpoint", &rules).into_iter().collect(), "{selection}");
        assert_eq!(at_server("sh rules > first; sh rules", &rules), "", "{selection}");
    }
}

#[test]
fn what_reaches_check_point_is_what_the_script_says() {
    let rules = bare("checkpoint", &format!("{MAIL}&log=1")).rules;
    let name = "exchange-internet-server-lan-tcp-1";
    let rule = at_server(&format!("sh rules > first; cat state/access-rule-{name}"), &rules);
    assert_eq!(
        rule,
        format!(
            "add access-rule name {name} ignore-warnings true position.bottom exchange source Any \
             destination.1 exchange-10.0.0.10 service.1 exchange-tcp-25 action Accept track.type Log \
             comments flows: smtp-in\n"
        )
    );
}

#[test]
fn undoing_leaves_nothing_at_check_point() {
    for selection in [
        "version=2019&rest=drop",
        "version=2003&flow=fe-be-ipsec",
        "internal=any",
    ] {
        let Snippet { rules, undo, .. } = written("checkpoint", selection);
        let delete: Vec<&str> = undo
            .lines()
            .filter(|line| line.starts_with("layer=") || line.contains(" delete "))
            .collect();
        let left = at_server(&format!("sh rules > first\n{}\nls state", delete.join("\n")), &rules);
        assert_eq!(left, "", "{selection}");
    }
}
