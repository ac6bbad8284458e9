//! A real registry hive, into which hivex merges registry files and from which it reads them back.

use std::fs;
use std::process::Command;

use tempfile::TempDir;

/// A hive that begins empty; as HKLM or HKCU, whichever a file names.
pub struct Hive {
    folder: TempDir,
}

impl Hive {
    /// An empty hive.
    pub fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder can be made");
        fs::write(folder.path().join("hive"), empty()).expect("the hive can be written");
        Self { folder }
    }

    /// Merges a registry file as it was downloaded; tells what hivex complains.
    pub fn merge(&self, root: &str, bytes: &[u8]) -> Result<(), String> {
        self.merge_text(root, &decode(bytes))
    }

    /// Merges a text that is decoded already. Unlike Windows, hivex makes no key whose parent is not there; a server has
    /// the keys of its services.
    pub fn merge_text(&self, root: &str, text: &str) -> Result<(), String> {
        let keys = text
            .lines()
            .filter_map(|line| line.strip_prefix('[')?.strip_suffix(']'));
        let parents: Vec<String> = keys
            .flat_map(|key| parents(root, key))
            .map(|key| format!("[{key}]\n\n"))
            .collect();
        let parents = parents.concat();
        let signature = "Windows Registry Editor Version 5.00\n\n";
        let files = [format!("{signature}{parents}"), text.to_owned()];
        let names = ["hive", "parents.reg", "merged.reg"].map(|name| self.folder.path().join(name));
        for (name, text) in names[1..].iter().zip(files) {
            fs::write(name, text).expect("a file can be written");
        }
        run(Command::new("hivexregedit")
            .args(["--merge", "--prefix", root])
            .args(names))
        .map(drop)
    }

    /// What the hive holds, as hivex writes it: `[key]` lines and values, without comments.
    pub fn export(&self, root: &str) -> String {
        let hive = self.folder.path().join("hive");
        let exported = run(Command::new("hivexregedit")
            .args(["--export", "--prefix", root])
            .arg(hive)
            .arg("\\"));
        exported.expect("hivex reads its own hive")
    }
}

/// What a command writes, or what it complains.
fn run(command: &mut Command) -> Result<String, String> {
    let output = command
        .output()
        .expect("hivexregedit starts; Debian's libwin-hivex-perl has it");
    if output.status.success() {
        Ok(String::from_utf8(output.stdout).expect("hivex writes UTF-8"))
    } else {
        Err(String::from_utf8_lossy(&output.stderr).into_owned())
    }
}

/// The keys between a root and a key.
fn parents<'a>(root: &str, key: &'a str) -> Vec<&'a str> {
    let ends = key.match_indices('\\').map(|(end, _)| end);
    ends.filter(|&end| end > root.len()).map(|end| &key[..end]).collect()
}

/// The values of an export, each as `key\name = data`; keys without values are nothing.
pub fn values(export: &str) -> Vec<String> {
    let mut key = "";
    let mut values = Vec::new();
    for line in export.lines() {
        if let Some(opened) = line.strip_prefix('[') {
            key = opened.trim_end_matches(']');
        } else if let Some((name, data)) = line.split_once("\"=") {
            values.push(format!("{key}\\{} = {}", name.trim_start_matches('"'), readable(data)));
        }
    }
    values.sort();
    values
}

/// A text is exported as the bytes of UTF-16; everything else stays as it is.
fn readable(data: &str) -> String {
    let Some(bytes) = data.strip_prefix("hex(1):") else {
        return data.to_owned();
    };
    let bytes: Vec<u8> = bytes
        .split(',')
        .map(|byte| u8::from_str_radix(byte, 16).expect("hivex writes bytes"))
        .collect();
    let units: Vec<u16> = bytes
        .chunks(2)
        .map(|pair| u16::from_le_bytes([pair[0], pair[1]]))
        .collect();
    let text = String::from_utf16(&units).expect("a registry text is UTF-16");
    format!("\"{}\"", text.trim_end_matches('\0'))
}

/// The text of a registry file, with `\n`; what Windows would not read ends the test.
pub fn decode(bytes: &[u8]) -> String {
    let text = if bytes.starts_with(&[0xff, 0xfe]) {
        let units: Vec<u16> = bytes[2..]
            .chunks(2)
            .map(|pair| u16::from_le_bytes([pair[0], pair[1]]))
            .collect();
        String::from_utf16(&units).expect("the file is UTF-16")
    } else {
        assert!(bytes.is_ascii(), "the older form is ASCII");
        String::from_utf8(bytes.to_vec()).expect("ASCII is UTF-8")
    };
    let unix = text.replace("\r\n", "\n");
    assert!(
        !unix.contains('\r') && text.matches('\n').count() == text.matches("\r\n").count(),
        "lines end in CRLF"
    );
    unix
}

/// The smallest hive: a root key without subkeys and values, with a security descriptor of nobody.
/// Offsets as in the description of the format by M. Suhanov, "Windows registry file format specification".
fn empty() -> Vec<u8> {
    let mut hive = vec![0; 0x2000];
    let mut put = |offset: usize, bytes: &[u8]| hive[offset..offset + bytes.len()].copy_from_slice(bytes);
    let number = |number: u32| number.to_le_bytes();
    let nothing = number(u32::MAX);
    // The base block.
    put(0, b"regf");
    for (offset, value) in [
        (4, 1),
        (8, 1),
        (20, 1),
        (24, 3),
        (32, 1),
        (36, 0x20),
        (40, 0x1000),
        (44, 1),
    ] {
        put(offset, &number(value));
    }
    // The bin, whose cells have negative sizes while in use.
    put(0x1000, b"hbin");
    put(0x1008, &number(0x1000));
    let (root, security, free) = (0x1020, 0x1080, 0x10b0);
    put(root, &(-0x60_i32).to_le_bytes());
    put(root + 4, b"nk");
    put(root + 6, &0x2c_u16.to_le_bytes());
    for offset in [32, 36, 44, 52] {
        put(root + offset, &nothing);
    }
    put(root + 48, &number(0x80));
    put(root + 76, &4_u16.to_le_bytes());
    put(root + 80, b"ROOT");
    put(security, &(-0x30_i32).to_le_bytes());
    put(security + 4, b"sk");
    for (offset, value) in [(8, 0x80), (12, 0x80), (16, 1), (20, 20), (24, 0x8000_0001)] {
        put(security + offset, &number(value));
    }
    put(free, &number(0x1000 - 0xb0));
    let sum = hive[..508].chunks(4).fold(0, |sum, word| {
        sum ^ u32::from_le_bytes([word[0], word[1], word[2], word[3]])
    });
    hive[508..512].copy_from_slice(&sum.to_le_bytes());
    hive
}
