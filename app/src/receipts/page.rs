//! The list of receipts.

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use wire::shop::{PurchaseKind, Status};

use super::{choice::Choice, list::List, load_receipts};
use crate::{
    live::use_live,
    session::call_as_member,
    tr, tr_title,
    trouble::refused,
    ui::{Card, LinkTabs, Skeleton, Tab},
    words::{self, I18n},
};

/// The lines of one page.
const LINES: i64 = 20;

/// What the member bought, newest first; follows what is settled meanwhile.
#[component]
pub fn ReceiptsPage() -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let live = use_live();
    let query = use_query_map();
    let choice = Memo::new(move |_| query.with(Choice::of));
    let cursor = Memo::new(move |_| query.with(|query| query.get("cursor")));
    let page = Resource::new_blocking(
        move || (choice.get(), cursor.get(), live.purchase.get()),
        |(choice, cursor, _)| {
            let Choice { status, kind } = choice;
            call_as_member(move || load_receipts(LINES, cursor.clone(), status, kind))
        },
    );
    let part = move || {
        Suspend::new(async move {
            match page.await {
                Ok(page) => {
                    let is_later = cursor.try_get_untracked().flatten().is_some();
                    view! { <List page is_later/> }.into_any()
                }
                Err(error) => refused(error),
            }
        })
    };
    view! {
        <Title text=tr_title!(i18n, title.receipts)/>
        <h1 class="page-title">{tr!(i18n, receipt.title)}</h1>
        <p class="page-lead">{tr!(i18n, receipt.lead)}</p>
        {move || view! { <Choices choice=choice.get()/> }}
        <Card>
            <Transition fallback=|| view! { <Skeleton rows=10/> }>{part}</Transition>
        </Card>
    }
    .into_any()
}

/// Kind and status, each as a row of links.
#[component]
fn Choices(choice: Choice) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let kinds = std::iter::once(None).chain(PurchaseKind::ALL.map(Some));
    let of_kinds = kinds.map(|kind| {
        tab(choice, Choice { kind, ..choice }, move || match kind {
            Some(kind) => words::of_purchase(i18n.get_locale(), kind),
            None => tr!(i18n, receipt.all)(),
        })
    });
    let statuses = std::iter::once(None).chain(Status::ALL.map(Some));
    let of_statuses = statuses.map(|status| {
        tab(choice, Choice { status, ..choice }, move || match status {
            Some(status) => words::of_status(i18n.get_locale(), status),
            None => tr!(i18n, receipt.all)(),
        })
    });
    view! {
        <div class="choices">
            <LinkTabs label=tr!(i18n, receipt.kind) tabs=of_kinds.collect()/>
            <LinkTabs label=tr!(i18n, receipt.status) tabs=of_statuses.collect()/>
        </div>
    }
    .into_any()
}

fn tab(shown: Choice, to: Choice, name: impl Fn() -> &'static str + Send + Sync + 'static) -> Tab {
    Tab {
        name: name.into(),
        href: to.href(),
        is_current: shown == to,
    }
}
