//! The vendors' own tools read what the platforms write. They need `make test-vendors`, which installs them.

#[path = "../support/mod.rs"]
mod support;

mod fwshift;
mod cisco_acl;
mod azure_cli;
mod hcl;
mod tool;
