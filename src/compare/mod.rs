//! Two versions side by side: what opens, what closes, and what changes for a firewall.
//!
//! A firewall has entries, not flows: a flow that ends closes nothing while another one uses its port. So entries are
//! compared, each a pair of zones, a port or a range, and a transport. Paths that Microsoft does not support filtering
//! have no entries: they are open as a whole or they are not there.

mod comparison;
mod entry;
mod markdown;
mod pair;
mod question;
mod removal;
mod rule_change;

pub use comparison::Comparison;
pub use entry::{Aspect, Entry, Owner, Stay};
pub use pair::Pair;
pub use question::Question;
pub use removal::{Removal, Step};
pub use rule_change::RuleChange;
