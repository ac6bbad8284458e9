//! A firewall in the drawing of a deployment.

use crate::catalog::{DeploymentTexts, Link, Vocabulary, Wall, Zone};
use crate::firewall::{Place, Placement, Platform};

/// A firewall for which rules are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Firewall {
    /// Between the columns of the drawing.
    Wall(Wall),
    /// On the machines of a zone themselves.
    Host(Zone),
}

impl Firewall {
    /// The firewalls of a deployment: walls from left to right, then hosts.
    pub fn all(texts: &DeploymentTexts) -> Vec<Self> {
        let walls = texts.walls.iter().map(|placed| Self::Wall(placed.wall));
        let hosts = texts.zones.iter().filter(|placed| placed.is_host);
        walls.chain(hosts.map(|placed| Self::Host(placed.zone))).collect()
    }

    /// Its name in files, such as `outer` or `host-server-lan`.
    pub fn slug(self) -> String {
        match self {
            Self::Wall(wall) => wall.slug().to_owned(),
            Self::Host(zone) => format!("host-{}", zone.slug()),
        }
    }

    /// What people read.
    pub fn title(self) -> String {
        match self {
            Self::Wall(wall) => wall.title().to_owned(),
            Self::Host(zone) => format!("on the hosts: {}", zone.title()),
        }
    }

    /// Where its rules stand.
    pub fn placement(self) -> Placement {
        match self {
            Self::Wall(_) => Placement::Network,
            Self::Host(_) => Placement::Host,
        }
    }

    /// The host on which they stand.
    pub fn at(self) -> Option<Place> {
        match self {
            Self::Wall(_) => None,
            Self::Host(zone) => Some(Place::Zone(zone)),
        }
    }

    /// Whether the platform can stand there.
    pub fn takes(self, platform: &Platform) -> bool {
        platform.standing.placement(self.placement()) == self.placement()
    }

    /// Whether what flows on a link passes it.
    pub fn is_crossed_by(self, link: &Link, texts: &DeploymentTexts) -> bool {
        match self {
            Self::Host(zone) => link.from == zone || link.to == zone,
            Self::Wall(wall) => {
                let placed = texts.walls.iter().find(|placed| placed.wall == wall);
                placed.is_some_and(|placed| {
                    let is_left = |zone| texts.zone(zone).is_some_and(|end| end.column < placed.before);
                    is_left(link.from) != is_left(link.to)
                })
            }
        }
    }
}
