//! Deployments: what flows on each link in a version, where to draw it, and the rules of each firewall in the drawing.

mod deployed;
mod drawing;
mod firewall;
mod lane;
mod one_file;
mod rules;

pub use deployed::{Crossing, Deployed};
pub use drawing::{Arrow, Drawing, DrawnWall, Ring, Text, ZoneBox, text_width};
pub use firewall::Firewall;
pub use lane::{Lane, Row};
pub use rules::Order;
