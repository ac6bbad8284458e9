//! Addresses of hosts and networks: what is accepted, how it is read, and what is refused with which words.

mod support;

use exchange_ports::firewall::{AddressError, AddressList, AddressRemark, Addresses, Network};
use proptest::prelude::*;
use support::views;

fn read(text: &str) -> String {
    let list = AddressList::read(text);
    assert_eq!(list.remarks, [], "{text}");
    list.addresses
        .map(|addresses| addresses.to_string())
        .unwrap_or_default()
}

fn refused(text: &str) -> AddressError {
    let list = AddressList::read(text);
    assert_eq!(list.addresses, None, "{text}");
    match &list.remarks[..] {
        [AddressRemark::Refused(told, error)] if told == text => *error,
        other => panic!("{text}: {other:?}"),
    }
}

proptest! {
    #[test]
    fn printed_addresses_are_read_as_the_same(addresses in views::addresses()) {
        prop_assert_eq!(AddressList::read(&addresses.to_string()).addresses, Some(addresses));
    }

    #[test]
    fn no_text_makes_it_panic(text in any::<String>()) {
        AddressList::read(&text);
    }

    #[test]
    fn a_range_is_exactly_its_addresses(first in any::<u32>(), width in 0..5000u32, probe in any::<u32>()) {
        let last = first.saturating_add(width);
        let text = format!("{}-{}", std::net::Ipv4Addr::from(first), std::net::Ipv4Addr::from(last));
        let list = AddressList::read(&text);
        let Some(Addresses::Only(networks)) = list.addresses else { panic!("{text}") };
        for address in [first, last, first.wrapping_sub(1), last.wrapping_add(1), probe] {
            let host = Network::host(std::net::Ipv4Addr::from(address).into());
            let inside = networks.iter().any(|network| network.contains(host));
            prop_assert_eq!(inside, (first..=last).contains(&address));
        }
    }
}

#[test]
fn hosts_networks_and_ranges_of_both_families_are_read() {
    assert_eq!(read("10.0.0.10"), "10.0.0.10");
    assert_eq!(read("2001:DB8:0::1, 10.0.0.0/8"), "10.0.0.0/8,2001:db8::1");
    assert_eq!(read("10.0.0.0-10.0.0.255"), "10.0.0.0/24");
    assert_eq!(read("2001:db8::-2001:db8::ffff"), "2001:db8::/112");
    assert_eq!(read("0.0.0.0-255.255.255.255"), "0.0.0.0/0");
    assert_eq!(read("::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"), "::/0");
    assert_eq!(read("ANY"), "any");
    assert_eq!(read("10.0.0.1\n10.0.0.1  10.0.0.2,"), "10.0.0.1,10.0.0.2");
    assert_eq!(read(" , "), "");
}

#[test]
fn any_beside_what_cannot_be_read_is_refused_too() {
    let list = AddressList::read("10.0.0.10 permit ip any any");
    assert_eq!(
        list.addresses.map(|read| read.to_string()),
        Some("10.0.0.10".to_owned())
    );
    assert!(
        list.remarks
            .iter()
            .any(|remark| remark.to_string().starts_with("“any”")),
        "{:?}",
        list.remarks
    );
    assert_eq!(AddressList::read("any, mail.example.com").addresses, None);
}

#[test]
fn any_absorbs_what_stands_beside_it() {
    assert_eq!(read("10.0.0.1,any"), "any");
}

#[test]
fn what_is_no_address_is_refused_with_its_reason() {
    let cases = [
        ("mail.example.com", AddressError::NotAnAddress),
        ("10.0.0", AddressError::NotAnAddress),
        ("10.0.0.256", AddressError::NotAnAddress),
        ("010.0.0.1", AddressError::NotAnAddress),
        ("10.0.0.1:25", AddressError::NotAnAddress),
        ("[2001:db8::1]", AddressError::NotAnAddress),
        ("10.0.0.1/", AddressError::Prefix),
        ("10.0.0.1/33", AddressError::Prefix),
        ("10.0.0.1/+8", AddressError::Prefix),
        ("10.0.0.0/255.0.0.0", AddressError::Prefix),
        ("2001:db8::/129", AddressError::Prefix),
        ("10.0.0.1-2001:db8::1", AddressError::MixedRange),
        ("10.0.0.9-10.0.0.1", AddressError::ReversedRange),
        ("fe80::1%eth0", AddressError::ZoneId),
        ("::ffff:10.0.0.1", AddressError::Mapped),
        ("::ffff:10.0.0.0/104", AddressError::Mapped),
    ];
    for (text, error) in cases {
        assert_eq!(refused(text), error, "{text}");
    }
}

#[test]
fn one_bad_item_leaves_the_others() {
    let list = AddressList::read("10.0.0.1, nonsense, 10.0.0.2");
    assert_eq!(
        list.addresses.map(|addresses| addresses.to_string()).as_deref(),
        Some("10.0.0.1,10.0.0.2")
    );
    assert_eq!(list.remarks.len(), 1);
    assert!(list.remarks[0].to_string().contains("“nonsense” is not an IP address"));
}

#[test]
fn a_message_shows_only_the_beginning_and_no_control_letters() {
    let list = AddressList::read(&format!("x\u{1}{}", "y".repeat(500)));
    let message = list.remarks[0].to_string();
    assert!(message.len() < 200 && !message.contains('\u{1}'), "{message}");
}
