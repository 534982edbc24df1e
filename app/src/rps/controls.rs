//! What is pressed to play.

use games::rps::Verdict;
use leptos::prelude::*;
use wire::Tokens;

use super::{
    choices::Choices,
    duel::{Duel, LIMITS},
};
use crate::{
    format,
    play::{Free, Panel, StakePanel, Tools},
    tr,
    words::{I18n, fill},
};

/// The choices, the stake, the sound and the rules.
#[component]
pub(super) fn Controls(duel: Duel, rules: RwSignal<bool>) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let is_locked = Signal::derive(move || !duel.is_idle());
    let win = move || {
        let stake = Tokens::new(duel.table.stake.get()).unwrap_or_default();
        let pays = format::group(Verdict::Win.pays(stake).get());
        fill(tr!(i18n, rps.win_pays)(), &[("amount", &pays)])
    };
    view! {
        <Panel>
            <Choices duel/>
            <StakePanel table=duel.table limits=LIMITS is_locked/>
            <Free table=duel.table least=LIMITS.least() is_locked/>
            <div class="controls-row controls-tools">
                <p class="controls-note controls-pays">{win}</p>
                <Tools table=duel.table rules_name=tr!(i18n, rps.rules) rules/>
            </div>
            <p class="fine-print wide-only">{tr!(i18n, rps.keys)}</p>
        </Panel>
    }
    .into_any()
}
