//! Whether the member asked for less motion.

use leptos::prelude::*;

use crate::browser;

/// Whether to keep still: false until the page is alive, then what the browser says.
#[must_use]
pub fn use_calm() -> Signal<bool> {
    let calm = RwSignal::new(false);
    Effect::new(move || calm.set(browser::prefers_calm()));
    calm.into()
}
