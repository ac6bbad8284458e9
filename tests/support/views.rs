//! Arbitrary views: everything that a link can carry.

use std::collections::BTreeSet;
use std::net::IpAddr;
use std::num::NonZeroU16;

use exchange_ports::catalog::{
    Flow, FlowSet, PortRange, Set, Version, Vocabulary, Zone, deployments, flows, procedures,
};
use exchange_ports::firewall::platform::PLATFORMS;
use exchange_ports::firewall::{
    AddressList, Addresses, Grouping, Internal, Label, Network, Options, Place, Placement, Prefix, Rest,
};
use exchange_ports::link::{Page, View};
use exchange_ports::query::Filter;
use litemap::LiteMap;
use proptest::collection::{btree_map, btree_set, vec};
use proptest::option::weighted;
use proptest::prelude::*;
use proptest::sample::select;

/// Any view.
pub fn view() -> impl Strategy<Value = View> {
    (page(), filter(), options(), plan()).prop_map(|(page, filter, options, plan)| View {
        page,
        filter,
        options,
        plan,
    })
}

/// A view that writes rules: few facets, an address for every zone, any choices.
pub fn selection() -> impl Strategy<Value = View> {
    let facets = (set(), weighted(0.3, value::<Zone>()), weighted(0.3, value::<Zone>()));
    let zones = vec(addresses(), Zone::ALL.len());
    let at = value::<Zone>();
    (facets, zones, at, options()).prop_map(|((versions, from, to), zones, at, mut options)| {
        options.ticked.clear();
        options.at = options.at.or(Some(Place::Zone(at)));
        let places = Zone::ALL.iter().copied().map(Place::Zone);
        options.addresses.extend(places.zip(zones));
        let filter = Filter {
            versions,
            from: from.into_iter().collect(),
            to: to.into_iter().collect(),
            ..Filter::default()
        };
        View {
            filter,
            options,
            ..View::default()
        }
    })
}

fn page() -> impl Strategy<Value = Page> {
    prop_oneof![
        4 => Just(Page::List),
        1 => flow().prop_map(Page::Flow),
        1 => port().prop_map(Page::Port),
        1 => Just(Page::Deployments),
        1 => select(deployments().iter().collect::<Vec<_>>()).prop_map(Page::Deployment),
        1 => Just(Page::StaticPorts),
        1 => Just(Page::Connections),
        1 => (weighted(0.5, value::<Version>()), weighted(0.5, value::<Version>()))
            .prop_map(|(old, new)| Page::Compare { old, new }),
        1 => Just(Page::About),
        1 => Just(Page::Embed),
    ]
}

/// Any filter.
pub fn filter() -> impl Strategy<Value = Filter> {
    let zones = (set(), set(), set());
    (words(), set(), set(), zones, set(), set(), set(), ports()).prop_map(
        |(words, versions, roles, (zones, from, to), transports, encryptions, states, ports)| Filter {
            words,
            versions,
            roles,
            zones,
            from,
            to,
            transports,
            encryptions,
            states,
            ports,
        },
    )
}

fn words() -> impl Strategy<Value = String> {
    prop_oneof![
        2 => Just(String::new()),
        1 => "[a-z0-9 +%&=#,/äß→'\"-]{0,30}",
        1 => "\\PC{0,20}",
    ]
    .prop_map(|words| words.trim().to_owned())
}

/// Any options, the rare ones rarely.
pub fn options() -> impl Strategy<Value = Options> {
    let choices = (
        weighted(0.5, select(PLATFORMS.to_vec())),
        select(Placement::ALL),
        weighted(0.2, place()),
        select(Internal::ALL),
        select(Rest::ALL),
        select(Grouping::ALL),
    );
    let texts = (
        map(place(), addresses(), 0..5),
        map(value::<Zone>(), label(), 0..2),
        pins(),
        prop_oneof![2 => Just(Prefix::default()), 1 => prefix()],
    );
    (ticked(), choices, any::<bool>(), texts, any::<bool>()).prop_map(
        |(
            ticked,
            (platform, placement, at, internal, rest, grouping),
            required_only,
            (addresses, labels, pins, prefix),
            log,
        )| Options {
            ticked,
            platform,
            placement,
            at,
            internal,
            rest,
            grouping,
            required_only,
            addresses,
            labels,
            pins,
            prefix,
            log,
        },
    )
}

fn ticked() -> impl Strategy<Value = FlowSet> {
    prop_oneof![2 => Just(FlowSet::default()), 1 => vec(flow(), 0..6).prop_map(|flows| flows.into_iter().collect())]
}

fn pins() -> impl Strategy<Value = LiteMap<&'static Flow, Vec<NonZeroU16>>> {
    let pinnable: Vec<&'static Flow> = flows().iter().filter(|flow| flow.pinnable).collect();
    let pin = select(pinnable).prop_flat_map(|flow| {
        let most = if flow.instead_of.is_some() { 1 } else { 3 };
        (Just(flow), btree_set(port(), 1..=most))
    });
    vec(pin, 0..3).prop_map(|pins| {
        pins.into_iter()
            .map(|(flow, ports)| (flow, ports.into_iter().collect()))
            .collect()
    })
}

fn plan() -> impl Strategy<Value = LiteMap<&'static exchange_ports::catalog::Procedure, NonZeroU16>> {
    map(select(procedures().iter().collect::<Vec<_>>()), port(), 0..2)
}

/// Any addresses, as a person could type them.
pub fn addresses() -> impl Strategy<Value = Addresses> {
    prop_oneof![
        1 => Just(Addresses::Any),
        5 => vec(network(), 1..6).prop_map(|networks| {
            let text = networks.iter().map(ToString::to_string).collect::<Vec<_>>().join(",");
            AddressList::read(&text).addresses.expect("networks are addresses")
        }),
    ]
}

/// Any network of either family.
pub fn network() -> impl Strategy<Value = Network> {
    let v4 = (any::<[u8; 4]>(), 0..=32u8).prop_map(|(octets, prefix)| (IpAddr::from(octets), prefix));
    // Mapped IPv4 addresses are refused at the door, so none is made.
    let v6 = (any::<[u16; 8]>(), 0..=128u8).prop_map(|(mut groups, prefix)| {
        groups[0] |= 0x2000;
        (IpAddr::from(groups), prefix)
    });
    prop_oneof![v4, v6].prop_map(|(address, prefix)| Network::new(address, prefix).expect("the prefix fits"))
}

fn place() -> impl Strategy<Value = Place> {
    prop_oneof![2 => value().prop_map(Place::Zone), 1 => value().prop_map(Place::Role)]
}

fn label() -> impl Strategy<Value = Label> {
    "[A-Za-z0-9][A-Za-z0-9_.-]{0,30}".prop_map(|text| Label::new(&text).expect("the text has the form of a label"))
}

fn prefix() -> impl Strategy<Value = Prefix> {
    "[A-Za-z][A-Za-z0-9-]{0,11}".prop_map(|text| Prefix::new(&text).expect("the text has the form of a prefix"))
}

fn ports() -> impl Strategy<Value = Vec<PortRange>> {
    let range = (1..=u16::MAX, 1..=u16::MAX).prop_filter_map("in order", |(first, last)| PortRange::new(first, last));
    prop_oneof![2 => Just(BTreeSet::new()), 1 => btree_set(range, 0..4)].prop_map(|ports| ports.into_iter().collect())
}

fn port() -> impl Strategy<Value = NonZeroU16> {
    any::<NonZeroU16>()
}

fn flow() -> impl Strategy<Value = &'static Flow> {
    select(flows().iter().collect::<Vec<_>>())
}

fn value<T: Vocabulary + std::fmt::Debug>() -> impl Strategy<Value = T> {
    select(T::ALL)
}

/// Mostly no value, sometimes one or a few.
fn set<T: Vocabulary + std::fmt::Debug>() -> impl Strategy<Value = Set<T>> {
    prop_oneof![
        3 => Just(Set::EMPTY),
        2 => vec(value::<T>(), 1..4).prop_map(|values| values.into_iter().collect()),
    ]
}

fn map<K: Ord + std::fmt::Debug, V: std::fmt::Debug>(
    keys: impl Strategy<Value = K>,
    values: impl Strategy<Value = V>,
    size: std::ops::Range<usize>,
) -> impl Strategy<Value = LiteMap<K, V>> {
    btree_map(keys, values, size).prop_map(|map| map.into_iter().collect())
}
