//! Files whose name holds a hash of their content, so that they can be kept for ever.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

/// The files that the page needs to work, by name.
pub struct Assets {
    folder: PathBuf,
    names: Vec<String>,
}

impl Assets {
    /// No file yet, in a folder.
    pub fn new(folder: &Path) -> Self {
        Self {
            folder: folder.to_owned(),
            names: Vec::new(),
        }
    }

    /// The names so far.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// Counts files in that are there already.
    pub fn add(&mut self, names: &[String]) {
        self.names.extend_from_slice(names);
    }

    /// Writes a file under a name with its hash before the ending; gives the name.
    pub fn write(&mut self, name: &str, content: &[u8]) -> io::Result<String> {
        let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
        let name = format!("{stem}-{}.{ending}", short_hash(&[content]));
        fs::write(self.folder.join(&name), content)?;
        self.names.push(name.clone());
        Ok(name)
    }

    /// Takes a file of the folder away and gives what it held.
    pub fn take(&self, name: &str) -> io::Result<Vec<u8>> {
        let path = self.folder.join(name);
        let content = fs::read(&path)?;
        fs::remove_file(path)?;
        Ok(content)
    }

    /// What tells this build from another: a hash of the page and of all names, which hold hashes themselves.
    pub fn version(&self, page: &str) -> String {
        let names = self.names.join("\n");
        short_hash(&[page.as_bytes(), names.as_bytes()])
    }
}

fn short_hash(parts: &[&[u8]]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part);
    }
    hash.finalize()
        .iter()
        .take(8)
        .fold(String::new(), |text, byte| format!("{text}{byte:02x}"))
}
