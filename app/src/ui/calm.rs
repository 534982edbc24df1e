//! Whether the member asked for less motion, of the club or of the device.

use leptos::prelude::*;

use crate::{browser, preference::Motion};

/// Whether to keep still: asked once, and followed when the member changes their mind.
#[derive(Clone, Copy)]
pub struct Calm {
    device: RwSignal<bool>,
    chosen: RwSignal<bool>,
}

impl Calm {
    /// Chooses how much may move, here and for the pages to come.
    pub fn choose(self, motion: Motion) {
        motion.keep();
        self.chosen.set(motion == Motion::Less);
    }
}

/// Provides it to everything below.
pub fn provide_calm() {
    let calm = Calm {
        device: RwSignal::new(false),
        chosen: RwSignal::new(Motion::kept() == Motion::Less),
    };
    provide_context(calm);
    Effect::new(move || browser::follow_calm(move |is_calm| calm.device.set(is_calm)));
}

/// How much may move, to choose.
#[must_use]
pub fn use_motion() -> Calm {
    expect_context()
}

/// Whether to keep still. What the device asks for is heard once the page is alive.
#[must_use]
pub fn use_calm() -> Signal<bool> {
    let Calm { device, chosen } = use_motion();
    Signal::derive(move || chosen.get() || device.get())
}
