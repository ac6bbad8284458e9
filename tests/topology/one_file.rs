//! The rules of all firewalls in one text.

use exchange_ports::firewall::platform::PLATFORMS;
use exchange_ports::firewall::{Options, Platform};
use exchange_ports::topology::{Deployed, Firewall, Order};
use proptest::prelude::*;
use proptest::sample::select;

use crate::support::views;
use crate::{all, deployed, name};

const PERMALINK: &str = "#/topology/edge-perimeter?version=2019";

/// The parts of a text: what each is called, and what it holds.
fn parts(text: &str) -> Vec<(String, String)> {
    let mut parts = Vec::new();
    let mut part: Option<(String, String)> = None;
    for line in text.split_inclusive('\n') {
        let mark = line
            .trim_end()
            .strip_suffix(" ========")
            .and_then(|line| line.split_once("======== "));
        match (mark, &mut part) {
            (Some((_, mark)), Some((title, content))) => {
                assert_eq!(mark, format!("end of {title}"));
                parts.push((title.clone(), content.clone()));
                part = None;
            }
            (Some((_, mark)), None) => part = Some((mark.to_owned(), String::new())),
            (None, Some((_, content))) => content.push_str(line),
            (None, None) => {}
        }
    }
    assert!(part.is_none(), "a part does not end");
    parts
}

fn one_file(deployed: &Deployed, platform: &'static Platform, options: &Options) -> String {
    deployed.one_file(
        platform,
        &Order {
            options,
            refused: &[],
            permalink: PERMALINK,
        },
    )
}

/// What the platform writes for a firewall alone.
fn alone(deployed: &Deployed, platform: &'static Platform, firewall: Firewall, options: &Options) -> (String, String) {
    let options = Options {
        platform: Some(platform),
        ..options.clone()
    };
    let policy = deployed.policy(
        firewall,
        &Order {
            options: &options,
            refused: &[],
            permalink: PERMALINK,
        },
    );
    let snippet = platform.write(&policy);
    (firewall.slug(), snippet.rules)
}

fn is_whole(deployed: &Deployed, platform: &'static Platform, options: &Options) {
    let text = one_file(deployed, platform, options);
    let parts = parts(&text);
    let firewalls = deployed.firewalls_of(platform);
    assert_eq!(parts.len(), firewalls.len(), "{}: {}", name(deployed), platform.id);
    for (number, ((title, content), firewall)) in parts.iter().zip(&firewalls).enumerate() {
        let (slug, rules) = alone(deployed, platform, *firewall, options);
        assert_eq!(*title, format!("{} of {}: {slug}", number + 1, parts.len()));
        assert!(content.ends_with(&rules), "{}: {} {slug}", name(deployed), platform.id);
        let before = &content[..content.len() - rules.len()];
        let sign = if platform.comment.is_empty() {
            "# "
        } else {
            platform.comment
        };
        assert!(before.lines().all(|line| line.starts_with(sign)), "{before}");
    }
    assert!(text.ends_with('\n') && !text.ends_with("\n\n"));
}

#[test]
fn each_part_is_the_whole_file_of_its_firewall() {
    for platform in PLATFORMS {
        for deployed in all() {
            is_whole(&deployed, platform, &Options::default());
        }
    }
}

#[test]
fn the_header_says_which_deployment_it_is_for_and_lists_the_parts() {
    let platform = Platform::find("cisco-asa").expect("the platform exists");
    let edge = deployed("edge-perimeter", "2019");
    let text = one_file(&edge, platform, &Options::default());
    let header: Vec<&str> = text.lines().take_while(|line| !line.is_empty()).collect();
    let date = exchange_ports::catalog::date();
    assert_eq!(
        header,
        [
            format!("! exchange-ports, catalogue of {date}, cisco-asa: edge-perimeter, version 2019").as_str(),
            "! #/topology/edge-perimeter?version=2019",
            "! Each part is the whole file of one firewall. Load it there and nowhere else.",
            "! part 1: outer",
            "! part 2: inner",
            "! no part for host-perimeter: cisco-asa cannot stand there",
            "! no part for host-server-lan: cisco-asa cannot stand there",
        ]
    );
    assert_eq!(edge.file_name(platform), "exchange-edge-perimeter-cisco-asa.txt");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn whatever_is_chosen_the_parts_can_be_taken_apart(
        deployed in select(all()),
        platform in select(PLATFORMS.to_vec()),
        options in views::options(),
    ) {
        is_whole(&deployed, platform, &options);
    }
}
