//! Commands that show whether a service uses its static port.

use super::on_machine::Written;
use super::plan::{Pin, Plan};
use crate::catalog::{Command, Desk, Machine, Transport, Version, commands, setting};

/// A command to type, and how to read what it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommandLine {
    /// Where it is typed.
    pub desk: Desk,
    /// What it shows.
    pub name: &'static str,
    /// The command.
    pub text: String,
    /// How to read what it says.
    pub note: &'static str,
}

/// The commands for one kind of machine.
pub fn lines(plan: &Plan, machine: Machine, written: &[Written]) -> Vec<CommandLine> {
    let hosts = plan.hosts(machine);
    let hosts = if hosts.is_empty() {
        vec!["SERVER".to_owned()]
    } else {
        hosts
    };
    let known = commands()
        .iter()
        .filter(|command| command.versions.contains(plan.version));
    let mut lines: Vec<CommandLine> = known
        .flat_map(|command| of_command(command, &hosts, &tcp_ports(plan, machine)))
        .collect();
    // reg came with Windows XP and Server 2003.
    if plan.version >= Version::Exchange2003 && machine != Machine::Outlook {
        lines.extend(hosts.iter().flat_map(|host| stored(host, written)));
    }
    lines
}

fn of_command(command: &'static Command, hosts: &[String], ports: &[u16]) -> Vec<CommandLine> {
    let line = |text: String| CommandLine {
        desk: command.desk,
        name: command.name,
        text,
        note: command.note,
    };
    let hosts = hosts.iter().filter(|_| command.text.contains("SERVER"));
    let mut texts: Vec<String> = hosts.map(|host| command.text.replace("SERVER", host)).collect();
    if texts.is_empty() {
        texts.push(command.text.to_owned());
    }
    if command.text.contains("PORT") {
        let with_ports = |text: &String| {
            ports
                .iter()
                .map(|port| text.replace("PORT", &port.to_string()))
                .collect()
        };
        texts = texts.iter().flat_map::<Vec<String>, _>(with_ports).collect();
    }
    texts.into_iter().map(line).collect()
}

/// What each machine has stored: the same on all of them.
fn stored(host: &str, written: &[Written]) -> Vec<CommandLine> {
    let values = written.iter().filter_map(|written| match written {
        Written::Value { value, .. } => Some(value),
        Written::File { .. } => None,
    });
    let line = |(key, name)| CommandLine {
        desk: Desk::Client,
        name: "stored value",
        text: format!(r#"reg query "\\{host}\{key}" /v "{name}""#),
        note: "must say the same for every machine of this kind",
    };
    values.map(|value| line((value.key, value.name))).collect()
}

fn tcp_ports(plan: &Plan, machine: Machine) -> Vec<u16> {
    let is_udp = |pin: &&Pin| {
        let mut flows = setting(pin.procedure).flows.iter();
        flows.any(|flow| flow.transports.contains(Transport::Udp) && !flow.transports.contains(Transport::Tcp))
    };
    let pins = plan.pins.iter().filter(|pin| setting(pin.procedure).machine == machine);
    pins.filter(|pin| !is_udp(pin)).map(|pin| pin.port.get()).collect()
}
