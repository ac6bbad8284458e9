//! Deployments: as people write them, what must hold for them, and how the file of long texts holds them.

mod check;
mod raw;
mod records;

pub use check::reasons;
pub use raw::Deployment;
pub use records::records;
