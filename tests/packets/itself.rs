//! Tests of the tests: whatever is wrong with rules is noticed.

use std::collections::BTreeSet;
use std::time::Duration;

use exchange_ports::firewall::Rest;
use libtest_mimic::Trial;

use super::allowance::Allowance;
use super::cases::{CASES, Case, case};
use super::firewall::NFTABLES;
use super::probe::Probe;
use super::proof::{Packets, compare};
use super::world::PATIENCE;

const ROUTER: Case = case(
    "clients",
    "#/?version=se&flow=web-owa-https,client-smtp-submission&from=client-lan&addr.client-lan=10.1.0.1,fd00:1::1\
     &addr.server-lan=10.2.0.1,fd00:2::1",
    &["outside > servers tcp 443,587"],
);

const HOST: Case = case(
    "a relay",
    "#/?version=se&flow=dmz-relay-in&placement=host&at=server-lan&addr.perimeter=10.1.0.1,fd00:1::1\
     &addr.server-lan=10.2.0.1,fd00:2::1",
    &["outside > servers tcp 25"],
);

/// A change to a text, and what it does. Something arrives in spite of it, so that one knows when all is there.
struct Mistake {
    name: &'static str,
    case: Case,
    right: &'static str,
    wrong: &'static str,
    /// What does not arrive any more, in the words of [`super::allowance`].
    missing: Option<&'static str>,
    /// What arrives now.
    surplus: Option<&'static str>,
}

const MISTAKES: [Mistake; 7] = [
    Mistake {
        name: "a lost rule",
        case: ROUTER,
        right: "ip6 saddr fd00:1::1 ip6 daddr fd00:2::1 tcp",
        wrong: "# ",
        missing: Some("outside > servers v6 tcp 443,587"),
        surplus: None,
    },
    Mistake {
        name: "a rule too many",
        case: ROUTER,
        right: "ct state established,related accept\n",
        wrong: "ct state established,related accept\nip saddr 10.3.0.1 ip daddr 10.1.0.1 udp dport 53 accept\n",
        missing: None,
        surplus: Some("third > outside v4 udp 53"),
    },
    Mistake {
        name: "another port",
        case: ROUTER,
        right: "{ 443, 587 }",
        wrong: "{ 443, 588 }",
        missing: Some("outside > servers tcp 587"),
        surplus: Some("outside > servers tcp 588"),
    },
    Mistake {
        name: "a wider source",
        case: ROUTER,
        right: "ip6 saddr fd00:1::1 ",
        wrong: "ip6 saddr fd00:1::/64 ",
        missing: None,
        surplus: Some("outside2 > servers v6 tcp 443,587"),
    },
    Mistake {
        name: "another transport",
        case: ROUTER,
        right: "daddr 10.2.0.1 tcp",
        wrong: "daddr 10.2.0.1 udp",
        missing: Some("outside > servers v4 tcp 443,587"),
        surplus: Some("outside > servers v4 udp 443,587"),
    },
    Mistake {
        name: "the wrong way",
        case: HOST,
        right: "ip saddr 10.1.0.1 ip daddr 10.2.0.1",
        wrong: "ip saddr 10.2.0.1 ip daddr 10.1.0.1",
        missing: Some("outside > servers v4 tcp 25"),
        surplus: None,
    },
    Mistake {
        name: "no neighbour discovery",
        case: HOST,
        right: "icmpv6 type",
        wrong: "# ",
        missing: Some("outside > servers v6 tcp 25"),
        surplus: None,
    },
];

/// What is missing stays so, however long one waits.
const BRIEFLY: Duration = Duration::from_secs(1);

/// Mistakes, and cases without rules.
pub fn trials() -> impl Iterator<Item = Trial> {
    let mistakes = MISTAKES.iter().map(|mistake| {
        Trial::test(format!("noticed: {}", mistake.name), || {
            is_noticed(mistake);
            Ok(())
        })
    });
    let cases = CASES.iter().map(|case| {
        Trial::test(format!("without rules all packets arrive: {}", case.name), || {
            all_arrive_without_rules(case);
            Ok(())
        })
    });
    mistakes.chain(cases)
}

fn is_noticed(mistake: &Mistake) {
    let packets = Packets::new(&mistake.case);
    let mut texts = NFTABLES.texts(&mistake.case, Rest::Drop);
    let rules = &mut texts[0].snippet.rules;
    assert!(rules.contains(mistake.right), "{rules}");
    *rules = rules.replace(mistake.right, mistake.wrong);
    let difference = compare(&packets, &NFTABLES, Rest::Drop, &texts, BRIEFLY);
    let missing = named(mistake.missing, &packets.allowed);
    assert!(difference.missing.is_superset(&missing), "{difference}");
    assert_eq!(difference.surplus, named(mistake.surplus, &packets.forbidden));
    assert!(!difference.is_none(), "nothing is noticed");
}

fn named<'a>(text: Option<&str>, probes: impl IntoIterator<Item = &'a Probe>) -> BTreeSet<Probe> {
    let allowance = text.map(Allowance::read);
    let is_named = |probe: &Probe| allowance.as_ref().is_some_and(|allowance| allowance.allows(*probe));
    probes.into_iter().copied().filter(is_named).collect()
}

/// So each forbidden packet comes as far as the firewall, and would be seen if it got through.
fn all_arrive_without_rules(case: &Case) {
    let packets = Packets::new(case);
    let difference = compare(&packets, &NFTABLES, Rest::Drop, &[], PATIENCE);
    assert!(difference.missing.is_empty(), "{difference}");
    let forbidden: BTreeSet<Probe> = packets.forbidden.into_iter().collect();
    assert!(!forbidden.is_empty() && difference.surplus == forbidden, "{difference}");
}
