//! The newest hands, beside the machine.

use leptos::prelude::*;
use wire::play::HandSummary;

use super::machine::Machine;
use crate::{
    error::PageError,
    hands::HandRow,
    tr,
    ui::{Card, Skeleton},
    words::I18n,
};

/// How many are listed.
pub(super) const RECENT: usize = 8;

/// The newest hands: those of this page before those that were there.
#[component]
pub(super) fn Recent(
    machine: Machine,
    earlier: Resource<Result<Vec<HandSummary>, PageError>>,
) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let list = move || {
        Suspend::new(async move {
            let earlier = earlier.await.unwrap_or_default();
            let hands = Signal::derive(move || newest(&machine.played.get(), &earlier));
            view! {
                <ul class="rows">
                    <For each=move || hands.get() key=|hand| hand.hand_id.clone() children=|hand| view! { <HandRow hand/> }/>
                </ul>
                <p class="muted">{move || hands.get().is_empty().then(|| tr!(i18n, slot.recent_none)())}</p>
            }
        })
    };
    view! {
        <Card title=tr!(i18n, slot.recent)>
            <Transition fallback=|| view! { <Skeleton rows=RECENT/> }>{list}</Transition>
            <a class="text-link" href="/profile">{tr!(i18n, slot.all_hands)}</a>
        </Card>
    }
    .into_any()
}

fn newest(played: &[HandSummary], earlier: &[HandSummary]) -> Vec<HandSummary> {
    let fresh = |hand: &&HandSummary| played.iter().all(|other| other.hand_id != hand.hand_id);
    played
        .iter()
        .chain(earlier.iter().filter(fresh))
        .take(RECENT)
        .cloned()
        .collect()
}
