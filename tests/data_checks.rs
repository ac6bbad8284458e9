//! What the build says of a mistake in `data/`: file, entry and reason, in one line.
//!
//! Each test makes its mistake in a copy of the real data.

#[path = "../build/catalogue/mod.rs"]
mod catalogue;

use std::fs;
use std::path::Path;

use catalogue::Problem;
use tempfile::TempDir;

const DATA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/data");

const AVAILABILITY: &str = "flows/high-availability.toml";
const CAVEATS: &str = "caveats.toml";
const CHANGES: &str = "changes.toml";
const DEPLOYMENTS: &str = "deployments.toml";
const EDGE: &str = "flows/edge.toml";
const ERRATA: &str = "errata.toml";
const OUTLOOK: &str = "flows/outlook-rpc.toml";
const SERVERS: &str = "flows/server-to-server.toml";
const SERVICES: &str = "flows/services.toml";
const SMTP: &str = "flows/smtp.toml";
const SOURCES: &str = "sources.toml";
const SUPPORT_RULE: &str = "flows/support-rule.toml";

/// A copy of the data, and the place in it where the next mistake is made.
struct Broken {
    folder: TempDir,
    file: &'static str,
    /// What a problem is expected to call the entry.
    entry: String,
    /// The text from which on something is replaced.
    start: String,
}

/// Breaks the entry of an id.
fn entry(file: &'static str, id: &str) -> Broken {
    place(file, id, &id_line(id))
}

/// Breaks the entry that begins with this text.
fn place(file: &'static str, entry: &str, start: &str) -> Broken {
    let folder = tempfile::tempdir().expect("a folder can be made");
    copy(Path::new(DATA), folder.path());
    Broken {
        folder,
        file,
        entry: entry.to_owned(),
        start: start.to_owned(),
    }
}

fn id_line(id: &str) -> String {
    format!("id = \"{id}\"\n")
}

fn copy(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).expect("the data can be listed") {
        let path = entry.expect("the data can be listed").path();
        let target = to.join(path.file_name().expect("what is listed has a name"));
        if path.is_dir() {
            fs::create_dir(&target).expect("a folder can be made");
            copy(&path, &target);
        } else {
            fs::copy(&path, &target).expect("a file can be copied");
        }
    }
}

impl Broken {
    fn replace(self, old: &str, new: &str) -> Self {
        let path = self.folder.path().join(self.file);
        let text = fs::read_to_string(&path).expect("the copy can be read");
        let Some(start) = text.find(&self.start) else {
            panic!("{} has no {:?}", self.file, self.start);
        };
        let (before, after) = text.split_at(start);
        assert!(
            after.contains(old),
            "{} has no {old:?} after {:?}",
            self.file,
            self.start
        );
        let text = format!("{before}{}", after.replacen(old, new, 1));
        fs::write(path, text).expect("the copy can be written");
        self
    }

    /// Goes on to another entry of the same copy.
    fn and(self, file: &'static str, id: &str) -> Self {
        Self {
            file,
            entry: id.to_owned(),
            start: id_line(id),
            ..self
        }
    }

    fn problems(&self) -> Vec<Problem> {
        catalogue::compile(self.folder.path()).expect_err("the build takes the broken data")
    }

    /// A mistake that contradicts several entries: these are the problems, in this order.
    fn problems_say(&self, reasons: &[&str]) {
        let lines = lines(&self.problems());
        let told = lines.iter().zip(reasons).all(|(line, reason)| line.contains(reason));
        assert!(told && lines.len() == reasons.len(), "{}", lines.join("\n"));
    }

    /// One mistake is one problem: nothing else is reported because of it.
    fn is_refused(&self, reason: &str) {
        let lines = lines(&self.problems());
        let [line] = &lines[..] else {
            panic!("expected one problem:\n{}", lines.join("\n"));
        };
        let place = match self.entry.as_str() {
            "" => format!("data/{}: ", self.file),
            entry => format!("data/{}: {entry}: ", self.file),
        };
        let told = line.strip_prefix(&place);
        assert!(
            told.is_some_and(|told| told.contains(reason)),
            "{line}\n  should begin with {place:?}\n  and say {reason:?}"
        );
    }
}

fn lines(problems: &[Problem]) -> Vec<String> {
    problems.iter().map(Problem::to_string).collect()
}

#[test]
fn the_real_data_compiles() {
    if let Err(problems) = catalogue::compile(Path::new(DATA)) {
        panic!("{}", lines(&problems).join("\n"));
    }
}

// The files.

#[test]
fn a_syntax_error_ends_the_build_with_its_line() {
    place(ERRATA, "line 1", "#")
        .replace("#", "no TOML\n#")
        .is_refused("expected `=`");
}

#[test]
fn a_key_that_is_there_twice_ends_the_build_with_its_line() {
    place(SMTP, "line 2", "#")
        .replace("#", "id = \"\"\nid = \"\"\n#")
        .is_refused("duplicate key");
}

#[test]
fn an_unknown_kind_of_entry_ends_the_build() {
    place(SMTP, "flows", "[[flow]]")
        .replace("[[flow]]", "[[flows]]")
        .is_refused("unknown entry, expected [[flow]]");
}

#[test]
fn the_support_statement_in_another_file_ends_the_build() {
    place(SOURCES, "support", "[[source]]")
        .replace("[[source]]", "[support]\ntext = \"\"\n\n[[source]]")
        .is_refused("unknown entry, expected [[source]]");
}

#[test]
fn a_missing_support_statement_ends_the_build() {
    place(CAVEATS, "support", "[support]")
        .replace("[support]", "[[caveat]]")
        .is_refused("missing field `text`");
}

#[test]
fn a_missing_file_ends_the_build() {
    let data = place(SOURCES, "", "");
    fs::remove_file(data.folder.path().join(SOURCES)).expect("the copy can be deleted");
    data.is_refused("No such file");
}

#[test]
fn problems_of_all_files_are_reported_together() {
    let data = entry(SMTP, "smtp-717")
        .replace("purpose =", "porpoise =")
        .and(SMTP, "smtp-475")
        .replace("\"server-lan\"", "\"moon\"")
        .and(EDGE, "edge-rdp")
        .replace("3389", "33890000")
        .and(SOURCES, "rfc-8314")
        .replace("title =", "titel =");
    let problems = data.problems();
    let found: Vec<(&str, &str)> = problems
        .iter()
        .map(|problem| (problem.file.as_str(), problem.entry.as_str()))
        .collect();
    let made = [
        (EDGE, "edge-rdp"),
        (SMTP, "smtp-717"),
        (SMTP, "smtp-475"),
        (SOURCES, "rfc-8314"),
    ];
    assert_eq!(found, made);
}

#[test]
fn problems_of_all_entries_are_reported_together() {
    let problems = entry(SMTP, "smtp-717")
        .replace("purpose = \"", "purpose = \"\" # ")
        .replace("inferred = [", "inferred = [\"2019\", ")
        .and(EDGE, "edge-rdp")
        .replace("sources = [", "sources = [\"nowhere\", ")
        .problems();
    let expected = [
        "data/flows/edge.toml: edge-rdp: the source `nowhere` is not in sources.toml",
        "data/flows/smtp.toml: smtp-717: purpose is empty",
        "data/flows/smtp.toml: smtp-717: `2019` is both documented and inferred",
    ];
    assert_eq!(lines(&problems), expected);
}

#[test]
fn a_problem_is_told_in_one_line() {
    let problems = entry(SMTP, "smtp-717").replace("[\"717\"]", "[717]").problems();
    assert!(
        problems[0].reason.contains('\n'),
        "the test needs a reason of several lines"
    );
    assert_eq!(problems[0].to_string().lines().count(), 1);
}

// The keys of an entry.

#[test]
fn an_unknown_key_ends_the_build() {
    entry(SMTP, "smtp-717")
        .replace("ports =", "port =")
        .is_refused("unknown field `port`, expected one of `id`, `service`, `purpose`, `aliases`");
}

#[test]
fn an_unknown_key_of_an_end_ends_the_build() {
    entry(SMTP, "smtp-717")
        .replace("zones =", "zone =")
        .is_refused("unknown field `zone`, expected one of `zones`, `roles`, `note` in `from`");
}

#[test]
fn a_missing_key_ends_the_build() {
    entry(SMTP, "smtp-717")
        .replace("encryption =", "# encryption =")
        .is_refused("missing field `encryption`");
}

#[test]
fn an_entry_without_id_is_named_by_its_number() {
    place(SMTP, "flow 1", "id =")
        .replace("id =", "# id =")
        .is_refused("missing field `id`");
}

#[test]
fn a_value_of_the_wrong_type_ends_the_build() {
    entry(SMTP, "smtp-717")
        .replace("[\"717\"]", "[717]")
        .is_refused("integer `717`, expected a string in `ports`");
}

#[test]
fn a_text_in_place_of_a_list_ends_the_build() {
    entry(SMTP, "smtp-717")
        .replace("[\"717\"]", "\"717\"")
        .is_refused("string \"717\", expected a sequence in `ports`");
}

#[test]
fn an_unknown_zone_ends_the_build_with_those_that_exist() {
    entry(SMTP, "smtp-717")
        .replace("\"server-lan\"", "\"moon\"")
        .is_refused(
            "`moon` is not a zone (known: internet, perimeter, client-lan, server-lan, directory, management, \
         telephony, cloud, third-site, local) in `from.zones`",
        );
}

#[test]
fn a_slug_in_upper_case_ends_the_build() {
    entry(SMTP, "smtp-717")
        .replace("\"tcp\"", "\"TCP\"")
        .is_refused("`TCP` is not a transport (known: tcp, udp, icmp, esp, any) in `transports`");
}

#[test]
fn an_empty_purpose_ends_the_build() {
    entry(SMTP, "smtp-717")
        .replace("purpose = \"", "purpose = \" \" # ")
        .is_refused("purpose is empty");
}

// Ids and references.

#[test]
fn an_id_that_is_there_twice_ends_the_build_with_the_other_file() {
    place(SMTP, "edge-rdp", &id_line("smtp-submission-store"))
        .replace("smtp-submission-store", "edge-rdp")
        .is_refused("an entry of this name is already in data/flows/edge.toml");
}

#[test]
fn a_number_of_an_erratum_that_is_there_twice_ends_the_build() {
    place(ERRATA, "erratum 16", "number = 17")
        .replace("17", "16")
        .is_refused("an entry of this name is already in data/errata.toml");
}

#[test]
fn a_malformed_id_ends_the_build() {
    for id in ["Smtp-717", "smtp_717", "smtp--717", "-smtp"] {
        place(SMTP, id, &id_line("smtp-submission-store"))
            .replace("smtp-submission-store", id)
            .is_refused("lower-case letters, digits and single dashes");
    }
}

#[test]
fn an_unknown_source_ends_the_build() {
    entry(SMTP, "smtp-717")
        .replace("sources = [", "sources = [\"nowhere\", ")
        .is_refused("the source `nowhere` is not in sources.toml");
}

#[test]
fn a_flow_without_a_source_ends_the_build() {
    entry(SMTP, "smtp-717")
        .replace("[\"receive-connectors\"]", "[]")
        .is_refused("no source is named");
}

#[test]
fn a_source_that_nobody_cites_ends_the_build() {
    place(SOURCES, "unread", "[[source]]")
        .replace(
            "[[source]]",
            "[[source]]\nid = \"unread\"\ntitle = \"Unread\"\n\n[[source]]",
        )
        .is_refused("no entry cites this source");
}

#[test]
fn an_unknown_source_of_a_caveat_ends_the_build() {
    place(CAVEATS, "caveat 1", "[[caveat]]")
        .replace("[[caveat]]", "[[caveat]]\nsources = [\"nowhere\"]")
        .is_refused("the source `nowhere` is not in sources.toml");
}

#[test]
fn an_unknown_source_of_the_support_statement_ends_the_build() {
    place(CAVEATS, "support", "[support]")
        .replace("sources = [", "sources = [\"nowhere\", ")
        .is_refused("the source `nowhere` is not in sources.toml");
}

#[test]
fn an_unknown_source_of_an_erratum_ends_the_build() {
    place(ERRATA, "erratum 17", "number = 17")
        .replace("sources = [", "sources = [\"nowhere\", ")
        .is_refused("the source `nowhere` is not in sources.toml");
}

#[test]
fn an_erratum_on_an_unknown_flow_ends_the_build() {
    place(ERRATA, "erratum 17", "number = 17")
        .replace("flows = [", "flows = [\"nothing\", ")
        .is_refused("it speaks of `nothing`, which is no flow");
}

// The ports of a flow.

#[test]
fn a_port_out_of_bounds_ends_the_build() {
    for port in ["0", "65536", "100000000000"] {
        entry(SMTP, "smtp-717")
            .replace("[\"717\"]", &format!("[\"{port}\"]"))
            .is_refused(&format!("port `{port}` is outside of 1 to 65535"));
    }
}

#[test]
fn a_port_that_is_no_number_ends_the_build() {
    for port in ["smtp", "", "7 17", "+717", "717-", "1-2-3", "one of"] {
        entry(SMTP, "smtp-717")
            .replace("[\"717\"]", &format!("[\"{port}\"]"))
            .is_refused(&format!(
                "port `{port}` is not a port number or a range such as 6001-6004"
            ));
    }
}

#[test]
fn a_reversed_range_ends_the_build() {
    entry(SMTP, "smtp-717")
        .replace("[\"717\"]", "[\"720-717\"]")
        .is_refused("port `720-717` starts above its end");
}

#[test]
fn overlapping_ports_end_the_build() {
    entry(SMTP, "smtp-717")
        .replace("[\"717\"]", "[\"700-717\", \"717\"]")
        .is_refused("the ports overlap or are not in ascending order");
}

#[test]
fn unsorted_ports_end_the_build() {
    entry(SMTP, "smtp-717")
        .replace("[\"717\"]", "[\"718\", \"717\"]")
        .is_refused("the ports overlap or are not in ascending order");
}

#[test]
fn tcp_without_ports_ends_the_build() {
    entry(SMTP, "smtp-717")
        .replace("ports =", "# ports =")
        .is_refused("TCP and UDP need ports");
}

#[test]
fn icmp_with_ports_ends_the_build() {
    entry(AVAILABILITY, "cluster-icmp")
        .replace("transports =", "ports = [\"7\"]\ntransports =")
        .is_refused("other transports have none");
}

#[test]
fn a_flow_without_a_transport_ends_the_build() {
    entry(AVAILABILITY, "cluster-icmp")
        .replace("[\"icmp\"]", "[]")
        .is_refused("it has no transport");
}

#[test]
fn any_beside_another_transport_ends_the_build() {
    entry(SUPPORT_RULE, "any-any-sfb")
        .replace("[\"any\"]", "[\"icmp\", \"any\"]")
        .is_refused("`any` stands for every transport and cannot stand beside another");
}

#[test]
fn a_chosen_port_without_the_flow_that_it_replaces_ends_the_build() {
    entry(OUTLOOK, "mapi2010-rca-static")
        .replace("instead_of =", "# instead_of =")
        .is_refused("a chosen port needs instead_of, the flow that it replaces");
}

#[test]
fn a_flow_instead_of_none_ends_the_build() {
    entry(OUTLOOK, "mapi2010-rca-static")
        .replace("instead_of = \"", "instead_of = \"not-")
        .is_refused("instead_of names `not-mapi2010-rca-dynamic`, which is no other flow");
}

#[test]
fn a_flow_instead_of_itself_ends_the_build() {
    entry(OUTLOOK, "mapi2010-rca-static")
        .replace(
            "instead_of = \"mapi2010-rca-dynamic\"",
            "instead_of = \"mapi2010-rca-static\"",
        )
        .is_refused("instead_of names `mapi2010-rca-static`, which is no other flow");
}

// Versions and zones.

#[test]
fn a_version_both_documented_and_inferred_ends_the_build() {
    entry(SMTP, "smtp-717")
        .replace("inferred = [", "inferred = [\"2019\", ")
        .is_refused("`2019` is both documented and inferred");
}

#[test]
fn a_flow_of_no_version_ends_the_build() {
    entry(SERVICES, "feature-flighting")
        .replace("documented =", "# documented =")
        .is_refused("no version is documented or inferred");
}

#[test]
fn a_value_that_a_list_names_twice_ends_the_build() {
    let lists = [
        ("transports", "transports = [", "tcp"),
        ("documented", "documented = [", "2016"),
        ("inferred", "inferred = [", "se"),
        ("from.zones", "from = { zones = [", "server-lan"),
        ("from.roles", "from = { zones = [\"server-lan\"], roles = [", "mailbox"),
        ("to.zones", "to = { zones = [", "server-lan"),
        ("to.roles", "to = { zones = [\"server-lan\"], roles = [", "mailbox"),
        ("block_from", "block_from = [", "internet"),
        ("sources", "sources = [", "receive-connectors"),
    ];
    for (key, start, value) in lists {
        entry(SMTP, "smtp-2525")
            .replace(start, &format!("{start}\"{value}\", "))
            .is_refused(&format!("{key} names a value twice"));
    }
}

#[test]
fn a_flow_from_nowhere_ends_the_build() {
    entry(SMTP, "smtp-submission-store")
        .replace("from = { zones = [\"server-lan\"]", "from = { zones = []")
        .is_refused("from has no zone");
}

#[test]
fn a_used_flow_to_nowhere_ends_the_build() {
    entry(SMTP, "smtp-submission-store")
        .replace("to = { zones = [\"server-lan\"]", "to = { zones = []")
        .is_refused("to has no zone, which only a flow of the state `not-used` may have");
}

#[test]
fn a_local_flow_that_leaves_the_machine_ends_the_build() {
    entry(SERVERS, "adtopology-890")
        .replace("to = { zones = [\"local\"]", "to = { zones = [\"server-lan\"]")
        .is_refused("state, filtering and the zone of the destination must be `local` together");
}

#[test]
fn a_local_destination_of_another_state_or_filtering_ends_the_build() {
    for (old, new) in [
        ("state = \"local\"", "state = \"optional\""),
        ("filtering = \"local\"", "filtering = \"allowed\""),
    ] {
        entry(SERVERS, "adtopology-890")
            .replace(old, new)
            .is_refused("state, filtering and the zone of the destination must be `local` together");
    }
}

// Disputes.

#[test]
fn a_dispute_with_one_reading_ends_the_build() {
    entry(SERVERS, "be-pop3")
        .replace(
            "[[flow.dispute.reading]]\nvalue = \"9955\"\nsources = [\"set-pop-settings\"]\n",
            "",
        )
        .is_refused(
            "9955 stands in older text of the same help, for relaying to Exchange 2003: there are fewer than two",
        );
}

#[test]
fn two_readings_for_rules_end_the_build() {
    entry(SERVERS, "be-pop3")
        .replace("value = \"9955\"", "value = \"9955\"\nrule = true")
        .is_refused("more than one reading is for rules");
}

#[test]
fn a_reading_for_rules_that_is_no_list_of_ports_ends_the_build() {
    entry(SERVERS, "be-pop3")
        .replace("value = \"1995\"", "value = \"110,usually\"")
        .is_refused("`usually` is not a port number or a range such as 6001-6004");
}

#[test]
fn a_reading_without_a_source_ends_the_build() {
    place(SERVERS, "be-pop3", "value = \"9955\"")
        .replace("[\"set-pop-settings\"]", "[]")
        .is_refused("the dispute on proxy target port");
}

// Deployments.

#[test]
fn a_link_whose_flow_has_other_zones_needs_a_reason() {
    place(DEPLOYMENTS, "behind-nat", "reason = \"The mitigation service")
        .replace("reason =", "#")
        .is_refused("the link from server-lan to internet: a flow has other zones of its own, and no reason says why");
}

#[test]
fn a_link_whose_flows_all_run_between_its_ends_needs_no_reason() {
    place(DEPLOYMENTS, "edge-perimeter", "flows = [\"edge-in\"]")
        .replace("[\"edge-in\"]", "[\"edge-in\"]\nreason = \"None.\"")
        .is_refused(
            "the link from internet to perimeter: it gives a reason, but all its flows run between these zones",
        );
}

#[test]
fn a_flow_that_either_side_opens_runs_between_its_zones_both_ways() {
    let data = place(DEPLOYMENTS, "", "flows = [\"edge-in\"]").replace("[\"edge-in\"]", "[\"edge-in\", \"edge-edge\"]");
    assert!(catalogue::compile(data.folder.path()).is_ok());
    let data = data
        .and(EDGE, "edge-edge")
        .replace("zones = [\"internet\", \"perimeter\"]", "zones = [\"perimeter\"]")
        .replace("to = { zones = [\"perimeter\"]", "to = { zones = [\"internet\"]");
    assert!(catalogue::compile(data.folder.path()).is_ok());
}

#[test]
fn an_unknown_flow_of_a_link_ends_the_build() {
    place(DEPLOYMENTS, "edge-perimeter", "flows = [\"edge-in\"]")
        .replace("edge-in", "edge-out-of-this-world\", \"edge-in")
        .is_refused("the link from internet to perimeter: `edge-out-of-this-world` is no flow");
}

#[test]
fn a_link_without_flows_or_with_one_twice_ends_the_build() {
    place(DEPLOYMENTS, "edge-perimeter", "flows = [\"edge-rdp\"]")
        .replace("[\"edge-rdp\"]", "[]")
        .is_refused("the link from management to perimeter: it names no flow, or one twice");
    place(DEPLOYMENTS, "edge-perimeter", "flows = [\"edge-rdp\"]")
        .replace("[\"edge-rdp\"]", "[\"edge-rdp\", \"edge-rdp\"]")
        .is_refused("the link from management to perimeter: it names no flow, or one twice");
}

#[test]
fn a_flow_that_no_version_of_the_deployment_has_ends_the_build() {
    place(
        DEPLOYMENTS,
        "exchange55-through-firewall",
        "flows = [\"mapi-newmail-udp\"]",
    )
    .replace(
        "[\"mapi-newmail-udp\"]",
        "[\"mapi-newmail-udp\", \"mapi-newmail-udp-2010\"]",
    )
    .is_refused("`mapi-newmail-udp-2010` is of none of its versions");
}

#[test]
fn a_flow_that_never_crosses_a_network_on_a_link_ends_the_build() {
    place(DEPLOYMENTS, "edge-perimeter", "flows = [\"edge-in\"]")
        .replace(
            "[\"edge-in\"]",
            "[\"edge-in\", \"edge-adlds-local\"]\nreason = \"None.\"",
        )
        .is_refused("`edge-adlds-local` never crosses a network");
}

#[test]
fn a_link_that_opens_what_must_stay_closed_ends_the_build() {
    place(
        DEPLOYMENTS,
        "owa-443-only",
        "flows = [\"web-owa-https\", \"web-owa-https-legacy\"]",
    )
    .replace("\"web-owa-https\",", "\"web-owa-https\", \"web-owa-http-redirect\",")
    .is_refused("the link from internet to server-lan: `web-owa-http-redirect` opens 80, which must stay closed");
}

#[test]
fn closed_ports_that_the_words_leave_out_end_the_build() {
    place(DEPLOYMENTS, "hybrid-agent", "closed_ports = [\"443\"]")
        .replace("[\"443\"]", "[\"44\", \"443\"]")
        .is_refused("the link from cloud to server-lan: keep_closed does not say 44");
}

#[test]
fn an_end_of_a_link_that_is_not_in_the_drawing_ends_the_build() {
    place(DEPLOYMENTS, "edge-perimeter", "from = \"management\"")
        .replace("to = \"perimeter\"", "to = \"directory\"")
        .is_refused("the link from management to directory: an end is none of the zones in the drawing");
}

#[test]
fn a_link_within_a_column_ends_the_build() {
    entry(DEPLOYMENTS, "owa-443-only")
        .replace(
            "[[\"internet\"], \"outer\", [\"server-lan\"]]",
            "[[\"internet\", \"server-lan\"]]",
        )
        .is_refused("the link from internet to server-lan: its ends stand in one column");
}

#[test]
fn a_zone_that_is_not_drawn_ends_the_build() {
    place(
        DEPLOYMENTS,
        "owa-443-only",
        "    { zone = \"internet\", label = \"remote users\" },",
    )
    .replace(
        "users\" },",
        "users\" },\n    { zone = \"cloud\", label = \"nobody\" },",
    )
    .problems_say(&[
        "`cloud` must stand both in zones and in the drawing",
        "`cloud` has no link",
    ]);
}

#[test]
fn a_zone_that_is_there_twice_ends_the_build() {
    entry(DEPLOYMENTS, "owa-443-only")
        .replace(
            "\"outer\", [\"server-lan\"]]",
            "\"outer\", [\"server-lan\"], [\"internet\"]]",
        )
        .is_refused("a zone stands twice");
}

#[test]
fn a_zone_without_a_link_ends_the_build() {
    entry(DEPLOYMENTS, "owa-443-only")
        .replace("zones = [", "zones = [{ zone = \"cloud\", label = \"nobody\" },")
        .replace("[[\"internet\"]", "[[\"internet\", \"cloud\"]")
        .is_refused("`cloud` has no link");
}

#[test]
fn a_host_that_is_none_of_the_zones_ends_the_build() {
    entry(DEPLOYMENTS, "owa-443-only")
        .replace("hosts = [\"server-lan\"]", "hosts = [\"perimeter\"]")
        .is_refused("`perimeter` is a host and none of its zones");
}

#[test]
fn a_wall_that_does_not_stand_between_columns_ends_the_build() {
    for (old, new) in [
        ("[[\"internet\"], \"outer\"", "[\"outer\", [\"internet\"]"),
        ("\"outer\"", "\"outer\", \"inner\""),
        ("[\"server-lan\"]]", "[\"server-lan\"], \"inner\"]"),
    ] {
        place(
            DEPLOYMENTS,
            "owa-443-only",
            "drawing = [[\"internet\"], \"outer\", [\"server-lan\"]]\n",
        )
        .replace(old, new)
        .is_refused("a wall of the drawing does not stand between two columns");
    }
}

#[test]
fn walls_in_another_order_end_the_build() {
    for order in [
        "\"inner\", [\"perimeter\"], \"outer\"",
        "\"outer\", [\"perimeter\"], \"outer\"",
    ] {
        entry(DEPLOYMENTS, "edge-perimeter")
            .replace("\"outer\", [\"perimeter\"], \"inner\"", order)
            .is_refused("the outer wall stands once and left of the inner one");
    }
}

#[test]
fn an_element_of_a_drawing_that_is_none_ends_the_build() {
    entry(DEPLOYMENTS, "owa-443-only")
        .replace("\"outer\"", "\"fence\"")
        .is_refused("the drawing is made of columns such as [\"internet\"] and of the walls");
}

#[test]
fn an_unknown_judgement_ends_the_build() {
    entry(DEPLOYMENTS, "owa-443-only")
        .replace("\"supported\"", "\"fine\"")
        .is_refused("`fine` is not a judgement (known: supported, partly, outdated, unsupported)");
}

#[test]
fn a_version_that_is_both_known_and_unsupported_ends_the_build() {
    entry(DEPLOYMENTS, "dmz-front-end-2003")
        .replace("unsupported = [", "unsupported = [\"2003\", ")
        .is_refused("`2003` is both among its versions and unsupported");
}

#[test]
fn a_deployment_without_versions_ends_the_build() {
    entry(DEPLOYMENTS, "owa-443-only")
        .replace("versions = [", "versions = [] #")
        .problems_say(&[
            "it has no version",
            "is of none of its versions",
            "is of none of its versions",
        ]);
}

#[test]
fn a_version_in_which_nothing_flows_ends_the_build() {
    entry(DEPLOYMENTS, "cas-array-2010")
        .replace("versions = [", "versions = [\"5.5\", ")
        .is_refused("no link has a flow of version 5.5");
}

#[test]
fn an_empty_text_of_a_deployment_ends_the_build() {
    for (key, told) in [
        ("title", "title is empty"),
        ("supported", "supported is empty"),
        ("label", "a label is empty"),
        ("says", "article.says is empty"),
        ("today", "article.today is empty"),
    ] {
        let data = entry(DEPLOYMENTS, "owa-443-only");
        let empty = format!("{key} = \" \"");
        let rest = if key == "label" { " }, #" } else { " #" };
        data.replace(&format!("{key} = \""), &format!("{empty}{rest}"))
            .is_refused(told);
    }
}

#[test]
fn an_unknown_erratum_of_a_deployment_ends_the_build() {
    entry(DEPLOYMENTS, "owa-443-only")
        .replace("errata = [27]", "errata = [27, 99]")
        .is_refused("it speaks of erratum 99, which is none");
}

#[test]
fn an_unknown_source_of_a_deployment_ends_the_build() {
    entry(DEPLOYMENTS, "owa-443-only")
        .replace("sources = [", "sources = [\"nowhere\", ")
        .is_refused("the source `nowhere` is not in sources.toml");
}

#[test]
fn a_deployment_without_a_source_ends_the_build() {
    entry(DEPLOYMENTS, "owa-443-only")
        .replace("[\"source-article\", \"network-ports\"]", "[]")
        .is_refused("no source is named");
}

// The change log.

#[test]
fn a_malformed_date_ends_the_build() {
    for date in [
        "24.11.2026",
        "2026-13-01",
        "2026-11-32",
        "2026-1-1",
        "26-11-24",
        "today",
    ] {
        place(CHANGES, "change 1", "[[change]]")
            .replace("date = \"", &format!("date = \"{date}\" # "))
            .is_refused(&format!("`{date}` is not a date of the form 2026-11-24"));
    }
}

#[test]
fn a_change_log_that_is_not_newest_first_ends_the_build() {
    place(CHANGES, "change 1", "[[change]]")
        .replace(
            "[[change]]",
            "[[change]]\ndate = \"1999-12-31\"\ntext = \"Old\"\n\n[[change]]",
        )
        .is_refused("1999-12-31 stands above");
}

#[test]
fn an_empty_change_log_ends_the_build() {
    let data = place(CHANGES, "", "");
    fs::write(data.folder.path().join(CHANGES), "").expect("the copy can be written");
    data.is_refused("the change log is empty, so the catalogue has no date");
}
