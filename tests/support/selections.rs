//! Selections that tell something, and addresses for them: what real tools read.

/// Addresses for most zones, of both families.
pub const ADDRESSES: &str = "addr.perimeter=192.0.2.25&addr.client-lan=10.1.0.0/16,2001:db8:1::/48\
    &addr.server-lan=10.0.0.10,10.0.0.11,2001:db8::10&addr.directory=10.0.2.0/24&addr.management=10.9.0.0/24\
    &addr.telephony=10.8.0.1-10.8.0.30&addr.cloud=198.51.100.0/24&addr.third-site=10.3.0.1";

/// Selections, each for the addresses above.
pub const SELECTIONS: [&str; 16] = [
    "",
    "version=2019&from=internet&to=perimeter,server-lan",
    "version=2003&from=internet&to=perimeter,server-lan",
    "version=2003&from=perimeter&to=directory",
    "version=2010&from=client-lan&to=server-lan&pin.mapi2010-rca-static=59532&pin.mapi2010-ab-static=59533",
    "version=2016&from=telephony",
    "version=2019&internal=any",
    "version=2019&internal=ports&rest=drop",
    "version=2000,2003&zone=directory&internal=ports",
    "placement=host&at=server-lan&version=se",
    "placement=host&at=server-lan&version=se&rest=drop&internal=any",
    "placement=host&at=edge-transport&log=1&name=corp",
    "version=2003&flow=fe-be-ipsec&rest=drop",
    "flow=cluster-icmp&internal=ports&to=directory",
    "rules=flow&log=1&required=1",
    "q=smtp&name=ip&addr.internet=203.0.113.0/24,2001:db8:ffff::/48",
];
