//! What is looked at: the machine, a capsule in the light, or what came.

use leptos::prelude::*;

use super::{
    cabinet::Cabinet,
    machine::{Machine, Phase},
    spotlight::Spotlight,
    tray::Tray,
};
use crate::{tr, words::I18n};

/// The stage; a tap opens the next capsule at once.
#[component]
pub(super) fn Stage(machine: Machine) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let has_round = move || machine.round.with(Option::is_some);
    view! {
        <div
            class="stage"
            class:stage-done=has_round
            data-testid="gacha-state"
            data-phase=move || machine.phase.get().as_str()
            on:click=move |_| machine.hurry()
        >
            <Cabinet/>
            <Spotlight machine/>
            <Tray machine/>
            <Show when=move || machine.phase.get() == Phase::Revealing>
                <button type="button" class="button button-small stage-all" data-testid="show-all" on:click=move |_| machine.show_all()>
                    {tr!(i18n, gacha.show_all)}
                </button>
            </Show>
        </div>
    }
    .into_any()
}
