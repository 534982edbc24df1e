//! The browser entry: hydrates the pages that the server rendered.

use app::{App, browser};
use leptos::{mount::hydrate_from_async, prelude::document, task::tick};
use wasm_bindgen::{JsCast, prelude::wasm_bindgen};
use wasm_bindgen_futures::spawn_local;

/// Brings the page to life; the script that the server writes into each page calls it.
#[wasm_bindgen]
pub fn hydrate() {
    #[cfg(debug_assertions)]
    console_error_panic_hook::set_once();
    spawn_local(async {
        let Some(body) = document().body() else {
            return;
        };
        hydrate_from_async(body.unchecked_into(), App)
            .await
            .forget();
        // What the page does first is done in effects, which run after this task.
        tick().await;
        browser::mark_hydrated();
    });
}
