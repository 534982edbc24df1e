//! The browser entry: hydrates the pages that the server rendered.

use wasm_bindgen::prelude::wasm_bindgen;

/// Brings the page to life; the script that the server writes into each page calls it.
#[wasm_bindgen]
pub fn hydrate() {
    #[cfg(debug_assertions)]
    console_error_panic_hook::set_once();
    leptos::mount::hydrate_lazy(app::App);
}
