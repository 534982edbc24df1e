//! A hand with everything it was made of.

use economy::AccountId;
use games::{Play, verify::Movement};
use leptos::prelude::*;
use wire::fairness::Round;

use super::{
    crash_round::CrashOutcome,
    gacha_round::{GachaBet, GachaOutcome},
    rps_round::RpsOutcome,
    slot_round::{SlotBet, SlotOutcome},
};
use crate::{
    format, tr,
    ui::{Amount, Fact, Hash},
    words::{self, I18n},
};

/// Seeds, nonce, stake, outcome, payout and transfers of a hand.
#[component]
pub(super) fn RoundView(round: Round) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let sums = sums(i18n, &round);
    let (bet, outcome) = match round.play {
        Play::Slot { lines, outcome } => (
            Some(view! { <SlotBet lines/> }.into_any()),
            view! { <SlotOutcome outcome/> }.into_any(),
        ),
        Play::Rps { choice, outcome } => (None, view! { <RpsOutcome choice outcome/> }.into_any()),
        Play::Gacha { before, outcome } => (
            Some(view! { <GachaBet pulls=outcome.pulls.len()/> }.into_any()),
            view! { <GachaOutcome before outcome/> }.into_any(),
        ),
        Play::Crash(played) => (None, view! { <CrashOutcome played/> }.into_any()),
    };
    let moves = round
        .transfers
        .into_iter()
        .map(|movement| view! { <Move movement/> })
        .collect_view();
    let seed = round.server_seed.map(|seed| {
        view! { <Fact name=tr!(i18n, fairness.server_seed)><Hash value=seed label=tr!(i18n, fairness.server_seed)/></Fact> }
    });
    view! {
        <dl class="facts">
            {seed}
            <Fact name=tr!(i18n, fairness.commitment)><Hash value=round.server_seed_hash label=tr!(i18n, fairness.commitment)/></Fact>
            <Fact name=tr!(i18n, fairness.client_seed)><code class="seed">{round.client_seed}</code></Fact>
        </dl>
        <dl class="facts facts-grid">
            <Fact name=tr!(i18n, fairness.nonce_of)>{format::group(round.nonce)}</Fact>
            <Fact name=tr!(i18n, fairness.rules_version)>{round.rules_version}</Fact>
            {bet}
            {sums}
        </dl>
        <h3 class="card-title">{tr!(i18n, fairness.outcome)}</h3>
        {outcome}
        <h3 class="card-title">{tr!(i18n, fairness.transfers)}</h3>
        <ul class="rows">{moves}</ul>
    }
    .into_any()
}

/// What was paid and what came back: pulls have a price, and bring items in the place of tokens.
fn sums(i18n: I18n, round: &Round) -> AnyView {
    let (stake, payout) = (round.stake.get(), round.payout.get());
    if let Play::Gacha { .. } = round.play {
        return view! { <Fact name=tr!(i18n, gacha.cost)><Amount amount=stake/></Fact> }.into_any();
    }
    view! {
        <Fact name=tr!(i18n, hands.stake)><Amount amount=stake/></Fact>
        <Fact name=tr!(i18n, hands.payout)><Amount amount=payout/></Fact>
    }
    .into_any()
}

#[component]
fn Move(movement: Movement) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let account = move |id: AccountId| match id {
        AccountId::HOUSE => tr!(i18n, fairness.house)(),
        AccountId::MINT => tr!(i18n, fairness.mint)(),
        id if id.is_member() => tr!(i18n, fairness.me)(),
        _ => tr!(i18n, fairness.system)(),
    };
    let kind = movement.kind.clone();
    view! {
        <li class="move">
            <span>{move || words::of_kind(i18n.get_locale(), &kind)}</span>
            <span class="muted">{move || account(movement.debit)} " → " {move || account(movement.credit)}</span>
            <Amount amount=movement.amount.get()/>
        </li>
    }
    .into_any()
}
