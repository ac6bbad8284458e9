//! The program as Cargo links it, split into the app and its late module, which share memory, functions and data.
//!
//! `wasm_split` needs the relocations and names of the linked program, so it comes before `wasm-bindgen`. Trunk runs
//! `wasm-bindgen` on the whole program; what it made of that is thrown away.

use std::fs;
use std::io;
use std::path::Path;
use std::process::Command;

use wasm_split_cli_support::{Options, transform};

/// The parts of the program.
pub struct Parts {
    /// The JavaScript of both modules.
    pub glue: String,
    /// The module that starts.
    pub app: Vec<u8>,
    /// The module that is loaded later.
    pub late: Vec<u8>,
}

/// How the glue names the late module.
pub const LATE: &str = "split_late.wasm";

const LINK: &str = "__wasm_split.js";

/// Splits a program. What is between stands in a folder beside it.
///
/// # Errors
///
/// If the program is not there, if a tool fails, or if it writes what this one does not know.
pub fn split(program: &Path) -> io::Result<Parts> {
    let between = program.with_extension("split");
    if between.exists() {
        fs::remove_dir_all(&between)?;
    }
    fs::create_dir_all(&between)?;
    let program = fs::read(program)?;
    let app = between.join("app.wasm");
    let mut options = Options::new(&program);
    options.output_dir = &between;
    options.main_out_path = &app;
    options.main_module = "./app.js";
    transform(options).map_err(io::Error::other)?;
    let bound = between.join("bound");
    let status = Command::new("wasm-bindgen")
        // Without its exports the late module would not find the table of functions.
        .args(["--target", "web", "--no-typescript", "--keep-lld-exports"])
        .args(["--remove-name-section", "--remove-producers-section", "--out-dir"])
        .args([&bound, &app])
        .status()?;
    if !status.success() {
        return Err(io::Error::other("wasm-bindgen failed"));
    }
    let glue = fs::read_to_string(bound.join("app.js"))?;
    let link = fs::read_to_string(between.join(LINK))?;
    Ok(Parts {
        glue: joined(&glue, &link)?,
        app: fs::read(bound.join("app_bg.wasm"))?,
        late: without_custom_sections(&fs::read(between.join(LATE))?),
    })
}

/// One script of two that import each other.
fn joined(glue: &str, link: &str) -> io::Result<String> {
    let import = format!("import * as import1 from \"./{LINK}\"");
    let own_import = "import { initSync } from \"./app.js\";";
    let streaming = "(WebAssembly.instantiateStreaming(src, imports))";
    for (text, part) in [(glue, import.as_str()), (link, own_import), (link, streaming)] {
        if !text.contains(part) {
            return Err(io::Error::other(format!("the glue has no {part}")));
        }
    }
    let link = link
        .replacen(own_import, "", 1)
        .replace("export const ", "const ")
        // Hosts that do not know the type of WebAssembly can serve it all the same.
        .replace(
            streaming,
            "WebAssembly.instantiate(await (await src).arrayBuffer(), imports)",
        );
    let glue = glue.replacen(&import, "", 1);
    Ok(format!(
        "{glue}\n{link}\nconst import1 = {{ __wasm_split_load_late }};\n"
    ))
}

/// A module without what only tools read.
fn without_custom_sections(wasm: &[u8]) -> Vec<u8> {
    let (head, mut rest) = wasm.split_at(8.min(wasm.len()));
    let mut kept = head.to_vec();
    while let [id, after @ ..] = rest {
        let (mut length, mut digits) = (0_usize, 0);
        while let Some(byte) = after.get(digits) {
            length |= usize::from(byte & 127) << (7 * digits);
            digits += 1;
            if byte & 128 == 0 {
                break;
            }
        }
        let (section, next) = rest.split_at((1 + digits + length).min(rest.len()));
        if *id != 0 {
            kept.extend_from_slice(section);
        }
        rest = next;
    }
    kept
}
