//! A deployment in one version.

use super::firewall::Firewall;
use super::lane::{Lane, lanes};
use crate::catalog::{Deployment, DeploymentTexts, Judgement, Link, Set, Version, texts};
use crate::firewall::Platform;

/// A deployment in one version.
#[derive(Clone, Debug)]
pub struct Deployed {
    /// The deployment.
    pub deployment: &'static Deployment,
    /// What is known of it.
    pub texts: &'static DeploymentTexts,
    /// The version.
    pub version: Version,
    /// Whether the deployment has none of the versions that were asked for, so that another one is shown.
    pub is_substitute: bool,
    /// What Microsoft says of the deployment, in the versions that were asked for.
    pub judgement: Judgement,
    /// What flows, in the order in which it is drawn.
    pub lanes: Vec<Lane>,
}

/// A lane that passes a firewall.
#[derive(Clone, Copy, Debug)]
pub struct Crossing<'a> {
    /// Its number at this firewall, from 1: in the ring of the drawing and in the table.
    pub number: usize,
    /// The lane.
    pub lane: &'a Lane,
}

impl Deployed {
    /// The deployment in the newest of its versions that is asked for, or in its newest. `None` while the long texts
    /// are not there.
    pub fn new(deployment: &'static Deployment, asked: Set<Version>) -> Option<Self> {
        let texts = texts()?.of_deployment(deployment);
        let mut versions = deployment.versions.iter().rev();
        let newest = deployment.versions.iter().next_back()?;
        let version = versions.find(|version| asked.contains(*version));
        let is_substitute = version.is_none() && !asked.is_empty();
        let version = version.unwrap_or(newest);
        let judgement = if is_substitute && asked.intersects(texts.unsupported) {
            Judgement::Unsupported
        } else {
            texts.judgement
        };
        Some(Self {
            deployment,
            texts,
            version,
            is_substitute,
            judgement,
            lanes: texts.links.iter().flat_map(|link| lanes(link, version)).collect(),
        })
    }

    /// The firewalls in the drawing: walls from left to right, then hosts.
    pub fn firewalls(&self) -> Vec<Firewall> {
        Firewall::all(self.texts)
    }

    /// Those on which a platform can stand.
    pub fn firewalls_of(&self, platform: &Platform) -> Vec<Firewall> {
        let mut firewalls = self.firewalls();
        firewalls.retain(|firewall| firewall.takes(platform));
        firewalls
    }

    /// What passes a firewall, in the order of the drawing.
    pub fn crossings(&self, firewall: Firewall) -> impl Iterator<Item = Crossing<'_>> {
        let crossing = self
            .lanes
            .iter()
            .filter(move |lane| firewall.is_crossed_by(lane.link, self.texts));
        (1..).zip(crossing).map(|(number, lane)| Crossing { number, lane })
    }

    /// The links past a firewall on which something must stay closed.
    pub fn keep_closed(&self, firewall: Firewall) -> impl Iterator<Item = &'static Link> {
        let texts = self.texts;
        let links = texts.links.iter().filter(|link| !link.keep_closed.is_empty());
        links.filter(move |link| firewall.is_crossed_by(link, texts))
    }
}
