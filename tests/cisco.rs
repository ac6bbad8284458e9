//! Cisco's access lists: which list stands at which interface, what lets answers through, and what a terminal takes.

mod support;

use std::collections::BTreeSet;

use exchange_ports::firewall::Snippet;
use support::rules::{policy, snippet};

const PLATFORMS: [&str; 3] = ["cisco-asa", "cisco-ios", "cisco-nxos"];

const ADDRESSES: &str = "addr.perimeter=192.0.2.25&addr.client-lan=10.1.0.0/16,2001:db8:1::/48\
    &addr.server-lan=10.0.0.10,10.0.0.11,2001:db8::10&addr.directory=10.0.2.0/24&addr.management=10.9.0.0/24\
    &addr.telephony=10.8.0.1-10.8.0.30&addr.cloud=198.51.100.0/24&addr.third-site=10.3.0.1";

/// Selections that write lists in every way.
const SELECTIONS: [&str; 6] = [
    "",
    "version=2019&from=internet&to=perimeter,server-lan&log=1",
    "version=2003&rest=drop&log=1&name=corp",
    "version=2019&internal=any&rules=flow&as.internet=outside&as.server-lan=inside",
    "internal=ports&rest=drop&as.internet=lan&as.server-lan=lan-V6&as.client-lan=lan-RETURN",
    "q=smtp&name=abcdefghijkl",
];

/// From the internet to one server, over TCP.
const MAIL: &str = "version=2019&flow=smtp-in&from=internet&to=server-lan&addr.server-lan=10.0.0.10";

fn written(platform: &str, selection: &str) -> Snippet {
    snippet(platform, &format!("#/?{selection}&platform={platform}&{ADDRESSES}"))
}

/// The lines of a list, without numbers and remarks.
fn list(snippet: &Snippet, name: &str) -> Vec<String> {
    let lines = snippet.rules.lines();
    let of_asa = lines
        .clone()
        .filter_map(|line| line.strip_prefix(&format!("access-list {name} extended ")));
    let openings =
        ["ip access-list extended", "ip access-list", "ipv6 access-list"].map(|words| format!("{words} {name}"));
    let numbered = lines
        .skip_while(|line| !openings.iter().any(|opening| opening == line))
        .skip(1)
        .take_while(|line| line.starts_with(' '))
        .filter_map(|line| line.trim_start().trim_start_matches("sequence ").split_once(' '))
        .map(|(_, entry)| entry);
    of_asa
        .chain(numbered)
        .filter(|entry| !entry.starts_with("remark "))
        .map(str::to_owned)
        .collect()
}

/// The names of the lists and groups of a snippet, with the words that make them.
fn names(snippet: &Snippet) -> BTreeSet<String> {
    let words = snippet.rules.lines().filter_map(|line| {
        let words: Vec<&str> = line.split(' ').collect();
        match words[..] {
            ["access-list", name, ..] => Some(format!("access-list {name}")),
            ["object-group", kind, name] => Some(format!("object-group {kind} {name}")),
            ["ip", "access-list", "extended", name] => Some(format!("ip access-list extended {name}")),
            ["ip", "access-list", name] => Some(format!("ip access-list {name}")),
            ["ipv6", "access-list", name] => Some(format!("ipv6 access-list {name}")),
            _ => None,
        }
    });
    words.collect()
}

#[test]
fn a_list_stands_where_its_connections_enter() {
    let mail = format!("{MAIL}&as.internet=outside");
    let asa = snippet("cisco-asa", &format!("#/?{mail}"));
    assert_eq!(list(&asa, "exchange-outside"), ["permit tcp any4 host 10.0.0.10 eq 25"]);
    assert!(
        asa.apply
            .contains("\naccess-group exchange-outside in interface outside\n")
    );
    let ios = snippet("cisco-ios", &format!("#/?{mail}"));
    assert_eq!(list(&ios, "exchange-outside"), ["permit tcp any host 10.0.0.10 eq 25"]);
    assert!(
        ios.apply
            .contains("\ninterface outside\n ip access-group exchange-outside in\n")
    );
    let nxos = snippet("cisco-nxos", &format!("#/?{mail}"));
    assert_eq!(list(&nxos, "exchange-outside"), ["permit tcp any 10.0.0.10/32 eq 25"]);
    assert!(
        nxos.apply
            .contains("\ninterface outside\n ip access-group exchange-outside in\n")
    );
}

#[test]
fn a_device_without_memory_lets_answers_in_at_the_other_interface() {
    let ios = snippet("cisco-ios", &format!("#/?{MAIL}"));
    assert_eq!(
        list(&ios, "exchange-server-lan-RETURN"),
        ["permit tcp host 10.0.0.10 eq 25 any established"]
    );
    assert!(
        ios.apply
            .contains("\ninterface server-lan\n ip access-group exchange-server-lan-RETURN in\n")
    );
    let asa = snippet("cisco-asa", &format!("#/?{MAIL}"));
    assert_eq!(
        asa.rules.matches(" permit ").count(),
        1,
        "an ASA remembers: {}",
        asa.rules
    );
}

#[test]
fn answers_keep_their_port_or_kind() {
    let answers = |selection: &str, name: &str| list(&written("cisco-ios", selection), name);
    let mail_and_dns = answers(
        "version=2019&flow=dns-exchange&to=directory",
        "exchange-directory-RETURN",
    );
    assert_eq!(
        mail_and_dns,
        [
            "permit tcp 10.0.2.0 0.0.0.255 eq 53 host 10.0.0.10 established",
            "permit tcp 10.0.2.0 0.0.0.255 eq 53 host 10.0.0.11 established",
            "permit udp 10.0.2.0 0.0.0.255 eq 53 host 10.0.0.10",
            "permit udp 10.0.2.0 0.0.0.255 eq 53 host 10.0.0.11",
        ]
    );
    let ping = "flow=cluster-icmp&internal=ports&from=server-lan&to=directory&addr.directory=10.0.2.1,2001:db8:2::1";
    let ping = snippet(
        "cisco-ios",
        &format!("#/?{ping}&addr.server-lan=10.0.0.10,2001:db8::10"),
    );
    assert_eq!(
        list(&ping, "exchange-server-lan"),
        ["permit icmp host 10.0.0.10 host 10.0.2.1 echo"]
    );
    assert_eq!(
        list(&ping, "exchange-directory-RETURN"),
        ["permit icmp host 10.0.2.1 host 10.0.0.10 echo-reply"]
    );
    assert_eq!(
        list(&ping, "exchange-server-lan-V6"),
        ["permit icmp host 2001:db8::10 host 2001:db8:2::1 echo-request"]
    );
    assert_eq!(
        list(&ping, "exchange-directory-V6-RETURN"),
        ["permit icmp host 2001:db8:2::1 host 2001:db8::10 echo-reply"]
    );
    let esp = answers("version=2003&flow=fe-be-ipsec", "exchange-server-lan-RETURN");
    assert!(
        esp.contains(&"permit esp host 10.0.0.10 host 192.0.2.25".to_owned()),
        "{esp:?}"
    );
    assert!(
        esp.contains(&"permit udp host 10.0.0.10 eq 500 host 192.0.2.25".to_owned()),
        "{esp:?}"
    );
}

#[test]
fn an_interface_where_connections_open_has_its_answers_in_the_same_list() {
    let both = written("cisco-ios", "version=2019&flow=smtp-in,smtp-out");
    assert_eq!(
        list(&both, "exchange-internet"),
        [
            "permit tcp any host 10.0.0.10 eq 25",
            "permit tcp any host 10.0.0.11 eq 25",
            "permit tcp any eq 25 host 10.0.0.10 established",
            "permit tcp any eq 25 host 10.0.0.11 established",
        ]
    );
    assert!(!both.rules.contains("-RETURN\n"), "{}", both.rules);
    for interface in both.apply.split("interface ").skip(1) {
        assert!(interface.matches("ip access-group").count() <= 1, "{}", both.apply);
    }
}

#[test]
fn zones_behind_one_interface_share_its_list() {
    let selection = "version=2019&from=internet,client-lan&to=server-lan&as.internet=Vlan10&as.client-lan=vlan10";
    for platform in PLATFORMS {
        let text = written(platform, selection);
        let entries = list(&text, "exchange-Vlan10");
        assert!(
            entries.iter().any(|entry| entry.contains(" any")),
            "{platform}: {entries:?}"
        );
        assert!(
            entries.iter().any(|entry| entry.contains(" 10.1.0.0")),
            "{platform}: {entries:?}"
        );
        assert!(!text.apply.contains("vlan10"), "{platform}: {}", text.apply);
    }
}

#[test]
fn lists_have_names_of_their_own_whatever_interfaces_are_called() {
    let clash = "version=2019&from=internet,client-lan,server-lan&to=server-lan,internet&as.internet=lan\
        &as.server-lan=lan-V6&addr.internet=2001:db8:f::/48,203.0.113.0/24";
    let text = written("cisco-ios", clash).rules;
    let opened: Vec<&str> = text
        .lines()
        .filter(|line| line.starts_with("ip"))
        .filter_map(|line| line.rsplit(' ').next())
        .collect();
    let different: BTreeSet<&str> = opened.iter().copied().collect();
    assert!(opened.contains(&"exchange-lan-V6-2"), "{opened:?}");
    assert_eq!(opened.len(), different.len(), "{opened:?}");
}

#[test]
fn kept_lists_end_open_and_say_that_the_device_closes_them() {
    for platform in PLATFORMS {
        let text = written(platform, "version=2019");
        assert!(
            text.rules.starts_with("! CAUTION: an access list ends with a deny"),
            "{platform}"
        );
        assert!(
            text.apply.contains("ends with a deny that it does not show"),
            "{platform}"
        );
        assert!(
            text.apply.contains("An interface takes one list for each direction."),
            "{platform}"
        );
        assert!(!text.rules.contains(" deny ip"), "{platform}");
        assert_eq!(text.rules.contains(" nd-n"), platform == "cisco-nxos", "{platform}");
    }
}

#[test]
fn every_list_for_ipv6_of_a_nexus_lets_neighbours_be_found() {
    let discovery = ["nd-na", "nd-ns", "router-advertisement", "router-solicitation"]
        .map(|message| format!("permit icmp any any {message}"));
    let web = "version=2019&flow=web-owa-https&from=client-lan&to=server-lan";
    let kept = written("cisco-nxos", web);
    for (name, permitted) in [
        (
            "exchange-client-lan-V6",
            "permit tcp 2001:db8:1::/48 2001:db8::10/128 eq 443",
        ),
        (
            "exchange-server-lan-V6-RETURN",
            "permit tcp 2001:db8::10/128 eq 443 2001:db8:1::/48 established",
        ),
    ] {
        let entries = list(&kept, name);
        assert_eq!(entries[0], permitted);
        assert_eq!(entries[1..], discovery, "{name}");
    }
    let mail = "version=2019&flow=smtp-in&to=server-lan&addr.server-lan=10.0.0.10&rest=drop";
    let dropped = snippet("cisco-nxos", &format!("#/?{mail}"));
    let entries = list(&dropped, "exchange-internet-V6");
    assert_eq!(entries[..4], discovery);
    assert_eq!(entries[4..], ["deny ipv6 any any"], "IPv6 must not pass by");
}

#[test]
fn names_of_lists_have_no_dot_and_stay_apart() {
    let dotted = "version=2019&from=internet,client-lan&to=server-lan&as.internet=po1.100&as.client-lan=po1-100";
    for platform in ["cisco-ios", "cisco-nxos"] {
        let text = written(platform, dotted);
        let bound = |interface: &str, list: &str| {
            text.apply
                .contains(&format!("\ninterface {interface}\n ip access-group {list} in\n"))
        };
        assert!(bound("po1.100", "exchange-po1-100"), "{platform}: {}", text.apply);
        assert!(bound("po1-100", "exchange-po1-100-2"), "{platform}: {}", text.apply);
    }
}

#[test]
fn dropping_the_rest_closes_every_list_of_every_interface() {
    let selection = "version=2019&flow=smtp-in&to=server-lan&rest=drop";
    let asa = written("cisco-asa", selection);
    assert_eq!(
        list(&asa, "exchange-internet").last().map(String::as_str),
        Some("deny ip any any")
    );
    assert_eq!(list(&asa, "exchange-server-lan"), ["deny ip any any"]);
    let ios = snippet("cisco-ios", &format!("#/?{selection}&addr.server-lan=10.0.0.10"));
    assert_eq!(
        list(&ios, "exchange-server-lan-RETURN"),
        ["permit tcp host 10.0.0.10 eq 25 any established", "deny ip any any"]
    );
    for name in ["exchange-internet-V6", "exchange-server-lan-V6"] {
        let neighbours = [
            "permit icmp any any nd-na",
            "permit icmp any any nd-ns",
            "deny ipv6 any any",
        ];
        assert_eq!(list(&ios, name), neighbours, "IPv6 must not pass by");
    }
    for text in [asa, ios] {
        assert!(
            text.rules
                .starts_with("! CAUTION: everything that is not allowed below is cut")
        );
    }
}

#[test]
fn openings_and_the_last_deny_are_logged_and_answers_are_not() {
    let selection = format!("{MAIL}&rest=drop&log=1");
    for platform in PLATFORMS {
        let entries = list(&snippet(platform, &format!("#/?{selection}")), "exchange-internet");
        assert!(
            entries.iter().all(|entry| entry.ends_with(" log")),
            "{platform}: {entries:?}"
        );
    }
    assert_eq!(
        list(
            &snippet("cisco-ios", &format!("#/?{selection}")),
            "exchange-server-lan-RETURN"
        ),
        ["permit tcp host 10.0.0.10 eq 25 any established", "deny ip any any log"]
    );
}

#[test]
fn no_line_permits_everything() {
    let any = "internal=ports&from=server-lan&to=directory&addr.server-lan=any&addr.directory=any";
    for platform in PLATFORMS {
        let text = snippet(platform, &format!("#/?{any}")).rules;
        assert!(
            text.contains(" permit tcp any"),
            "{platform}: other lines stand: {text}"
        );
        for everything in ["permit ip ", "permit ipv6 "] {
            assert!(!text.contains(everything), "{platform}: {text}");
        }
        assert!(text.contains("\n! not written: any from server-lan to directory: no address for directory"));
    }
}

#[test]
fn ends_of_several_addresses_and_several_ports_are_groups_of_an_asa() {
    let text = written("cisco-asa", "version=2019&flow=org-to-edge,edgesync").rules;
    let name = "exchange-server-lan-perimeter-tcp-1";
    let expected = format!(
        "object-group network {name}-from\n network-object host 10.0.0.10\n network-object host 10.0.0.11\n\
         object-group service {name}-ports\n service-object tcp destination eq 25\n \
         service-object tcp destination eq 50636\n"
    );
    assert!(text.contains(&expected), "{text}");
    assert!(
        text.contains(&format!(
            "extended permit object-group {name}-ports object-group {name}-from host 192.0.2.25\n"
        )),
        "{text}"
    );
}

#[test]
fn an_asa_says_which_answers_it_does_not_expect_by_itself() {
    let esp = written("cisco-asa", "version=2003&flow=fe-be-ipsec").rules;
    let ping = written("cisco-asa", "flow=cluster-icmp&internal=ports&to=directory").rules;
    assert!(
        esp.contains("inspect ipsec-pass-thru") && !esp.contains("inspect icmp"),
        "{esp}"
    );
    assert!(
        ping.contains("inspect icmp") && !ping.contains("inspect ipsec"),
        "{ping}"
    );
}

#[test]
fn the_header_says_which_side_of_nat_addresses_are_of_and_what_to_replace() {
    let asa = written("cisco-asa", &format!("{MAIL}&as.internet=outside")).rules;
    assert!(asa.contains("\n! An ASA matches the servers' own addresses, whatever it translates (NAT).\n"));
    let ios = written("cisco-ios", &format!("{MAIL}&as.internet=outside")).rules;
    assert!(ios.contains("\n! IOS matches addresses as they are on the wire"));
    let nxos = written("cisco-nxos", &format!("{MAIL}&as.internet=outside")).rules;
    assert!(nxos.contains("\n! NX-OS matches addresses as they are on the wire"));
    for text in [asa, ios, nxos] {
        assert!(text.contains("replace them by yours (as.server-lan=).\n"), "{text}");
    }
}

#[test]
fn every_name_is_within_the_limits() {
    let zones =
        ["internet", "perimeter", "management", "third-site"].map(|zone| format!("as.{zone}={}", "Z".repeat(31)));
    for selection in SELECTIONS
        .map(str::to_owned)
        .into_iter()
        .chain([format!("name=abcdefghijkl&{}", zones.join("&"))])
    {
        for platform in PLATFORMS {
            for name in names(&written(platform, &selection)) {
                let name = name.rsplit(' ').next().expect("a name stands last");
                assert!(
                    name.len() <= 63 && name.starts_with(|letter: char| letter.is_ascii_alphabetic()),
                    "{name}"
                );
            }
        }
    }
}

#[test]
fn long_remarks_are_cut_and_lose_no_flow() {
    for selection in SELECTIONS {
        for platform in PLATFORMS {
            let fragment = format!("#/?{selection}&platform={platform}&{ADDRESSES}");
            let text = snippet(platform, &fragment).rules;
            let remarks: Vec<&str> = text
                .lines()
                .filter_map(|line| Some(line.split_once(" remark ")?.1))
                .collect();
            assert!(
                remarks.iter().all(|remark| remark.len() <= 100),
                "{platform} {selection}"
            );
            let words: BTreeSet<&str> = remarks.iter().flat_map(|text| text.split([' ', ','])).collect();
            for flow in policy(&fragment).rules.iter().flat_map(|rule| &rule.flows) {
                assert!(words.contains(flow.id), "{platform} {selection}: {}", flow.id);
            }
        }
    }
}

#[test]
fn a_terminal_takes_every_line() {
    for selection in SELECTIONS {
        for platform in PLATFORMS {
            let Snippet { rules, apply, undo, .. } = written(platform, selection);
            for text in [&rules, &apply, &undo] {
                assert!(
                    !text.contains('?') && text.is_ascii() && text.ends_with('\n'),
                    "{platform}: {text}"
                );
                assert!(
                    text.lines().all(|line| line.len() <= 254 && !line.trim().is_empty()),
                    "{platform}: {text}"
                );
            }
        }
    }
}

#[test]
fn a_link_that_is_cut_is_whole_again_when_its_lines_are_joined() {
    let fragment = "#/?q=e&platform=cisco-ios";
    let text = snippet("cisco-ios", fragment).rules;
    let joined = text.replace("\n! ", "").replace("%3F", "?");
    let link = policy(fragment).permalink;
    assert!(link.len() > 254 && joined.contains(&link), "{link}\n{text}");
}

#[test]
fn undoing_names_what_was_written_and_nothing_else() {
    for selection in SELECTIONS {
        for platform in PLATFORMS {
            let text = written(platform, selection);
            let removed = text.undo.lines().filter_map(|line| {
                let line = line.strip_prefix("no ").or(line.strip_prefix("clear configure "))?;
                (!line.starts_with("access-group ")).then(|| line.to_owned())
            });
            let removed: Vec<String> = removed.collect();
            assert_eq!(
                removed.iter().cloned().collect::<BTreeSet<_>>(),
                names(&text),
                "{platform} {selection}"
            );
            assert_eq!(removed.len(), names(&text).len(), "{platform} {selection}");
        }
    }
}

#[test]
fn undoing_takes_off_each_binding_of_apply_before_the_lists_go() {
    for selection in SELECTIONS {
        for platform in PLATFORMS {
            let Snippet { apply, undo, .. } = written(platform, selection);
            let is_binding = |line: &&str| line.contains("access-group ") || line.contains("traffic-filter ");
            let bound: Vec<String> = apply
                .lines()
                .take_while(|line| *line != "end")
                .filter(is_binding)
                .map(|line| line.trim().to_owned())
                .collect();
            let freed: Vec<String> = undo
                .lines()
                .take_while(|line| !line.contains("access-list"))
                .filter(is_binding)
                .map(|line| line.trim().replace("no ", ""))
                .collect();
            assert!(!bound.is_empty(), "{platform} {selection}");
            assert_eq!(bound, freed, "{platform} {selection}");
        }
    }
}

#[test]
fn applying_first_says_what_a_second_time_does() {
    for platform in PLATFORMS {
        let apply = written(platform, "version=2019").apply;
        assert!(apply.starts_with("! Loading it twice "), "{apply}");
    }
}
