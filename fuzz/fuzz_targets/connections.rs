#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| exchange_ports_fuzz::parsers::connections(bytes));
