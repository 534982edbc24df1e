//! What is pressed to play.

use games::slot::STAKE_MAX;
use leptos::prelude::*;

use super::{
    auto::AutoSpin,
    lines::LinesPicker,
    machine::{Machine, Phase},
};
use crate::{
    browser, format, tr,
    ui::{Icon, StakeInput},
    words::{I18n, fill},
};

/// Where the choice of sound is remembered.
const SOUND: &str = "casino-sound";

/// Lines, stake, the button, auto-spin and sound.
#[component]
pub(super) fn Controls(machine: Machine, rules: RwSignal<bool>) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let affordable = Signal::derive(move || machine.wallet.balance_now().min(STAKE_MAX.get()));
    let is_locked = Signal::derive(move || !machine.is_idle());
    let per_line = move || {
        let share = machine.stake.get() / i64::from(machine.lines.get().max(1));
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
            <StakeInput stake=machine.stake limits=Signal::derive(move || machine.limits()) affordable disabled=is_locked/>
            <SpinButton machine/>
            <div class="controls-row controls-tools">
                <AutoSpin machine/>
                <div class="row">
                    <Mute machine/>
                    <button type="button" class="icon-button" aria-label=tr!(i18n, slot.rules) title=tr!(i18n, slot.rules) on:click=move |_| rules.set(true)>
                        <Icon name="info"/>
                    </button>
                </div>
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
        Phase::Revealing => tr!(i18n, slot.skip)(),
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

#[component]
fn Mute(machine: Machine) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    Effect::new(move || {
        machine
            .muted
            .set(browser::remembered(SOUND).as_deref() != Some("on"))
    });
    let toggle = move |_| {
        machine.muted.update(|muted| *muted = !*muted);
        browser::remember(
            SOUND,
            if machine.muted.get_untracked() {
                "off"
            } else {
                "on"
            },
        );
    };
    let label = move || {
        if machine.muted.get() {
            tr!(i18n, slot.sound_on)()
        } else {
            tr!(i18n, slot.sound_off)()
        }
    };
    view! {
        <button
            type="button"
            class="icon-button"
            data-testid="mute"
            aria-label=label
            title=label
            aria-pressed=move || if machine.muted.get() { "true" } else { "false" }
            on:click=toggle
        >
            <Show when=move || machine.muted.get() fallback=|| view! { <Icon name="sound"/> }>
                <Icon name="muted"/>
            </Show>
        </button>
    }
    .into_any()
}
