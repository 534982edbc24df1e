//! What is pressed and typed to play.

use leptos::prelude::*;

use super::{
    auto::AutoField,
    button::{MainButton, Note},
    flight::{Flight, LIMITS},
};
use crate::{
    play::{Free, Panel, StakePanel, Tools},
    tr,
    words::I18n,
};

/// The button, the stake, the auto cash-out, the sound and the rules.
#[component]
pub(super) fn Controls(flight: Flight, rules: RwSignal<bool>) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let is_locked = Signal::derive(move || !flight.is_idle());
    view! {
        <Panel class="controls crash-controls">
            <MainButton flight/>
            <Note flight/>
            <StakePanel table=flight.table limits=LIMITS is_locked/>
            <Free table=flight.table least=LIMITS.least() is_locked/>
            <div class="controls-row crash-tools">
                <AutoField flight/>
                <Tools table=flight.table rules_name=tr!(i18n, crash.rules) rules/>
            </div>
            <p class="fine-print wide-only">{tr!(i18n, crash.keys)}</p>
        </Panel>
    }
    .into_any()
}
