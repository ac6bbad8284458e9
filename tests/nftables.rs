//! nftables: the real tool reads every snippet, in a network namespace of its own.

mod support;

use exchange_ports::firewall::Policy;
use exchange_ports::link::{Page, State, View};
use proptest::prelude::*;
use support::selections::{ADDRESSES, SELECTIONS};
use support::{netns, rules, views};

fn snippet(selection: &str) -> String {
    rules::snippet("nftables", &format!("#/?{selection}&{ADDRESSES}")).rules
}

fn check(text: &str) -> Result<String, String> {
    netns::run("nft -c -f -", text)
}

#[test]
fn the_tool_reads_every_selection() {
    for selection in SELECTIONS {
        let text = snippet(selection);
        assert!(text.contains(" accept"), "{selection} writes rules:\n{text}");
        check(&text).unwrap_or_else(|error| panic!("{selection}: {error}\n{text}"));
    }
}

#[test]
fn the_tool_refuses_what_is_broken() {
    let text = snippet("version=2019&from=internet");
    assert!(check(&text.replace("dport 25", "dport 70000")).is_err());
    assert!(check(&text.replace("accept comment", "accept comment comment")).is_err());
}

#[test]
fn loading_twice_is_the_same_as_once() {
    for selection in SELECTIONS {
        let text = snippet(selection);
        let load = |times: usize| {
            let script = format!(
                "cat > /dev/shm/$$.nft; {} nft -s list ruleset; rm /dev/shm/$$.nft",
                "nft -f /dev/shm/$$.nft;".repeat(times)
            );
            netns::run(&script, &text).unwrap_or_else(|error| panic!("{selection}: {error}"))
        };
        let once = load(1);
        assert!(once.contains("accept"), "{selection}: {once}");
        assert_eq!(once, load(2), "{selection}");
    }
}

#[test]
fn undoing_leaves_nothing_of_it() {
    for selection in [
        "version=2019&from=internet",
        "placement=host&at=server-lan&version=2019",
        "rest=drop&version=2019",
    ] {
        let snippet = rules::snippet("nftables", &format!("#/?{selection}&{ADDRESSES}"));
        let jumps: String = snippet
            .apply
            .lines()
            .filter(|line| line.contains("insert rule"))
            .collect::<Vec<_>>()
            .join("\n");
        let base = "for hook in forward input output; do \
            nft add chain inet filter $hook \"{ type filter hook $hook priority filter; policy drop; }\"; done";
        let script = format!(
            "nft add table inet filter\n{base}\nbefore=$(nft list ruleset)\nnft -f -\n{jumps}\n{}\n\
            test \"$before\" = \"$(nft list ruleset)\"",
            snippet.undo
        );
        netns::run(&script, &snippet.rules).unwrap_or_else(|error| panic!("{selection}: {error}\n{script}"));
    }
}

#[test]
fn what_is_logged_is_the_beginning_of_each_connection() {
    let text = snippet("version=2019&from=internet&log=1");
    let lines: Vec<&str> = text
        .lines()
        .map(str::trim)
        .filter(|line| !line.starts_with('#'))
        .collect();
    let logs = lines
        .iter()
        .filter(|line| line.contains(" ct state new log prefix \"exchange-"));
    let allowed = lines.iter().filter(|line| line.contains(" accept comment "));
    assert!(logs.clone().all(|line| !line.contains("accept")));
    assert_eq!(logs.count(), allowed.count());
}

#[test]
fn without_an_address_the_file_still_loads_and_says_what_is_missing() {
    let text = rules::snippet("nftables", "#/?version=2019&from=internet&to=server-lan").rules;
    check(&text).expect("a file without rules is a file");
    assert!(!text.contains("accept"));
    assert!(
        text.contains(
            "# not written: tcp 25,80,110,143,443,587,993,995 from internet to server-lan: \
             no address for server-lan (addr.server-lan=)\n"
        ),
        "{text}"
    );
}

#[test]
fn the_file_is_one_text_with_one_newline_at_its_end() {
    for selection in SELECTIONS {
        let text = snippet(selection);
        assert!(
            text.starts_with('#') && text.ends_with("}\n") && !text.contains('\r'),
            "{selection}"
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(120))]

    #[test]
    fn the_tool_reads_whatever_is_asked(filter in views::filter(), options in views::options()) {
        let view = View { page: Page::List, filter, options, ..View::default() };
        let state = State { view, ..State::default() };
        let policy: Policy = state.policy(&state.view.flows());
        let platform = exchange_ports::firewall::Platform::find("nftables").expect("it exists");
        let text = platform.write(&policy).rules;
        let checked = check(&text);
        prop_assert!(checked.is_ok(), "{}\n{text}", checked.unwrap_err());
    }
}
