//! One hand in a list.

use games::{Game, HandResult};
use leptos::prelude::*;
use wire::play::HandSummary;

use crate::{
    format,
    games::face,
    i18n::{Locale, td_string},
    ui::{Amount, Art, Badge, Proof, ProofChip, Tone, When},
    words::I18n,
};

/// One hand: which game, what was staked, what came back, when, and its proof.
#[component]
pub fn HandRow(hand: HandSummary) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let net = hand.payout.signed_diff(hand.stake);
    // A pull brings items and a lost hand nothing: what it cost says all, and no payout of 0.
    let paid = hand.payout.get();
    let paid = (paid > 0).then(|| view! { <Amount amount=paid/> });
    let word = move || result_word(i18n.get_locale(), hand.game, hand.result);
    let game = face(hand.game).map(|face| {
        view! {
            <span class="hand-game" title=move || (face.name)(i18n.get_locale())>
                <Art name=face.sign/>
                <span class="sr-only">{move || (face.name)(i18n.get_locale())}</span>
            </span>
        }
    });
    let tone = if hand.result == HandResult::Win {
        Tone::Good
    } else {
        Tone::Plain
    };
    let proof = if hand.revealed {
        Proof::Open
    } else {
        Proof::Sealed
    };
    let id = hand.hand_id.to_string();
    view! {
        <li class="hand" data-testid="hand-row" data-hand-id=id>
            {game}
            <span class="hand-result"><Badge tone>{word}</Badge></span>
            <span class="hand-money">
                {paid}
                <span class="hand-net" class:is-win={net > 0}>{format::signed(net)}</span>
            </span>
            <span class="hand-when"><When at=hand.created_at/></span>
            <span class="hand-proof"><ProofChip hand=hand.hand_id proof/></span>
        </li>
    }
    .into_any()
}

/// How a hand ended, in the word that its game has for it.
pub(crate) fn result_word(locale: Locale, game: Game, result: HandResult) -> &'static str {
    match (game, result) {
        (Game::Rps, HandResult::Win) => td_string!(locale, rps.win),
        (Game::Rps, HandResult::Lose) => td_string!(locale, rps.lose),
        (Game::Rps, HandResult::Push) => td_string!(locale, rps.draw),
        (Game::Crash, HandResult::Win) => td_string!(locale, crash.mark_cashed),
        (Game::Crash, HandResult::Lose) => td_string!(locale, crash.mark_crashed),
        (Game::Crash, HandResult::Push) => td_string!(locale, crash.mark_refunded),
        (_, HandResult::Win) => td_string!(locale, hands.win),
        (_, HandResult::Lose) => td_string!(locale, hands.lose),
        (_, HandResult::Push) => td_string!(locale, hands.push),
        (_, HandResult::Bonus) => td_string!(locale, hands.bonus),
    }
}
