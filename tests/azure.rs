//! Azure: where the rules of network security groups stand, what a group holds, and what is undone.

mod support;

use std::collections::BTreeSet;

use exchange_ports::firewall::{Platform, Snippet};
use exchange_ports::link::{Page, State, View};
use proptest::prelude::*;
use support::selections::{ADDRESSES, SELECTIONS};
use support::{rules, views};
use tree_sitter::Parser;

const PLATFORMS: [&str; 3] = ["azure-cli", "azure-bicep", "terraform-azure"];

fn written(platform: &str, selection: &str) -> Snippet {
    rules::snippet(platform, &format!("#/?platform={platform}&{selection}&{ADDRESSES}"))
}

/// The commands of the Azure CLI for a selection.
fn commands(selection: &str) -> Vec<String> {
    let text = written("azure-cli", selection).rules;
    let commands = text.lines().filter(|line| line.starts_with("az "));
    commands.map(str::to_owned).collect()
}

/// The word behind an argument of a command.
fn argument<'a>(command: &'a str, name: &str) -> &'a str {
    let behind = command.split(name).nth(1).expect("the command has the argument");
    behind.trim_start().split(' ').next().expect("the argument has a value")
}

/// The commands for a group and a direction.
fn of_group<'a>(commands: &'a [String], group: &str, direction: &str) -> Vec<&'a str> {
    let is_wanted =
        |command: &&str| argument(command, "--nsg-name") == group && argument(command, "--direction") == direction;
    commands.iter().map(String::as_str).filter(is_wanted).collect()
}

#[test]
fn a_rule_stands_at_both_of_its_ends() {
    let commands = commands("version=2019&flow=edge-to-org&from=perimeter&to=server-lan");
    let inbound = of_group(&commands, "server-lan", "Inbound");
    let outbound = of_group(&commands, "perimeter", "Outbound");
    assert!(!inbound.is_empty(), "{commands:#?}");
    assert_eq!(inbound.len(), outbound.len(), "{commands:#?}");
    assert_eq!(commands.len(), inbound.len() + outbound.len(), "{commands:#?}");
    for command in inbound.iter().chain(&outbound) {
        assert!(
            command.contains(
                " --source-address-prefixes 192.0.2.25 --source-port-ranges '*' \
                 --destination-address-prefixes 10.0.0.10 10.0.0.11 --destination-port-ranges 25 "
            ),
            "{command}"
        );
    }
}

#[test]
fn the_internet_is_no_group() {
    let commands = commands("version=2019&flow=smtp-in,smtp-out");
    assert!(
        !of_group(&commands, "server-lan", "Inbound").is_empty(),
        "{commands:#?}"
    );
    assert!(
        !of_group(&commands, "server-lan", "Outbound").is_empty(),
        "{commands:#?}"
    );
    assert!(
        commands
            .iter()
            .all(|command| argument(command, "--nsg-name") != "internet"),
        "{commands:#?}"
    );
}

#[test]
fn on_a_host_only_its_own_group_has_rules() {
    let commands = commands("version=2019&placement=host&at=server-lan&as.server-lan=nsg-mail");
    assert!(!commands.is_empty());
    assert!(
        commands
            .iter()
            .all(|command| argument(command, "--nsg-name") == "nsg-mail"),
        "{commands:#?}"
    );
}

#[test]
fn zones_of_one_name_share_a_group_and_its_numbers() {
    let selection = "version=2019&from=internet&to=perimeter,server-lan&as.perimeter=Mail&as.server-lan=mail&rest=drop";
    let commands = commands(selection);
    let inbound = of_group(&commands, "Mail", "Inbound");
    let numbers: BTreeSet<&str> = inbound.iter().map(|command| argument(command, "--priority")).collect();
    assert_eq!(numbers.len(), inbound.len(), "{commands:#?}");
    assert_eq!(
        commands.len(),
        inbound.len() + of_group(&commands, "Mail", "Outbound").len(),
        "{commands:#?}"
    );
    assert!(
        inbound.iter().any(|command| command.contains(" 192.0.2.25 ")),
        "{commands:#?}"
    );
    assert!(
        inbound.iter().any(|command| command.contains(" 10.0.0.10 ")),
        "{commands:#?}"
    );
}

#[test]
fn any_address_is_that_of_the_family_alone() {
    let commands = commands("version=2019&flow=smtp-in&from=internet&to=server-lan");
    let ends: Vec<(&str, &str)> = commands
        .iter()
        .map(|command| {
            let end = |name| argument(command, name);
            (end("--source-address-prefixes"), end("--destination-address-prefixes"))
        })
        .collect();
    assert_eq!(ends, [("0.0.0.0/0", "10.0.0.10"), ("::/0", "2001:db8::10")]);
}

#[test]
fn protocols_without_ports_have_their_own_words() {
    let esp = commands("version=2003&flow=fe-be-ipsec");
    assert!(
        esp.iter()
            .any(|command| command.contains(" --protocol Esp ") && command.contains("--destination-port-ranges '*'")),
        "{esp:#?}"
    );
    let any = commands("version=2019&internal=any&from=server-lan&to=directory");
    assert!(
        any.iter().any(|command| command.contains(" --protocol '*' ")),
        "{any:#?}"
    );
}

#[test]
fn echo_requests_are_not_written_because_azure_opens_icmp_as_a_whole() {
    for platform in PLATFORMS {
        let text = written(
            platform,
            "flow=cluster-icmp&internal=ports&from=server-lan&to=directory",
        )
        .rules;
        let line =
            "not written: icmp from server-lan to directory: Azure opens ICMP as a whole, not echo requests alone\n";
        assert!(text.contains(line), "{text}");
        assert!(!text.contains("Icmp"), "{text}");
    }
}

#[test]
fn dropping_the_rest_ends_both_directions_of_each_group() {
    let dropped = commands("version=2019&flow=edge-to-org&from=perimeter&to=server-lan&rest=drop");
    for group in ["perimeter", "server-lan"] {
        for direction in ["Inbound", "Outbound"] {
            let rules = of_group(&dropped, group, direction);
            let last = rules.last().expect("each direction has a rule");
            assert!(last.contains(" --priority 4096 "), "{last}");
            assert!(
                last.contains(
                    " --access Deny --protocol '*' --source-address-prefixes '*' --source-port-ranges '*' \
                     --destination-address-prefixes '*' --destination-port-ranges '*' "
                ),
                "{last}"
            );
            assert_eq!(
                rules.iter().filter(|command| command.contains(" Deny ")).count(),
                1,
                "{rules:#?}"
            );
        }
    }
    let kept = commands("version=2019&flow=edge-to-org&from=perimeter&to=server-lan");
    assert!(
        kept.iter().all(|command| command.contains(" --access Allow ")),
        "{kept:#?}"
    );
}

#[test]
fn a_description_names_as_many_flows_as_it_has_room_for() {
    let commands = commands("version=2019&internal=any");
    let descriptions: Vec<&str> = commands
        .iter()
        .filter_map(|command| command.split('\'').rev().nth(1))
        .collect();
    assert!(
        descriptions
            .iter()
            .all(|text| text.starts_with("flows: ") && text.len() <= 140),
        "{descriptions:#?}"
    );
    let cut: Vec<&&str> = descriptions.iter().filter(|text| text.ends_with(" more")).collect();
    assert!(
        !cut.is_empty() && cut.iter().all(|text| text.len() > 100),
        "{descriptions:#?}"
    );
}

#[test]
fn more_than_a_group_holds_is_said_before_it_is_refused() {
    for platform in PLATFORMS {
        let addresses = rules::snippet(platform, &format!("#/?platform={platform}&{}", rules::crowded())).rules;
        assert!(addresses.contains("CAUTION: server-lan has "), "{addresses:.3000}");
        assert!(
            addresses.contains(" addresses, and Azure takes 4000: choose fewer flows"),
            "{addresses:.3000}"
        );
        let few = written(platform, "version=2019").rules;
        assert!(!few.contains("CAUTION"), "{few:.3000}");
    }
}

#[test]
fn what_is_undone_is_what_was_written() {
    for platform in ["azure-cli", "azure-bicep"] {
        for selection in SELECTIONS {
            let Snippet { rules, undo, .. } = written(platform, selection);
            let commands = undo
                .lines()
                .filter(|line| line.starts_with("az network nsg rule delete "));
            let words = |line, name| argument(line, name).to_owned();
            let undone = commands.map(|line| (words(line, "--nsg-name"), words(line, "--name")));
            let written = groups_and_names(platform, &rules);
            assert_eq!(
                written.is_empty(),
                selection.contains("cluster-icmp"),
                "{platform}, {selection}"
            );
            assert_eq!(undone.collect::<BTreeSet<_>>(), written, "{platform}, {selection}");
        }
    }
}

#[test]
fn terraform_removes_what_was_written() {
    for selection in SELECTIONS {
        let Snippet { rules, undo, .. } = written("terraform-azure", selection);
        let targets = undo.split("  -target=azurerm_network_security_rule.").skip(1);
        let undone: BTreeSet<&str> = targets.filter_map(|rest| rest.split_whitespace().next()).collect();
        let written = groups_and_names("terraform-azure", &rules);
        assert_eq!(
            undone,
            written.iter().map(|(_, name)| name.as_str()).collect(),
            "{selection}"
        );
    }
}

/// The group and the name of every rule of a text.
fn groups_and_names(platform: &str, text: &str) -> BTreeSet<(String, String)> {
    let mut found = BTreeSet::new();
    let (mut group, mut name) = (String::new(), String::new());
    for line in text.lines().map(str::trim) {
        let quoted = || line.split(['\'', '"']).nth(1).unwrap_or_default().to_owned();
        match platform {
            "azure-cli" if line.starts_with("az ") => {
                let of = |key: &str| argument(line, key).to_owned();
                found.insert((of("--nsg-name"), of("--name")));
            }
            "azure-bicep" if line.starts_with("name: ") && !line.ends_with("-in'") && !line.ends_with("-out'") => {
                group = quoted();
            }
            "azure-bicep" if line.starts_with("name: ") => {
                found.insert((group.clone(), quoted()));
            }
            "terraform-azure" if line.starts_with("name ") => name = quoted(),
            "terraform-azure" if line.starts_with("network_security_group_name ") => {
                found.insert((quoted(), name.clone()));
            }
            _ => {}
        }
    }
    found
}

#[test]
fn without_an_address_there_is_no_rule_and_nothing_to_undo() {
    for platform in PLATFORMS {
        let selection = format!("#/?platform={platform}&version=2019&from=internet&to=server-lan");
        let Snippet { rules, undo, .. } = rules::snippet(platform, &selection);
        assert!(
            rules.contains("no address for server-lan (addr.server-lan=)\n"),
            "{rules}"
        );
        assert_eq!(groups_and_names(platform, &rules), BTreeSet::new(), "{rules}");
        assert!(
            !rules.contains("resource \"") && !rules.contains("\nresource "),
            "{rules}"
        );
        assert_eq!(undo, "# No rule is written, so there is nothing to undo.\n");
    }
}

#[test]
fn the_header_says_what_azure_does_beside_the_rules() {
    let keep = written("azure-cli", "version=2019&flow=smtp-out&log=1").rules;
    for line in [
        "# Azure's own rules stay: they let machines of a virtual network reach each other on all ports, and\n",
        "replace them by yours (as.server-lan=).\n",
        "# Most subscriptions cannot send to TCP 25 outside of Azure, whatever the rules say.\n",
        "# not written: log=1: ",
    ] {
        assert!(keep.contains(line), "{line}\n{keep}");
    }
    let drop = written(
        "azure-cli",
        "version=2019&flow=smtp-in&to=server-lan&rest=drop&as.server-lan=nsg-mail",
    )
    .rules;
    assert!(
        drop.starts_with("# CAUTION: everything that is not allowed below is cut"),
        "{drop}"
    );
    assert!(
        drop.contains("# The probes of Azure's load balancer are cut too"),
        "{drop}"
    );
    for words in [
        "Azure's own rules stay",
        "replace them by yours",
        "TCP 25 outside",
        "log=1",
    ] {
        assert!(!drop.contains(words), "{words}\n{drop}");
    }
}

#[test]
fn selections_with_other_prefixes_share_no_name_in_a_folder_of_terraform() {
    let declared = |prefix: &str| -> BTreeSet<String> {
        let text = written("terraform-azure", &format!("version=2019&rest=drop&name={prefix}")).rules;
        let blocks = text
            .lines()
            .filter(|line| line.ends_with('{') && !line.starts_with(' '));
        blocks.map(str::to_owned).collect()
    };
    let (one, other) = (declared("corp"), declared("corp-a"));
    assert!(one.len() > 2 && one.is_disjoint(&other), "{one:#?}\n{other:#?}");
}

/// Whether a parser of Bicep reads all of a text.
fn is_bicep(text: &str) -> bool {
    let mut parser = Parser::new();
    let language = tree_sitter_bicep::LANGUAGE.into();
    parser.set_language(&language).expect("grammar and parser fit");
    let tree = parser.parse(text, None).expect("a parser with a language parses");
    !tree.root_node().has_error()
}

#[test]
fn a_parser_of_bicep_reads_every_selection() {
    for selection in SELECTIONS {
        let text = written("azure-bicep", selection).rules;
        assert!(is_bicep(&text), "{selection}:\n{text}");
    }
}

#[test]
fn the_parser_of_bicep_refuses_what_is_broken() {
    let text = written("azure-bicep", "version=2019").rules;
    for (from, to) in [
        ("name: '", "name: "),
        ("existing = {", "existing {"),
        ("\n}\n", "\n"),
        ("  ]\n", "\n"),
    ] {
        assert!(text.contains(from), "{from}:\n{text}");
        assert!(!is_bicep(&text.replacen(from, to, 1)), "{from}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn a_parser_of_bicep_reads_whatever_is_asked(filter in views::filter(), options in views::options()) {
        let mut view = View { page: Page::List, filter, options, ..View::default() };
        let platform = Platform::find("azure-bicep").expect("it is a platform");
        view.options.platform = Some(platform);
        let state = State { view, ..State::default() };
        let text = platform.write(&state.policy(&state.view.flows())).rules;
        prop_assert!(is_bicep(&text), "{}", text);
    }
}
