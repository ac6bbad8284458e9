//! The bytes of files.

use exchange_ports::connections::decode;
use proptest::prelude::*;

fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    let mark = std::iter::once(0xFEFF);
    mark.chain(text.encode_utf16()).flat_map(bytes).collect()
}

proptest! {
    #[test]
    fn every_encoding_gives_the_text(text in "[^\u{feff}]*") {
        prop_assert_eq!(&decode(text.as_bytes()), &text);
        prop_assert_eq!(&decode(format!("\u{feff}{text}").as_bytes()), &text);
        prop_assert_eq!(&decode(&utf16(&text, u16::to_le_bytes)), &text);
        prop_assert_eq!(&decode(&utf16(&text, u16::to_be_bytes)), &text);
    }

    #[test]
    fn no_bytes_make_it_panic(bytes in any::<Vec<u8>>()) {
        decode(&bytes);
        decode(&[&[0xFF, 0xFE], &bytes[..]].concat());
    }
}

#[test]
fn what_is_no_text_becomes_the_replacement_character() {
    assert_eq!(decode(b"ABH\x99REN"), "ABH\u{fffd}REN");
    // Half a pair of surrogates, and half a letter.
    assert_eq!(decode(&[0xFF, 0xFE, 0x00, 0xD8, b'a']), "\u{fffd}\u{fffd}");
}
