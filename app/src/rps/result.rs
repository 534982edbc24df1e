//! What came of the throw: as a number, and as a sentence.

use games::rps::Verdict;
use leptos::prelude::*;

use super::{
    duel::{Duel, Phase, Settled},
    name,
};
use crate::{
    format,
    i18n::{Locale, td_string},
    tr,
    ui::Art,
    words::{I18n, fill},
};

/// What was won, and the sentence below it; the sentence is also read out, with both hands.
#[component]
pub(super) fn ResultLine(duel: Duel) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let mood = move || match duel.verdict() {
        Some(Verdict::Win) => "result result-won",
        _ => "result",
    };
    let won = move || {
        let settled = duel.settled.get()?;
        (settled.result.result == Verdict::Win).then(|| {
            view! {
                <Art name="token" class="coin"/>
                <span>{format::group(settled.result.win_amount.get())}</span>
            }
        })
    };
    let short = move || match (duel.settled.get(), duel.phase.get()) {
        (Some(settled), _) => sentence(i18n.get_locale(), &settled),
        (None, Phase::Idle) => tr!(i18n, rps.ready)().to_owned(),
        (None, Phase::Counting | Phase::Revealing) => tr!(i18n, rps.counting)().to_owned(),
    };
    let spoken = move || {
        let settled = duel.settled.get();
        settled.map(|settled| twin(i18n.get_locale(), &settled))
    };
    view! {
        <div class=mood>
            <p class="result-amount" aria-hidden="true">{won}</p>
            <p class="result-text" aria-hidden="true">{short}</p>
            <p class="sr-only" role="status" aria-live="polite" data-testid="rps-result">{spoken}</p>
        </div>
    }
    .into_any()
}

/// What came of it; a draw is the stake back, and no more.
fn sentence(locale: Locale, settled: &Settled) -> String {
    let (phrase, amount) = match settled.result.result {
        Verdict::Win => (td_string!(locale, rps.won), settled.result.win_amount),
        Verdict::Draw => (td_string!(locale, rps.returned), settled.stake),
        Verdict::Lose => (td_string!(locale, rps.lost), settled.stake),
    };
    fill(phrase, &[("amount", &format::group(amount.get()))])
}

/// Both hands and what came of them, for those who do not see them.
fn twin(locale: Locale, settled: &Settled) -> String {
    let mine = name(locale, settled.result.player_choice);
    let house = name(locale, settled.result.computer_choice);
    let hands = fill(
        td_string!(locale, rps.twin),
        &[("mine", mine), ("house", house)],
    );
    format!("{hands} {}", sentence(locale, settled))
}
