//! Single lines that no sample shows.

use super::{shown, table};

fn rows(text: &str) -> Vec<String> {
    shown(&table(text)).lines().skip(1).map(str::to_owned).collect()
}

#[test]
fn objects_of_a_list_need_no_empty_line_between_them() {
    let text =
        "LocalAddress : 10.0.0.1\nLocalPort : 25\nState : Listen\nLocalAddress : ::\nLocalPort : 443\nState : Listen";
    assert_eq!(
        rows(text),
        ["  1 Tcp 10.0.0.1:25 - LISTENING - -", "  4 Tcp *:443 - LISTENING - -"]
    );
}

#[test]
fn a_separator_in_quotes_separates_nothing() {
    let text = "\"CreationTime\",\"LocalAddress\",\"LocalPort\"\n\"25.11.2026, 9:00\",\"10.0.0.1\",\"53\"";
    assert_eq!(rows(text), ["  2 Udp 10.0.0.1:53 - - - -"]);
}

#[test]
fn an_object_of_a_list_without_its_end_is_cut_off() {
    assert_eq!(
        rows("LocalAddress : 10.0.0.1\nLocalPort : 25\n\nLocalAddress : 10.0.0.2\n"),
        [
            "  1 Udp 10.0.0.1:25 - - - -",
            "  4 cut off: an address, a port or the state is missing"
        ]
    );
}

#[test]
fn scopes_brackets_and_stars_are_read_in_every_way() {
    let end = |text: &str| exchange_ports::connections::Endpoint::read(text).map(|end| end.to_string());
    for (text, read) in [
        ("[::]:25", "*:25"),
        (":::25", "*:25"),
        ("*:25", "*:25"),
        ("0.0.0.0:0", "*:*"),
        ("*:*", "*:*"),
        ("fe80::1%12:25", "[fe80::1]:25"),
        ("[fe80::1%12]:25", "[fe80::1]:25"),
        ("[fe80::1]%eth0:25", "[fe80::1]:25"),
        ("10.0.0.1%eth0:25", "10.0.0.1:25"),
        ("[::ffff:10.0.0.1]:25", "10.0.0.1:25"),
    ] {
        assert_eq!(end(text).as_deref(), Ok(read), "{text}");
    }
}
