//! Switching the sound on and off.

use leptos::prelude::*;

use super::Table;
use crate::{
    browser,
    preference::{SOUND_COOKIE, Sound},
    tr,
    ui::Icon,
    words::I18n,
};

/// The switch; what was chosen is remembered in this browser, for every game.
#[component]
pub(super) fn Mute(table: Table) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let muted = table.muted;
    Effect::new(move || muted.set(Sound::kept() == Sound::Off));
    let toggle = move |_| {
        let turn = |muted: &mut bool| {
            *muted = !*muted;
            *muted
        };
        let choice = match muted.try_update(turn) {
            Some(true) => Sound::Off,
            Some(false) => Sound::On,
            None => return,
        };
        browser::keep_cookie(SOUND_COOKIE, choice.as_str());
    };
    let label = move || {
        if muted.get() {
            tr!(i18n, play.sound_on)()
        } else {
            tr!(i18n, play.sound_off)()
        }
    };
    view! {
        <button
            type="button"
            class="icon-button"
            data-testid="mute"
            aria-label=label
            title=label
            aria-pressed=move || if muted.get() { "true" } else { "false" }
            on:click=toggle
        >
            <Show when=move || muted.get() fallback=|| view! { <Icon name="sound"/> }>
                <Icon name="muted"/>
            </Show>
        </button>
    }
    .into_any()
}
