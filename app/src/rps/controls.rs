//! What is pressed to play.

use games::rps::{Shape, Verdict};
use leptos::prelude::*;
use wire::Tokens;

use super::{
    choices::Choices,
    duel::{Duel, LIMITS},
    name,
    shape::ORDER,
};
use crate::{
    format,
    keys::{Binding, Key, use_keys},
    play::{Free, Panel, StakePanel, Tools},
    tr,
    words::{I18n, fill},
};

/// The choices, the stake, the sound and the rules.
#[component]
pub(super) fn Controls(duel: Duel, rules: RwSignal<bool>) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    use_keys().declare(bindings(duel, i18n));
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

/// The keys 1, 2 and 3 throw, in the order of the choices; Space shows at once what runs.
fn bindings(duel: Duel, i18n: I18n) -> [Binding; 5] {
    let throw = |keys, shape: Shape| {
        let label = move || name(i18n.get_locale(), shape);
        Binding::new(keys, label, move || duel.choose(shape))
    };
    let [first, second, third] = ORDER;
    [
        throw(&[Key::Sign('1')], first),
        throw(&[Key::Sign('2')], second),
        throw(&[Key::Sign('3')], third),
        Binding::new(&[Key::Space], tr!(i18n, play.skip), move || duel.hurry()),
        Binding::told(&[Key::Left, Key::Right], tr!(i18n, keys.choices)),
    ]
}
