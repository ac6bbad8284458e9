//! Deployments: what is known of them, where they are drawn, and the rules of each firewall in the drawing.

#[path = "../support/mod.rs"]
mod support;

mod drawing;
mod facts;
mod late_file;
mod one_file;
mod placing;
mod rules;

use exchange_ports::catalog::{Deployment, Set, Version, Vocabulary, deployments};
use exchange_ports::topology::Deployed;

/// The deployment of an id.
fn deployment(id: &str) -> &'static Deployment {
    let known = deployments().iter().find(|deployment| deployment.id == id);
    known.expect("the test names deployments")
}

/// A deployment in a version.
fn deployed(id: &str, version: &str) -> Deployed {
    let version = Version::from_slug(version).expect("the test names versions");
    shown(deployment(id), Set::EMPTY.with(version))
}

fn shown(deployment: &'static Deployment, asked: Set<Version>) -> Deployed {
    Deployed::new(deployment, asked).expect("on the host the texts are always there")
}

/// Every deployment in each of its versions.
fn all() -> Vec<Deployed> {
    let each = |deployment: &'static Deployment| {
        let versions = deployment.versions.iter();
        versions.map(move |version| shown(deployment, Set::EMPTY.with(version)))
    };
    deployments().iter().flat_map(each).collect()
}

/// What a failing test says of a deployment.
fn name(deployed: &Deployed) -> String {
    format!("{} {}", deployed.deployment.id, deployed.version.slug())
}
