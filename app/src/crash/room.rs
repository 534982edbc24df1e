//! What is where on the page.

use leptos::prelude::*;
use wire::crash::{CurrentRound, PastRound};

use super::{
    controls::Controls, delay::Delay, flight::Flight, points::Points, rules::Rules, stage::Stage,
};
use crate::{
    error::PageError,
    play::{Doorman, Earlier, Felt, Recent, Streak, open_rules},
    tr,
    trouble::PartTrouble,
    ui::Card,
    words::I18n,
};

/// The curve beside its controls, and below them what was played.
#[component]
pub(super) fn Room(
    seen: Option<CurrentRound>,
    past: Result<Vec<PastRound>, PageError>,
    earlier: Earlier,
    is_member: bool,
) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let flight = Flight::new(seen);
    let table = flight.table;
    let rules = open_rules();
    let (past, lost) = match past {
        Ok(past) => (past, None),
        Err(error) => (Vec::new(), Some(error)),
    };
    // The strip has no room for words.
    let lost = lost.map(|error| {
        view! { <Card title=tr!(i18n, crash.points)><PartTrouble error/></Card> }
    });
    let side = if is_member {
        flight.listen();
        view! { <Controls flight rules/> }.into_any()
    } else {
        view! {
            <Doorman back="/games/crash" lead=tr!(i18n, crash.sign_in_first) rules_name=tr!(i18n, crash.rules) rules/>
        }
        .into_any()
    };
    view! {
        <div class="machine crash">
            <div class="launch-front">
                <Felt/>
                <Stage flight/>
                <div class="launch-foot">
                    <Points flight past/>
                    <Delay clock=flight.clock/>
                </div>
                <Streak table phrase=tr!(i18n, crash.streak)/>
            </div>
            <div class="machine-side">{side}</div>
            <div class="machine-back stack">
                {lost}
                <Recent table earlier none=tr!(i18n, crash.recent_none)/>
            </div>
        </div>
        <Rules open=rules/>
    }
    .into_any()
}
