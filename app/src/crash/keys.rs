//! Space, Enter and C.

use leptos::{
    ev::{self, KeyboardEvent},
    prelude::*,
};

use super::flight::{Flight, Phase};
use crate::browser;

/// Space and Enter bet and cash out, C cashes out; none of them where it means something else.
pub(super) fn play_by_key(flight: Flight) {
    Effect::new(move || {
        let handle = window_event_listener(ev::keydown, move |event| on_key(flight, &event));
        on_cleanup(move || handle.remove());
    });
}

fn on_key(flight: Flight, event: &KeyboardEvent) {
    if event.ctrl_key() || event.alt_key() || event.meta_key() {
        return;
    }
    match event.key().as_str() {
        "Enter" if event.repeat() => hold_back(event),
        _ if event.repeat() => {}
        " " | "Enter" if is_free(event) => {
            event.prevent_default();
            flight.press();
        }
        "c" | "C" | "ㅊ" if !browser::takes_text(event.target()) => cash_out(flight),
        _ => {}
    }
}

fn is_free(event: &KeyboardEvent) -> bool {
    !browser::takes_keys(event.target()) && !browser::is_link(event.target())
}

/// A browser presses a button again for as long as Enter is held on it; one press is one.
fn hold_back(event: &KeyboardEvent) {
    if browser::takes_keys(event.target()) && !browser::takes_text(event.target()) {
        event.prevent_default();
    }
}

fn cash_out(flight: Flight) {
    if flight.phase.get_untracked() == Phase::Flying {
        flight.press();
    }
}
