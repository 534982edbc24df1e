//! What is where on the page.

use leptos::prelude::*;
use wire::gacha::GachaStats;

use super::{
    chances::NextOdds, collection::Collection, controls::Controls, history::History,
    machine::Machine, odds::OddsSheet, result::ResultLine, stage::Stage,
};
use crate::{
    play::{Doorman, Felt, open_rules},
    tr,
    words::I18n,
};

/// The stage beside its controls, and below them the collection and the history.
#[component]
pub(super) fn Room(stats: Option<GachaStats>, is_member: bool) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let machine = Machine::new(stats);
    let odds = open_rules();
    let side = if is_member {
        view! { <Controls machine odds/> }.into_any()
    } else {
        view! {
            <div class="pull-panel">
                <NextOdds machine/>
                <Doorman back="/games/gacha" lead=tr!(i18n, gacha.sign_in_first) rules_name=tr!(i18n, gacha.odds) rules=odds/>
            </div>
        }
        .into_any()
    };
    let history = is_member.then(|| view! { <History machine/> });
    view! {
        <div class="gacha">
            <div class="gacha-front">
                <Felt/>
                <Stage machine/>
                <ResultLine machine/>
            </div>
            <div class="gacha-side">{side}</div>
            <div class="gacha-collection"><Collection machine/></div>
            <div class="gacha-history">{history}</div>
        </div>
        <OddsSheet machine open=odds/>
    }
    .into_any()
}
