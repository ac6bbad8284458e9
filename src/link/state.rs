//! What the site knows at a moment, and how each action of the reader changes it. Pure, without a browser.

use super::notice::Notice;
use super::page::Page;
use super::read::{LONGEST_WORDS, Link, parse};
use super::view::View;
use crate::catalog::{Flow, PortRange, Zone};
use crate::firewall::{AddressList, Grouping, Internal, Label, Place, Placement, Platform, Policy, Prefix, Rest};
use crate::query::{Facet, Filter};

/// The text of an address field that cannot be read, or not wholly; it stays until it can.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// The field.
    pub place: Place,
    /// What stands in it.
    pub text: String,
    /// Whether the reader has worked with it. What only an address brought goes when the address goes.
    pub typed: bool,
}

/// What becomes of the address bar.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum History {
    /// It stays as it is: the view was read from it.
    #[default]
    Keep,
    /// The entry is replaced, as while typing.
    Replace,
    /// A new entry is pushed, to which Back leads.
    Push,
}

/// The view, what is to be said about its address, and texts that are not yet values.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct State {
    /// What is shown.
    pub view: View,
    /// What is to be said about the address that it was read from.
    pub notices: Vec<Notice>,
    /// Address fields with a text that cannot be read.
    pub drafts: Vec<Draft>,
    /// What the last action does to the address bar.
    pub history: History,
    /// The firewall that was chosen last; it counts where the address is silent.
    pub last_platform: Option<&'static Platform>,
}

/// What a reader does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// Goes to an address.
    Read(String),
    /// Types into the search box.
    Search(String),
    /// Goes to a page and keeps everything else.
    Go(Page),
    /// Chooses a value of a facet, or drops it.
    Toggle(Facet, usize),
    /// Drops a port from the filter.
    DropPort(PortRange),
    /// Asks something else on the list.
    Ask(Filter),
    /// Drops the whole filter and every tick.
    Clear,
    /// Ticks a flow, or takes the tick away.
    Tick(&'static Flow),
    /// Takes all ticks away.
    Untick,
    /// Chooses a firewall.
    ChoosePlatform(&'static Platform),
    /// Chooses where rules stand.
    Place(Placement),
    /// Chooses the host on which they stand.
    StandAt(Option<Place>),
    /// Chooses what happens to flows that should not be filtered.
    TreatInternal(Internal),
    /// Chooses what happens to everything else.
    TreatRest(Rest),
    /// Chooses how flows become rules.
    Group(Grouping),
    /// Asks for required flows only, or for all.
    RequiredOnly(bool),
    /// Asks for rules that log.
    Log(bool),
    /// Says what the firewall calls a zone, or that nobody says.
    NameZone(Zone, Option<Label>),
    /// Says what the names of rules begin with.
    NameRules(Prefix),
    /// Types into the address field of a place.
    TypeAddresses(Place, String),
    /// Closes the notices.
    CloseNotices,
}

impl State {
    /// The state that an address opens, with drafts that outlived a reload.
    pub fn open(fragment: &str, drafts: Vec<Draft>, last_platform: Option<&'static Platform>) -> Self {
        Self {
            drafts,
            last_platform,
            ..Self::default()
        }
        .reduce(Action::Read(fragment.to_owned()))
    }

    /// The state after an action.
    #[must_use]
    pub fn reduce(&self, action: Action) -> Self {
        let mut next = self.clone();
        next.history = History::Push;
        if !matches!(action, Action::Read(_)) {
            next.drafts.iter_mut().for_each(|draft| draft.typed = true);
        }
        let View {
            filter, options, page, ..
        } = &mut next.view;
        match action {
            Action::Read(fragment) => next.read(&fragment),
            Action::Search(text) => {
                let text = text.trim().chars().filter(|letter| !letter.is_control());
                let words: String = text.take(LONGEST_WORDS).collect();
                words.trim_end().clone_into(&mut filter.words);
                // Words ask for flows; pages that show none lead back to the list.
                if page.shows_flows() && !matches!(page, Page::Flow(_)) {
                    next.history = History::Replace;
                } else {
                    *page = Page::List;
                }
            }
            Action::Go(to) => *page = to,
            Action::Toggle(facet, index) => {
                let chosen = facet.chosen(filter) ^ 1 << index;
                facet.choose(filter, chosen);
            }
            Action::DropPort(range) => {
                filter.ports.retain(|&port| port != range);
                *page = Page::List;
            }
            Action::Ask(asked) => {
                *filter = asked;
                *page = Page::List;
            }
            Action::Clear => {
                *filter = Filter::default();
                options.ticked.clear();
                *page = Page::List;
            }
            Action::Tick(flow) => options.ticked.toggle(flow),
            Action::Untick => options.ticked.clear(),
            Action::ChoosePlatform(platform) => {
                options.platform = Some(platform);
                next.last_platform = Some(platform);
            }
            Action::Place(placement) => options.placement = placement,
            Action::StandAt(at) => options.at = at,
            Action::TreatInternal(internal) => options.internal = internal,
            Action::TreatRest(rest) => options.rest = rest,
            Action::Group(grouping) => options.grouping = grouping,
            Action::RequiredOnly(required_only) => options.required_only = required_only,
            Action::Log(log) => options.log = log,
            Action::NameZone(zone, label) => {
                options.labels.remove(&zone);
                options.labels.extend(label.map(|label| (zone, label)));
                next.history = History::Replace;
            }
            Action::NameRules(prefix) => {
                options.prefix = prefix;
                next.history = History::Replace;
            }
            Action::TypeAddresses(place, text) => next.type_addresses(place, text),
            Action::CloseNotices => {
                next.notices.clear();
                next.history = History::Keep;
            }
        }
        if next.history == History::Push {
            // What was wrong with the address before is not in the next one.
            next.notices.clear();
        }
        next
    }

    fn read(&mut self, fragment: &str) {
        let Link { view, notices, drafts } = parse(fragment);
        let is_current = |draft: &Draft| {
            let given = view.options.addresses.get(&draft.place);
            draft.typed && AddressList::read(&draft.text).addresses.as_ref() == given
        };
        self.drafts.retain(is_current);
        for draft in drafts {
            self.drafts.retain(|known| known.place != draft.place);
            self.drafts.push(draft);
        }
        self.view = view;
        self.notices = notices;
        self.history = History::Keep;
    }

    fn type_addresses(&mut self, place: Place, text: String) {
        let list = AddressList::read(&text);
        let addresses = &mut self.view.options.addresses;
        let before = addresses.remove(&place);
        self.history = if list.addresses == before {
            History::Keep
        } else {
            History::Replace
        };
        self.drafts.retain(|draft| draft.place != place);
        if list.has_refused() {
            self.drafts.push(Draft {
                place,
                text,
                typed: true,
            });
        }
        if let Some(read) = list.addresses {
            addresses.insert(place, read);
        }
    }

    /// Places for which something was typed of which nothing could be read.
    pub fn refused(&self) -> Vec<Place> {
        let unread = |draft: &&Draft| !self.view.options.addresses.contains_key(&draft.place);
        self.drafts.iter().filter(unread).map(|draft| draft.place).collect()
    }

    /// The firewall to write for: that of the address, otherwise the last one.
    pub fn platform(&self) -> Option<&'static Platform> {
        self.view.options.platform.or(self.last_platform)
    }

    /// The rules for what is shown.
    pub fn policy(&self, flows: &[&'static Flow]) -> Policy {
        let filter = self.view.question();
        // The search puts flows into another order than rules.
        let mut flows = flows.to_vec();
        flows.sort();
        Policy::new(&crate::firewall::Request {
            flows: &flows,
            filter: &filter,
            drawn: None,
            options: &self.view.options,
            refused: &self.refused(),
            permalink: self.view.permalink(&flows),
        })
    }
}
