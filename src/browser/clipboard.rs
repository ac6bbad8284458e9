//! The clipboard.

use wasm_bindgen_futures::JsFuture;

use super::window;

/// Copies a text. Fails where the page may not: the text must then stay selectable.
pub async fn copy(text: &str) -> Result<(), ()> {
    // Absent on pages that are not secure, such as plain HTTP on another machine.
    if !window().is_secure_context() {
        return Err(());
    }
    let written = window().navigator().clipboard().write_text(text);
    JsFuture::from(written).await.map(drop).map_err(drop)
}
