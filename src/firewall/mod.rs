//! From flows and addresses to firewall rules: first a neutral policy, then the text of a platform.

mod address;
mod draft;
mod ends;
mod header;
pub(crate) mod markdown;
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
pub(crate) use policy::shared_destination;
pub use request::Request;
pub(crate) use rule::list;
pub use rule::{Rule, Side};
pub use text::{Label, Prefix};
pub use unwritten::{Reason, Unwritten};
pub use warning::Warning;
pub(crate) use warning::warnings;
