//! The rules as the page hands them over.

use std::fs;

use serde_json::json;

use super::walk::walk;

const RULES: &str = "#/?version=2019&from=internet&to=server-lan&platform=nftables&addr.server-lan=10.0.0.10";

#[test]
fn rules_are_promised_only_where_the_address_names_the_platform() {
    walk(async |browser| {
        browser.open("#/?version=2019").await;
        assert_eq!(browser.count("pre").await, 0, "nobody has chosen a platform yet");
        browser.choose("platform", "nftables").await;
        browser.shows("#/?version=2019&platform=nftables").await;
        assert!(browser.snippet("nftables").await.is_some());

        // The platform of the last visit is shown, but not promised.
        browser.open("#/?version=2016").await;
        browser.reload().await;
        browser.view().await;
        assert!(browser.count("pre").await > 0);
        assert_eq!(
            browser
                .count("pre[data-platform], pre[data-apply], pre[data-undo]")
                .await,
            0
        );

        browser.open("#/?version=2016&platform=change-request-csv").await;
        assert_eq!(browser.snippet("nftables").await, None);
        assert!(browser.snippet("change-request-csv").await.is_some());
    });
}

#[test]
fn rules_come_with_the_commands_to_apply_and_to_undo_them() {
    walk(async |browser| {
        browser.open(RULES).await;
        let apply = browser.text("pre[data-apply=nftables]").await.unwrap_or_default();
        assert!(apply.contains("nft -f exchange.nft\n"), "{apply}");
        let undo = browser.text("pre[data-undo=nftables]").await.unwrap_or_default();
        assert!(
            undo.contains("nft delete chain inet filter exchange-forward\n"),
            "{undo}"
        );
    });
}

#[test]
fn rules_are_a_comment_header_then_rules_and_end_with_one_newline() {
    walk(async |browser| {
        browser.open(RULES).await;
        let rules = browser.snippet("nftables").await.expect("the rules are there");
        assert!(rules.starts_with("# "), "{rules}");
        assert!(rules.ends_with("}\n"), "{rules:?}");
        assert!(!rules.contains('\r'), "{rules:?}");
    });
}

#[test]
fn each_choice_stands_in_the_address_and_shows_in_the_rules() {
    walk(async |browser| {
        browser.open(RULES).await;
        browser.click_words("Choices").await;
        browser.click("input[name=log]").await;
        browser.shows(&format!("{RULES}&log=1")).await;
        let rules = browser.snippet("nftables").await.unwrap_or_default();
        assert!(rules.contains("log prefix"), "{rules}");

        browser.click("select[name=rest] option[value=drop]").await;
        let dropping = RULES.replace("&addr", "&rest=drop&addr") + "&log=1";
        browser.shows(&dropping).await;
        let rules = browser.snippet("nftables").await.unwrap_or_default();
        assert!(rules.starts_with("# CAUTION"), "{rules}");
        assert!(rules.contains("policy drop"), "{rules}");

        browser.back().await;
        browser.shows(&format!("{RULES}&log=1")).await;
        let rules = browser.snippet("nftables").await.unwrap_or_default();
        assert!(!rules.contains("policy drop"), "{rules}");
    });
}

#[test]
fn a_typed_address_replaces_what_was_missing() {
    walk(async |browser| {
        browser
            .open("#/?version=2019&from=internet&to=server-lan&platform=nftables")
            .await;
        let rules = browser.snippet("nftables").await.unwrap_or_default();
        assert!(
            rules.contains("no address for server-lan (addr.server-lan=)"),
            "{rules}"
        );
        assert!(!rules.contains(" accept "), "{rules}");

        browser.type_addresses("server-lan", "2001:db8::10 10.0.0.10").await;
        browser.shows(&format!("{RULES},2001:db8::10")).await;
        let rules = browser.snippet("nftables").await.unwrap_or_default();
        for written in ["ip daddr 10.0.0.10 tcp", "ip6 daddr 2001:db8::10 tcp"] {
            assert!(rules.contains(written), "{rules}");
        }
        assert!(!rules.contains("no address for"), "{rules}");
    });
}

#[test]
fn a_copied_link_tells_about_ones_network_only_on_request() {
    walk(async |browser| {
        let network = "&addr.server-lan=10.0.0.10&as.server-lan=trust&name=corp";
        browser
            .open(&format!("#/port/25?platform=nftables{network}&log=1"))
            .await;
        let site = browser.site.address.clone();
        assert_eq!(
            browser.copy_link().await,
            format!("{site}/#/port/25?platform=nftables&log=1")
        );
        browser.reload().await;
        browser.view().await;
        browser.click(".copy-link input").await;
        assert_eq!(
            browser.copy_link().await,
            format!("{site}/#/port/25?platform=nftables{network}&log=1")
        );
    });
}

#[test]
fn the_downloaded_file_is_what_is_shown() {
    walk(async |browser| {
        let folder = tempfile::tempdir().expect("a folder can be made");
        let allowed = json!({ "behavior": "allow", "downloadPath": folder.path() });
        browser.command("Browser.setDownloadBehavior", allowed).await;
        browser.open(RULES).await;
        let shown = browser.snippet("nftables").await.expect("the rules are there");
        browser.click_words("Download").await;

        let file = folder.path().join("exchange.nft");
        // Chromium writes under another name first, so that the file is whole once it has its own.
        browser.until_outside("the file", || file.exists()).await;
        assert_eq!(fs::read_to_string(file).expect("the file can be read"), shown);
    });
}

#[test]
fn a_firewall_is_found_by_typing() {
    walk(async |browser| {
        browser.open("#/").await;
        browser.type_into(".pick-find", "asa").await;
        browser
            .until("document.querySelectorAll('input[name=platform]').length === 1")
            .await;
        assert_eq!(browser.count("input[name=platform][value=cisco-asa]").await, 1);
        browser.type_into(".pick-find", "zz").await;
        browser.until("!document.querySelector('input[name=platform]')").await;
        let hint = browser.text(".picker .soft").await.unwrap_or_default();
        assert!(hint.starts_with("No firewall of this name"), "{hint}");
    });
}

const ACCESS_LIST: &str = "#/?version=2019&from=internet&to=server-lan&platform=cisco-asa&addr.server-lan=10.0.0.10";

#[test]
fn what_the_firewall_calls_a_zone_stands_in_rules_and_address() {
    walk(async |browser| {
        browser.open(RULES).await;
        assert_eq!(browser.count("#as-internet").await, 0, "nftables names no zones");
        browser.open(ACCESS_LIST).await;
        browser.type_into("#as-internet", "outside").await;
        browser.shows(&format!("{ACCESS_LIST}&as.internet=outside")).await;
        let rules = browser.snippet("cisco-asa").await.expect("the rules are there");
        assert!(
            rules.contains("access-list exchange-outside extended permit"),
            "{rules}"
        );
        assert!(!rules.contains("access-list exchange-internet"), "{rules}");
    });
}

#[test]
fn what_is_no_name_is_told_at_the_field_and_stays_there() {
    walk(async |browser| {
        browser.open(ACCESS_LIST).await;
        browser.type_into("#as-internet", "out side").await;
        browser
            .until("document.querySelector('.addr:has(#as-internet) .field-error')")
            .await;
        assert_eq!(browser.count("#as-internet[aria-invalid=true]").await, 1);
        let typed: String = browser.ask("document.querySelector('#as-internet').value").await;
        assert_eq!(typed, "out side");
        browser.shows(&format!("{ACCESS_LIST}&as.internet=out")).await;
        let rules = browser.snippet("cisco-asa").await.expect("the rules are there");
        assert!(rules.contains("access-list exchange-out extended permit"), "{rules}");
    });
}

#[test]
fn names_of_rules_begin_as_the_reader_says() {
    walk(async |browser| {
        browser.open(RULES).await;
        browser.click_words("Choices").await;
        browser.type_into("#name", "corp").await;
        browser.shows(&format!("{RULES}&name=corp")).await;
        let rules = browser.snippet("nftables").await.expect("the rules are there");
        assert!(rules.contains("chain corp-forward"), "{rules}");
    });
}

#[test]
fn comments_are_set_apart_from_rules() {
    walk(async |browser| {
        browser.open(RULES).await;
        let notes: Vec<String> = browser
            .ask("Array.from(document.querySelectorAll('pre[data-platform] .hl-note'), note => note.textContent)")
            .await;
        assert!(!notes.is_empty());
        let is_comment = |line: &str| line.trim_start().starts_with('#');
        assert!(notes.iter().flat_map(|note| note.lines()).all(is_comment), "{notes:?}");
        let rules = browser.snippet("nftables").await.expect("the rules are there");
        let commented = rules.lines().filter(|line| is_comment(line)).count();
        assert_eq!(notes.iter().flat_map(|note| note.lines()).count(), commented);
    });
}
