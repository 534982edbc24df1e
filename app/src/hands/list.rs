//! One hand in a list.

use games::HandResult;
use leptos::prelude::*;
use wire::play::HandSummary;

use crate::{
    format, tr,
    ui::{Amount, Badge, Proof, ProofChip, Tone, When},
    words::I18n,
};

/// One hand: what was staked, what came back, when, and its proof.
#[component]
pub fn HandRow(hand: HandSummary) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let net = hand.payout.signed_diff(hand.stake);
    let word = move || match hand.result {
        HandResult::Win => tr!(i18n, hands.win)(),
        HandResult::Lose => tr!(i18n, hands.lose)(),
        HandResult::Push => tr!(i18n, hands.push)(),
        HandResult::Bonus => tr!(i18n, hands.bonus)(),
    };
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
            <span class="hand-result"><Badge tone>{word}</Badge></span>
            <span class="hand-money">
                <Amount amount=hand.payout.get()/>
                <span class="hand-net" class:is-win={net > 0}>{format::signed(net)}</span>
            </span>
            <span class="hand-when"><When at=hand.created_at/></span>
            <span class="hand-proof"><ProofChip hand=hand.hand_id proof/></span>
        </li>
    }
    .into_any()
}
