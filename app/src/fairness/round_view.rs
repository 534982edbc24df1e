//! A hand with everything it was made of.

use economy::AccountId;
use games::{Play, slot::Spin, verify::Movement};
use leptos::prelude::*;
use wire::fairness::Round;

use crate::{
    format,
    slot::{art, reels_text},
    tr,
    ui::{Amount, Art, Fact, Hash},
    words::{self, I18n, fill},
};

/// Seeds, nonce, stake, outcome, payout and transfers of a hand.
#[component]
pub(super) fn RoundView(round: Round) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let Play::Slot { lines, outcome } = round.play;
    let spins = std::iter::once(outcome.spin).chain(outcome.free_spins);
    let spins = spins
        .enumerate()
        .map(|(at, spin)| view! { <SpinView spin at/> })
        .collect_view();
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
            <Fact name=tr!(i18n, hands.stake)><Amount amount=round.stake.get()/></Fact>
            <Fact name=tr!(i18n, slot.lines)>{lines.count()}</Fact>
            <Fact name=tr!(i18n, hands.payout)><Amount amount=round.payout.get()/></Fact>
        </dl>
        <h3 class="card-title">{tr!(i18n, fairness.outcome)}</h3>
        <div class="spins">{spins}</div>
        <h3 class="card-title">{tr!(i18n, fairness.transfers)}</h3>
        <ul class="rows">{moves}</ul>
    }
    .into_any()
}

#[component]
fn SpinView(spin: Spin, at: usize) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let name = move || match at {
        0 => tr!(i18n, fairness.spin)().to_owned(),
        _ => fill(
            tr!(i18n, fairness.free_spin)(),
            &[("number", &at.to_string())],
        ),
    };
    let reels = spin.reels;
    let cells = (0..3)
        .flat_map(|row| reels.map(|reel| reel[row]))
        .map(|symbol| view! { <Art name=art(symbol) class="symbol"/> })
        .collect_view();
    view! {
        <figure class="spin">
            <div class="spin-grid" role="img" aria-label=move || reels_text(i18n.get_locale(), &reels)>{cells}</div>
            <figcaption>{name} <Amount amount=spin.payout.get()/></figcaption>
        </figure>
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
