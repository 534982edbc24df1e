//! The page of rock-paper-scissors.

use leptos::prelude::*;
use leptos_meta::Title;

use super::{
    arena::Arena, controls::Controls, duel::Duel, result::ResultLine, rules::Rules, strip::Strip,
};
use crate::{
    play::{Doorman, Felt, Recent, Streak, earlier_hands, open_rules, side},
    tr, tr_title,
    words::I18n,
};

/// The two hands, and beside them what was played. Visitors may look.
#[component]
pub fn RpsPage() -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let duel = Duel::new();
    let table = duel.table;
    let rules = open_rules();
    let earlier = earlier_hands(table.game);
    let controls = move || view! { <Controls duel rules/> }.into_any();
    let doorman = move || {
        view! {
            <Doorman back="/games/rps" lead=tr!(i18n, rps.sign_in_first) rules_name=tr!(i18n, rps.rules) rules/>
        }
        .into_any()
    };
    view! {
        <Title text=tr_title!(i18n, title.rps)/>
        <h1 class="sr-only">{tr!(i18n, rps.name)}</h1>
        <div class="machine">
            <div class="duel-front">
                <Felt/>
                <Streak table phrase=tr!(i18n, rps.streak)/>
                <Arena duel/>
                <ResultLine duel/>
                <Strip table earlier/>
            </div>
            {side(table, controls, doorman)}
            <div class="machine-back">
                <Recent table earlier none=tr!(i18n, rps.recent_none)/>
            </div>
        </div>
        <Rules open=rules/>
    }
    .into_any()
}
