//! The JavaScript between a module and the browser, made smaller together with its WebAssembly.

use std::collections::BTreeMap;
use std::io;

const PREFIX: &str = "__wbg_";
const HASH: usize = 16;

/// Minifies the glue, and gives the functions that the module imports numbers in place of hashes: a hash of 16 digits
/// does not compress, and stands in both files. Lengths stay, so that nothing in the module moves.
pub fn shrink(glue: &str, mut wasm: Vec<u8>) -> io::Result<(String, Vec<u8>)> {
    let mut glue = glue.to_owned();
    let names = numbered(&glue);
    for (name, numbered) in &names {
        glue = glue.replace(name, numbered);
    }
    rename(&mut wasm, &names);
    Ok((minified(&glue)?, wasm))
}

/// A script without comments and white space.
pub fn minified(script: &str) -> io::Result<String> {
    let minified = minifier::js::minify(script).map_err(io::Error::other)?;
    Ok(minified.to_string())
}

/// The imported names of a glue, each with its new name.
fn numbered(glue: &str) -> BTreeMap<String, String> {
    let words = glue.split(|letter: char| !is_of_name(letter));
    let mut names: Vec<&str> = words.filter(|word| ends_in_hash(word)).collect();
    names.sort_unstable();
    names.dedup();
    let rename = |(number, name): (usize, &str)| {
        let stem = &name[..name.len() - HASH];
        (name.to_owned(), format!("{stem}{number:0HASH$}"))
    };
    names.into_iter().enumerate().map(rename).collect()
}

fn is_of_name(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || letter == '_'
}

fn ends_in_hash(word: &str) -> bool {
    let hash = word.strip_prefix(PREFIX).and_then(|rest| rest.rsplit('_').next());
    hash.is_some_and(|hash| hash.len() == HASH && hash.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

fn rename(wasm: &mut [u8], names: &BTreeMap<String, String>) {
    let mut start = 0;
    while let Some(found) = wasm[start..]
        .windows(PREFIX.len())
        .position(|part| part == PREFIX.as_bytes())
    {
        start += found;
        // Names stand behind their lengths, so letters may follow that belong to something else.
        let known = names
            .iter()
            .find(|(name, _)| wasm[start..].starts_with(name.as_bytes()));
        if let Some((name, numbered)) = known {
            wasm[start..start + name.len()].copy_from_slice(numbered.as_bytes());
        }
        start += PREFIX.len();
    }
}
