//! From flows and addresses to firewall rules: first a neutral policy, then the text of a platform.

mod address;
pub(crate) mod csv;
mod draft;
mod ends;
mod header;
mod options;
mod place;
pub mod platform;
mod policy;
mod request;
mod rule;
mod text;
mod unwritten;
mod warning;

pub(crate) use address::shown;
pub use address::{AddressError, AddressList, AddressRemark, Addresses, Family, MOST_NETWORKS, Network};
pub use options::{Grouping, Internal, Options, Placement, Rest};
pub use place::Place;
pub use platform::{Platform, Snippet};
pub use policy::Policy;
pub(crate) use policy::is_host;
pub use request::Request;
pub use rule::{Rule, Side};
pub use text::{Label, Prefix};
pub use unwritten::{Reason, Unwritten};
pub use warning::Warning;
