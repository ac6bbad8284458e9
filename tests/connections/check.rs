//! How tests check a table.

use std::num::NonZeroU16;
use std::rc::Rc;

use exchange_ports::catalog::{Procedure, Role, Version, procedures};
use exchange_ports::connections::{Checking, Finding, Machine, Report};
use exchange_ports::firewall::{AddressList, Addresses, Place};
use litemap::LiteMap;

use super::table;

/// What a table is checked for.
#[derive(Clone)]
pub struct Question {
    pub machine: Machine,
    pub addresses: LiteMap<Place, Addresses>,
    pub plan: LiteMap<&'static Procedure, NonZeroU16>,
}

impl Question {
    pub fn new(version: Version, roles: &[Role]) -> Self {
        Self {
            machine: Machine {
                version,
                roles: roles.iter().copied().collect(),
            },
            addresses: LiteMap::new(),
            plan: LiteMap::new(),
        }
    }

    pub fn at(mut self, place: Place, addresses: &str) -> Self {
        let list = AddressList::read(addresses);
        self.addresses
            .insert(place, list.addresses.expect("the test gives addresses"));
        self
    }

    pub fn pin(mut self, id: &str, port: u16) -> Self {
        let procedure = procedures().iter().find(|procedure| procedure.id == id);
        let port = NonZeroU16::new(port).expect("the test gives a port");
        self.plan.insert(procedure.expect("the test names a procedure"), port);
        self
    }

    pub fn ask(&self, text: &str) -> Report {
        self.ask_in_steps(text, usize::MAX)
    }

    pub fn ask_in_steps(&self, text: &str, rows: usize) -> Report {
        let mut checking = Checking::new(Rc::new(table(text)), self.machine, &self.addresses, &self.plan);
        while checking.step(rows) {}
        checking.finish()
    }
}

/// The findings as a text that people can review.
pub fn told(report: &Report) -> String {
    let findings: Vec<String> = report.findings.iter().map(finding).collect();
    format!("{}\n\n{}", report.headline(), findings.join("\n"))
}

fn finding(finding: &Finding) -> String {
    let flows: Vec<&str> = finding.flows.iter().map(|flow| flow.id).collect();
    let lines: Vec<String> = finding.lines.iter().map(ToString::to_string).collect();
    format!(
        "{}: {}\n    {}\n    flows: {}\n    lines: {}\n",
        finding.severity.title(),
        finding.title(),
        finding.text(),
        flows.join(" "),
        lines.join(" ")
    )
}
