//! Marks what was found in the rows, without touching them: as ranges that `style/flows.css` colours.

use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::{Element, Node, Range};

use super::document;

#[wasm_bindgen]
extern "C" {
    /// Ranges that are coloured together. Browsers before 2025 may not know it; then nothing is coloured.
    type Highlight;

    #[wasm_bindgen(constructor, catch)]
    fn new() -> Result<Highlight, wasm_bindgen::JsValue>;

    #[wasm_bindgen(method)]
    fn add(this: &Highlight, range: &Range);

    #[wasm_bindgen(js_namespace = ["CSS", "highlights"], js_name = set, catch)]
    fn show(name: &str, highlight: &Highlight) -> Result<(), wasm_bindgen::JsValue>;
}

/// Where words are looked for in a row.
const TEXTS: [&str; 3] = ["port", "what", "why"];

/// Marks the words that begin so in the rows of flows; `beginnings` are in lower case.
pub fn mark(beginnings: &[String]) {
    let Ok(highlight) = Highlight::new() else { return };
    if !beginnings.is_empty() {
        for class in TEXTS {
            let elements = document().get_elements_by_class_name(class);
            for element in (0..elements.length()).filter_map(|index| elements.item(index)) {
                mark_in(&element, beginnings, &highlight);
            }
        }
    }
    // A browser that knows the type knows its registry.
    drop(show("found", &highlight));
}

fn mark_in(element: &Element, beginnings: &[String], highlight: &Highlight) {
    let Some(text) = element.first_child() else { return };
    let content = text.text_content().unwrap_or_default().to_ascii_lowercase();
    for beginning in beginnings {
        for (start, _) in content.match_indices(beginning.as_str()) {
            let is_inside = content[..start].ends_with(|letter: char| letter.is_ascii_alphanumeric());
            if !is_inside && let Some(range) = range(&text, &content, start, beginning.len()) {
                highlight.add(&range);
            }
        }
    }
}

/// A range of a text node; the browser counts UTF-16 units.
fn range(node: &Node, content: &str, start: usize, length: usize) -> Option<Range> {
    let units = |text: &str| u32::try_from(text.encode_utf16().count()).ok();
    let first = units(&content[..start])?;
    let range = document().create_range().ok()?;
    range.set_start(node, first).ok()?;
    range
        .set_end(node, first + units(&content[start..start + length])?)
        .ok()?;
    Some(range)
}
