//! Lines of CSV as in RFC 4180.

/// Every field is quoted, and one that a spreadsheet could take for a formula is made text.
pub fn line(fields: &[impl AsRef<str>]) -> String {
    let fields: Vec<String> = fields.iter().map(|field| quote(field.as_ref())).collect();
    fields.join(",") + "\r\n"
}

fn quote(field: &str) -> String {
    let formula = field.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let guard = if formula { "'" } else { "" };
    format!("\"{guard}{}\"", field.replace('"', "\"\""))
}
