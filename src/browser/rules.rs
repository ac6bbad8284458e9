//! The module that writes rules; see `src/bin/rules.rs`.

use std::cell::RefCell;

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen]
extern "C" {
    /// The module, as JavaScript sees it.
    type RulesModule;

    /// What the module wrote; the meaning of its parts stands there.
    #[derive(Clone, PartialEq)]
    pub type Written;

    /// Loads the module; `page/boot.js` defines it.
    #[wasm_bindgen(js_name = loadRules, catch)]
    async fn load() -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method, catch)]
    fn write(this: &RulesModule, address: &str, flows: &str, refused: &str) -> Result<Option<Written>, JsValue>;

    #[wasm_bindgen(method, getter)]
    pub fn rules(this: &Written) -> String;
    #[wasm_bindgen(method, getter)]
    pub fn apply(this: &Written) -> String;
    #[wasm_bindgen(method, getter)]
    pub fn undo(this: &Written) -> String;
    #[wasm_bindgen(method, getter)]
    pub fn facts(this: &Written) -> String;
    #[wasm_bindgen(method, getter)]
    pub fn remarks(this: &Written) -> String;
    #[wasm_bindgen(method, getter)]
    pub fn warnings(this: &Written) -> String;
}

thread_local! {
    static MODULE: RefCell<Option<RulesModule>> = const { RefCell::new(None) };
}

/// Loads the module; tells whether it is there.
pub async fn load_rules() -> bool {
    let module = load().await.ok().map(RulesModule::from);
    let is_here = module.is_some();
    MODULE.set(module);
    is_here
}

/// What the platform of an address writes for flows. Nothing if it names none, or if the module is not there or has
/// failed.
pub fn write_rules(address: &str, flows: &str, refused: &str) -> Option<Written> {
    MODULE.with_borrow(|module| module.as_ref()?.write(address, flows, refused).ok().flatten())
}
