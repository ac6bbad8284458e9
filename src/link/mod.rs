//! The state of the view ⇄ the text after `#` in the address.
//!
//! Everything that a link can carry is a [`View`]. [`parse`] reads any text, keeps what it understands and tells
//! about the rest; [`print`] writes the canonical form, and reading that gives the same view again.

mod loaded;
mod notice;
mod page;
mod parts;

mod preferences;
mod print;
mod read;
mod state;
mod view;

pub use loaded::Loaded;
pub use notice::Notice;
pub use page::Page;
pub use preferences::{Preferences, Theme};
pub use print::print;
pub use read::{Link, parse};
pub use state::{Action, Draft, History, PortDraft, State};
pub use view::View;
