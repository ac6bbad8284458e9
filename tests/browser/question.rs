//! What a question to the catalogue finds, worked out anew from `catalog.json` and the definition of the filter keys.

use std::collections::BTreeMap;

use serde_json::Value;

/// The filter keys of an address, and the values of each.
#[derive(Clone)]
pub struct Question(BTreeMap<String, Vec<String>>);

impl Question {
    /// The question of an address.
    pub fn read(view: &str) -> Self {
        let (_, pairs) = view.split_once('?').unwrap_or_default();
        let pairs = pairs.split('&').filter_map(|pair| pair.split_once('='));
        Self(
            pairs
                .map(|(key, values)| (key.to_owned(), values.split(',').map(str::to_owned).collect()))
                .collect(),
        )
    }

    /// The question with one more value.
    pub fn with(&self, key: &str, value: &str) -> Self {
        let mut more = self.clone();
        more.0.entry(key.to_owned()).or_default().push(value.to_owned());
        more
    }

    /// The flows that it asks for.
    pub fn of<'f>(&self, flows: &'f [Value]) -> impl Iterator<Item = &'f Value> {
        flows.iter().filter(|flow| self.asks_for(flow))
    }

    fn asks_for(&self, flow: &Value) -> bool {
        self.allows("version", |version| has(&flow["versions"], version))
            && self.allows("transport", |transport| has(&flow["transports"], transport))
            && self.allows("encryption", |encryption| flow["encryption"] == encryption)
            && self.allows("state", |state| flow["state"] == state)
            && self.allows("role", |role| can_be(&flow["from"], role) || can_be(&flow["to"], role))
            && self.allows("port", |port| uses(flow, port))
            && legs(flow).iter().any(|leg| self.chooses(leg))
    }

    fn chooses(&self, (from, to): &Leg) -> bool {
        self.allows("from", |zone| from == zone)
            && self.allows("to", |zone| to.as_deref() == Some(zone))
            && self.allows("zone", |zone| from == zone || to.as_deref() == Some(zone))
    }

    /// Whether a key asks nothing, or one of its values is right.
    fn allows(&self, key: &str, is_right: impl Fn(&str) -> bool) -> bool {
        self.0
            .get(key)
            .is_none_or(|values| values.iter().any(|value| is_right(value)))
    }
}

/// Where a connection is opened and where it goes, if anything listens.
type Leg = (String, Option<String>);

fn legs(flow: &Value) -> Vec<Leg> {
    let (from, to) = (texts(&flow["from"]["zones"]), texts(&flow["to"]["zones"]));
    let mut legs = Vec::new();
    for from in from {
        legs.extend(to.iter().map(|&to| (from.to_owned(), Some(to.to_owned()))));
        if to.is_empty() {
            legs.push((from.to_owned(), None));
        }
        if flow["direction"] == "both" {
            legs.extend(to.iter().map(|&to| (to.to_owned(), Some(from.to_owned()))));
        }
    }
    legs
}

/// Every role that an Exchange server can hold.
const EXCHANGE_ROLES: [&str; 12] = [
    "mailbox",
    "client-access",
    "hub-transport",
    "edge-transport",
    "unified-messaging",
    "front-end",
    "back-end",
    "exchange-5-5",
    "site-replication",
    "conferencing",
    "chat",
    "instant-messaging",
];

fn can_be(end: &Value, role: &str) -> bool {
    has(&end["roles"], role) || EXCHANGE_ROLES.contains(&role) && has(&end["roles"], "exchange-server")
}

fn uses(flow: &Value, asked: &str) -> bool {
    let (first, last) = asked.split_once('-').unwrap_or((asked, asked));
    let (first, last): (u64, u64) = (first.parse().expect("a port"), last.parse().expect("a port"));
    let overlaps = |ports: &Value| ports["first"].as_u64() <= Some(last) && Some(first) <= ports["last"].as_u64();
    flow["ports"].as_array().expect("a list").iter().any(overlaps)
}

fn has(list: &Value, value: &str) -> bool {
    texts(list).contains(&value)
}

fn texts(list: &Value) -> Vec<&str> {
    let list = list.as_array().expect("a list");
    list.iter().map(|text| text.as_str().expect("a text")).collect()
}

/// The id of a flow.
pub fn id(flow: &Value) -> &str {
    flow["id"].as_str().expect("an id")
}
