//! What the page of the planner shows: the services of a version, what is found, and the plan if it is sound.

use std::num::NonZeroU16;

use super::check;
use super::finding::{Finding, Kind, Weight};
use super::plan::{Pin, Plan};
use super::proposal::proposal;
use crate::catalog::{
    DynamicRange, PortError, PortRange, Procedure, Set, Setting, Version, Vocabulary, Way, dynamic_ranges, procedures,
    setting,
};
use crate::link::State;

/// The planner for a state.
#[derive(Debug)]
pub struct Planner {
    /// The version that is planned for.
    pub version: Version,
    /// The services of that version, and those that are chosen although it lacks them, by machine.
    pub rows: Vec<Row>,
    /// What is found, gravest first.
    pub findings: Vec<Finding>,
    /// Why Exchange itself has nothing to pin in this version; domain controllers may have.
    pub nothing: Option<&'static Setting>,
    /// The readings of the dynamic range, for a drawing.
    pub dynamic_ranges: Vec<&'static DynamicRange>,
    /// The plan: only if something is chosen and nothing is wrong.
    pub plan: Option<Plan>,
}

/// A service that can be chosen, with its field.
#[derive(Debug)]
pub struct Row {
    /// The service.
    pub procedure: &'static Procedure,
    /// How its port is written.
    pub setting: &'static Setting,
    /// What stands in its field; `None` if it is not chosen.
    pub typed: Option<String>,
    /// The port to put into the field when it is chosen.
    pub proposed: NonZeroU16,
}

impl Planner {
    /// Reads a state: versions of the filter, ports of the plan, and port fields that hold no port.
    pub fn new(state: &State) -> Self {
        let view = &state.view;
        let chosen: Vec<&'static Procedure> = procedures()
            .iter()
            .filter(|known| typed(state, known).is_some())
            .collect();
        let version = version(view.filter.versions, &chosen);
        let pins: Vec<Pin> = view
            .plan
            .iter()
            .map(|(&procedure, &port)| Pin { procedure, port })
            .collect();
        let mut findings = fields(state, &chosen, version);
        if view.filter.versions.iter().count() > 1 {
            findings.push(Finding::about_all(Kind::OneVersion(version)));
        }
        let sound: Vec<Pin> = pins.iter().copied().filter(|pin| pin.is_of(version)).collect();
        findings.extend(check::findings(&sound, version));
        findings.sort_by_key(|finding| finding.kind.weight());
        let is_sound = findings.iter().all(|finding| finding.kind.weight() != Weight::Wrong);
        let nothing = procedures()
            .iter()
            .filter(|procedure| procedure.versions.contains(version));
        Self {
            version,
            rows: rows(state, version, &pins),
            findings,
            nothing: nothing.map(setting).find(|setting| setting.sets_nothing()),
            dynamic_ranges: dynamic_ranges()
                .iter()
                .filter(|range| range.versions.contains(version))
                .collect(),
            plan: (is_sound && !sound.is_empty()).then(|| Plan::new(version, sound, view)),
        }
    }

    /// What is found about one service.
    pub fn at<'a>(&'a self, procedure: &'a Procedure) -> impl Iterator<Item = &'a Finding> {
        self.findings
            .iter()
            .filter(move |finding| finding.at.contains(&procedure))
    }

    /// What is found about the plan as a whole.
    pub fn about_all(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(|finding| finding.at.is_empty())
    }
}

/// What stands in the field of a service; `None` if it is not chosen.
fn typed(state: &State, procedure: &Procedure) -> Option<String> {
    let draft = state.port_drafts.iter().find(|draft| draft.procedure == procedure);
    let planned = || {
        let mut plan = state.view.plan.iter();
        plan.find(|(known, _)| **known == procedure)
            .map(|(_, port)| port.to_string())
    };
    draft.map(|draft| draft.text.clone()).or_else(planned)
}

/// The one version to plan for: of those that are asked for, or of all, one that has every chosen service; the newest
/// that has anything to pin but domain controllers.
fn version(asked: Set<Version>, chosen: &[&'static Procedure]) -> Version {
    let asked: Vec<Version> = Version::ALL
        .iter()
        .copied()
        .filter(|&version| asked.allows(version))
        .collect();
    let has_all = |version: &Version| chosen.iter().all(|procedure| procedure.versions.contains(*version));
    let fitting: Vec<Version> = asked.iter().copied().filter(has_all).collect();
    let fitting = if fitting.is_empty() { asked } else { fitting };
    let has_services = |version: &&Version| **version <= Version::Exchange2010;
    let newest = fitting.iter().rev().find(has_services).or(fitting.last());
    newest.copied().unwrap_or(Version::Exchange2010)
}

fn rows(state: &State, version: Version, pins: &[Pin]) -> Vec<Row> {
    let row = |procedure: &'static Procedure| {
        let typed = typed(state, procedure);
        let setting = setting(procedure);
        let is_offered = procedure.versions.contains(version) && !setting.sets_nothing();
        (is_offered || typed.is_some()).then(|| Row {
            procedure,
            setting,
            typed,
            proposed: proposal(procedure, version, pins),
        })
    };
    let mut rows: Vec<Row> = procedures().iter().filter_map(row).collect();
    rows.sort_by_key(|row| row.setting.machine);
    rows
}

/// What is wrong with single fields.
fn fields(state: &State, chosen: &[&'static Procedure], version: Version) -> Vec<Finding> {
    let drafts = state.port_drafts.iter();
    let unread = drafts.map(|draft| Finding::at(draft.procedure, unread(&draft.text)));
    let misplaced = chosen.iter().filter_map(|&procedure| {
        let setting = setting(procedure);
        let kind = match setting.way {
            Way::Nothing => Kind::NothingToSet(setting.caution),
            _ if procedure.versions.contains(version) => return None,
            _ => Kind::NotInVersion(version),
        };
        Some(Finding::at(procedure, kind).citing(setting.sources))
    });
    unread.chain(misplaced).collect()
}

/// Why a text is no port.
fn unread(text: &str) -> Kind {
    let text = text.trim();
    match text.parse::<PortRange>() {
        _ if text.is_empty() => Kind::NoPort,
        Err(PortError::OutOfBounds) => Kind::OutOfBounds,
        _ => Kind::NotANumber,
    }
}
