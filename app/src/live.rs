//! What the club tells an open page by itself.

mod api;
mod bell;
#[cfg(feature = "hydrate")]
mod connection;
#[cfg(feature = "hydrate")]
mod hear;
mod list;
mod page;

use leptos::prelude::*;
use wire::{live::CrashEnded, play::PlaySession, shop::PurchaseEvent, user::UserStats};

pub(crate) use bell::Bell;
pub use page::NotificationsPage;

/// The live channel, as the parts of a page see it.
#[derive(Clone, Copy)]
pub struct Live {
    /// How the newest round of crash that was heard of ended.
    pub crash_ended: RwSignal<Option<CrashEnded>>,
    /// The newest purchase that was settled or refunded.
    pub purchase: RwSignal<Option<PurchaseEvent>>,
    /// The newest statistics that were heard of.
    pub stats: RwSignal<Option<UserStats>>,
    /// The newest word on the open sitting, which may be that there is none.
    pub sitting: RwSignal<Option<Option<PlaySession>>>,
    /// How many notifications were not read, once it is known.
    pub unread: RwSignal<Option<i64>>,
    /// The number of the newest event when the channel opened.
    pub newest: RwSignal<i64>,
    /// Whether the channel is open; while it is not, a page asks for itself.
    pub connected: RwSignal<bool>,
    /// Counts up whenever the channel came back or the tab woke: what runs is to be asked again.
    pub resumed: RwSignal<u32>,
}

/// Provides the channel to everything below, and keeps it open while a member looks.
pub fn provide_live() {
    let live = Live {
        crash_ended: RwSignal::new(None),
        purchase: RwSignal::new(None),
        stats: RwSignal::new(None),
        sitting: RwSignal::new(None),
        unread: RwSignal::new(None),
        newest: RwSignal::new(0),
        connected: RwSignal::new(false),
        resumed: RwSignal::new(0),
    };
    provide_context(live);
    #[cfg(feature = "hydrate")]
    connection::follow_viewer(live);
}

/// The channel.
#[must_use]
pub fn use_live() -> Live {
    expect_context()
}
