//! The catalogue for other programs.

mod catalog_json;
mod catalog_schema;

pub use catalog_json::catalog_json;
pub use catalog_schema::catalog_schema;
