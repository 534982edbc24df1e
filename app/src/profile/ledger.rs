//! Every token that moved.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use wire::{Page, user::Transaction};

use super::api::list_transactions;
use crate::{
    format,
    session::call_as_member,
    tr,
    trouble::PartTrouble,
    ui::{Amount, Card, Column, Empty, Pager, Skeleton, Table, When},
    words::{self, I18n},
};

/// The lines of one page.
const LINES: i64 = 20;

/// The member's ledger, a page at a time.
#[component]
pub(super) fn Ledger() -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let query = use_query_map();
    let cursor = Memo::new(move |_| query.with(|query| query.get("ledger")));
    let page = Resource::new_blocking(
        move || cursor.get(),
        |cursor| call_as_member(move || list_transactions(LINES, cursor.clone())),
    );
    let is_first = move || cursor.try_get_untracked().flatten().is_none();
    let part = move || {
        Suspend::new(async move {
            match page.await {
                Ok(page) => {
                    let is_later = !is_first();
                    view! { <Lines page is_later/> }.into_any()
                }
                // Asked for with the head, which leads to the door.
                Err(error) if error.is_unauthenticated() && is_first() => ().into_any(),
                Err(error) => view! { <PartTrouble error/> }.into_any(),
            }
        })
    };
    view! {
        <Card title=tr!(i18n, profile.ledger) lead=tr!(i18n, profile.ledger_text)>
            <Transition fallback=|| view! { <Skeleton rows=8/> }>{part}</Transition>
        </Card>
    }
    .into_any()
}

#[component]
fn Lines(page: Page<Transaction>, is_later: bool) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    if page.items.is_empty() {
        return view! { <Empty title=tr!(i18n, hands.none)/> }.into_any();
    }
    let rows = page
        .items
        .into_iter()
        .map(|line| view! { <Line line/> })
        .collect_view();
    let columns = vec![
        Column::wide(tr!(i18n, profile.seq)),
        Column::text(tr!(i18n, profile.kind)),
        Column::number(tr!(i18n, profile.change)),
        Column::number(tr!(i18n, profile.after)),
        Column::wide(tr!(i18n, profile.hash)),
    ];
    view! {
        <Table columns label=tr!(i18n, profile.ledger)>{rows}</Table>
        <Pager parameter="ledger" next=page.next_cursor is_later/>
    }
    .into_any()
}

#[component]
fn Line(line: Transaction) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let kind = line.kind.clone();
    view! {
        <tr data-testid="ledger-row" data-seq=line.seq.to_string() data-balance=line.balance_after.get().to_string()>
            <td class="wide-only muted">{format::group(line.seq)}</td>
            <td>
                {move || words::of_kind(i18n.get_locale(), &kind)}
                <span class="table-sub"><When at=line.created_at/></span>
            </td>
            <td class="number" class:is-win={line.change > 0}>{format::signed(line.change)}</td>
            <td class="number"><Amount amount=line.balance_after.get()/></td>
            <td class="wide-only"><code class="muted" title=line.hash.clone()>{format::short(&line.hash)}</code></td>
        </tr>
    }
    .into_any()
}
