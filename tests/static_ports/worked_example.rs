//! The example of the source article, 59532 and 59533, from the address to files and rules.

use exchange_ports::firewall::Platform;
use exchange_ports::link::{State, View, parse, print};
use exchange_ports::static_ports::Plan;
use pulldown_cmark::{Event, Options, Parser, Tag};

use super::hive::{Hive, values};
use super::plans::{on, plan, planner};
use super::support::rules::line;

const EXAMPLE: &str = "version=2010&pin.ex2010-rca-cas=59532&pin.ex2010-ab-sp1=59533\
    &addr.client-lan=10.1.0.0/16&addr.client-access=10.0.0.10,10.0.0.11&platform=nftables";

/// The view that asks for the rules of a plan.
fn rules_view(plan: &Plan) -> View {
    plan.rules_view().expect("the plan narrows something")
}

fn change_request(plan: &Plan) -> String {
    let markdown = Platform::find("change-request-markdown").expect("it is a platform");
    let state = State {
        view: rules_view(plan).with_platform(markdown),
        ..State::default()
    };
    markdown.write(&state.policy(&state.view.flows())).rules
}

fn change_plan() -> String {
    let planner = planner(EXAMPLE);
    let plan = planner.plan.as_ref().expect("nothing is wrong");
    plan.change_plan(&planner.findings, &change_request(plan)).text
}

#[test]
fn the_registry_holds_a_dword_and_a_text() {
    let registry = on(EXAMPLE, "client-access").registry.expect("it has values");
    assert_eq!(registry.apply.name, "static-ports-2010-client-access.reg");
    let root = "HKEY_LOCAL_MACHINE";
    let hive = Hive::new();
    hive.merge(root, &registry.apply.bytes()).expect("hivex reads it");
    let services = r"HKEY_LOCAL_MACHINE\SYSTEM\CurrentControlSet\Services";
    assert_eq!(
        values(&hive.export(root)),
        [
            format!(r#"{services}\MSExchangeAB\Parameters\RpcTcpPort = "59533""#),
            format!(r"{services}\MSExchangeRPC\ParametersSystem\TCP/IP Port = dword:0000e88c"),
        ]
    );
}

#[test]
fn both_services_are_restarted() {
    let machine = on(EXAMPLE, "client-access");
    assert_eq!(machine.restart, "Restart the services MSExchangeRPC, MSExchangeAB.");
    assert_eq!(machine.which, "every Client Access server of the array");
}

#[test]
fn the_firewall_opens_135_and_the_two_ports_and_no_range() {
    let state = State {
        view: rules_view(&plan(EXAMPLE)),
        ..State::default()
    };
    let policy = state.policy(&state.view.flows());
    let rules: Vec<String> = policy.rules.iter().map(line).collect();
    assert_eq!(
        rules,
        [
            "client-lan > server-lan: 10.1.0.0/16 > 10.0.0.10,10.0.0.11 tcp 135",
            "client-lan > server-lan: 10.1.0.0/16 > 10.0.0.10,10.0.0.11 tcp 59532-59533"
        ]
    );
    assert!(policy.unwritten.is_empty());
    let text = state.platform().expect("the address names one").write(&policy).rules;
    assert!(text.contains("tcp dport 59532-59533 accept"), "{text}");
    assert!(!text.contains("6005"), "{text}");
}

#[test]
fn each_server_of_the_array_is_tried_and_compared() {
    let commands = on(EXAMPLE, "client-access").commands;
    let texts: Vec<&str> = commands.iter().map(|command| command.text.as_str()).collect();
    for expected in [
        "netstat -ano | findstr LISTENING",
        "netsh int ipv4 show dynamicport tcp",
        "portqry -n 10.0.0.10 -e 135 -p tcp",
        "portqry -n 10.0.0.11 -e 135 -p tcp",
        "Test-NetConnection 10.0.0.10 -Port 59532",
        "Test-NetConnection 10.0.0.11 -Port 59533",
        r#"reg query "\\10.0.0.11\HKLM\SYSTEM\CurrentControlSet\Services\MSExchangeAB\Parameters" /v "RpcTcpPort""#,
    ] {
        assert!(texts.contains(&expected), "{expected}\n{texts:#?}");
    }
    assert!(
        texts
            .iter()
            .all(|text| !text.contains("SERVER") && !text.contains("PORT")),
        "{texts:#?}"
    );
    let without = on("version=2010&pin.ex2010-rca-cas=59532", "client-access").commands;
    assert!(
        without
            .iter()
            .any(|command| command.text == "Test-NetConnection SERVER -Port 59532")
    );
}

#[test]
fn the_address_of_the_plan_comes_back_as_it_was_without_addresses_of_networks() {
    let permalink = plan(EXAMPLE).permalink();
    assert_eq!(
        permalink,
        "#/static-ports?version=2010&pin.ex2010-rca-cas=59532&pin.ex2010-ab-sp1=59533"
    );
    assert_eq!(print(&parse(&permalink).view), permalink);
    let machine = on(EXAMPLE, "client-access");
    let registry = machine.registry.expect("it has values");
    let scripts = machine.powershell.expect("it has scripts");
    for text in [registry.apply, registry.undo, scripts.apply, scripts.undo].map(|file| file.text) {
        assert!(text.contains(&permalink) && !text.contains("10.0.0.10"), "{text}");
    }
}

#[test]
fn the_change_plan_holds_what_is_set_checked_opened_undone_and_read() {
    let text = change_plan();
    for part in [
        "| Microsoft Exchange RPC Client Access | every Client Access server of the array | 59532 | \
         `HKLM\\SYSTEM\\CurrentControlSet\\Services\\MSExchangeRPC\\ParametersSystem\\TCP/IP Port` | REG_DWORD |",
        "REG_SZ |",
        "- **Look first.** Microsoft Exchange RPC Client Access",
        "Run `netsh int ipv4 show dynamicport tcp` on each server and look. (technet-wiki-864, 1ask2-static-port-cas)",
        "1. Run `static-ports-2010-client-access.ps1`.",
        "These are 10.0.0.10, 10.0.0.11.",
        "- client network to servers: TCP 135, 59532-59533",
        "| exchange-client-lan-server-lan-tcp-2 | ALLOW | client-lan | 10.1.0.0/16 |",
        "- reachability: `Test-NetConnection 10.0.0.11 -Port 59533`",
        "merge `static-ports-2010-client-access-undo.reg`",
        "- technet-wiki-864: Configure Static RPC Ports on an Exchange 2010 Client Access Server (TechNet Wiki 864)",
    ] {
        assert!(text.contains(part), "{part}\n{text}");
    }
    assert!(text.ends_with('\n') && !text.contains("\n\n\n"), "{text}");
}

#[test]
fn the_change_plan_is_markdown_with_three_tables_and_no_markup_of_its_own() {
    let (mut tables, mut headings) = (0, Vec::new());
    let text = change_plan();
    for event in Parser::new_ext(&text, Options::ENABLE_TABLES) {
        match event {
            Event::Start(Tag::Table(_)) => tables += 1,
            Event::Start(Tag::Heading { level, .. }) => headings.push(level as u8),
            Event::Html(html) | Event::InlineHtml(html) => panic!("{html}"),
            _ => {}
        }
    }
    assert_eq!(tables, 3);
    assert_eq!(headings, [1, 2, 2, 2, 3, 2, 2, 3, 3, 2, 2, 2]);
    for query in super::plans::alone() {
        let planner = planner(&query);
        let plan = planner.plan.expect("nothing is wrong");
        let text = plan.change_plan(&planner.findings, "").text;
        let is_html = |event: &Event| matches!(event, Event::Html(_) | Event::InlineHtml(_));
        assert!(
            !Parser::new_ext(&text, Options::ENABLE_TABLES).any(|event| is_html(&event)),
            "{text}"
        );
        assert!(!text.contains("\n\n\n"), "{text}");
    }
}
