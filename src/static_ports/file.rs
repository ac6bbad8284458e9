//! A file to download, in the bytes that its program reads.

/// A file: its name, what people read, and how it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// The name under which it is saved.
    pub name: String,
    /// Its text, lines ended by `\n`.
    pub text: String,
    /// How it is stored.
    pub encoding: Encoding,
}

/// How a text becomes bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-16, little endian, with a byte order mark and CRLF: registry files of version 5.
    Utf16,
    /// UTF-8 with CRLF: ASCII for REGEDIT4 and scripts, which hold nothing else.
    Windows,
    /// UTF-8 with `\n`.
    Utf8,
}

impl File {
    /// The bytes to save.
    pub fn bytes(&self) -> Vec<u8> {
        match self.encoding {
            Encoding::Utf16 => {
                let units = self.with_crlf();
                let units = std::iter::once('\u{feff}').chain(units.chars());
                let units: String = units.collect();
                units.encode_utf16().flat_map(u16::to_le_bytes).collect()
            }
            Encoding::Windows => self.with_crlf().into_bytes(),
            Encoding::Utf8 => self.text.clone().into_bytes(),
        }
    }

    fn with_crlf(&self) -> String {
        self.text.replace('\n', "\r\n")
    }
}
