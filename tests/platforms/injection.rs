//! Text from people never becomes syntax: whatever stands in a link or a field, every reader still reads the whole
//! text, and no rule is there that was not there without it.

use exchange_ports::catalog::{Vocabulary, Zone};
use exchange_ports::firewall::{Place, Platform};
use exchange_ports::link::{Action, State};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use proptest::prelude::*;

use super::atom::Atoms;
use super::{READERS, Reader};

/// A link that writes rules on every platform.
const BASE: &str = "#/?version=2019&from=internet,client-lan&to=server-lan&name=corp&at=server-lan\
    &addr.server-lan=10.0.0.10,2001:db8::10&addr.client-lan=10.1.0.0/16";

/// What every key of a link could carry; `q` is apart, because words choose flows.
const KEYS: [&str; 24] = [
    "version",
    "role",
    "zone",
    "from",
    "to",
    "transport",
    "encryption",
    "state",
    "port",
    "flow",
    "platform",
    "placement",
    "at",
    "internal",
    "rest",
    "required",
    "addr.server-lan",
    "addr.client-lan",
    "as.server-lan",
    "as.internet",
    "pin.mapi2010-rca-static",
    "name",
    "log",
    "unheard-of",
];

/// Strings that mean something to a shell, a firewall, a spreadsheet, a template or a terminal.
const TELLING: [&str; 64] = [
    "\"",
    "'",
    "`",
    "\\",
    "\u{2018}",
    "\u{2019}",
    "\u{201a}",
    "\u{201b}",
    "\u{201c}x\u{201d}",
    "\u{2013}Force",
    "x
y",
    "x
y",
    "x\naccept",
    "x\r\npermit ip any any",
    "x\u{2028}accept",
    "x\u{85}accept",
    "\0",
    "\u{1b}[2J",
    "\u{7}",
    "*/",
    "/*",
    "//",
    "#",
    "!",
    "--",
    "; drop",
    "| sh",
    "&& reboot",
    "& del *",
    "> /etc/passwd",
    "< in",
    "$(id)",
    "`id`",
    "${HOME}",
    "$HOME",
    "%PATH%",
    "%{x}",
    "{{ x }}",
    "{% x %}",
    "!x!",
    "^C",
    "?",
    "=1+1",
    "+1",
    "-1",
    "@x",
    "\t=x",
    "'=x",
    "\"; } accept; {",
    "} accept",
    "accept comment \"",
    "-j ACCEPT",
    "-m comment --comment x",
    "' -RemoteAddress Any '",
    "name=x dir=in",
    "permit any",
    "x | y",
    "<b>x</b>",
    "[x](javascript:x)",
    "\u{202e}tpecca",
    "\u{2066}x\u{2069}",
    "x\u{feff}",
    "0.0.0.0/0;",
    "::/0|any",
];

/// What every platform allows for a state.
fn allowed(state: &State, Reader { id, read, .. }: &Reader) -> Atoms {
    let mut state = state.clone();
    let platform = Platform::find(id).expect("it is a platform");
    state.view.options.platform = Some(platform);
    let text = platform.write(&state.policy(&state.view.flows()));
    for part in [&text.rules, &text.apply, &text.undo] {
        let strange = |letter: &char| letter.is_control() && !matches!(letter, '\n' | '\r') || !letter.is_ascii();
        assert_eq!(part.chars().find(strange), None, "{id}:\n{part}");
    }
    read(&text).unwrap_or_else(|error| panic!("{id}: {error}\n{}", text.rules))
}

fn open(link: &str) -> State {
    State::open(link, Vec::new(), None)
}

fn with(key: &str, text: &str) -> State {
    open(&format!("{BASE}&{key}={}", utf8_percent_encode(text, NON_ALPHANUMERIC)))
}

fn assert_no_key_changes_rules(text: &str) {
    for reader in &READERS {
        let meant = allowed(&open(BASE), reader);
        for key in KEYS {
            let state = with(key, text);
            assert_eq!(allowed(&state, reader), meant, "{} with {key}={text:?}", reader.id);
            assert!(!state.notices.is_empty(), "{key}={text:?} is refused without a word");
        }
        let found = allowed(&with("q", text), reader);
        assert!(found.is_subset(&meant), "{} with q={text:?}", reader.id);
    }
}

#[test]
fn no_telling_string_in_a_link_changes_a_rule() {
    for text in TELLING {
        assert_no_key_changes_rules(text);
    }
}

#[test]
fn no_telling_string_in_a_field_adds_a_rule() {
    for text in TELLING {
        for reader in &READERS {
            let meant = allowed(&open(BASE), reader);
            for zone in Zone::ALL {
                let typed = Action::TypeAddresses(Place::Zone(*zone), text.to_owned());
                let state = open(BASE).reduce(typed);
                let found = allowed(&state, reader);
                assert!(found.is_subset(&meant), "{} with {text:?} for {zone:?}", reader.id);
                assert!(
                    state.refused().contains(&Place::Zone(*zone)),
                    "{text:?} is taken for {zone:?}"
                );
            }
            let state = open(BASE).reduce(Action::Search(text.to_owned()));
            assert!(
                allowed(&state, reader).is_subset(&meant),
                "{} with {text:?} searched",
                reader.id
            );
        }
    }
}

#[test]
fn beside_a_refused_address_only_what_is_an_address_counts() {
    let state = with("addr.perimeter", "192.0.2.25 $(id)");
    assert!(state.notices.iter().any(|notice| notice.to_string().contains("$(id)")));
    for reader in &READERS {
        assert_eq!(allowed(&state, reader), allowed(&open(BASE), reader), "{}", reader.id);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn no_string_at_all_changes_a_rule_unseen(text in any::<String>(), key in 0..KEYS.len()) {
        for reader in &READERS {
            let meant = allowed(&open(BASE), reader);
            let state = with(KEYS[key], &text);
            let is_refused = !state.notices.is_empty();
            prop_assert!(is_refused || text.trim().is_empty() || allowed(&state, reader) == meant || is_value(KEYS[key], &text));
            allowed(&with("q", &text), reader);
        }
    }
}

/// Whether a text is a value that a key takes, such as a port: then it may change rules, that is what it is for.
fn is_value(key: &str, text: &str) -> bool {
    open(&format!("#/?{key}={}", utf8_percent_encode(text, NON_ALPHANUMERIC)))
        .notices
        .is_empty()
}
