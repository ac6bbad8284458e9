//! VyOS and RouterOS: what stands in their texts beside the rules, which `tests/platforms` reads back.

mod support;

use exchange_ports::catalog::PortRange;
use exchange_ports::firewall::{Platform, Snippet};
use support::rules::{policy, snippet};
use support::selections::{ADDRESSES, SELECTIONS};

const PLATFORMS: [&str; 2] = ["vyos", "routeros"];

/// From the internet to one server, over TCP.
const MAIL: &str = "version=2019&flow=smtp-in&from=internet&to=server-lan&addr.server-lan=10.0.0.10";

fn written(platform: &str, selection: &str) -> Snippet {
    snippet(platform, &format!("#/?{selection}&platform={platform}"))
}

/// The commands of a text, without comments.
fn commands(text: &str) -> Vec<&str> {
    text.lines().filter(|line| !line.starts_with('#')).collect()
}

#[test]
fn kept_rules_stand_in_a_chain_to_which_only_apply_jumps() {
    let vyos = written("vyos", MAIL);
    assert_eq!(
        commands(&vyos.rules),
        [
            "set firewall ipv4 name exchange-forward default-action return",
            "set firewall ipv4 name exchange-forward rule 10 action accept",
            "set firewall ipv4 name exchange-forward rule 10 description exchange-internet-server-lan-tcp-1",
            "set firewall ipv4 name exchange-forward rule 10 destination address 10.0.0.10",
            "set firewall ipv4 name exchange-forward rule 10 protocol tcp",
            "set firewall ipv4 name exchange-forward rule 10 destination port 25",
        ]
    );
    assert!(vyos.apply.contains(
        "\nset firewall ipv4 forward filter rule 1 action jump\n\
         set firewall ipv4 forward filter rule 1 jump-target exchange-forward\n"
    ));
    let routeros = written("routeros", MAIL);
    assert_eq!(
        commands(&routeros.rules)[..5],
        [
            "/ip firewall address-list",
            "remove [find comment=\"exchange-forward\"]",
            "/ip firewall filter",
            "remove [find chain=\"exchange-forward\"]",
            "add chain=\"exchange-forward\" action=accept dst-address=10.0.0.10/32 protocol=tcp dst-port=25 \
             comment=\"exchange-internet-server-lan-tcp-1\"",
        ]
    );
    assert!(!routeros.rules.contains("action=drop") && !routeros.rules.contains("jump"));
    assert!(
        routeros
            .apply
            .contains("\nadd chain=forward action=jump jump-target=\"exchange-forward\" ")
    );
}

#[test]
fn a_family_without_rules_gets_no_jump() {
    for platform in PLATFORMS {
        let Snippet { rules, apply, .. } = written(platform, MAIL);
        assert!(!rules.contains("set firewall ipv6"), "{platform}: {rules}");
        assert!(!apply.contains("ipv6"), "{platform}: {apply}");
    }
}

#[test]
fn routeros_empties_the_chains_of_a_family_that_has_no_rules_any_more() {
    let text = written("routeros", MAIL).rules;
    let emptied = "/ipv6 firewall address-list\nremove [find comment=\"exchange-forward\"]\n\
        /ipv6 firewall filter\nremove [find chain=\"exchange-forward\"]\n";
    assert!(text.contains(emptied), "{text}");
}

#[test]
fn dropping_the_rest_says_so_first_and_holds_for_both_families() {
    for platform in PLATFORMS {
        let text = written(platform, &format!("{MAIL}&rest=drop")).rules;
        assert!(
            text.starts_with("# CAUTION: everything that is not allowed below is cut, your own connection included.\n"),
            "{platform}: {text}"
        );
        for hook in ["forward", "input"] {
            let chain = format!("exchange-{hook}");
            let dropped = match platform {
                "vyos" => {
                    ["ipv4", "ipv6"].map(|family| format!("set firewall {family} name {chain} default-action drop\n"))
                }
                _ => [(); 2].map(|()| format!("\nadd chain=\"{chain}\" action=drop\n")),
            };
            assert!(dropped.iter().all(|line| text.contains(line)), "{platform}: {text}");
        }
        // A router's own connections are not what was asked about.
        assert!(!text.contains("exchange-output"), "{platform}: {text}");
    }
    let routeros = written("routeros", &format!("{MAIL}&rest=drop")).rules;
    assert_eq!(routeros.matches("action=drop").count(), 4, "{routeros}");
}

#[test]
fn the_jump_of_a_chain_that_drops_comes_after_its_rules() {
    let text = written("routeros", &format!("{MAIL}&rest=drop")).rules;
    let at = |words: &str| text.find(words).unwrap_or_else(|| panic!("{words}: {text}"));
    let freed = at("\nremove [find jump-target=\"exchange-forward\"]");
    let emptied = at("\nremove [find chain=\"exchange-forward\"]");
    let dropped = at("\nadd chain=\"exchange-forward\" action=drop");
    let jump = at("\nadd chain=forward action=jump jump-target=\"exchange-forward\"");
    assert!(freed < emptied && emptied < dropped && dropped < jump, "{text}");
}

#[test]
fn on_a_host_rules_stand_where_connections_end_and_begin() {
    let both = "version=2019&flow=smtp-in,smtp-out&placement=host&at=server-lan&addr.server-lan=10.0.0.10";
    let vyos = written("vyos", both).rules;
    assert!(vyos.contains("set firewall ipv4 name exchange-input rule 10 destination address 10.0.0.10\n"));
    assert!(vyos.contains("set firewall ipv4 name exchange-output rule 10 source address 10.0.0.10\n"));
    let routeros = written("routeros", both).rules;
    assert!(routeros.contains("\nadd chain=\"exchange-input\" action=accept dst-address=10.0.0.10/32 "));
    assert!(routeros.contains("\nadd chain=\"exchange-output\" action=accept src-address=10.0.0.10/32 "));
    for text in [vyos, routeros] {
        assert!(!text.contains("exchange-forward"), "{text}");
    }
}

#[test]
fn several_networks_of_an_end_are_a_group_and_one_is_not() {
    let selection = "version=2019&flow=web-owa-https&from=client-lan&to=server-lan\
        &addr.client-lan=10.1.0.0/16,10.2.0.1,2001:db8:1::/48&addr.server-lan=10.0.0.10,2001:db8::10,2001:db8::11";
    let vyos = written("vyos", selection).rules;
    let (v4, v6) = (
        "exchange-client-lan-server-lan-tcp-1",
        "exchange-client-lan-server-lan-tcp-2",
    );
    for line in [
        format!("set firewall group network-group {v4}-from network 10.1.0.0/16\n"),
        format!("set firewall group network-group {v4}-from network 10.2.0.1/32\n"),
        format!("rule 10 source group network-group {v4}-from\n"),
        "rule 10 destination address 10.0.0.10\n".to_owned(),
        format!("set firewall group ipv6-network-group {v6}-to network 2001:db8::11/128\n"),
        format!("set firewall ipv6 name exchange-forward rule 10 destination group network-group {v6}-to\n"),
        "rule 10 source address 2001:db8:1::/48\n".to_owned(),
    ] {
        assert!(vyos.contains(&line), "{line}{vyos}");
    }
    let routeros = written("routeros", selection).rules;
    for line in [
        format!("\nadd list=\"{v4}-from\" address=10.2.0.1/32 comment=\"exchange-forward\"\n"),
        format!("src-address-list=\"{v4}-from\" dst-address=10.0.0.10/32 "),
        format!("src-address=2001:db8:1::/48 dst-address-list=\"{v6}-to\" "),
    ] {
        assert!(routeros.contains(&line), "{line}{routeros}");
    }
}

#[test]
fn routeros_splits_more_than_fifteen_ports_and_vyos_does_not() {
    let ranges = (1..=16).filter_map(|number| PortRange::new(number * 10, number * 10 + (number + 1) % 2));
    let mut policy = policy(&format!("#/?{MAIL}&log=1"));
    policy.rules[0].ports = ranges.collect();
    let write = |id| Platform::find(id).expect("a platform").write(&policy).rules;
    let text = write("routeros");
    let first = "10,20-21,30,40-41,50,60-61,70,80-81,90,100-101";
    let second = "110,120-121,130,140-141,150,160-161";
    let rest = "connection-state=new log=yes log-prefix=\"exchange-internet-server-lan-tcp-1\" \
        comment=\"exchange-internet-server-lan-tcp-1\"";
    for list in [first, second] {
        let rule = format!(" action=accept dst-address=10.0.0.10/32 protocol=tcp dst-port={list} {rest}\n");
        assert!(text.contains(&rule), "{rule}{text}");
    }
    assert!(write("vyos").contains(&format!("rule 10 destination port {first},{second}\n")));
}

#[test]
fn what_is_logged_is_the_beginning_of_each_connection() {
    let vyos = written("vyos", &format!("{MAIL}&log=1")).rules;
    assert!(
        vyos.contains("rule 10 state new\n") && vyos.contains("rule 10 log\n"),
        "{vyos}"
    );
    let routeros = written("routeros", &format!("{MAIL}&log=1")).rules;
    assert!(routeros.contains(" connection-state=new log=yes log-prefix=\"exchange-internet-server-lan-tcp-1\" "));
    for platform in PLATFORMS {
        let silent = written(platform, MAIL).rules;
        assert!(
            !silent.contains(" log") && !silent.contains("new"),
            "{platform}: {silent}"
        );
    }
}

#[test]
fn pings_and_esp_are_written_in_the_words_of_each_family() {
    let ping = "flow=cluster-icmp&internal=ports&from=server-lan&to=directory\
        &addr.directory=10.0.2.1,2001:db8:2::1&addr.server-lan=10.0.0.10,2001:db8::10";
    let vyos = written("vyos", ping).rules;
    assert!(
        vyos.contains("ipv4 name exchange-forward rule 10 icmp type-name echo-request\n"),
        "{vyos}"
    );
    assert!(
        vyos.contains("ipv6 name exchange-forward rule 10 icmpv6 type-name echo-request\n"),
        "{vyos}"
    );
    let routeros = written("routeros", ping).rules;
    assert!(routeros.contains(" protocol=icmp icmp-options=8:0 "), "{routeros}");
    assert!(routeros.contains(" protocol=icmpv6 icmp-options=128:0 "), "{routeros}");
    let ipsec = "version=2003&flow=fe-be-ipsec&addr.perimeter=192.0.2.25&addr.server-lan=10.0.0.10";
    assert!(written("vyos", ipsec).rules.contains(" protocol esp\n"));
    assert!(written("routeros", ipsec).rules.contains(" protocol=ipsec-esp "));
}

#[test]
fn every_name_is_short_enough_and_has_the_prefix() {
    for selection in SELECTIONS.iter().filter(|selection| !selection.contains("name=")) {
        for platform in PLATFORMS {
            let text = written(platform, &format!("{selection}&{ADDRESSES}&name=abcdefghijkl")).rules;
            let words = text.split([' ', '"', '=']).map(str::trim_end);
            let names: Vec<&str> = words.filter(|word| word.starts_with("abcdefghijkl-")).collect();
            assert!(!names.is_empty(), "{platform} {selection}: {text}");
            // The shortest of all limits of these systems: what older releases let a name have.
            assert!(
                names.iter().all(|name| name.len() <= 63),
                "{platform} {selection}: {names:?}"
            );
            assert!(!text.contains("exchange-forward"), "{platform} {selection}: {text}");
        }
    }
}

#[test]
fn without_an_address_nothing_is_allowed_and_the_text_says_what_is_missing() {
    for platform in PLATFORMS {
        let Snippet { rules, apply, .. } = written(platform, "version=2019&from=internet&to=server-lan");
        assert!(
            !rules.contains("accept") && !apply.contains("jump-target exchange"),
            "{platform}: {rules}"
        );
        assert!(
            rules.contains("no address for server-lan (addr.server-lan=)\n"),
            "{platform}: {rules}"
        );
    }
}

#[test]
fn applying_first_says_what_a_second_time_does_then_loads_and_shows() {
    for (platform, twice, loaded, shown) in [
        (
            "vyos",
            "# Running it twice changes nothing. Before you run a changed text, undo this one.\n",
            "\nsource /config/exchange-vyos.txt\n",
            "\nrun show firewall ipv4 name exchange-forward\n",
        ),
        (
            "routeros",
            "# Importing it twice is safe: it empties its own chains first.\n",
            "\n/import file-name=exchange.rsc\n",
            "\n/ip firewall filter print where chain=\"exchange-forward\"\n",
        ),
    ] {
        let apply = written(platform, MAIL).apply;
        assert!(apply.starts_with(twice), "{apply}");
        assert!(apply.contains(loaded) && apply.contains(shown), "{apply}");
        assert!(apply.contains("# This must succeed, if the service runs:\n"), "{apply}");
        assert!(
            apply.contains("need your own rule for established connections."),
            "{apply}"
        );
    }
}

#[test]
fn vyos_looks_for_a_first_rule_of_the_reader_before_it_takes_its_place() {
    for selection in [MAIL.to_owned(), format!("{MAIL}&rest=drop")] {
        let apply = written("vyos", &selection).apply;
        let shown = apply
            .find("\nshow firewall ipv4 forward filter rule 1\n")
            .expect("it is shown");
        let loaded = apply.find("\nsource ").expect("the file is loaded");
        assert!(shown < loaded, "{apply}");
    }
}

#[test]
fn the_file_is_one_text_with_one_newline_at_its_end() {
    for selection in SELECTIONS {
        for platform in PLATFORMS {
            let Snippet { rules, apply, undo, .. } = written(platform, &format!("{selection}&{ADDRESSES}"));
            for text in [&rules, &apply, &undo] {
                assert!(
                    text.ends_with('\n') && !text.ends_with("\n\n") && text.is_ascii(),
                    "{platform}: {text}"
                );
            }
            assert!(rules.starts_with("# "), "{platform} {selection}");
        }
    }
}
