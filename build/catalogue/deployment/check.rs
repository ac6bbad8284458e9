//! What must hold for a deployment: its drawing, its links, and what they say of flows.

use super::raw::{Deployment, Element, Link};
use crate::catalogue::check::repeated;
use crate::catalogue::raw::{Entry, Flow};
use crate::catalogue::vocabulary::{Direction, State, Vocabulary, Zone};

/// All that is wrong with a deployment by itself and with what it says of flows.
pub fn reasons(deployment: &Deployment, flows: &[Entry<Flow>]) -> Vec<String> {
    let mut reasons = texts(deployment);
    reasons.extend(versions(deployment));
    reasons.extend(zones(deployment));
    reasons.extend(drawing(deployment));
    for link in &deployment.links {
        let mut told = ends(deployment, link);
        if told.is_empty() {
            told = link_flows(deployment, link, flows);
        }
        let (from, to) = (link.from.slug(), link.to.slug());
        let told = told.into_iter();
        reasons.extend(told.map(|reason| format!("the link from {from} to {to}: {reason}")));
    }
    for version in &deployment.versions {
        let has = |flow: &Flow| flow.documented.contains(version) || flow.inferred.contains(version);
        let ids = deployment.links.iter().flat_map(|link| &link.flows);
        if !ids.filter_map(|id| find(flows, id)).any(has) {
            reasons.push(format!("no link has a flow of version {}", version.slug()));
        }
    }
    reasons
}

fn texts(deployment: &Deployment) -> Vec<String> {
    let mut needed = vec![("title", &deployment.title), ("supported", &deployment.supported)];
    needed.extend(deployment.zones.iter().map(|placed| ("a label", &placed.label)));
    if let Some(article) = &deployment.article {
        needed.extend([("article.says", &article.says), ("article.today", &article.today)]);
    }
    let missing = needed.iter().filter(|(_, text)| text.trim().is_empty());
    missing.map(|(key, _)| format!("{key} is empty")).collect()
}

fn versions(deployment: &Deployment) -> Vec<String> {
    let mut reasons = Vec::new();
    if deployment.versions.is_empty() {
        reasons.push("it has no version".to_owned());
    }
    if let Some(both) = deployment
        .versions
        .iter()
        .find(|version| deployment.unsupported.contains(version))
    {
        reasons.push(format!("`{}` is both among its versions and unsupported", both.slug()));
    }
    reasons
}

fn zones(deployment: &Deployment) -> Vec<String> {
    let named: Vec<Zone> = deployment.zones.iter().map(|placed| placed.zone).collect();
    let drawn: Vec<Zone> = deployment.columns().concat();
    let mut reasons = Vec::new();
    if repeated(&named) || repeated(&drawn) {
        reasons.push("a zone stands twice in zones or in the drawing".to_owned());
    }
    for zone in Zone::ALL {
        let slug = zone.slug();
        if named.contains(zone) != drawn.contains(zone) {
            reasons.push(format!("`{slug}` must stand both in zones and in the drawing"));
        }
        if deployment.hosts.contains(zone) && !named.contains(zone) {
            reasons.push(format!("`{slug}` is a host and none of its zones"));
        }
        let is_linked = deployment
            .links
            .iter()
            .any(|link| link.from == *zone || link.to == *zone);
        if named.contains(zone) && !is_linked {
            reasons.push(format!("`{slug}` has no link"));
        }
    }
    reasons
}

fn drawing(deployment: &Deployment) -> Vec<String> {
    let is_wall = |element: &Element| matches!(element, Element::Wall(_));
    let elements = &deployment.drawing;
    let at_an_end = elements.first().is_some_and(is_wall) || elements.last().is_some_and(is_wall);
    let side_by_side = elements.windows(2).any(|pair| pair.iter().all(is_wall));
    let walls: Vec<_> = deployment.walls().iter().map(|(wall, _)| *wall).collect();
    let mut reasons = Vec::new();
    if at_an_end || side_by_side {
        reasons.push("a wall of the drawing does not stand between two columns".to_owned());
    }
    if walls.windows(2).any(|pair| pair[0] >= pair[1]) {
        reasons.push("the outer wall stands once and left of the inner one".to_owned());
    }
    reasons
}

fn ends(deployment: &Deployment, link: &Link) -> Vec<String> {
    let (Some(from), Some(to)) = (deployment.column(link.from), deployment.column(link.to)) else {
        return vec!["an end is none of the zones in the drawing".to_owned()];
    };
    let mut reasons = Vec::new();
    if from == to && link.from != link.to {
        reasons.push("its ends stand in one column, where no arrow fits".to_owned());
    }
    reasons
}

fn link_flows(deployment: &Deployment, link: &Link, flows: &[Entry<Flow>]) -> Vec<String> {
    let mut reasons = Vec::new();
    if link.flows.is_empty() || repeated(&link.flows) {
        reasons.push("it names no flow, or one twice".to_owned());
    }
    let mut others = false;
    for id in &link.flows {
        match find(flows, id) {
            Some(flow) => {
                others |= !is_between(flow, link.from, link.to);
                reasons.extend(flow_on(deployment, link, flow).map(|reason| format!("`{id}` {reason}")));
            }
            None => reasons.push(format!("`{id}` is no flow")),
        }
    }
    match (others, link.reason.is_empty()) {
        (true, true) => {
            reasons.push("a flow has other zones of its own, and no reason says why it stands here".to_owned());
        }
        (false, false) => {
            reasons.push("it gives a reason, but all its flows run between these zones anyway".to_owned());
        }
        _ => {}
    }
    reasons.extend(unsaid(link));
    reasons
}

fn flow_on<'a>(deployment: &Deployment, link: &'a Link, flow: &'a Flow) -> impl Iterator<Item = String> + 'a {
    let never = matches!(flow.state, State::NotUsed | State::Local) || flow.to.zones.is_empty();
    let mut versions = flow.documented.iter().chain(&flow.inferred);
    let is_foreign = !versions.any(|version| deployment.versions.contains(version));
    let closed = link
        .closed_ports
        .iter()
        .filter(|closed| flow.ports.iter().any(|ports| ports.range.overlaps(closed.range)));
    let never = never.then(|| "never crosses a network".to_owned());
    let foreign = is_foreign.then(|| "is of none of its versions".to_owned());
    let closed = closed.map(|ports| format!("opens {ports}, which must stay closed"));
    never.into_iter().chain(foreign).chain(closed)
}

/// Closed ports that the words for people leave out.
fn unsaid(link: &Link) -> Vec<String> {
    let words: Vec<&str> = link
        .keep_closed
        .split(|letter: char| !letter.is_ascii_digit() && letter != '-')
        .collect();
    let closed = link.closed_ports.iter().map(ToString::to_string);
    let unsaid = closed.filter(|ports| !words.contains(&ports.as_str()));
    unsaid
        .map(|ports| format!("keep_closed does not say {ports}"))
        .collect()
}

/// Whether the flow itself runs between the two zones.
fn is_between(flow: &Flow, from: Zone, to: Zone) -> bool {
    let runs = |from, to| flow.from.zones.contains(&from) && flow.to.zones.contains(&to);
    runs(from, to) || flow.direction == Direction::Both && runs(to, from)
}

fn find<'a>(flows: &'a [Entry<Flow>], id: &str) -> Option<&'a Flow> {
    let mut flows = flows.iter().map(|entry| &entry.value);
    flows.find(|flow| flow.id == id)
}
