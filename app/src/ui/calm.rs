//! Whether the member asked for less motion.

use leptos::prelude::*;

use crate::browser;

/// Whether to keep still: asked once, and followed when the member changes their mind.
#[derive(Clone, Copy)]
struct Calm(Signal<bool>);

/// Provides it to everything below.
pub fn provide_calm() {
    let calm = RwSignal::new(false);
    provide_context(Calm(calm.into()));
    Effect::new(move || browser::follow_calm(move |is_calm| calm.set(is_calm)));
}

/// Whether to keep still: false until the page is alive, then what the browser says.
#[must_use]
pub fn use_calm() -> Signal<bool> {
    let Calm(calm) = expect_context();
    calm
}
