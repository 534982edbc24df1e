//! The rounds that were pulled, with their proofs.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use wire::{
    Page,
    gacha::{PastPull, PastRound},
};

use super::{
    gacha_history,
    item::{ItemArt, find},
    machine::Machine,
};
use crate::{
    goods::{item_name, rarity_name},
    session::call_as_member,
    tr,
    trouble::PartTrouble,
    ui::{Amount, Card, Empty, Icon, Pager, Proof, ProofChip, RarityFrame, Skeleton, Weight, When},
    words::I18n,
};

/// The rounds of one page.
const ROUNDS: i64 = 8;
/// Where the pulls can be had as a file.
const CSV: &str = "/api/games/gacha/history.csv";

/// The member's rounds, a page at a time, and all of them as a file.
#[component]
pub(super) fn History(machine: Machine) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let query = use_query_map();
    let cursor = Memo::new(move |_| query.with(|query| query.get("rounds")));
    let page = Resource::new_blocking(
        move || cursor.get(),
        |cursor| call_as_member(move || gacha_history(ROUNDS, cursor.clone())),
    );
    let part = move || {
        Suspend::new(async move {
            let is_later = cursor.try_get_untracked().flatten().is_some();
            match page.await {
                Ok(page) => view! { <Rounds machine page is_later/> }.into_any(),
                Err(error) => view! { <PartTrouble error/> }.into_any(),
            }
        })
    };
    view! {
        <Card title=tr!(i18n, gacha.history)>
            <Transition fallback=|| view! { <Skeleton rows=6/> }>{part}</Transition>
            <a class=Weight::Quiet.class() href=CSV download="gacha.csv" rel="external" data-testid="history-csv">
                <Icon name="history"/>
                {tr!(i18n, gacha.csv)}
            </a>
        </Card>
    }
    .into_any()
}

#[component]
fn Rounds(machine: Machine, page: Page<PastRound>, is_later: bool) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let (listed, next) = (page.items, page.next_cursor);
    let rounds = Signal::derive(move || {
        let fresh = if is_later {
            Vec::new()
        } else {
            machine.rounds.get()
        };
        newest(&fresh, &listed)
    });
    let none = move || {
        rounds.with(Vec::is_empty).then(|| {
            view! { <Empty title=tr!(i18n, gacha.history_none) text=tr!(i18n, gacha.history_none_text)/> }
        })
    };
    view! {
        {none}
        <ul class="rows">
            <For each=move || rounds.get() key=|round| round.hand_id.clone() children=|round| view! { <Round round/> }/>
        </ul>
        <Pager parameter="rounds" next is_later/>
    }
    .into_any()
}

/// The rounds of this page on top of those that were there before, each once.
fn newest(fresh: &[PastRound], listed: &[PastRound]) -> Vec<PastRound> {
    let is_new = |round: &&PastRound| fresh.iter().all(|other| other.hand_id != round.hand_id);
    fresh
        .iter()
        .chain(listed.iter().filter(is_new))
        .cloned()
        .collect()
}

#[component]
fn Round(round: PastRound) -> impl IntoView {
    let proof = if round.revealed {
        Proof::Open
    } else {
        Proof::Sealed
    };
    let id = round.hand_id.to_string();
    let pulls = round
        .pulls
        .into_iter()
        .map(|pull| view! { <Sign pull/> })
        .collect_view();
    view! {
        <li class="round" data-testid="hand-row" data-hand-id=id>
            <ul class="round-items">{pulls}</ul>
            <span class="round-cost"><Amount amount=round.cost.get()/></span>
            <span class="round-when"><When at=round.pulled_at/></span>
            <span class="round-proof"><ProofChip hand=round.hand_id proof/></span>
        </li>
    }
    .into_any()
}

/// One pull as a small drawing.
#[component]
fn Sign(pull: PastPull) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let (code, rarity) = (pull.code.clone(), pull.rarity);
    let label = move || {
        let locale = i18n.get_locale();
        format!(
            "{}, {}",
            item_name(locale, &code),
            rarity_name(locale, rarity)
        )
    };
    let art = find(&pull.code).map(|item| view! { <ItemArt code=item.code/> });
    let title = label.clone();
    view! {
        <li class="round-item" title=title>
            <RarityFrame rarity>{art}</RarityFrame>
            <span class="sr-only">{label}</span>
        </li>
    }
    .into_any()
}
