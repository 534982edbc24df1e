//! The page that checks the house.

use leptos::prelude::*;
use leptos_meta::Title;
use wire::fairness::Seeds;

use super::{all::CheckAll, api::load_seeds, one::CheckOne, pairs::Pairs, seeds_view::SeedsView};
use crate::{
    error::Refusal,
    session::call_as_member,
    tr, tr_title,
    trouble::refused,
    ui::{Card, Skeleton, take_refusal},
    words::I18n,
};

/// The page that checks the house.
#[component]
pub fn FairnessPage() -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let version = RwSignal::new(0_u32);
    let seeds = Resource::new_blocking(move || version.get(), |_| call_as_member(load_seeds));
    let refusal = Resource::new_blocking(
        || (),
        |()| async { ["client_seed", "rotate"].map(take_refusal) },
    );
    let changed = Callback::new(move |()| version.update(|version| *version += 1));
    let part = move || {
        Suspend::new(async move {
            let refusal = refusal.await;
            match seeds.await {
                Ok(seeds) => view! { <Room seeds refusal changed/> }.into_any(),
                Err(error) => refused(error),
            }
        })
    };
    view! {
        <Title text=tr_title!(i18n, title.fairness)/>
        <h1 class="page-title">{tr!(i18n, fairness.title)}</h1>
        <p class="page-lead">{tr!(i18n, fairness.lead)}</p>
        <div class="columns">
            <div class="stack">
                <Transition fallback=|| view! { <Skeleton rows=10/> }>{part}</Transition>
            </div>
            <div class="stack">
                <CheckAll seeds changed/>
                <CheckOne/>
                <How/>
            </div>
        </div>
    }
    .into_any()
}

#[component]
fn Room(seeds: Seeds, refusal: [Option<Refusal>; 2], changed: Callback<()>) -> impl IntoView {
    let revealed = seeds.revealed.clone();
    view! {
        <SeedsView seeds refusal changed/>
        <Pairs revealed/>
    }
    .into_any()
}

#[component]
fn How() -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    view! {
        <Card title=tr!(i18n, fairness.how_title)>
            <ol class="prose">
                <li>{tr!(i18n, fairness.how_1)}</li>
                <li>{tr!(i18n, fairness.how_2)}</li>
                <li>{tr!(i18n, fairness.how_3)}</li>
            </ol>
        </Card>
    }
    .into_any()
}
