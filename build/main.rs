//! Checks the catalogue under `data/` and writes it out as static tables.

mod catalogue;

use std::path::{Path, PathBuf};
use std::{env, fs, process};

fn main() {
    for watched in ["build", "data", "src/catalog/vocabulary.rs", "src/catalog/ports.rs"] {
        println!("cargo::rerun-if-changed={watched}");
    }
    // For wasm_split, which takes the late parts out of the linked program.
    if env::var("CARGO_CFG_TARGET_ARCH").is_ok_and(|arch| arch == "wasm32") {
        println!("cargo::rustc-link-arg-bins=--emit-relocs");
    }
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo names the output folder"));
    match catalogue::compile(Path::new("data")) {
        Ok(compiled) => {
            fs::write(out.join("tables.rs"), compiled.tables).expect("the output folder can be written");
            fs::write(out.join("texts.tsv"), compiled.texts).expect("the output folder can be written");
        }
        Err(problems) => {
            for problem in problems {
                println!("cargo::error={problem}");
            }
            process::exit(1);
        }
    }
}
