//! What staff did, and what they were refused.

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

use super::{
    api::{Desk, load_audit},
    audit_filter::Filter,
    audit_list::AuditList,
    choice::Choice,
    place::Place,
    room::Room,
};
use crate::{session::call_as_member, tr_title, trouble::refused, ui::Skeleton, words::I18n};

/// The rows of one page.
const ROWS: i64 = 30;

/// The audit log, a page at a time; what it is filtered by stands in the address.
#[component]
pub fn AuditPage() -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let query = use_query_map();
    let choice = Memo::new(move |_| query.with(Choice::of));
    let cursor = Memo::new(move |_| query.with(|query| query.get("cursor")));
    let page = Resource::new_blocking(
        move || (choice.get(), cursor.get()),
        |(choice, cursor)| {
            let request = choice.request(ROWS, cursor);
            call_as_member(move || load_audit(request.clone()))
        },
    );
    let part = move || {
        Suspend::new(async move {
            match page.await {
                Ok(Desk { roles, shown }) => {
                    let choice = choice.try_get_untracked().unwrap_or_default();
                    let is_later = cursor.try_get_untracked().flatten().is_some();
                    view! {
                        <Room place=Place::Audit roles>
                            <Filter choice/>
                            <AuditList page=shown is_later/>
                        </Room>
                    }
                    .into_any()
                }
                Err(error) => refused(error),
            }
        })
    };
    view! {
        <Title text=tr_title!(i18n, title.desk_audit)/>
        <Transition fallback=|| view! { <Skeleton rows=14/> }>{part}</Transition>
    }
    .into_any()
}
