//! The path of an address: which page is shown.

use std::num::NonZeroU16;

use crate::catalog::{Deployment, Flow, Version, deployments, flow};

/// A page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Page {
    /// The flows that match.
    #[default]
    List,
    /// One flow and its rules.
    Flow(&'static Flow),
    /// The flows of one port.
    Port(NonZeroU16),
    /// The list of deployments.
    Deployments,
    /// One deployment.
    Deployment(&'static Deployment),
    /// The planner for static RPC ports.
    StaticPorts,
    /// The check of pasted connections.
    Connections,
    /// Two versions side by side.
    Compare {
        /// The version that one comes from.
        old: Option<Version>,
        /// The version that one goes to.
        new: Option<Version>,
    },
    /// The catalogue's date, sources, changes and licence.
    About,
    /// The list alone, to be shown inside another page.
    Embed,
}

/// Why a path leads nowhere, and the page to show instead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownPath {
    /// The list of what exists.
    pub instead: Page,
}

impl Page {
    /// The page of a path without regard to case, given as its segments.
    ///
    /// # Errors
    ///
    /// If no page has the path: then it names the list of what exists.
    pub fn read(segments: &[&str]) -> Result<Self, UnknownPath> {
        let lower: Vec<String> = segments.iter().map(|segment| segment.to_ascii_lowercase()).collect();
        let segments: Vec<&str> = lower.iter().map(String::as_str).collect();
        let list = UnknownPath { instead: Self::List };
        match segments[..] {
            [] => Ok(Self::List),
            ["flow", id] => flow(id).map(Self::Flow).ok_or(list),
            ["port", number] => port(number).map(Self::Port).ok_or(list),
            ["topology"] => Ok(Self::Deployments),
            ["topology", id] => {
                let known = deployments().iter().find(|deployment| deployment.id == id);
                known.map(Self::Deployment).ok_or(UnknownPath {
                    instead: Self::Deployments,
                })
            }
            ["static-ports"] => Ok(Self::StaticPorts),
            ["connections"] => Ok(Self::Connections),
            ["compare"] => Ok(Self::Compare { old: None, new: None }),
            ["about"] => Ok(Self::About),
            ["embed"] => Ok(Self::Embed),
            _ => Err(list),
        }
    }

    /// The path in its canonical form.
    pub fn path(self) -> String {
        match self {
            Self::List => "/".to_owned(),
            Self::Flow(flow) => format!("/flow/{}", flow.id),
            Self::Port(number) => format!("/port/{number}"),
            Self::Deployments => "/topology".to_owned(),
            Self::Deployment(deployment) => format!("/topology/{}", deployment.id),
            Self::StaticPorts => "/static-ports".to_owned(),
            Self::Connections => "/connections".to_owned(),
            Self::Compare { .. } => "/compare".to_owned(),
            Self::About => "/about".to_owned(),
            Self::Embed => "/embed".to_owned(),
        }
    }

    /// Whether it shows long texts as soon as it opens.
    pub fn shows_long_texts(self) -> bool {
        matches!(
            self,
            Self::Flow(_) | Self::Deployments | Self::Deployment(_) | Self::StaticPorts | Self::About
        )
    }

    /// Whether it shows flows.
    pub fn shows_flows(self) -> bool {
        matches!(self, Self::List | Self::Flow(_) | Self::Port(_) | Self::Embed)
    }
}

fn port(text: &str) -> Option<NonZeroU16> {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|_| digits)
}
