//! The vendors' own tools read what the platforms write. They need `make test-vendors`, which installs them.

#[path = "../support/mod.rs"]
mod support;

mod ansible;
mod aws_cli;
mod azure_cli;
mod cfn_lint;
mod cisco_acl;
mod firewalld;
mod fwshift;
mod hcl;
mod tool;
