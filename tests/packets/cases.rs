//! Selections, and by hand what each of them allows. Everything else is forbidden.

use exchange_ports::catalog::PortRange;
use exchange_ports::firewall::Policy;

/// A selection, and the traffic that it allows.
pub struct Case {
    /// What is told in a list of tests.
    pub name: &'static str,
    /// The address of the page, without platform and what becomes of the rest.
    pub address: &'static str,
    /// In the words of [`super::allowance`].
    pub allowed: &'static [&'static str],
    /// Changes its policy, for what no selection asks for.
    pub edit: fn(&mut Policy),
}

impl Case {
    /// Whether it is about nothing but echo requests.
    pub fn is_icmp(&self) -> bool {
        self.allowed.iter().all(|allowed| allowed.ends_with(" icmp"))
    }
}

/// A case that is what its selection asks for.
pub const fn case(name: &'static str, address: &'static str, allowed: &'static [&'static str]) -> Case {
    Case {
        name,
        address,
        allowed,
        edit: |_| {},
    }
}

/// Every case.
pub const CASES: [Case; 18] = [
    case(
        "the internet is every source",
        "#/?version=2019&from=internet&to=server-lan&addr.server-lan=10.2.0.1,fd00:2::1",
        &["outside,outside2,third,third2 > servers tcp 25,80,110,143,443,587,993,995"],
    ),
    case(
        "a network of two addresses ends between them and the next",
        "#/?version=2016&from=cloud&to=server-lan&addr.cloud=10.1.0.0-10.1.0.1,fd00:1::/127\
         &addr.server-lan=10.2.0.1,fd00:2::1",
        &["outside > servers tcp 25,443"],
    ),
    case(
        "several hosts at both ends",
        "#/?version=2019&flow=client-imap4s,client-smtp-submission&from=client-lan\
         &addr.client-lan=10.1.0.2,10.3.0.1,fd00:1::2,fd00:3::1&addr.server-lan=10.2.0.1,10.2.0.2,fd00:2::1,fd00:2::2",
        &["outside2,third > servers,servers2 tcp 587,993"],
    ),
    case(
        "a range of dynamic ports",
        "#/?version=2010&flow=mapi2010-epm,mapi2010-rca-dynamic&addr.client-lan=10.1.0.1,fd00:1::1\
         &addr.server-lan=10.2.0.1,fd00:2::1",
        // Not to 59530: sources disagree, and rules take the reading that keeps things working.
        &["outside > servers tcp 135,6005-65534"],
    ),
    case(
        "a pinned port in place of a range",
        "#/?version=2010&flow=mapi2010-epm,mapi2010-rca-dynamic,mapi2010-rca-static\
         &addr.client-lan=10.1.0.1,fd00:1::1&addr.server-lan=10.2.0.1,fd00:2::1&pin.mapi2010-rca-static=59540",
        &["outside > servers tcp 135,59540"],
    ),
    case(
        "calls over udp",
        "#/?version=2016&from=telephony&addr.telephony=10.3.0.1,fd00:3::1&addr.server-lan=10.2.0.1,fd00:2::1",
        &[
            "third > servers tcp 5060-5063,5065-5068",
            "third > servers udp 1024-65535",
        ],
    ),
    case(
        "ipv6 alone",
        "#/?version=se&flow=web-owa-https,client-smtp-submission&from=client-lan\
         &addr.client-lan=fd00:1::1&addr.server-lan=fd00:2::1",
        &["outside > servers v6 tcp 443,587"],
    ),
    case(
        "families that only one end has",
        "#/?version=se&flow=web-owa-https&from=client-lan&addr.client-lan=10.1.0.1,10.1.0.2,fd00:1::1\
         &addr.server-lan=10.2.0.1",
        &["outside,outside2 > servers v4 tcp 443"],
    ),
    case(
        "echo requests",
        "#/?flow=cluster-icmp&to=directory&internal=ports&addr.server-lan=10.2.0.1,fd00:2::1\
         &addr.directory=10.3.0.1,fd00:3::1",
        &["servers > third icmp"],
    ),
    case(
        "ipsec",
        "#/?version=2003&flow=fe-be-ipsec&addr.perimeter=10.1.0.1,fd00:1::1&addr.server-lan=10.2.0.1,fd00:2::1",
        &[
            "outside > servers udp 500,4500",
            "outside > servers esp",
            // It has no ports: to a kernel that knows connections, what comes back is the answer.
            "servers > outside esp",
        ],
    ),
    case(
        "more than fifteen ports",
        "#/?from=client-lan&to=server-lan&transport=tcp&state=optional&addr.client-lan=10.1.0.1,fd00:1::1\
         &addr.server-lan=10.2.0.1,fd00:2::1",
        &["outside > servers tcp 25,80,110,119,143,389-390,563,636,993,995,1503,1720,1731,6667,7000"],
    ),
    Case {
        edit: give_many_ports,
        ..case(
            "one rule of more than fifteen ports",
            "#/?flow=web-owa-https&from=client-lan&addr.client-lan=10.1.0.1,fd00:1::1\
             &addr.server-lan=10.2.0.1,fd00:2::1",
            &["outside > servers tcp 1000-1001,1010-1011,1020-1021,1030-1031,1040-1041,1050-1051,1060-1061,1070-1071"],
        )
    },
    case(
        "any protocol between servers and domain controllers",
        "#/?version=2019&from=server-lan&to=directory&internal=any&addr.server-lan=10.2.0.1,fd00:2::1\
         &addr.directory=10.3.0.1,fd00:3::1",
        &["servers > third any", "third > servers any"],
    ),
    case(
        "three zones",
        "#/?version=2019&flow=edge-in,edge-out,edge-to-org,org-to-edge,edgesync&addr.internet=10.1.0.1,fd00:1::1\
         &addr.perimeter=10.3.0.1,fd00:3::1&addr.server-lan=10.2.0.1,fd00:2::1",
        &[
            "outside > third tcp 25",
            "third > outside tcp 25",
            "third > servers tcp 25",
            "servers > third tcp 25,50636",
        ],
    ),
    case(
        "rules for each flow that log",
        "#/?version=2003&from=perimeter&to=directory&required=1&rules=flow&log=1&name=corp\
         &addr.perimeter=10.1.0.1,fd00:1::1&addr.directory=10.3.0.1,fd00:3::1",
        &[
            "outside > third tcp 53,88,135,389,445,1025-5000,3268",
            "outside > third udp 53,88,389",
        ],
    ),
    case(
        "a host that is called",
        "#/?version=2019&from=internet&to=server-lan&placement=host&addr.internet=10.1.0.1,fd00:1::1",
        &["outside > servers,servers2 tcp 25,80,110,143,443,587,993,995"],
    ),
    case(
        "a host that calls and is called",
        "#/?version=se&flow=dmz-relay-in,dmz-relay-out,dns-exchange,ad-ntp&internal=ports&placement=host&at=server-lan\
         &addr.perimeter=10.1.0.1,fd00:1::1&addr.server-lan=10.2.0.1,fd00:2::1&addr.directory=10.3.0.1,fd00:3::1",
        &[
            "outside > servers tcp 25",
            "servers > outside tcp 25",
            "servers > third tcp 53",
            "servers > third udp 53,123",
        ],
    ),
    case(
        "hosts of one zone",
        "#/?version=2016&flow=dag-replication,cluster-3343-udp&internal=ports&to=server-lan&placement=host\
         &at=server-lan&addr.server-lan=10.2.0.1,10.3.0.1,fd00:2::1,fd00:3::1",
        &[
            "servers > third tcp 64327",
            "servers > third udp 3343",
            "third > servers tcp 64327",
            "third > servers udp 3343",
        ],
    ),
];

/// The most slots of a list that iptables and ufw hold are fifteen, and a range takes two.
fn give_many_ports(policy: &mut Policy) {
    let range = |number: u16| PortRange::new(1000 + 10 * number, 1001 + 10 * number);
    for rule in &mut policy.rules {
        rule.ports = (0..8).filter_map(range).collect();
    }
}
