//! What was bought in the club.

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::{components::Redirect, hooks::use_query_map};

use super::{
    answered::answered,
    place::{Place, purchase_path},
    purchases_filter::{Filter, Open, Orders},
    purchases_read::{Sales, purchases},
    purchases_sought::SoughtPurchases,
    purchases_table::PurchasesTable,
    read::Desk,
    room::Room,
};
use crate::{tr_title, ui::glyphs, words::I18n};

/// The purchases of one page.
const ROWS: i64 = 50;

/// Purchases, a page at a time; what is filtered and sorted by stands in the address. The code of a receipt leads to
/// its page.
#[component]
pub(super) fn PurchasesPage() -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let sought = use_query_map().try_with_untracked(SoughtPurchases::of);
    let sought = sought.unwrap_or_default();
    let page = answered(purchases(sought.clone(), ROWS), move |desk| {
        match desk.shown.receipt.as_ref().map(purchase_path) {
            Some(path) => view! { <Redirect path/> }.into_any(),
            None => view! { <Purchases desk sought/> }.into_any(),
        }
    });
    view! {
        <Title text=tr_title!(i18n, title.desk_purchases)/>
        {page}
    }
    .into_any()
}

#[component]
fn Purchases(desk: Desk<Sales>, sought: SoughtPurchases) -> impl IntoView {
    let Desk { looker, shown } = desk;
    let Sales {
        open,
        list,
        is_nobody,
        ..
    } = shown;
    let glyphs = glyphs(list.items.iter().map(|it| &*it.nickname));
    let is_later = sought.cursor.is_some();
    view! {
        {glyphs}
        <Room place=Place::Purchases looker>
            <Open open/>
            <Filter sought=sought.clone() is_nobody/>
            <Orders sought/>
            <PurchasesTable page=list is_later/>
        </Room>
    }
    .into_any()
}
