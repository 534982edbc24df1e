//! What the club tells an open page by itself.

use leptos::prelude::*;
use wire::live::CrashEnded;

/// The live channel, as the parts of a page see it.
#[derive(Clone, Copy)]
pub struct Live {
    /// How the newest round of crash that was heard of ended.
    pub crash_ended: RwSignal<Option<CrashEnded>>,
    /// Whether the channel is open; while it is not, a page asks for itself.
    pub connected: RwSignal<bool>,
    /// Counts up whenever the channel came back or the tab woke: what runs is to be asked again.
    pub resumed: RwSignal<u32>,
}

/// Provides the channel to everything below.
pub fn provide_live() {
    provide_context(Live {
        crash_ended: RwSignal::new(None),
        connected: RwSignal::new(false),
        resumed: RwSignal::new(0),
    });
}

/// The channel.
#[must_use]
pub fn use_live() -> Live {
    expect_context()
}
