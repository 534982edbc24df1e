//! What is pressed to play.

use leptos::prelude::*;

use super::{
    auto::AutoSpin,
    lines::LinesPicker,
    machine::{Machine, Phase},
};
use crate::{
    format,
    keys::{Binding, Key, use_keys},
    play::{StakePanel, Tools},
    tr,
    words::{I18n, fill},
};

/// Lines, stake, the button, auto-spin and sound.
#[component]
pub(super) fn Controls(machine: Machine, rules: RwSignal<bool>) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let press = tr!(i18n, keys.slot);
    use_keys().declare([Binding::new(&[Key::Space], press, move || machine.press())]);
    let is_locked = Signal::derive(move || !machine.is_idle());
    let per_line = move || {
        let share = machine.table.stake.get() / i64::from(machine.lines.get().max(1));
        fill(
            tr!(i18n, slot.per_line)(),
            &[("amount", &format::group(share))],
        )
    };
    view! {
        <div class="controls">
            <div class="controls-row">
                <span class="controls-name">{tr!(i18n, slot.lines)}</span>
                <span class="controls-note">{per_line}</span>
            </div>
            <LinesPicker machine/>
            <StakePanel table=machine.table limits=Signal::derive(move || machine.limits()) is_locked/>
            <SpinButton machine/>
            <div class="controls-row controls-tools">
                <AutoSpin machine/>
                <Tools table=machine.table rules_name=tr!(i18n, slot.rules) rules/>
            </div>
            <p class="fine-print wide-only">{tr!(i18n, slot.keys)}</p>
        </div>
    }
    .into_any()
}

#[component]
fn SpinButton(machine: Machine) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let text = move || match machine.phase.get() {
        Phase::Idle => tr!(i18n, slot.spin)(),
        Phase::Spinning => tr!(i18n, slot.spinning)(),
        Phase::Revealing => tr!(i18n, play.skip)(),
    };
    view! {
        <button
            type="button"
            class="button button-primary button-spin"
            data-testid="spin"
            aria-busy=move || (machine.phase.get() != Phase::Idle).then_some("true")
            on:click=move |_| machine.press()
        >
            {text}
        </button>
    }
    .into_any()
}
