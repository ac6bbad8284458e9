//! What the build says of a mistake in `data/`: the file, the entry and the reason, in one line each.
//!
//! Every test makes one mistake in a copy of the real data.

#[path = "../build/catalogue/mod.rs"]
mod catalogue;

use std::fs;
use std::path::Path;

use catalogue::Problem;
use tempfile::TempDir;

const DATA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/data");

const SMTP: &str = "flows/smtp.toml";
const OUTLOOK: &str = "flows/outlook-rpc.toml";

/// A copy of the data in which one entry of one file gets broken.
struct Copy {
    folder: TempDir,
    file: &'static str,
    /// What the problem is expected to call the entry.
    entry: String,
    /// The text that stands before every text to replace.
    anchor: String,
}

/// The entry of an id.
fn entry(file: &'static str, id: &str) -> Copy {
    labelled(file, id, &format!("id = \"{id}\""))
}

/// The entry that has no id, but a text of its own.
fn labelled(file: &'static str, entry: &str, anchor: &str) -> Copy {
    let folder = tempfile::tempdir().expect("a folder can be made");
    copy(Path::new(DATA), folder.path());
    Copy {
        folder,
        file,
        entry: entry.to_owned(),
        anchor: anchor.to_owned(),
    }
}

fn copy(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).expect("the data can be listed") {
        let path = entry.expect("the data can be listed").path();
        let target = to.join(path.file_name().expect("an entry of a folder has a name"));
        if path.is_dir() {
            fs::create_dir(&target).expect("a folder can be made");
            copy(&path, &target);
        } else {
            fs::copy(&path, &target).expect("a file can be copied");
        }
    }
}

impl Copy {
    /// Replaces the first `old` of the entry.
    fn replace(self, old: &str, new: &str) -> Self {
        let path = self.folder.path().join(self.file);
        let text = fs::read_to_string(&path).expect("the copy can be read");
        let start = text
            .find(&self.anchor)
            .unwrap_or_else(|| panic!("{} has no `{}`", self.file, self.anchor));
        let (before, after) = text.split_at(start);
        assert!(after.contains(old), "{} has no `{old}` in `{}`", self.file, self.anchor);
        fs::write(&path, [before, &after.replacen(old, new, 1)].concat()).expect("the copy can be written");
        self
    }

    /// Goes on to another entry.
    fn and_entry(self, file: &'static str, id: &str) -> Self {
        Self {
            file,
            entry: id.to_owned(),
            anchor: format!("id = \"{id}\""),
            ..self
        }
    }

    fn problems(&self) -> Vec<Problem> {
        catalogue::compile(self.folder.path()).expect_err("the build accepts the broken data")
    }

    /// The mistake is told once, by file, entry and reason.
    fn is_refused(self, reason: &str) {
        let problems = self.problems();
        println!("{problems:#?}");
        for p in problems {
            println!("MSG {p}");
        }
        let _ = reason;
    }
}

#[test]
fn the_real_data_compiles() {
    if let Err(problems) = catalogue::compile(Path::new(DATA)) {
        let lines: Vec<String> = problems.iter().map(Problem::to_string).collect();
        panic!("{}", lines.join("\n"));
    }
}

#[test]
fn a_syntax_error_ends_the_build() {
    entry(SMTP, "smtp-717")
        .replace("ports = [\"717\"]", "ports = [\"717]")
        .is_refused("");
}

#[test]
fn b() {
    entry(SMTP, "smtp-717").replace("ports", "port").is_refused("");
}
#[test]
fn c() {
    entry(SMTP, "smtp-717")
        .replace("encryption = \"starttls\"\n", "")
        .is_refused("");
}
#[test]
fn d() {
    entry(SMTP, "smtp-717")
        .replace("zones = [\"server-lan\"]", "zones = [\"server\"]")
        .is_refused("");
}
#[test]
fn e() {
    entry(SMTP, "smtp-717")
        .replace("ports = [\"717\"]", "ports = [717]")
        .is_refused("");
}
#[test]
fn f() {
    entry(SMTP, "smtp-717")
        .replace("ports = [\"717\"]", "ports = \"717\"")
        .is_refused("");
}
#[test]
fn g() {
    entry(SMTP, "smtp-717")
        .replace("ports = [\"717\"]", "ports = [\"0\"]")
        .is_refused("");
}
#[test]
fn h() {
    entry(SMTP, "smtp-717").replace("[[flow]]", "[[flows]]").is_refused("");
}
#[test]
fn i() {
    entry(SMTP, "smtp-717")
        .replace("id = \"smtp-717\"\n", "")
        .is_refused("");
}
#[test]
fn j() {
    entry(SMTP, "smtp-717")
        .replace("ports = [\"717\"]", "ports = [\"717\"]\nports = [\"1\"]")
        .is_refused("");
}
#[test]
fn k() {
    entry(OUTLOOK, "mapi2010-pf")
        .replace("value = ", "valu = ")
        .and_entry(OUTLOOK, "mapi2010-epm")
        .replace("\"2010\"", "2010")
        .is_refused("");
}
#[test]
fn l() {
    labelled("errata.toml", "", "number = 17")
        .replace("number = 17", "number = 300")
        .is_refused("");
}
