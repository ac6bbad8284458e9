//! What must hold for the catalogue as a whole: ids, references, and facts that belong together.

use std::collections::{HashMap, HashSet};
use std::hash::Hash;

use super::deployment;
use super::ports::Ports;
use super::problem::Problem;
use super::raw::{Catalogue, Dispute, Entry, Family, Flow, Reading};
use super::vocabulary::{Filtering, PortUse, State, Transport, Vocabulary, Zone};

/// All that is wrong, in the order of the files.
pub fn problems(catalogue: &Catalogue) -> Vec<Problem> {
    let mut checker = Checker {
        flow_ids: catalogue.flows.iter().map(|flow| flow.value.id.as_str()).collect(),
        source_ids: catalogue
            .sources
            .iter()
            .map(|source| source.value.id.as_str())
            .collect(),
        problems: Vec::new(),
    };
    checker.unique(&catalogue.flows, |flow| flow.id.clone());
    checker.unique(&catalogue.families, |family| family.id.clone());
    checker.unique(&catalogue.sources, |source| source.id.clone());
    checker.unique(&catalogue.deployments, |deployment| deployment.id.clone());
    checker.unique(&catalogue.procedures, |procedure| procedure.id.clone());
    checker.unique(&catalogue.errata, |erratum| erratum.number.to_string());
    for flow in &catalogue.flows {
        checker.flow(flow);
    }
    checker.families(catalogue);
    checker.values(catalogue);
    checker.sources(catalogue);
    checker.statements(catalogue);
    checker.errata(catalogue);
    checker.deployments(catalogue);
    checker.changes(catalogue);
    checker.problems
}

struct Checker<'a> {
    flow_ids: HashSet<&'a str>,
    source_ids: HashSet<&'a str>,
    problems: Vec<Problem>,
}

impl Checker<'_> {
    fn report<T>(&mut self, entry: &Entry<T>, reason: impl Into<String>) {
        self.problems.push(Problem {
            file: entry.file.clone(),
            entry: entry.label.clone(),
            reason: reason.into(),
        });
    }

    fn report_all<T>(&mut self, entry: &Entry<T>, reasons: Vec<String>) {
        for reason in reasons {
            self.report(entry, reason);
        }
    }

    fn unique<T>(&mut self, entries: &[Entry<T>], id: impl Fn(&T) -> String) {
        let mut seen = HashMap::new();
        for entry in entries {
            let id = id(&entry.value);
            if !is_slug(&id) {
                self.report(
                    entry,
                    "the id is not made of lower-case letters, digits and single dashes",
                );
            }
            if let Some(file) = seen.insert(id, &entry.file) {
                self.report(entry, format!("an entry of this name is already in data/{file}"));
            }
        }
    }

    fn flow(&mut self, entry: &Entry<Flow>) {
        let flow = &entry.value;
        let mut reasons = Vec::new();
        reasons.extend(texts(flow));
        reasons.extend(versions(flow));
        reasons.extend(ports(flow));
        reasons.extend(ends(flow));
        reasons.extend(other_names(&flow.aliases));
        reasons.extend(repeats(flow));
        reasons.extend(self.references(flow));
        reasons.extend(self.disputes(flow));
        self.report_all(entry, reasons);
    }

    fn references(&self, flow: &Flow) -> Vec<String> {
        let mut reasons = self.cited(&flow.sources);
        let chosen = flow.ports.iter().any(|ports| ports.usage == PortUse::Choice);
        match &flow.instead_of {
            Some(id) if id == &flow.id || !self.flow_ids.contains(id.as_str()) => {
                reasons.push(format!("instead_of names `{id}`, which is no other flow"));
            }
            None if chosen => reasons.push("a chosen port needs instead_of, the flow that it replaces".to_owned()),
            _ => {}
        }
        reasons
    }

    fn disputes(&self, flow: &Flow) -> Vec<String> {
        let mut reasons = Vec::new();
        for value in &flow.disputes {
            let uncited = value.readings.iter().flat_map(|reading| self.cited(&reading.sources));
            let wrong = dispute(value).into_iter().chain(uncited);
            reasons.extend(wrong.map(|reason| format!("the dispute on {}: {reason}", value.what)));
        }
        reasons
    }

    fn cited(&self, ids: &[String]) -> Vec<String> {
        if ids.is_empty() {
            return vec!["no source is named".to_owned()];
        }
        self.unknown(ids)
    }

    fn unknown(&self, ids: &[String]) -> Vec<String> {
        ids.iter()
            .filter(|id| !self.source_ids.contains(id.as_str()))
            .map(|id| format!("the source `{id}` is not in sources.toml"))
            .collect()
    }

    fn families(&mut self, catalogue: &Catalogue) {
        for family in &catalogue.families {
            let file = family.value.flows_file();
            if !catalogue.flows.iter().any(|flow| flow.file == file) {
                self.report(family, format!("there are no flows in {file}"));
            }
            self.report_all(family, other_names(&family.value.aliases));
        }
        for flow in &catalogue.flows {
            let in_its_file = |family: &Entry<Family>| family.value.flows_file() == flow.file;
            if !catalogue.families.iter().any(in_its_file) {
                self.report(flow, "its file is no family of families.toml");
            }
        }
    }

    fn values(&mut self, catalogue: &Catalogue) {
        for value in &catalogue.values {
            if value.value.index().is_none() {
                let (facet, slug) = (&value.value.facet, &value.value.slug);
                self.report(
                    value,
                    format!("`{slug}` is no {facet}; version, zone and role have words"),
                );
            }
            self.report_all(value, other_names(&value.value.words));
        }
    }

    fn sources(&mut self, catalogue: &Catalogue) {
        let cited: HashSet<&String> = catalogue
            .flows
            .iter()
            .flat_map(|flow| {
                let readings = flow.value.disputes.iter().flat_map(|dispute| &dispute.readings);
                flow.value
                    .sources
                    .iter()
                    .chain(readings.flat_map(|reading| &reading.sources))
            })
            .chain(catalogue.errata.iter().flat_map(|erratum| &erratum.value.sources))
            .chain(catalogue.caveats.iter().flat_map(|caveat| &caveat.value.sources))
            .chain(&catalogue.support.value.sources)
            .chain(
                catalogue
                    .deployments
                    .iter()
                    .flat_map(|deployment| &deployment.value.sources),
            )
            .collect();
        for source in &catalogue.sources {
            if !cited.contains(&source.value.id) {
                self.report(source, "no entry cites this source");
            }
        }
    }

    fn statements(&mut self, catalogue: &Catalogue) {
        self.report_all(&catalogue.support, self.cited(&catalogue.support.value.sources));
        for caveat in &catalogue.caveats {
            self.report_all(caveat, self.unknown(&caveat.value.sources));
        }
    }

    fn errata(&mut self, catalogue: &Catalogue) {
        for erratum in &catalogue.errata {
            self.report_all(erratum, self.cited(&erratum.value.sources));
            for id in &erratum.value.flows {
                if !self.flow_ids.contains(id.as_str()) {
                    self.report(erratum, format!("it speaks of `{id}`, which is no flow"));
                }
            }
        }
    }

    fn deployments(&mut self, catalogue: &Catalogue) {
        for entry in &catalogue.deployments {
            let deployment = &entry.value;
            self.report_all(entry, deployment::reasons(deployment, &catalogue.flows));
            self.report_all(entry, self.cited(&deployment.sources));
            for number in deployment.article.iter().flat_map(|article| &article.errata) {
                if !catalogue.errata.iter().any(|erratum| erratum.value.number == *number) {
                    self.report(entry, format!("it speaks of erratum {number}, which is none"));
                }
            }
        }
    }

    fn changes(&mut self, catalogue: &Catalogue) {
        if catalogue.changes.is_empty() {
            self.problems.push(Problem {
                file: "changes.toml".to_owned(),
                entry: String::new(),
                reason: "the change log is empty, so the catalogue has no date".to_owned(),
            });
        }
        for change in &catalogue.changes {
            if !is_date(&change.value.date) {
                let date = &change.value.date;
                self.report(change, format!("`{date}` is not a date of the form 2026-11-24"));
            }
        }
        for pair in catalogue.changes.windows(2) {
            let (above, below) = (&pair[0].value.date, &pair[1].value.date);
            if is_date(above) && is_date(below) && above < below {
                self.report(
                    &pair[0],
                    format!("{above} stands above {below}, but the newest date comes first"),
                );
            }
        }
    }
}

fn texts(flow: &Flow) -> Vec<String> {
    let needed = [
        ("service", &flow.service),
        ("purpose", &flow.purpose),
        ("configurable", &flow.configurable),
    ];
    let missing = needed.iter().filter(|(_, text)| text.trim().is_empty());
    missing.map(|(key, _)| format!("{key} is empty")).collect()
}

fn versions(flow: &Flow) -> Vec<String> {
    let mut reasons = Vec::new();
    if flow.documented.is_empty() && flow.inferred.is_empty() {
        reasons.push("no version is documented or inferred".to_owned());
    }
    if let Some(version) = flow.documented.iter().find(|version| flow.inferred.contains(version)) {
        reasons.push(format!("`{}` is both documented and inferred", version.slug()));
    }
    reasons
}

fn ports(flow: &Flow) -> Vec<String> {
    let mut reasons = Vec::new();
    let with_ports = flow
        .transports
        .iter()
        .any(|transport| matches!(transport, Transport::Tcp | Transport::Udp));
    if flow.transports.is_empty() {
        reasons.push("it has no transport".to_owned());
    }
    if with_ports == flow.ports.is_empty() {
        reasons.push("TCP and UDP need ports, other transports have none".to_owned());
    }
    if flow.transports.contains(&Transport::Any) && flow.transports.len() > 1 {
        reasons.push("`any` stands for every transport and cannot stand beside another".to_owned());
    }
    if !ascending(&flow.ports) {
        reasons.push("the ports overlap or are not in ascending order".to_owned());
    }
    reasons
}

fn ascending(ports: &[Ports]) -> bool {
    ports
        .windows(2)
        .all(|pair| pair[0].range.last() < pair[1].range.first())
}

fn ends(flow: &Flow) -> Vec<String> {
    let mut reasons = Vec::new();
    if flow.from.zones.is_empty() {
        reasons.push("from has no zone".to_owned());
    }
    if flow.to.zones.is_empty() && flow.state != State::NotUsed {
        reasons.push("to has no zone, which only a flow of the state `not-used` may have".to_owned());
    }
    let local = flow.to.zones.contains(&Zone::Local);
    if local != (flow.state == State::Local) || local != (flow.filtering == Filtering::Local) {
        reasons.push("state, filtering and the zone of the destination must be `local` together".to_owned());
    }
    reasons
}

/// Lists in which a value stands twice.
fn repeats(flow: &Flow) -> Vec<String> {
    let lists = [
        ("transports", repeated(&flow.transports)),
        ("documented", repeated(&flow.documented)),
        ("inferred", repeated(&flow.inferred)),
        ("from.zones", repeated(&flow.from.zones)),
        ("from.roles", repeated(&flow.from.roles)),
        ("to.zones", repeated(&flow.to.zones)),
        ("to.roles", repeated(&flow.to.roles)),
        ("block_from", repeated(&flow.block_from)),
        ("sources", repeated(&flow.sources)),
    ];
    let repeated = lists.iter().filter(|(_, repeated)| *repeated);
    repeated.map(|(key, _)| format!("{key} names a value twice")).collect()
}

/// Whether a value stands twice.
pub fn repeated<T: Eq + Hash>(values: &[T]) -> bool {
    values.iter().collect::<HashSet<_>>().len() < values.len()
}

fn dispute(dispute: &Dispute) -> Vec<String> {
    let mut reasons = Vec::new();
    if dispute.readings.len() < 2 {
        reasons.push("there are fewer than two readings".to_owned());
    }
    if dispute.readings.iter().filter(|reading| reading.rule).count() > 1 {
        reasons.push("more than one reading is for rules".to_owned());
    }
    reasons.extend(dispute.readings.iter().map(Reading::rule_ports).filter_map(Result::err));
    reasons
}

/// Names that the search could not find.
fn other_names(names: &[String]) -> Vec<String> {
    let is_word = |word: &str| word.contains(|letter: char| letter.is_ascii_alphanumeric());
    let is_plain = |name: &str| !name.contains(|letter: char| !letter.is_ascii() || letter.is_ascii_uppercase());
    let wrong = names
        .iter()
        .filter(|name| !is_plain(name) || !name.split(' ').all(is_word));
    wrong
        .map(|name| format!("`{name}` is not made of lower-case words with one space between them"))
        .collect()
}

fn is_slug(text: &str) -> bool {
    let letters = |part: &str| {
        !part.is_empty()
            && part
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
    };
    text.split('-').all(letters)
}

fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let digits = |part: &str, length: usize| part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit());
    match parts[..] {
        [year, month, day] => {
            let (month_ok, day_ok) = (("01"..="12").contains(&month), ("01"..="31").contains(&day));
            digits(year, 4) && digits(month, 2) && digits(day, 2) && month_ok && day_ok
        }
        _ => false,
    }
}
