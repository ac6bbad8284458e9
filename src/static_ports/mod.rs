//! The planner for static ports: from a state to checked pins, and from sound pins to files.
//!
//! [`Planner::new`] reads what is typed and says everything that is to be said about it. Only if nothing is wrong there
//! is a [`Plan`], and only a plan writes files: registry files, scripts, commands, the change plan. The firewall rules
//! come from the policy, as for any flows: [`Plan::rules_view`] is the view that asks for them.

mod change_plan;
mod check;
mod command;
mod file;
mod finding;
mod on_machine;
mod plan;
mod planner;
mod powershell;
mod proposal;
mod registry_file;

pub use command::CommandLine;
pub use file::{Encoding, File};
pub use finding::{Finding, Kind, Reading, Weight};
pub use on_machine::{Change, OnMachine};
pub use plan::{Opening, Pin, Plan};
pub use planner::{Planner, Row};
