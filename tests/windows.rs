//! PowerShell and netsh: what stands in their texts beside the rules, which `tests/platforms` reads back.

mod support;

use std::collections::BTreeSet;

use exchange_ports::firewall::{Platform, Snippet};
use exchange_ports::link::{Page, State, View};
use proptest::prelude::*;
use support::powershell::is_powershell;
use support::{rules, views};

const TOOLS: [&str; 2] = ["powershell", "netsh"];

const ADDRESSES: &str = "addr.perimeter=192.0.2.25&addr.client-lan=10.1.0.0/16,2001:db8:1::/48\
    &addr.server-lan=10.0.0.10,10.0.0.11,2001:db8::10&addr.directory=10.0.2.0/24&addr.management=10.9.0.0/24\
    &addr.telephony=10.8.0.1-10.8.0.30&addr.cloud=198.51.100.0/24&addr.third-site=10.3.0.1";

/// Selections that tell something, each with the addresses above.
const SELECTIONS: [&str; 9] = [
    "at=server-lan",
    "version=2019&from=internet&to=perimeter,server-lan&at=server-lan",
    "version=2003&at=directory&name=corp",
    "version=2010&at=server-lan&pin.mapi2010-rca-static=59532&pin.mapi2010-ab-static=59533",
    "version=2019&at=server-lan&internal=any",
    "at=edge-transport&log=1&rest=drop",
    "version=2003&flow=fe-be-ipsec&at=server-lan",
    "flow=cluster-icmp&internal=ports&at=server-lan",
    "rules=flow&required=1&at=server-lan",
];

fn snippet(tool: &str, selection: &str) -> Snippet {
    rules::snippet(tool, &format!("#/?platform={tool}&{selection}&{ADDRESSES}"))
}

/// The texts of a selection that has no other address than those in it.
fn bare(tool: &str, selection: &str) -> Snippet {
    rules::snippet(tool, &format!("#/?platform={tool}&{selection}"))
}

/// The names behind each place where such words stand.
fn names_behind(text: &str, words: &str) -> Vec<String> {
    let behind = text.split(words).skip(1);
    let end = |letter: char| letter.is_whitespace() || letter == '\'';
    behind
        .filter_map(|rest| rest.split(end).next())
        .map(str::to_owned)
        .collect()
}

/// The names of the rules that a text adds.
fn added(tool: &str, text: &str) -> Vec<String> {
    match tool {
        "powershell" => names_behind(text, "  -Name '"),
        _ => names_behind(text, "add rule name="),
    }
}

/// The names of the rules that a text removes.
fn removed(tool: &str, text: &str) -> Vec<String> {
    match tool {
        "powershell" => {
            let list = text
                .split("$names = @(")
                .nth(1)
                .and_then(|rest| rest.split("\n)").next());
            names_behind(list.unwrap_or_default(), "\n  '")
        }
        _ => names_behind(text, "delete rule name="),
    }
}

#[test]
fn what_arrives_is_local_to_its_destination_and_what_leaves_to_its_source() {
    let selection = "version=2019&from=perimeter&to=server-lan&at=";
    assert!(snippet("netsh", &format!("{selection}server-lan")).rules.contains(
        " dir=in action=allow profile=any protocol=tcp \
         localip=10.0.0.10,10.0.0.11 remoteip=192.0.2.25 localport=25\r\n"
    ));
    assert!(snippet("netsh", &format!("{selection}perimeter")).rules.contains(
        " dir=out action=allow profile=any protocol=tcp \
         localip=192.0.2.25 remoteip=10.0.0.10,10.0.0.11 remoteport=25\r\n"
    ));
    assert!(snippet("powershell", &format!("{selection}server-lan")).rules.contains(
        "  -Direction Inbound -Action Allow -Profile Any -Protocol TCP `\n  \
         -LocalAddress '10.0.0.10', '10.0.0.11' `\n  -RemoteAddress '192.0.2.25' `\n  -LocalPort '25'\n"
    ));
    assert!(snippet("powershell", &format!("{selection}perimeter")).rules.contains(
        "  -Direction Outbound -Action Allow -Profile Any -Protocol TCP `\n  \
         -LocalAddress '192.0.2.25' `\n  -RemoteAddress '10.0.0.10', '10.0.0.11' `\n  -RemotePort '25'\n"
    ));
}

#[test]
fn only_rules_for_what_leaves_bring_the_remark_that_windows_lets_it_pass() {
    let remark = "Windows lets every outbound connection pass unless that was changed";
    for tool in TOOLS {
        let selection = "version=2019&from=perimeter&to=server-lan&at=";
        assert!(snippet(tool, &format!("{selection}perimeter")).rules.contains(remark));
        assert!(!snippet(tool, &format!("{selection}server-lan")).rules.contains(remark));
    }
}

#[test]
fn protocols_without_ports_have_their_own_words() {
    let echo = "flow=cluster-icmp&internal=ports&at=server-lan&addr.server-lan=10.0.0.10,2001:db8::10";
    let netsh = bare("netsh", echo).rules;
    assert!(netsh.contains(" protocol=icmpv4:8,any ") && netsh.contains(" protocol=icmpv6:128,any "));
    let powershell = bare("powershell", echo).rules;
    assert!(powershell.contains(" -Protocol ICMPv4 -IcmpType '8' "));
    assert!(powershell.contains(" -Protocol ICMPv6 -IcmpType '128' "));

    let esp = "version=2003&flow=fe-be-ipsec&at=server-lan";
    assert!(snippet("netsh", esp).rules.contains(" protocol=50 "));
    assert!(snippet("powershell", esp).rules.contains(" -Protocol 50 "));

    let any = "version=2019&internal=any&at=server-lan";
    assert!(snippet("netsh", any).rules.contains(" protocol=any "));
    assert!(snippet("powershell", any).rules.contains(" -Protocol Any "));
}

#[test]
fn the_header_says_that_rules_add_up_and_lists_those_of_setup_without_touching_them() {
    for tool in TOOLS {
        for selection in SELECTIONS {
            let Snippet { rules, apply, undo, .. } = snippet(tool, selection);
            let before_rules = rules
                .split("New-NetFirewallRule")
                .next()
                .expect("a text has a beginning");
            let header = before_rules.split("\nnetsh ").next().expect("a text has a beginning");
            assert!(
                header.contains("Allow rules add up: Exchange Setup's own rules still allow these ports from anywhere")
            );
            assert!(
                header.contains("#   Get-NetFirewallRule -Direction Inbound -Action Allow -Enabled True\n")
                    || header.contains("rem   netsh advfirewall firewall show rule name=all dir=in\r\n"),
                "{header}"
            );
            for text in [&rules, &apply, &undo] {
                let others = [
                    "Disable-",
                    "Set-NetFirewallRule",
                    "set rule",
                    "enable=no",
                    "action=block",
                    "Action Block",
                ];
                assert!(others.iter().all(|word| !text.contains(word)), "{text}");
            }
        }
    }
}

#[test]
fn what_windows_cannot_do_is_named() {
    for tool in TOOLS {
        let asked = snippet(tool, "version=2019&at=server-lan&log=1&rest=drop").rules;
        assert!(asked.contains("not written: log=1: Windows logs the allowed connections of a whole profile"));
        assert!(asked.contains("warning: this format cannot drop everything else: it only allows more"));
        assert!(asked.contains("warning: this firewall stands on a host"));
        let plain = snippet(tool, "version=2019&at=server-lan&placement=host").rules;
        assert!(!plain.contains("log=1") && !plain.contains("it only allows more"));
    }
}

#[test]
fn a_rule_without_addresses_is_written_once_for_both_families() {
    let selection = "version=2019&flow=smtp-in&from=internet&to=server-lan&at=server-lan";
    for tool in TOOLS {
        let text = bare(tool, selection).rules;
        assert_eq!(added(tool, &text), ["exchange-internet-server-lan-tcp-1"], "{text}");
        assert!(text.contains("A rule without addresses holds for IPv4 and IPv6, and is written once."));
    }
    let netsh = bare("netsh", selection).rules;
    assert!(netsh.contains(" localip=any remoteip=any localport=25\r\n"));
    assert!(!bare("powershell", selection).rules.contains("Address"));
}

#[test]
fn a_whole_family_never_becomes_any_address() {
    let selection = "version=2019&flow=smtp-in&from=internet&to=server-lan&at=server-lan";
    for (typed, written) in [
        ("0.0.0.0/0", "0.0.0.0-255.255.255.255"),
        ("::/0", "::2-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"),
        ("::/1", "::2-7fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"),
    ] {
        let selection = format!("{selection}&addr.internet={typed}");
        let netsh = bare("netsh", &selection).rules;
        assert!(
            netsh.contains(&format!(" localip=any remoteip={written} localport=25\r\n")),
            "{netsh}"
        );
        let powershell = bare("powershell", &selection).rules;
        assert!(
            powershell.contains(&format!("  -RemoteAddress '{written}' `\n")),
            "{powershell}"
        );
    }
}

#[test]
fn an_address_that_windows_refuses_is_named_and_never_becomes_any() {
    let selection = "version=2019&flow=smtp-in&from=internet&to=server-lan&at=server-lan&addr.internet=";
    for tool in TOOLS {
        let refused = bare(tool, &format!("{selection}::1,::")).rules;
        assert!(added(tool, &refused).is_empty(), "{refused}");
        for address in ["::", "::1"] {
            let line = format!("not written: {address} in exchange-internet-server-lan-tcp-1: Windows takes neither");
            assert!(refused.contains(&line), "{refused}");
        }
        let half = bare(tool, &format!("{selection}::1,2001:db8::1")).rules;
        assert_eq!(added(tool, &half).len(), 1, "{half}");
        assert!(
            half.contains("not written: ::1 in ") && !half.contains("::1,2001"),
            "{half}"
        );
    }
}

#[test]
fn running_it_twice_replaces_exactly_its_own_rules() {
    for tool in TOOLS {
        for selection in SELECTIONS {
            let text = snippet(tool, selection).rules;
            assert!(
                !added(tool, &text).is_empty(),
                "{tool} {selection} writes rules:\n{text}"
            );
            assert_eq!(added(tool, &text), removed(tool, &text), "{selection}");
        }
    }
    let text = snippet("powershell", "version=2019&at=server-lan&name=corp").rules;
    assert!(text.contains("  Where-Object Group -eq 'exchange-ports-corp' |\n"));
}

#[test]
fn undoing_removes_exactly_what_was_written() {
    for tool in TOOLS {
        for selection in SELECTIONS {
            let Snippet { rules, undo, .. } = snippet(tool, selection);
            assert_eq!(added(tool, &rules), removed(tool, &undo), "{selection}");
            assert!(added(tool, &undo).is_empty());
        }
        let nothing = bare(tool, "version=2019&from=perimeter&to=server-lan&at=server-lan");
        assert!(nothing.undo.contains("there is nothing to undo") && removed(tool, &nothing.undo).is_empty());
    }
    let undo = snippet("powershell", "version=2019&at=server-lan").undo;
    assert!(undo.contains("  Where-Object Group -eq 'exchange-ports-exchange' |\n"));
}

#[test]
fn the_prefix_keeps_selections_apart() {
    for tool in TOOLS {
        let written = |prefix: &str| -> BTreeSet<String> {
            let text = snippet(tool, &format!("version=2019&at=server-lan&name={prefix}")).rules;
            added(tool, &text).into_iter().collect()
        };
        let (corp, lab) = (written("corp"), written("lab"));
        assert!(!corp.is_empty() && corp.is_disjoint(&lab));
        assert!(corp.iter().all(|name| name.starts_with("corp-")));
    }
}

#[test]
fn applying_shows_what_is_written() {
    for selection in SELECTIONS {
        let netsh = snippet("netsh", selection);
        assert_eq!(
            names_behind(&netsh.apply, "show rule name="),
            added("netsh", &netsh.rules)
        );
        assert!(netsh.apply.starts_with("rem As administrator") && netsh.apply.contains("\nexchange.cmd\n"));
        let powershell = snippet("powershell", selection);
        assert!(powershell.apply.contains("\n.\\exchange.ps1\n"));
        assert!(
            powershell
                .apply
                .contains("\nGet-NetFirewallRule -Group 'exchange-ports-")
        );
    }
    for tool in TOOLS {
        let apply = snippet(tool, "version=2019&at=server-lan").apply;
        assert!(apply.contains("Running it twice is safe"));
        assert!(apply.contains("  Test-NetConnection 10.0.0.10 -Port 25\n"), "{apply}");
    }
}

#[test]
fn a_command_that_would_be_too_long_for_cmd_is_split_under_unique_names() {
    let text = bare("netsh", &rules::crowded()).rules;
    let longest = text.lines().map(str::len).max().expect("there are lines");
    assert!(longest <= 8191, "{longest}");
    let names = added("netsh", &text);
    assert!(names.iter().any(|name| name.ends_with("-tcp-1-2")), "{names:?}");
    assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len());
    assert_eq!(names, removed("netsh", &text));
}

#[test]
fn a_line_of_powershell_is_short_enough_to_read() {
    for selection in SELECTIONS
        .map(|selection| format!("{selection}&{ADDRESSES}"))
        .into_iter()
        .chain([rules::crowded()])
    {
        let text = bare("powershell", &selection).rules;
        let commands = text.lines().filter(|line| !line.starts_with('#'));
        assert!(commands.clone().all(|line| line.len() <= 120), "{text}");
        assert!(commands.clone().all(|line| line.trim_end() == line), "{text}");
    }
}

#[test]
fn an_empty_line_follows_each_powershell_command_of_several_lines() {
    for selection in SELECTIONS {
        let text = snippet("powershell", selection).rules;
        let lines: Vec<&str> = text.lines().collect();
        let goes_on = |line: &str| line.ends_with(['`', '|']);
        let ends = lines.windows(3).filter(|lines| goes_on(lines[0]) && !goes_on(lines[1]));
        assert!(
            ends.clone().count() > 0 && ends.clone().all(|lines| lines[2].is_empty()),
            "{text}"
        );
    }
}

#[test]
fn each_file_ends_with_one_newline_of_its_kind() {
    for selection in SELECTIONS
        .into_iter()
        .chain(["version=2019&from=perimeter&to=telephony"])
    {
        let powershell = snippet("powershell", selection).rules;
        assert!(powershell.ends_with('\n') && !powershell.ends_with("\n\n") && !powershell.contains('\r'));
        let netsh = snippet("netsh", selection).rules;
        assert!(netsh.ends_with("\r\n") && !netsh.ends_with("\r\n\r\n"));
        assert!(!netsh.replace("\r\n", "").contains(['\r', '\n']));
    }
}

#[test]
fn a_link_and_a_hint_stand_in_quotes_where_cmd_would_read_their_signs() {
    let text = snippet("netsh", "version=2010&from=client-lan&at=server-lan").rules;
    assert!(
        text.contains("rem \"#/?version=2010&from=client-lan&platform=netsh&at=server-lan\"\r\n"),
        "{text}"
    );
    assert!(
        text.contains("choose one port out of the range first (pin.<flow>=)\"\r\n"),
        "{text}"
    );
}

#[test]
fn a_parser_of_powershell_reads_every_selection() {
    for selection in SELECTIONS {
        let Snippet { rules, apply, undo, .. } = snippet("powershell", selection);
        for text in [rules, apply, undo] {
            assert!(is_powershell(&text), "{selection}:\n{text}");
        }
    }
}

#[test]
fn the_parser_of_powershell_refuses_what_is_broken() {
    let text = snippet("powershell", "version=2019&at=server-lan").rules;
    for (from, to) in [
        ("-LocalPort '25'", "-LocalPort '25"),
        ("\n)\n", "\n"),
        (" |\n", " |\n|\n"),
        ("-Group '", "-Group ('"),
    ] {
        assert!(text.contains(from), "{from}:\n{text}");
        assert!(!is_powershell(&text.replacen(from, to, 1)), "{from}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(120))]

    #[test]
    fn whatever_is_asked_cmd_reads_no_sign_and_a_parser_of_powershell_everything(
        filter in views::filter(), options in views::options()
    ) {
        let view = View { page: Page::List, filter, options, ..View::default() };
        let write = |tool: &str| {
            let platform = Platform::find(tool).expect("it is a platform");
            let mut view = view.clone();
            view.options.platform = Some(platform);
            let state = State { view, ..State::default() };
            platform.write(&state.policy(&state.view.flows()))
        };
        let Snippet { rules, apply, undo, .. } = write("netsh");
        for line in rules.split("\r\n").chain(apply.lines()).chain(undo.lines()) {
            let quoted = line.strip_prefix("rem \"").and_then(|rest| rest.strip_suffix('"'));
            prop_assert!(quoted.is_some() || !line.contains(['&', '<', '>', '|', '^']), "{}", line);
            prop_assert!(!quoted.unwrap_or(line).contains(['"', '%', '!']), "{}", line);
            prop_assert!(line.len() <= 8191 && line.bytes().all(|byte| (b' '..=b'~').contains(&byte)), "{}", line);
        }
        let Snippet { rules, apply, undo, .. } = write("powershell");
        for text in [rules, apply, undo] {
            prop_assert!(text.is_ascii() && is_powershell(&text), "{}", text);
        }
    }
}
