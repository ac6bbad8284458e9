//! exchange-ports: the network ports of Microsoft Exchange Server, and the firewall rules for them.
//!
//! The rooms, from the top; each uses only rooms below it:
//!
//! - `ui`: what people see, Yew components, one per file
//! - `browser`: the only room that calls the browser: history, clipboard, downloads, storage
//! - [`link`]: the state of the view ⇄ the text after `#` in the address
//! - [`compare`]: two versions → what opens, closes and changes
//! - [`query`]: text and facets → the flows that match, counts, the answer in short
//! - [`firewall`]: flows and addresses → a neutral policy → the text of a platform
//! - [`export`]: the catalogue as `catalog.json`, with its schema
//! - [`catalog`]: flows, ports, versions, roles, zones, sources: the ground floor

mod browser;
pub mod catalog;
pub mod compare;
#[cfg(not(target_arch = "wasm32"))]
pub mod export;
pub mod firewall;
pub mod late;
pub mod link;
pub mod query;
#[cfg(not(target_arch = "wasm32"))]
pub mod site;
pub mod ui;
