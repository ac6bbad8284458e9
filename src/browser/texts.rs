//! The file of the long texts.

use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::Response;

use super::{document, window};

/// Fetches the file that the page names, or takes it from the page where that holds everything itself.
pub async fn texts() -> Result<String, JsValue> {
    let element = document().get_element_by_id("texts").ok_or("the page names no texts")?;
    let Some(address) = element.get_attribute("content") else {
        return element.text_content().ok_or_else(|| "the texts are empty".into());
    };
    let response: Response = JsFuture::from(window().fetch_with_str(&address)).await?.dyn_into()?;
    if !response.ok() {
        return Err("the texts are not there".into());
    }
    let text = JsFuture::from(response.text()?).await?;
    text.as_string().ok_or_else(|| "the texts are no text".into())
}
