//! Registry files: one that sets the values, one that deletes them again.
//!
//! A registry file cannot ask what was before. So the first one says how to export that, and undoing is two steps: the
//! second file deletes what the first one wrote, then the export puts back what was there.

use super::file::{Encoding, File};
use super::on_machine::{Change, Job, Written};
use crate::catalog::{RegistryValue, ValueKind, Vocabulary};
use crate::firewall::platform::Script;

/// Both files of a job that has registry values.
pub fn write(job: &Job) -> Change {
    let stem = job.file_stem();
    Change {
        apply: file(job, format!("{stem}.reg"), apply),
        undo: file(job, format!("{stem}-undo.reg"), undo),
    }
}

/// NT 4.0 reads the older form only; later Windows write and read the newer one.
fn file(job: &Job, name: String, body: fn(&Job, &mut Script)) -> File {
    let (signature, encoding) = if job.is_for_nt4() {
        ("REGEDIT4", Encoding::Windows)
    } else {
        ("Windows Registry Editor Version 5.00", Encoding::Utf16)
    };
    let mut out = Script::new("; ");
    out.line(signature);
    out.line("");
    job.header().iter().for_each(|line| out.note(line));
    body(job, &mut out);
    File {
        name,
        text: out.into_text(),
        encoding,
    }
}

fn apply(job: &Job, out: &mut Script) {
    out.note("First export what is there. A key that does not exist yet gives no file.");
    for command in exports(job) {
        out.note(format_args!("  {command}"));
    }
    out.note(format_args!("Then merge this file. {}", job.restart()));
    for (written, value) in values(job) {
        let (service, kind, number) = (written.setting().service, value.kind.title(), written.number());
        out.line("");
        match value.kind {
            ValueKind::Dword => out.note(format_args!("{service}: {kind}, {number} = {number:#x}")),
            ValueKind::Text => out.note(format_args!("{service}: {kind}, {number}")),
        }
        assign(value, &data(value.kind, number), out);
    }
}

fn undo(job: &Job, out: &mut Script) {
    out.note("Deletes what the other file wrote. Without a value Windows chooses the port again.");
    out.note("Then merge what was exported before, if there is such a file: it puts old values back.");
    out.note(job.restart());
    for (written, value) in values(job) {
        out.line("");
        out.note(written.setting().service);
        assign(value, "-", out);
    }
}

/// The commands that save what is there before, one for each key.
pub fn exports(job: &Job) -> Vec<String> {
    let mut keys: Vec<&str> = Vec::new();
    for (_, value) in values(job) {
        if !keys.contains(&value.key) {
            keys.push(value.key);
        }
    }
    let stem = job.file_stem();
    let numbered = (1..).zip(keys);
    numbered
        .map(|(number, key)| format!(r#"regedit /e {stem}-before-{number}.reg "{}""#, full_key(key)))
        .collect()
}

fn values<'a>(job: &'a Job) -> impl Iterator<Item = (&'a Written, &'static RegistryValue)> {
    job.written.iter().filter_map(|written| match written {
        Written::Value { value, .. } => Some((written, *value)),
        Written::File { .. } => None,
    })
}

fn assign(value: &RegistryValue, data: &str, out: &mut Script) {
    out.line(format_args!("[{}]", full_key(value.key)));
    out.line(format_args!("\"{}\"={data}", value.name));
}

/// A number as registry files write it: a DWORD in eight hexadecimal digits, a text in quotes.
fn data(kind: ValueKind, number: u16) -> String {
    match kind {
        ValueKind::Dword => format!("dword:{number:08x}"),
        ValueKind::Text => format!("\"{number}\""),
    }
}

/// The key with the full name of its root, which registry files want.
fn full_key(key: &str) -> String {
    match key.split_once('\\') {
        Some(("HKCU", rest)) => format!(r"HKEY_CURRENT_USER\{rest}"),
        Some((_, rest)) => format!(r"HKEY_LOCAL_MACHINE\{rest}"),
        None => key.to_owned(),
    }
}
