//! Security groups of AWS: who shares one, what it is called, and what stands in the texts beside the rules, which
//! `tests/platforms` reads back.

mod support;

use std::fmt::Write;

use exchange_ports::firewall::Snippet;
use support::rules::snippet;
use support::selections::{ADDRESSES, SELECTIONS};

const PLATFORMS: [&str; 3] = ["aws-cli", "aws-cloudformation", "terraform-aws"];

/// Mail from the internet to one server.
const MAIL: &str = "version=2019&flow=smtp-in&from=internet&to=server-lan&addr.server-lan=10.0.0.10";

const ID: &str = "sg-0123456789abcdef0";

fn written(platform: &str, selection: &str) -> Snippet {
    snippet(platform, &format!("#/?{selection}&platform={platform}"))
}

/// The lines that say which machines a group is for.
fn attachments(snippet: &Snippet) -> Vec<&str> {
    let comments = snippet
        .rules
        .lines()
        .map(|line| line.trim_start().trim_start_matches("# "));
    comments.filter(|line| line.contains(", to attach to: ")).collect()
}

/// As many networks of clients, of which each takes a permission.
fn clients(count: usize) -> String {
    let networks: Vec<String> = (0..count).map(|network| format!("10.1.{network}.0/24")).collect();
    networks.join(",")
}

#[test]
fn a_rule_stands_at_each_end_that_has_machines() {
    for platform in PLATFORMS {
        let from_internet = written(platform, MAIL);
        assert_eq!(
            attachments(&from_internet),
            ["exchange-server-lan, to attach to: 10.0.0.10"]
        );
        let inside = written(
            platform,
            "version=2019&flow=edgesync&addr.server-lan=10.0.0.10&addr.perimeter=192.0.2.25",
        );
        assert_eq!(
            attachments(&inside),
            [
                "exchange-perimeter, to attach to: 192.0.2.25",
                "exchange-server-lan, to attach to: 10.0.0.10",
            ]
        );
        let descriptions = inside.rules.matches("exchange-server-lan-perimeter-tcp-1\"").count();
        assert_eq!(descriptions, 2, "{}", inside.rules);
    }
}

#[test]
fn each_role_that_has_addresses_has_its_own_group() {
    let roles =
        "version=2019&flow=smtp-in&from=internet&addr.mailbox=10.0.0.30&addr.client-access=10.0.0.20,2001:db8::20";
    for platform in PLATFORMS {
        let text = written(platform, roles);
        assert_eq!(
            attachments(&text),
            [
                "exchange-mailbox, to attach to: 10.0.0.30",
                "exchange-client-access, to attach to: 10.0.0.20, 2001:db8::20",
            ]
        );
    }
}

#[test]
fn on_a_host_only_its_own_group_is_written() {
    let host = "version=2019&flow=edgesync&placement=host&at=perimeter&addr.server-lan=10.0.0.10";
    for platform in PLATFORMS {
        let text = written(platform, host);
        assert_eq!(
            attachments(&text),
            ["exchange-perimeter, to attach to: every machine of perimeter"]
        );
    }
}

#[test]
fn what_a_group_has_no_room_for_is_a_further_group() {
    let mail = "version=2019&flow=client-smtp-submission&from=client-lan&to=server-lan&addr.server-lan=10.0.0.10";
    for platform in PLATFORMS {
        let groups = |count: usize| {
            let text = written(platform, &format!("{mail}&addr.client-lan={}", clients(count)));
            let attachments = attachments(&text);
            attachments
                .iter()
                .filter(|line| line.starts_with("exchange-server-lan"))
                .count()
        };
        assert_eq!((groups(60), groups(61)), (1, 2), "{platform}");
    }
}

#[test]
fn who_needs_more_groups_than_an_interface_takes_is_told() {
    let five = format!(
        "version=2019&from=client-lan&to=server-lan&internal=ports&addr.server-lan=10.0.0.10&addr.client-lan={}",
        clients(64)
    );
    for platform in PLATFORMS {
        let warning = "groups of 60 rules, an interface takes 5";
        assert!(written(platform, &five).rules.contains(warning), "{platform}");
        assert!(!written(platform, MAIL).rules.contains(warning), "{platform}");
    }
}

#[test]
fn what_is_allowed_above_is_not_written_again() {
    let twice = "version=2003&from=internet&to=server-lan&addr.server-lan=10.0.0.10&rules=flow";
    for platform in PLATFORMS {
        let text = written(platform, twice).rules;
        assert!(text.contains("# allowed above already\n"), "{text}");
    }
}

#[test]
fn a_group_has_the_name_that_the_reader_gave() {
    for platform in PLATFORMS {
        let name = |label: &str| {
            let text = written(platform, &format!("{MAIL}&as.server-lan={label}"));
            attachments(&text)[0].split_once(',').map(|(name, _)| name.to_owned())
        };
        assert_eq!(name("mail.servers").as_deref(), Some("mail.servers"));
        for refused in ["sg-mail", "SG-0123", "default"] {
            assert_eq!(name(refused).as_deref(), Some("exchange-server-lan"), "{platform}");
        }
        let header = written(platform, MAIL).rules;
        assert!(
            header.contains("# as.server-lan= is the name of a group, or the id"),
            "{header}"
        );
    }
}

#[test]
fn zones_of_one_name_do_not_share_a_group() {
    let same = "version=2019&flow=edgesync&addr.server-lan=10.0.0.10&addr.perimeter=192.0.2.25";
    for (label, other) in [("mail", "exchange-server-lan"), (ID, "exchange-server-lan")] {
        for platform in PLATFORMS {
            let text = written(platform, &format!("{same}&as.server-lan={label}&as.perimeter={label}"));
            let names = [
                format!("{label}, to attach to: 192.0.2.25"),
                format!("{other}, to attach to: 10.0.0.10"),
            ];
            assert_eq!(attachments(&text), names);
        }
    }
}

#[test]
fn a_group_that_is_there_is_neither_made_nor_removed() {
    let there = format!("{MAIL}&as.server-lan={ID}");
    let [cli, template, terraform] = PLATFORMS.map(|platform| written(platform, &there));
    for text in [&cli, &template, &terraform] {
        assert!(
            text.rules
                .contains(&format!("# {ID} is there: it keeps what else it allows.\n")),
            "{}",
            text.rules
        );
        assert!(
            !text.apply.contains("vpc-"),
            "nothing needs the network: {}",
            text.apply
        );
    }
    assert!(!cli.rules.contains("create-security-group") && !cli.undo.contains("delete-security-group"));
    let revoked = cli.undo.replace("revoke", "authorize");
    let permission = "{\"IpProtocol\":\"tcp\",\"FromPort\":25,\"ToPort\":25,\"IpRanges\":[{\"CidrIp\":\"0.0.0.0/0\"";
    let begin = "aws ec2 authorize-security-group-ingress --group-id \"$group\" --ip-permissions '[\n  ";
    assert!(
        cli.rules.contains(&format!("{begin}{permission},\"Description\"")),
        "{}",
        cli.rules
    );
    assert!(
        revoked.contains(&format!("{begin}{permission}}}]}}\n]'\n")),
        "{revoked}"
    );
    assert!(
        !template.rules.contains("\"AWS::EC2::SecurityGroup\""),
        "{}",
        template.rules
    );
    assert!(!terraform.undo.contains("aws_security_group."), "{}", terraform.undo);
    assert!(
        terraform
            .undo
            .contains("-target=aws_vpc_security_group_ingress_rule.exchange-server-lan-1\n")
    );
}

#[test]
fn undoing_removes_each_group_that_was_made_and_no_other() {
    for selection in SELECTIONS {
        let selection = format!("{selection}&{ADDRESSES}");
        let cli = written("aws-cli", &selection);
        let made: Vec<&str> = cli
            .rules
            .split("--group-name '")
            .skip(1)
            .filter_map(|rest| rest.split('\'').next())
            .collect();
        let deleted = cli.undo.split("Name=group-name,Values=").skip(1);
        let deleted: Vec<&str> = deleted.filter_map(|rest| rest.split('\'').next()).collect();
        assert!(!made.is_empty() && made == deleted, "{selection}: {made:?} {deleted:?}");
        assert_eq!(cli.undo.matches("delete-security-group").count(), made.len());
        let terraform = written("terraform-aws", &selection);
        let groups = terraform.rules.matches("resource \"aws_security_group\" ").count();
        assert_eq!(
            terraform.undo.matches("-target=aws_security_group.").count(),
            groups,
            "{selection}"
        );
    }
    let corp = written("aws-cloudformation", &format!("{MAIL}&name=corp"));
    assert!(corp.apply.contains(" deploy --stack-name corp "), "{}", corp.apply);
    assert!(corp.undo.contains(" delete-stack --stack-name corp\n"), "{}", corp.undo);
}

#[test]
fn groups_stand_beside_others_or_in_their_place() {
    for platform in PLATFORMS {
        let keep = written(platform, MAIL);
        assert!(
            keep.rules.contains("# beside the groups that they have."),
            "{}",
            keep.rules
        );
        assert!(keep.apply.contains("name those too that it has"), "{}", keep.apply);
        let drop = written(platform, &format!("{MAIL}&rest=drop"));
        assert!(
            drop.rules
                .starts_with("# CAUTION: everything that is not allowed below is cut")
        );
        assert!(
            drop.rules.contains("# in place of all groups that they have."),
            "{}",
            drop.rules
        );
        assert!(
            drop.apply.contains("Name only those that are written here"),
            "{}",
            drop.apply
        );
    }
}

#[test]
fn applying_first_says_what_a_second_time_does() {
    for (platform, first) in PLATFORMS.into_iter().zip([
        "# A second time it stops at the first thing that is there and changes nothing.",
        "# Deploying it twice is safe",
        "# In the folder of your Terraform files. Applying it twice changes nothing",
    ]) {
        let apply = written(platform, MAIL).apply;
        assert!(apply.starts_with(first), "{apply}");
    }
}

#[test]
fn a_large_template_goes_by_way_of_a_bucket() {
    let bucket = " --s3-bucket \"$BUCKET\"";
    let whole = written("aws-cloudformation", &format!("{ADDRESSES}&internal=ports"));
    assert!(
        whole.rules.len() > 51_200 && whole.apply.contains(bucket),
        "{}",
        whole.apply
    );
    assert!(!written("aws-cloudformation", MAIL).apply.contains(bucket));
}

#[test]
fn more_resources_than_a_stack_holds_are_told() {
    let mut many = "version=2019&internal=ports".to_owned();
    for (index, zone) in [
        "server-lan",
        "perimeter",
        "directory",
        "telephony",
        "client-lan",
        "cloud",
        "management",
    ]
    .into_iter()
    .enumerate()
    {
        write!(many, "&addr.{zone}={}&as.{zone}=sg-0123456{index}", clients(64)).expect("a string takes everything");
    }
    let text = written("aws-cloudformation", &many).rules;
    assert!(text.contains(" resources, a stack holds 500"), "{}", &text[..2000]);
}

#[test]
fn texts_without_a_rule_are_whole() {
    for platform in PLATFORMS {
        let nothing = written(platform, "version=2019&flow=edgesync");
        assert!(
            nothing.rules.contains("not written: ") && attachments(&nothing).is_empty(),
            "{}",
            nothing.rules
        );
    }
    let template = written("aws-cloudformation", "version=2019&flow=edgesync").rules;
    assert!(
        template.contains("Type: \"AWS::CloudFormation::WaitConditionHandle\""),
        "{template}"
    );
}

#[test]
fn who_asks_for_a_log_is_told_where_it_is() {
    for platform in PLATFORMS {
        let text = written(platform, &format!("{MAIL}&log=1")).rules;
        assert!(
            text.contains("\n# not written: log=1: a security group does not log"),
            "{text}"
        );
    }
}
