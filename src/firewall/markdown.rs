//! Markdown as GitHub reads it.

/// A row of a table, of cells that are escaped.
pub fn row<T: AsRef<str>>(cells: &[T]) -> String {
    let cells: Vec<&str> = cells.iter().map(T::as_ref).collect();
    format!("| {} |", cells.join(" | "))
}

/// A text in which nothing is markup: no cell ends early, no HTML, link, code or emphasis begins.
pub fn escape(text: &str) -> String {
    let mut escaped = String::new();
    for letter in text.chars() {
        match letter {
            '\\' | '|' | '<' | '>' | '[' | ']' | '`' | '*' | '_' | '~' => escaped.extend(['\\', letter]),
            '\r' | '\n' => escaped.push(' '),
            _ => escaped.push(letter),
        }
    }
    escaped
}
