//! What staff did, and what they were refused.

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::{hooks::use_query_map, params::ParamsMap};
use wire::{Page, staff::AuditRow};

use super::{
    answered::answered,
    audit_filter::Filter,
    audit_list::AuditList,
    choice::Choice,
    place::Place,
    read::{self, Desk},
    room::Room,
};
use crate::{tr_title, words::I18n};

/// The rows of one page.
const ROWS: i64 = 30;

/// The audit log, a page at a time; what it is filtered by stands in the address.
#[component]
pub(super) fn AuditPage() -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let asked = |query: &ParamsMap| (Choice::of(query), query.get("cursor"));
    let asked = use_query_map().try_with_untracked(asked);
    let (choice, cursor) = asked.unwrap_or_default();
    let is_later = cursor.is_some();
    let rows = read::audit(choice.request(ROWS, cursor));
    let page = answered(rows, move |desk| {
        view! { <Audit desk choice is_later/> }.into_any()
    });
    view! {
        <Title text=tr_title!(i18n, title.desk_audit)/>
        {page}
    }
    .into_any()
}

#[component]
fn Audit(desk: Desk<Page<AuditRow>>, choice: Choice, is_later: bool) -> impl IntoView {
    let Desk { looker, shown } = desk;
    view! {
        <Room place=Place::Audit looker>
            <Filter choice/>
            <AuditList page=shown is_later/>
        </Room>
    }
    .into_any()
}
