//! Google Cloud: which machines rules apply to, what they are called, and what is undone.

mod support;

use std::collections::BTreeSet;

use exchange_ports::firewall::Snippet;
use support::rules;
use support::selections::{ADDRESSES, SELECTIONS};

const PLATFORMS: [&str; 2] = ["gcloud", "terraform-google"];

fn written(platform: &str, selection: &str) -> Snippet {
    rules::snippet(platform, &format!("#/?platform={platform}&{selection}&{ADDRESSES}"))
}

/// The commands of gcloud for a selection, each in one line.
fn commands(selection: &str) -> Vec<String> {
    let text = written("gcloud", selection).rules.replace(" \\\n ", "");
    let commands = text.lines().filter(|line| line.starts_with("gcloud "));
    commands.map(str::to_owned).collect()
}

/// The commands for a tag and a direction.
fn of_tag<'a>(commands: &'a [String], tag: &str, direction: &str) -> Vec<&'a str> {
    let words = [format!(" --target-tags={tag} "), format!(" --direction={direction} ")];
    let is_wanted = |command: &&str| words.iter().all(|word| command.contains(word));
    commands.iter().map(String::as_str).filter(is_wanted).collect()
}

#[test]
fn a_rule_stands_at_both_of_its_ends_with_both_addresses() {
    let commands = commands("version=2019&flow=edge-to-org&from=perimeter&to=server-lan");
    let both = [
        of_tag(&commands, "server-lan", "INGRESS"),
        of_tag(&commands, "perimeter", "EGRESS"),
    ];
    assert_eq!(commands.len(), 2, "{commands:#?}");
    for command in both.concat() {
        assert!(
            command.contains(" --source-ranges=192.0.2.25/32 --destination-ranges=10.0.0.10/32,10.0.0.11/32 "),
            "{command}"
        );
        assert!(command.contains(" --rules=tcp:25 "), "{command}");
    }
    assert!(both.iter().all(|commands| commands.len() == 1), "{commands:#?}");
}

#[test]
fn any_address_is_that_of_the_family_alone() {
    let commands = commands("version=2019&flow=smtp-in&from=internet&to=server-lan");
    assert_eq!(commands.len(), 2, "{commands:#?}");
    assert!(
        commands[0].contains(" --source-ranges=0.0.0.0/0 --destination-ranges=10.0.0.10/32,"),
        "{commands:#?}"
    );
    assert!(
        commands[1].contains(" --source-ranges=::/0 --destination-ranges=2001:db8::10/128 "),
        "{commands:#?}"
    );
}

#[test]
fn protocols_without_ports_have_their_own_words() {
    let esp = commands("version=2003&flow=fe-be-ipsec");
    assert!(esp.iter().any(|command| command.contains(" --rules=esp ")), "{esp:#?}");
    let any = commands("version=2019&internal=any&from=server-lan&to=directory");
    assert!(any.iter().any(|command| command.contains(" --rules=all ")), "{any:#?}");
}

#[test]
fn echo_requests_are_not_written_because_google_opens_icmp_as_a_whole() {
    for platform in PLATFORMS {
        let text = written(
            platform,
            "flow=cluster-icmp&internal=ports&from=server-lan&to=directory",
        )
        .rules;
        let line = "# not written: icmp from server-lan to directory: Google Cloud opens ICMP as a whole, \
                    not echo requests alone\n";
        assert!(text.contains(line), "{text}");
        assert!(!text.contains("rules=icmp") && !text.contains("\"icmp\""), "{text}");
    }
}

#[test]
fn a_name_that_cannot_be_a_tag_is_told_and_the_slug_stands_for_it() {
    let selection = "version=2019&flow=smtp-in&from=internet&to=server-lan&as.server-lan=";
    for name in ["Mail", "mail_1", "1mail", "mail-", "mail.corp"] {
        let text = written("gcloud", &format!("{selection}{name}")).rules;
        assert!(text.contains(&format!("# {name} cannot be a network tag")), "{text}");
        assert!(text.contains(" --target-tags=server-lan "), "{text}");
    }
    let text = written("gcloud", &format!("{selection}mail-1")).rules;
    assert!(
        !text.contains("cannot be a network tag") && text.contains(" --target-tags=mail-1 "),
        "{text}"
    );
}

#[test]
fn zones_of_one_tag_share_what_drops_the_rest() {
    let selection = "version=2019&from=internet&to=perimeter,server-lan&as.perimeter=mail&as.server-lan=mail&rest=drop";
    let commands = commands(selection);
    let drops: Vec<&String> = commands
        .iter()
        .filter(|command| command.contains(" --action=DENY "))
        .collect();
    assert_eq!(drops.len(), 4, "{drops:#?}");
    assert!(
        commands.iter().all(|command| command.contains(" --target-tags=mail ")),
        "{commands:#?}"
    );
}

#[test]
fn dropping_the_rest_drops_both_families_in_both_directions() {
    let commands = commands("version=2019&flow=smtp-in&from=internet&to=server-lan&rest=drop");
    for direction in ["INGRESS", "EGRESS"] {
        for everything in ["0.0.0.0/0", "::/0"] {
            let ranges = format!(" --source-ranges={everything} --destination-ranges={everything} ");
            let drops = of_tag(&commands, "server-lan", direction);
            let drops = drops
                .iter()
                .filter(|command| command.contains(" --action=DENY --priority=65534 --rules=all "));
            assert_eq!(
                drops.filter(|command| command.contains(&ranges)).count(),
                1,
                "{direction}: {commands:#?}"
            );
        }
    }
}

#[test]
fn rules_log_where_it_is_asked() {
    let selection = "version=2019&flow=smtp-in&to=server-lan";
    for (platform, words) in [("gcloud", "--enable-logging"), ("terraform-google", "  log_config {")] {
        let logged = written(platform, &format!("{selection}&log=1")).rules;
        assert!(logged.contains(words), "{logged}");
        let silent = written(platform, selection).rules;
        assert!(!silent.contains(words), "{silent}");
    }
}

#[test]
fn names_are_in_lower_case_and_the_longest_fit() {
    let names = |selection: &str| -> Vec<String> {
        let commands = commands(selection);
        let names = commands.iter().filter_map(|command| command.split(' ').nth(4));
        names.map(str::to_owned).collect()
    };
    let names = names("name=Abcdefghijkl&internal=ports&rest=drop&rules=flow");
    assert!(
        names.len() > 100 && names.iter().all(|name| name.starts_with("abcdefghijkl-")),
        "{names:#?}"
    );
    assert!(
        names
            .iter()
            .all(|name| name.len() <= 63 && name.to_lowercase() == *name),
        "{names:#?}"
    );
    assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len(), "{names:#?}");
}

#[test]
fn what_is_undone_is_what_was_written() {
    for selection in SELECTIONS {
        let Snippet { rules, undo, .. } = written("gcloud", selection);
        let names = |text: &str, words: &str| -> BTreeSet<String> {
            let behind = text
                .split(words)
                .skip(1)
                .filter_map(|rest| rest.split_whitespace().next());
            behind.map(|name| name.trim_matches('"').to_owned()).collect()
        };
        let created = names(&rules, "gcloud compute firewall-rules create ");
        assert_eq!(
            created.is_empty(),
            selection.contains("cluster-icmp"),
            "{selection}: {rules}"
        );
        assert_eq!(
            names(&undo, "gcloud compute firewall-rules delete "),
            created,
            "{selection}"
        );
        let Snippet { rules, undo, .. } = written("terraform-google", selection);
        let declared = names(&rules, "resource \"google_compute_firewall\" ");
        assert_eq!(
            names(&undo, "-target=google_compute_firewall."),
            declared,
            "{selection}"
        );
        assert_eq!(declared, created, "{selection}");
    }
}

#[test]
fn the_header_says_what_google_does_beside_the_rules() {
    let keep = written("gcloud", "version=2019&flow=smtp-out").rules;
    for line in [
        "# Google's own rules stay: everything may leave",
        "replace them by yours (as.server-lan=).\n",
        "# Most projects cannot send to TCP 25 outside of Google Cloud, whatever the rules say.\n",
        "# The rules are for the network default: replace --network=default by yours.\n",
    ] {
        assert!(keep.contains(line), "{line}\n{keep}");
    }
    let drop = written(
        "gcloud",
        "version=2019&flow=smtp-in&to=server-lan&rest=drop&as.server-lan=mail",
    )
    .rules;
    assert!(
        drop.starts_with("# CAUTION: everything that is not allowed below is cut"),
        "{drop}"
    );
    assert!(
        drop.contains("# The probes of Google's load balancers are cut too.\n"),
        "{drop}"
    );
    for words in ["Google's own rules stay", "replace them by yours", "TCP 25 outside"] {
        assert!(!drop.contains(words), "{words}\n{drop}");
    }
}
