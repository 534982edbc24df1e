//! The member's hands, on their own page.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use wire::{Page, play::HandSummary};

use crate::{
    hands::{HandRow, list_hands},
    session::call_as_member,
    tr,
    trouble::PartTrouble,
    ui::{Card, Empty, Pager, Skeleton},
    words::I18n,
};

/// The hands of one page.
const HANDS: i64 = 10;

/// The member's hands, a page at a time.
#[component]
pub(super) fn HandsCard() -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let query = use_query_map();
    let cursor = Memo::new(move |_| query.with(|query| query.get("hands")));
    let page = Resource::new_blocking(
        move || cursor.get(),
        |cursor| call_as_member(move || list_hands(HANDS, cursor.clone(), None)),
    );
    let is_first = move || cursor.try_get_untracked().flatten().is_none();
    let part = move || {
        Suspend::new(async move {
            match page.await {
                Ok(page) => {
                    let is_later = !is_first();
                    view! { <Hands page is_later/> }.into_any()
                }
                // Asked for with the head, which leads to the door.
                Err(error) if error.is_unauthenticated() && is_first() => ().into_any(),
                Err(error) => view! { <PartTrouble error/> }.into_any(),
            }
        })
    };
    view! {
        <Card title=tr!(i18n, hands.title)>
            <Transition fallback=|| view! { <Skeleton rows=6/> }>{part}</Transition>
        </Card>
    }
    .into_any()
}

#[component]
fn Hands(page: Page<HandSummary>, is_later: bool) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    if page.items.is_empty() {
        return view! { <Empty title=tr!(i18n, hands.none) text=tr!(i18n, hands.none_text)/> }
            .into_any();
    }
    let rows = page
        .items
        .into_iter()
        .map(|hand| view! { <HandRow hand/> })
        .collect_view();
    view! {
        <ul class="rows">{rows}</ul>
        <Pager parameter="hands" next=page.next_cursor is_later/>
    }
    .into_any()
}
