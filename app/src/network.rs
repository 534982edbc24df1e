//! What the browser says of its network and of who looks.

use leptos::{ev, prelude::*};

use crate::browser;

/// The network and the tab, as every part of the club sees them.
#[derive(Clone, Copy)]
pub(crate) struct Network {
    /// Whether the browser has a network at all.
    pub(crate) is_online: RwSignal<bool>,
    /// Whether somebody can see the tab: what only moves what is shown rests while nobody can.
    pub(crate) is_visible: RwSignal<bool>,
    /// Counts up when there is reason to look again: the network came back, somebody looks again.
    pub(crate) wakes: RwSignal<u32>,
}

/// Provides the network to everything below.
pub(crate) fn provide_network() {
    let network = Network {
        is_online: RwSignal::new(true),
        is_visible: RwSignal::new(true),
        wakes: RwSignal::new(0),
    };
    provide_context(network);
    Effect::new(move || network.follow());
}

/// The network.
pub(crate) fn use_network() -> Network {
    expect_context()
}

impl Network {
    /// Follows the browser for as long as the page is open.
    fn follow(self) {
        self.look();
        self.is_visible.set(browser::is_visible());
        let wake = move || self.wakes.update(|wakes| *wakes += 1);
        window_event_listener(ev::offline, move |_| self.look());
        window_event_listener(ev::online, move |_| {
            self.look();
            wake();
        });
        window_event_listener(ev::focus, move |_| wake());
        window_event_listener(ev::visibilitychange, move |_| {
            let is_visible = browser::is_visible();
            self.is_visible.set(is_visible);
            if is_visible {
                wake();
            }
        });
    }

    fn look(self) {
        self.is_online.set(browser::is_online());
    }
}
