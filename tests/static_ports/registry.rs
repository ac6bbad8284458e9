//! Registry files: hivex merges each into a real, empty hive, and reads it back.

use std::fmt::Write;

use exchange_ports::catalog::setting;
use exchange_ports::static_ports::{Change, Encoding};
use expect_test::expect_file;
use proptest::prelude::*;

use super::hive::{Hive, decode, values};
use super::plans::{self, on, plan, planner};

const MACHINE: &str = "HKEY_LOCAL_MACHINE";
const USER: &str = "HKEY_CURRENT_USER";

/// What stands in a hive after files were merged, in this order.
fn merged(files: &[&[u8]]) -> Vec<String> {
    let hive = Hive::new();
    for file in files {
        hive.merge(root(file), file)
            .unwrap_or_else(|error| panic!("{error}\n{}", decode(file)));
    }
    values(&hive.export(root(files[0])))
}

fn root(file: &[u8]) -> &'static str {
    if decode(file).contains(USER) { USER } else { MACHINE }
}

/// The registry files of every machine of a plan.
fn changes(query: &str) -> Vec<Change> {
    plan(query)
        .machines()
        .into_iter()
        .filter_map(|machine| machine.registry)
        .collect()
}

#[test]
fn every_service_is_read_back_with_the_key_name_type_and_value_of_the_facts_and_undone() {
    let mut written = String::new();
    for query in plans::alone() {
        for Change { apply, undo } in changes(&query) {
            let hive = Hive::new();
            let root = root(&apply.bytes());
            hive.merge(root, &apply.bytes()).expect("hivex reads it");
            for value in values(&hive.export(root)) {
                writeln!(written, "{query}\t{}\t{value}", apply.name).expect("a string takes everything");
            }
            hive.merge(root, &undo.bytes()).expect("hivex reads it");
            assert_eq!(values(&hive.export(root)), [""; 0], "{query}");
        }
    }
    expect_file!["../expected/static-ports.tsv"].assert_eq(&written);
}

#[test]
fn an_empty_hive_is_empty_and_a_broken_file_is_refused() {
    let hive = Hive::new();
    assert_eq!(values(&hive.export(MACHINE)), [""; 0]);
    let text = decode(&changes("version=2010&pin.ex2010-rca-cas=59532")[0].apply.bytes());
    for (good, bad) in [
        ("dword:0000e88c", "dword:0000e88g"),
        ("[HKEY_LOCAL", "HKEY_LOCAL"),
        ("\"TCP", "TCP"),
    ] {
        assert!(text.contains(good), "{text}");
        assert!(hive.merge_text(MACHINE, &text.replace(good, bad)).is_err(), "{bad}");
    }
}

#[test]
fn undoing_and_the_export_of_before_restore_other_values_and_leave_neighbours_alone() {
    let Change { apply, undo } = &changes("version=2003&pin.ex2000-rfr=5006&pin.ex2000-nspi=5007")[0];
    let hive = Hive::new();
    let key = r"HKEY_LOCAL_MACHINE\SYSTEM\CurrentControlSet\Services\MSExchangeSA\Parameters";
    let before = format!(
        "Windows Registry Editor Version 5.00\n\n[{key}]\n\"TCP/IP Port\"=dword:00000539\n\"Kept\"=dword:00000001\n"
    );
    hive.merge_text(MACHINE, &before).expect("hivex reads it");
    let exported = hive.export(MACHINE);
    hive.merge(MACHINE, &apply.bytes()).expect("hivex reads it");
    assert!(values(&hive.export(MACHINE)).contains(&format!(r"{key}\TCP/IP Port = dword:0000138e")));
    hive.merge(MACHINE, &undo.bytes()).expect("hivex reads it");
    assert_eq!(values(&hive.export(MACHINE)), [format!(r"{key}\Kept = dword:00000001")]);
    hive.merge_text(MACHINE, &exported)
        .expect("hivex reads what it exported");
    assert_eq!(hive.export(MACHINE), exported);
}

#[test]
fn the_first_file_tells_how_to_export_each_key_that_it_writes() {
    for query in plans::alone() {
        for change in changes(&query) {
            let text = change.apply.text;
            let written: Vec<&str> = text.lines().filter_map(|line| line.strip_prefix('[')).collect();
            for key in written {
                let key = key.trim_end_matches(']');
                assert!(text.contains(&format!("-before-1.reg \"{key}\"\n")), "{query}\n{text}");
            }
        }
    }
}

#[test]
fn exchange_5_5_gets_the_older_form_that_nt_4_reads_and_everything_else_utf_16() {
    for query in plans::alone() {
        for Change { apply, undo } in changes(&query) {
            for file in [apply, undo] {
                let bytes = file.bytes();
                let is_old = query.starts_with("version=5.5");
                let (encoding, signature) = if is_old {
                    (Encoding::Windows, "REGEDIT4\n\n")
                } else {
                    (Encoding::Utf16, "Windows Registry Editor Version 5.00\n\n")
                };
                assert_eq!(file.encoding, encoding, "{query}");
                assert_eq!(bytes.starts_with(&[0xff, 0xfe]), !is_old, "{query}");
                assert!(decode(&bytes).starts_with(signature), "{query}");
                assert_eq!(decode(&bytes), file.text);
            }
        }
    }
}

#[test]
fn files_of_one_machine_hold_nothing_of_another() {
    let query =
        "version=2010&pin.ex2010-rca-cas=59532&pin.ex2010-rca-mbx-pf=60000&pin.dc-ntds=49100&pin.ex2010-udp-push=4000";
    let written = |machine| merged(&[&on(query, machine).registry.expect("it has values").apply.bytes()]);
    let rpc = r"HKEY_LOCAL_MACHINE\SYSTEM\CurrentControlSet\Services\MSExchangeRPC\ParametersSystem";
    assert_eq!(
        written("client-access"),
        [
            format!(r"{rpc}\EnablePushNotifications = dword:00000001"),
            format!(r"{rpc}\TCP/IP Port = dword:0000e88c")
        ]
    );
    assert_eq!(
        written("public-folders"),
        [format!(r"{rpc}\TCP/IP Port = dword:0000ea60")]
    );
    let ntds = r"HKEY_LOCAL_MACHINE\SYSTEM\CurrentControlSet\Services\NTDS\Parameters\TCP/IP Port = dword:0000bfcc";
    assert_eq!(written("domain-controller"), [ntds]);
    let outlook = r"HKEY_CURRENT_USER\Software\Microsoft\Office\11.0\Outlook\RPC\FixedUDPPort = dword:00000fa0";
    assert_eq!(written("outlook"), [outlook]);
}

#[test]
fn what_stands_in_a_file_is_done_by_hand_where_there_is_no_script() {
    let machine = on("version=2010&pin.ex2010-ab-rtm=59533", "client-access");
    assert_eq!(machine.registry, None);
    assert_eq!(machine.by_hand.len(), 1);
    assert!(machine.by_hand[0].contains(r#"<add key="RpcTcpPort" value="59533" />"#));
    assert!(machine.by_hand[0].contains(r"Bin\Microsoft.Exchange.AddressBook.Service.exe.config"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(30))]

    #[test]
    fn whatever_is_planned_is_read_back_and_undone(query in plans::any()) {
        let Some(plan) = planner(&query).plan else {
            return Ok(());
        };
        for machine in plan.machines() {
            let Some(Change { apply, undo }) = machine.registry else {
                continue;
            };
            let written = merged(&[&apply.bytes()]);
            for pin in &plan.pins {
                let (hex, text) = (format!("= dword:{:08x}", pin.port), format!("= \"{}\"", pin.port));
                let is_there = written.iter().any(|value| value.ends_with(&hex) || value.ends_with(&text));
                let is_here = setting(pin.procedure).machine == machine.machine;
                prop_assert!(is_there || !is_here || machine.by_hand.len() == 1, "{} {:?}", pin.procedure.id, written);
            }
            prop_assert_eq!(merged(&[&apply.bytes(), &undo.bytes()]), Vec::<String>::new());
        }
    }
}
