//! One telling selection as each platform writes it, to be read by people. `UPDATE_EXPECT=1 cargo test` writes the
//! files anew.

use exchange_ports::firewall::platform::PLATFORMS;
use exchange_ports::link::State;
use expect_test::expect_file;

/// Mail, web and IMAP from the internet, one flow for want of an address not written, and both families.
const SELECTION: &str = "version=2019&from=internet&to=perimeter,server-lan\
    &flow=smtp-in,web-owa-https,client-imap4,client-imap4s,edge-in&addr.server-lan=10.0.0.10,2001:db8::10";

#[test]
fn each_platform_writes_what_was_reviewed() {
    for platform in PLATFORMS {
        let link = format!("#/?{SELECTION}&platform={}&at=server-lan", platform.id);
        let state = State::open(&link, Vec::new(), None);
        let text = platform.write(&state.policy(&state.view.flows()));
        let parts = [
            ("rules", text.rules),
            ("apply and verify", text.apply),
            ("undo", text.undo),
            ("above the rules", text.remarks.join("\n") + "\n"),
        ];
        let parts = parts.into_iter().filter(|(_, part)| !part.trim().is_empty());
        let shown: Vec<String> = parts.map(|(name, part)| format!("=== {name} ===\n{part}")).collect();
        let shown = shown.concat().replace('\r', "");
        expect_file![format!("../expected/platforms/{}.txt", platform.id)].assert_eq(&shown);
    }
}
