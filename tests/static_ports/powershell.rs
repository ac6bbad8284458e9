//! The scripts: PowerShell's grammar reads each, and what they set is read back from its tree.

use exchange_ports::catalog::setting;
use exchange_ports::static_ports::{Change, Encoding};
use proptest::prelude::*;
use tree_sitter::Node;

use super::plans::{self, on, plan, planner};
use super::support::powershell::{is_powershell, parse};

/// The table of settings of a script: each entry as `Key = value` pairs, joined by `; `.
fn settings(text: &str) -> Vec<String> {
    let tree = parse(text);
    let start = text.find("$settings = @(").unwrap_or(text.len());
    let end = start + text[start..].find("\n)\n").unwrap_or_default();
    let mut found = Vec::new();
    visit(tree.root_node(), &mut |node| {
        if node.kind() == "hash_literal_expression" && (start..end).contains(&node.start_byte()) {
            let mut entries = Vec::new();
            visit(node, &mut |entry| {
                if entry.kind() == "hash_entry" {
                    entries.push(text[entry.byte_range()].trim().to_owned());
                }
            });
            found.push(entries.join("; "));
        }
    });
    found
}

fn visit<'t>(node: Node<'t>, see: &mut dyn FnMut(Node<'t>)) {
    see(node);
    for child in node.children(&mut node.walk()) {
        visit(child, see);
    }
}

fn scripts(query: &str, machine: &str) -> Change {
    on(query, machine).powershell.expect("it has scripts")
}

#[test]
fn the_grammar_reads_the_scripts_of_every_service() {
    for query in plans::alone() {
        for Change { apply, undo } in plan(&query)
            .machines()
            .into_iter()
            .filter_map(|machine| machine.powershell)
        {
            for file in [apply, undo] {
                assert!(is_powershell(&file.text), "{query}\n{}", file.text);
                assert_eq!(file.encoding, Encoding::Windows);
                assert!(
                    file.bytes().is_ascii() && file.bytes().ends_with(b"}\r\n") || file.bytes().ends_with(b"'\r\n")
                );
            }
        }
    }
}

#[test]
fn the_grammar_refuses_what_is_broken() {
    let text = scripts("version=2010&pin.ex2010-rca-cas=59532", "client-access")
        .apply
        .text;
    for (from, to) in [
        ("'TCP/IP Port'", "'TCP/IP Port"),
        ("\n)\n", "\n"),
        (" |\n", " |\n|\n"),
        ("  @{", "  {@{"),
    ] {
        assert!(text.contains(from), "{from}:\n{text}");
        assert!(!is_powershell(&text.replacen(from, to, 1)), "{from}");
    }
}

#[test]
fn each_value_is_set_with_its_key_name_type_and_service() {
    let query = "version=2010&pin.ex2010-rca-cas=59532&pin.ex2010-ab-sp1=59533&pin.ex2010-ab-http=6004";
    let services = r"HKLM:\SYSTEM\CurrentControlSet\Services";
    let ab = format!(r"Path = '{services}\MSExchangeAB\Parameters'");
    assert_eq!(
        settings(&scripts(query, "client-access").apply.text),
        [
            format!(
                r"Path = '{services}\MSExchangeRPC\ParametersSystem'; Name = 'TCP/IP Port'; Type = 'DWord'; Value = 59532; Service = 'MSExchangeRPC'"
            ),
            format!("{ab}; Name = 'RpcTcpPort'; Type = 'String'; Value = '59533'; Service = 'MSExchangeAB'"),
            format!("{ab}; Name = 'NspiHttpPort'; Type = 'String'; Value = '6004'; Service = 'MSExchangeAB'"),
            format!("{ab}; Name = 'RfrHttpPort'; Type = 'String'; Value = '6002'; Service = 'MSExchangeAB'"),
        ]
    );
}

#[test]
fn the_right_services_are_restarted_and_nothing_is_done_where_they_are_missing() {
    for (query, machine, services) in [
        (
            "version=2010&pin.ex2010-rca-cas=59532&pin.ex2010-ab-sp1=59533",
            "client-access",
            "'MSExchangeRPC', 'MSExchangeAB'",
        ),
        (
            "version=2010&pin.ex2010-rca-mbx-pf=59532",
            "public-folders",
            "'MSExchangeRPC'",
        ),
        (
            "version=2010&pin.ex2010-ab-rtm=59533",
            "client-access",
            "'MSExchangeAB'",
        ),
        (
            "version=2003&pin.ex2000-is=5005&pin.ex2000-rfr=5006&pin.ex2000-nspi=5007",
            "exchange-server",
            "'MSExchangeIS', 'MSExchangeSA'",
        ),
        (
            "version=2003&pin.ex2003-srs=5008&pin.ex55-mta-rpc=5004",
            "exchange-server",
            "'MSExchangeMTA', 'MSExchangeSRS'",
        ),
        ("version=2019&pin.dc-netlogon=49101", "domain-controller", "'Netlogon'"),
    ] {
        let Change { apply, undo } = scripts(query, machine);
        assert!(
            apply.text.contains(&format!("foreach ($service in @({services})) {{")),
            "{}",
            apply.text
        );
        assert!(undo.text.contains(&format!("@({services})")), "{}", undo.text);
        for service in services.split(", ") {
            let guard = apply.text.find(&format!("if (-not (Get-Service -Name {service} "));
            let change = apply.text.find("New-ItemProperty").or(apply.text.find("$config.Save"));
            assert!(guard.is_some() && guard < change, "{}", apply.text);
        }
        assert!(!apply.text.contains("Restart the computer"), "{}", apply.text);
    }
}

#[test]
fn what_reads_its_port_at_start_up_only_asks_for_a_restart_of_the_computer() {
    for Change { apply, undo } in [scripts("version=2010&pin.dc-ntds=49100", "domain-controller")] {
        for text in [apply.text, undo.text] {
            assert!(text.contains("Write-Host 'Restart the computer.'\n"), "{text}");
            assert!(
                !text.contains("Restart-Service") && !text.contains("Restart-Computer"),
                "{text}"
            );
        }
    }
    let outlook = scripts("version=2010&pin.ex2010-udp-push=4000", "outlook").apply.text;
    assert!(outlook.contains("Write-Host 'Restart Outlook.'\n") && !outlook.contains("Restart-Service"));
    assert!(outlook.contains(r"Path = 'HKCU:\Software\Microsoft\Office\11.0\Outlook\RPC'"));
}

#[test]
fn what_was_there_is_saved_before_anything_changes_and_restored_from_the_same_place() {
    for (query, machine, folder) in [
        ("version=2010&pin.ex2010-rca-cas=59532", "client-access", "SystemRoot"),
        ("version=2010&pin.ex2010-udp-push=4000", "outlook", "APPDATA"),
    ] {
        let Change { apply, undo } = scripts(query, machine);
        let place = format!("$saved = Join-Path $env:{folder} 'static-ports-2010-{machine}-before.xml'\n");
        assert!(
            apply.text.contains(&place) && undo.text.contains(&place),
            "{}",
            apply.text
        );
        let at = |text: &str| {
            apply
                .text
                .find(text)
                .unwrap_or_else(|| panic!("{text}\n{}", apply.text))
        };
        assert!(
            at("Import-Clixml") < at("Export-Clixml"),
            "a second run keeps what the first one saved"
        );
        assert!(at("Export-Clixml") < at("New-Item -Path") && at("Export-Clixml") < at("New-ItemProperty"));
        for part in [
            "Import-Clixml",
            "-PropertyType $before.Type -Value $before.Value",
            "Remove-ItemProperty",
        ] {
            assert!(undo.text.contains(part), "{part}\n{}", undo.text);
        }
        assert!(settings(&undo.text).is_empty());
    }
}

#[test]
fn a_key_is_never_made_anew_over_what_it_holds() {
    for query in plans::alone() {
        for Change { apply, undo } in plan(&query)
            .machines()
            .into_iter()
            .filter_map(|machine| machine.powershell)
        {
            for text in [apply.text, undo.text] {
                for line in text.lines().filter(|line| line.contains("New-Item -Path")) {
                    assert!(line.contains("if (-not (Test-Path -LiteralPath"), "{line}");
                }
            }
        }
    }
}

#[test]
fn the_file_of_rtm_is_edited_as_xml_and_its_key_restored() {
    let Change { apply, undo } = scripts("version=2010&pin.ex2010-ab-rtm=59533", "client-access");
    for text in [&apply.text, &undo.text] {
        assert!(
            text.contains(
                r"$file = $env:ExchangeInstallPath + 'Bin\Microsoft.Exchange.AddressBook.Service.exe.config'"
            )
        );
        assert!(text.contains("$fileKey = 'RpcTcpPort'\n") && text.contains("$config.Save($file)\n"));
        assert!(!text.contains("HKLM"), "{text}");
    }
    assert!(apply.text.contains("$filePort = '59533'\n"));
    let at = |text: &str| {
        apply
            .text
            .find(text)
            .unwrap_or_else(|| panic!("{text}\n{}", apply.text))
    };
    assert!(at("Export-Clixml") < at("$config.Save"));
}

#[test]
fn windows_without_powershell_gets_none() {
    for (query, machine, has_scripts) in [
        ("version=5.5&pin.ex55-ds=5001", "exchange-server", false),
        ("version=2000&pin.ex2000-is=5005", "exchange-server", false),
        ("version=2003&pin.ex2000-is=5005", "exchange-server", true),
        ("version=2000&pin.dc-ntds=49100", "domain-controller", true),
    ] {
        let machine = on(query, machine);
        assert_eq!(machine.powershell.is_some(), has_scripts, "{query}");
        assert!(machine.registry.is_some(), "{query}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(80))]

    #[test]
    fn whatever_is_planned_the_grammar_reads_and_every_port_is_set(query in plans::any()) {
        let Some(plan) = planner(&query).plan else {
            return Ok(());
        };
        for machine in plan.machines() {
            let Some(Change { apply, undo }) = machine.powershell else {
                continue;
            };
            prop_assert!(is_powershell(&apply.text), "{}", apply.text);
            prop_assert!(is_powershell(&undo.text), "{}", undo.text);
            let here = plan.pins.iter().filter(|pin| setting(pin.procedure).machine == machine.machine);
            for pin in here {
                let values = [format!("Value = {};", pin.port), format!("Value = '{}';", pin.port)];
                let set = settings(&apply.text).iter().any(|entry| values.iter().any(|value| entry.contains(value)));
                let in_file = apply.text.contains(&format!("$filePort = '{}'\n", pin.port));
                prop_assert!(set || in_file, "{} {}", pin.procedure.id, apply.text);
            }
        }
    }
}
