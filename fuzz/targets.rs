//! What is done with every input; the tests do the same with those that were kept.

#[path = "../tests/support/parsers.rs"]
pub mod parsers;
