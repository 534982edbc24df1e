//! What the club tells an open page by itself.

use leptos::prelude::*;
use wire::{play::PlaySession, user::UserStats};

/// The live channel, as the parts of a page see it.
#[derive(Clone, Copy)]
pub struct Live {
    /// The newest statistics that were heard of.
    pub stats: RwSignal<Option<UserStats>>,
    /// The newest word on the open sitting, which may be that there is none.
    pub sitting: RwSignal<Option<Option<PlaySession>>>,
}

/// Provides the channel to everything below.
pub fn provide_live() {
    provide_context(Live {
        stats: RwSignal::new(None),
        sitting: RwSignal::new(None),
    });
}

/// The channel.
#[must_use]
pub fn use_live() -> Live {
    expect_context()
}
