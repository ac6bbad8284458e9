//! Everything that a link can carry, and only valid values.

use std::num::NonZeroU16;

use litemap::LiteMap;

use super::page::Page;
use super::print::print;
use crate::catalog::{Flow, PortRange, Procedure};
use crate::firewall::{Options, Platform, Prefix};
use crate::query::Filter;

/// A view of the site.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct View {
    /// The page.
    pub page: Page,
    /// What is asked; kept on every page, so that one comes back to the list as it was.
    pub filter: Filter,
    /// The choices for rules; kept on every page.
    pub options: Options,
    /// The ports that the planner is to set.
    pub plan: LiteMap<&'static Procedure, NonZeroU16>,
}

impl View {
    /// What the page asks: the filter, on a port page with that port instead of the filter's.
    pub fn question(&self) -> Filter {
        match self.page {
            Page::Port(number) => Filter {
                ports: PortRange::new(number.get(), number.get()).into_iter().collect(),
                ..self.filter.clone()
            },
            _ => self.filter.clone(),
        }
    }

    /// The flows that the page shows, in catalogue order. The page of a flow shows it whatever the filter says.
    pub fn flows(&self) -> Vec<&'static Flow> {
        match self.page {
            Page::Flow(flow) => vec![flow],
            _ => self.question().flows(),
        }
    }

    /// The same view on another page.
    #[must_use]
    pub fn on(&self, page: Page) -> Self {
        Self { page, ..self.clone() }
    }

    /// The same view with rules for a firewall.
    #[must_use]
    pub fn with_platform(&self, platform: &'static Platform) -> Self {
        let mut view = self.clone();
        view.options.platform = Some(platform);
        view
    }

    /// The view without what tells about the reader's network: addresses, names of zones, the prefix of rules.
    #[must_use]
    pub fn without_addresses(&self) -> Self {
        let mut view = self.clone();
        view.options.addresses.clear();
        view.options.labels.clear();
        view.options.prefix = Prefix::default();
        view
    }

    /// The address that a snippet carries: no addresses of networks, and flows in place of the words of a search.
    pub fn permalink(&self, flows: &[&'static Flow]) -> String {
        let mut view = self.without_addresses();
        if !view.filter.words.is_empty() {
            view.filter.words.clear();
            let ticked = flows.iter().copied().filter(|flow| view.options.is_ticked(flow));
            view.options.ticked = ticked.collect();
        }
        print(&view)
    }
}
