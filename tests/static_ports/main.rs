//! The planner for static ports, from the address to files and rules.

#[path = "../support/mod.rs"]
mod support;

mod findings;
mod hive;
mod plans;
mod powershell;
mod registry;
mod rules;
mod worked_example;
