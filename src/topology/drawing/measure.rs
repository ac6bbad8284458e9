//! How wide text is, without a browser to measure it.

/// The width of a text in pixels in a proportional font of a size in pixels: rather too much than too little.
pub fn text_width(text: &str, size: i32) -> i32 {
    let thousandths: i32 = text.chars().map(thousandths).sum();
    (thousandths * size + 999) / 1000
}

/// The width of a letter in thousandths of the size. Fonts of systems differ; these are those of the wider ones, bold.
fn thousandths(letter: char) -> i32 {
    match letter {
        'i' | 'j' | 'l' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' | ' ' | '(' | ')' | '-' | 'I' => 380,
        'f' | 'r' | 't' | '/' => 450,
        'm' | 'w' | 'M' | 'W' => 980,
        letter if letter.is_ascii_uppercase() => 740,
        _ => 640,
    }
}

/// Breaks a text between words into lines of at most this width; a longer word stands alone.
pub fn wrap(text: &str, size: i32, width: i32) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if text_width(&format!("{line} {word}"), size) <= width => {
                line.push(' ');
                *line += word;
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}
