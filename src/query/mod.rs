//! From text and facets to the flows that match, their counts, and the answer in short.

mod answer;
mod facet;
mod filter;
mod search;

pub use answer::{Answer, Opened, answer};
pub use facet::{Facet, counts};
pub use filter::Filter;
