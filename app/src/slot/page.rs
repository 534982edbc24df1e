//! The slot's page.

use leptos::prelude::*;
use leptos_meta::Title;

use super::{board::Board, controls::Controls, machine::Machine, result::ResultLine, rules::Rules};
use crate::{
    play::{Doorman, Felt, Recent, Streak, earlier_hands, open_rules, side},
    tr, tr_title,
    words::I18n,
};

/// The machine, and beside it what was played. Visitors may look.
#[component]
pub fn SlotPage() -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let machine = Machine::new();
    let rules = open_rules();
    let table = machine.table;
    let earlier = earlier_hands(table.game);
    let controls = move || view! { <Controls machine rules/> }.into_any();
    let doorman = move || {
        view! {
            <Doorman back="/games/slot" lead=tr!(i18n, slot.sign_in_first) rules_name=tr!(i18n, slot.rules) rules/>
        }
        .into_any()
    };
    view! {
        <Title text=tr_title!(i18n, title.slot)/>
        <h1 class="sr-only">{tr!(i18n, slot.name)}</h1>
        <div class="machine">
            <div class="machine-front">
                <Felt/>
                <Streak table phrase=tr!(i18n, slot.streak)/>
                <Board machine/>
                <ResultLine machine/>
            </div>
            {side(table, controls, doorman)}
            <div class="machine-back">
                <Recent table earlier none=tr!(i18n, slot.recent_none)/>
            </div>
        </div>
        <Rules open=rules/>
    }
    .into_any()
}
