//! From text and facets to the flows that match, their counts, and the answer in short.

mod answer;
mod completion;
mod facet;
mod filter;
mod index;
mod nothing;
mod search;
mod spelling;
mod terms;

pub(crate) use answer::opened_legs;
pub use answer::{Answer, Opened, answer};
pub use completion::{Choice, Completion, completions};
pub use facet::{Facet, counts};
pub use filter::Filter;
pub use index::Index;
pub use nothing::{Nothing, Obstacle, nothing};
pub use search::{marks, search};
