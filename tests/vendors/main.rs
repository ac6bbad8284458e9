//! The vendors' own tools read what the platforms write. They need `make test-vendors`, which installs them.

mod ansible;
mod firewalld;
#[path = "../support/mod.rs"]
mod support;
mod tool;
