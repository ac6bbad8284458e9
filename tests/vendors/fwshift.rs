//! FWShift (pypi.org/project/fwshift) reads the configurations of firewalls, each with a parser of its own, and says
//! which connections two of them decide differently. Ours of one selection must decide all of them alike.

use exchange_ports::catalog::{Vocabulary, Zone};

use super::support::rules::snippet;
use super::support::selections::{ADDRESSES, SELECTIONS};
use super::tool;

fn rules(platform: &str, selection: &str) -> String {
    snippet(platform, &format!("#/?{selection}&platform={platform}&{ADDRESSES}")).rules
}

/// The policies of an SRX with the zones that they name, which stand in the reader's own configuration.
fn srx(selection: &str) -> String {
    let zone = |zone: &Zone| format!("set security zones security-zone {}\n", zone.slug());
    Zone::ALL.iter().map(zone).collect::<String>() + &rules("juniper-srx", selection)
}

/// What FWShift finds different, as its error.
fn compare((first, one): (&str, &str), (second, other): (&str, &str)) -> Result<String, String> {
    let program = tool::program("fwshift", "bin/fwshift");
    let script = format!(
        "sed '/^%%%$/,$d' rules > first
         sed '1,/^%%%$/d' rules > second
         {program} compare --no-source-networks --from {first} --from-second {second} first second >&2"
    );
    tool::run(&script, &format!("{one}%%%\n{other}"))
}

#[test]
fn fortios_and_srx_decide_every_connection_alike() {
    for selection in SELECTIONS {
        let compared = compare(("fortios", &rules("fortios", selection)), ("junos", &srx(selection)));
        compared.unwrap_or_else(|difference| panic!("{selection}\n{difference}"));
    }
}

#[test]
fn fortios_and_pan_os_decide_every_connection_alike() {
    let mut compared = 0;
    for selection in SELECTIONS {
        // Without rules of its own PAN-OS lets pass what stays in a zone.
        let selection = format!("{selection}&rest=drop");
        let pan_os = rules("pan-os", &selection);
        // What FWShift does not know of PAN-OS are the applications of protocols without ports.
        if pan_os.contains("application-default") {
            continue;
        }
        compare(("fortios", &rules("fortios", &selection)), ("panos", &pan_os))
            .unwrap_or_else(|difference| panic!("{selection}\n{difference}"));
        compared += 1;
    }
    assert!(compared > 10, "only {compared} selections have ports alone");
}

#[test]
fn one_port_that_differs_is_found() {
    let selection = SELECTIONS[1];
    let fortios = rules("fortios", selection);
    let changed = fortios.replacen("set tcp-portrange 443", "set tcp-portrange 444", 1);
    assert_ne!(changed, fortios);
    let found = compare(("fortios", &changed), ("junos", &srx(selection)));
    assert!(found.expect_err("they differ").contains("tcp/443"));
}
