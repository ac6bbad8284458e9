//! The change plan: everything on paper, in Markdown, for people who approve, do and check it.

use super::file::{Encoding, File};
use super::finding::{Finding, Weight, sentence};
use super::on_machine::{OnMachine, written};
use super::plan::Plan;
use crate::catalog::{Cited, Desk, Vocabulary, date, setting};
use crate::firewall::platform::Script;

/// Writes the plan. `firewall` is a part in Markdown already.
pub fn write(plan: &Plan, findings: &[Finding], firewall: &str) -> File {
    let machines = plan.machines();
    let mut out = Script::new("- ");
    out.line(format_args!("# Static ports of Exchange {}", plan.version.title()));
    out.line("");
    out.line(format_args!(
        "exchange-ports, catalogue of {}, `{}`",
        date(),
        plan.permalink()
    ));
    ports(plan, &machines, &mut out);
    checked(findings, &mut out);
    steps(plan, &machines, &mut out);
    rules(plan, firewall, &mut out);
    check(&machines, &mut out);
    undo(&machines, &mut out);
    signatures(&machines, &mut out);
    sources(plan, findings, &mut out);
    File {
        name: format!("{}-change-plan.md", plan.file_stem()),
        text: out.into_text(),
        encoding: Encoding::Utf8,
    }
}

fn heading(text: &str, out: &mut Script) {
    out.line(format_args!("\n## {text}\n"));
}

/// Headings below another, each with what stands under it.
fn sections(sections: impl Iterator<Item = (String, Vec<String>)>, out: &mut Script) {
    let texts: Vec<String> = sections
        .map(|(heading, lines)| format!("### {heading}\n\n{}", lines.join("\n")))
        .collect();
    out.line(texts.join("\n\n"));
}

fn table(columns: &[&str], out: &mut Script) {
    out.line(format_args!("| {} |", columns.join(" | ")));
    out.line(format_args!("|{}", " --- |".repeat(columns.len())));
}

fn ports(plan: &Plan, machines: &[OnMachine], out: &mut Script) {
    heading("What is set", out);
    table(&["Service", "On", "Port", "Where", "As"], out);
    for machine in machines {
        for written in written(plan, machine.machine) {
            let (service, number, kind) = (written.setting().service, written.number(), written.kind());
            let place = written.place();
            out.line(format_args!(
                "| {service} | {} | {number} | `{place}` | {kind} |",
                machine.which
            ));
        }
    }
    let settings = plan.pins.iter().map(|pin| setting(pin.procedure));
    for setting in settings.filter(|setting| !setting.creates.is_empty()) {
        let (key, service) = (setting.creates, setting.service);
        out.line(format_args!(
            "\nThe key `{key}` for {service} may not exist yet; it is created."
        ));
    }
}

fn checked(findings: &[Finding], out: &mut Script) {
    heading("What was checked", out);
    for finding in findings {
        let sign = match finding.kind.weight() {
            Weight::Wrong => "Wrong",
            Weight::Disputed => "Look first",
            Weight::Caution => "Caution",
            Weight::Note => "Note",
            Weight::Fine => "Checked",
        };
        let services: Vec<&str> = finding.at.iter().map(|procedure| setting(procedure).service).collect();
        let about = if services.is_empty() {
            String::new()
        } else {
            format!(" {}.", services.join(", "))
        };
        let command = finding
            .command
            .map(|command| format!(" Run `{command}` on each server and look."));
        let (command, sources) = (command.unwrap_or_default(), cited(&finding.sources));
        out.note(format_args!("**{sign}.**{about} {}{command}{sources}", finding.kind));
    }
}

fn cited(sources: &[&Cited]) -> String {
    if sources.is_empty() {
        return String::new();
    }
    let ids: Vec<&str> = sources.iter().map(|source| source.id).collect();
    format!(" ({})", ids.join(", "))
}

fn steps(plan: &Plan, machines: &[OnMachine], out: &mut Script) {
    heading("What to do", out);
    let section = |machine: &OnMachine| {
        let steps = of_machine(machine);
        let steps = (1..).zip(steps).map(|(number, step)| format!("{number}. {step}"));
        let hosts = plan.hosts(machine.machine);
        let hosts = (!hosts.is_empty()).then(|| format!("\nThese are {}.", hosts.join(", ")));
        (format!("On {}", machine.which), steps.chain(hosts).collect())
    };
    sections(machines.iter().map(section), out);
}

/// What to do on a machine, step by step.
fn of_machine(machine: &OnMachine) -> Vec<String> {
    let mut steps = Vec::new();
    if let Some(change) = &machine.powershell {
        let name = &change.apply.name;
        steps.push(format!(
            "Run `{name}`. It saves what is there, sets the ports and restarts what can be restarted."
        ));
    }
    let instead = if machine.powershell.is_some() {
        "or, without PowerShell, "
    } else {
        ""
    };
    if let Some(change) = &machine.registry {
        let name = &change.apply.name;
        steps.push(format!(
            "{instead}export what is there as the head of `{name}` says, then merge that file."
        ));
    }
    let by_hand = machine.by_hand.iter().map(|step| tags_as_code(step));
    steps.extend(by_hand.map(|step| format!("{instead}{step}")));
    steps.push(machine.restart.clone());
    steps.iter().map(|step| sentence(step)).collect()
}

fn rules(plan: &Plan, firewall: &str, out: &mut Script) {
    heading("What the firewall opens", out);
    let openings = plan.openings();
    if openings.is_empty() {
        out.line("Nothing: no rule becomes narrower by this plan.");
    }
    for opening in openings {
        let ports: Vec<String> = opening.ports.iter().map(ToString::to_string).collect();
        let (from, to, transport) = (opening.from.title(), opening.to.title(), opening.transport.title());
        out.note(format_args!("{from} to {to}: {transport} {}", ports.join(", ")));
    }
    if !firewall.is_empty() {
        out.line(format_args!("\nAs a request:\n\n{}", firewall.trim_end()));
    }
}

fn check(machines: &[OnMachine], out: &mut Script) {
    heading("How to see that it works", out);
    let lines = |machine: &OnMachine, desk: Desk| {
        let commands = machine.commands.iter().filter(|command| command.desk == desk);
        let lines = commands.map(|command| format!("- {}: `{}` ({})", command.name, command.text, command.note));
        (
            format!("For {}, {}", machine.which, desk.title()),
            lines.collect::<Vec<_>>(),
        )
    };
    let all = machines
        .iter()
        .flat_map(|machine| Desk::ALL.iter().map(move |&desk| lines(machine, desk)));
    sections(all.filter(|(_, lines)| !lines.is_empty()), out);
}

fn undo(machines: &[OnMachine], out: &mut Script) {
    heading("How to go back", out);
    for machine in machines {
        if let Some(change) = &machine.powershell {
            let name = &change.undo.name;
            out.note(format_args!(
                "On {}: run `{name}`, which restores what was saved.",
                machine.which
            ));
        }
        if let Some(change) = &machine.registry {
            let name = &change.undo.name;
            out.note(format_args!(
                "On {}, after a registry file: merge `{name}`, then what was exported. {}",
                machine.which, machine.restart
            ));
        }
    }
    out.note("Take the rules of the firewall away again.");
}

fn signatures(machines: &[OnMachine], out: &mut Script) {
    heading("Done", out);
    table(&["Step", "By", "On"], out);
    let steps = machines
        .iter()
        .map(|machine| machine.which)
        .chain(["firewall", "checked"]);
    steps.for_each(|step| out.line(format_args!("| {step} | | |")));
}

fn sources(plan: &Plan, findings: &[Finding], out: &mut Script) {
    let of_pins = plan.pins.iter().flat_map(|pin| setting(pin.procedure).sources);
    let of_findings = findings.iter().flat_map(|finding| &finding.sources);
    let mut cited: Vec<&Cited> = of_pins.chain(of_findings).copied().collect();
    cited.sort_unstable_by_key(|source| source.id);
    cited.dedup();
    heading("Sources", out);
    for source in cited {
        out.note(format_args!("{}: {}", source.id, source.title));
    }
}

/// A step in which tags are code, and no markup.
fn tags_as_code(step: &str) -> String {
    step.replace('<', "`<").replace('>', ">`")
}
