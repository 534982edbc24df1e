//! Space and Enter.

use games::gacha::PullCount;
use leptos::{
    ev::{self, KeyboardEvent},
    prelude::*,
};

use super::machine::Machine;
use crate::browser;

/// Space and Enter pull once, or open the next capsule, unless they are meant for something else.
pub(super) fn play_by_key(machine: Machine) {
    Effect::new(move || {
        let handle = window_event_listener(ev::keydown, move |event| on_key(machine, &event));
        on_cleanup(move || handle.remove());
    });
}

fn on_key(machine: Machine, event: &KeyboardEvent) {
    let is_free = !event.repeat() && !event.ctrl_key() && !event.alt_key() && !event.meta_key();
    let is_ours = matches!(event.key().as_str(), " " | "Enter");
    if is_free
        && is_ours
        && !browser::takes_keys(event.target())
        && !browser::is_link(event.target())
    {
        event.prevent_default();
        machine.press(PullCount::ONE);
    }
}
