//! What is pressed and typed to play.

use leptos::prelude::*;

use super::{
    auto::AutoField,
    button::{MainButton, Note},
    flight::{Flight, LIMITS, Phase},
};
use crate::{
    keys::{Binding, Key, use_keys},
    play::{StakePanel, Tools},
    tr,
    words::I18n,
};

/// The button, the stake, the auto cash-out, the sound and the rules.
#[component]
pub(super) fn Controls(flight: Flight, rules: RwSignal<bool>) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    use_keys().declare([
        Binding::new(
            &[Key::Space, Key::Enter],
            tr!(i18n, keys.crash),
            move || flight.press(),
        ),
        Binding::new(
            &[Key::Letter('c', 'ㅊ')],
            tr!(i18n, crash.cash_out),
            move || leave(flight),
        ),
    ]);
    let is_locked = Signal::derive(move || !flight.is_idle());
    view! {
        <div class="controls crash-controls">
            <MainButton flight/>
            <Note flight/>
            <StakePanel table=flight.table limits=LIMITS is_locked/>
            <div class="controls-row crash-tools">
                <AutoField flight/>
                <Tools table=flight.table rules_name=tr!(i18n, crash.rules) rules/>
            </div>
            <p class="fine-print wide-only">{tr!(i18n, crash.keys)}</p>
        </div>
    }
    .into_any()
}

/// Cashes out, and never bets.
fn leave(flight: Flight) {
    if flight.phase.get_untracked() == Phase::Flying {
        flight.press();
    }
}
