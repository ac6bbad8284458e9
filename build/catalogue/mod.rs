//! From the files under `data/` to the source text of static tables.
//!
//! `read` parses, `check` compares, `emit` writes. Tests use it too, on broken copies of the data.

mod check;
mod deployment;
mod emit;
mod other_names;
mod problem;
mod raw;
mod read;
mod texts;

#[path = "../../src/catalog/ports.rs"]
#[allow(dead_code, reason = "the build script needs only a part of it")]
mod ports;
#[path = "../../src/catalog/vocabulary.rs"]
#[allow(dead_code, reason = "the build script needs only a part of it")]
mod vocabulary;

use std::path::Path;

pub use problem::Problem;

/// What the library includes.
#[derive(Debug)]
#[allow(dead_code, reason = "tests look at the problems only")]
pub struct Compiled {
    /// The Rust source of the static tables.
    pub tables: String,
    /// The file of the long texts.
    pub texts: String,
}

/// Reads and checks the catalogue in a folder; gives what the library includes, or all that is wrong.
pub fn compile(data: &Path) -> Result<Compiled, Vec<Problem>> {
    let catalogue = read::catalogue(data)?;
    let problems = check::problems(&catalogue);
    if problems.is_empty() {
        Ok(Compiled {
            tables: emit::tables(&catalogue),
            texts: texts::texts(&catalogue),
        })
    } else {
        Err(problems)
    }
}
