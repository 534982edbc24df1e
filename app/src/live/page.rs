//! The page of notifications.

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

use super::{api::list_notifications, list::Notifications, use_live};
use crate::{
    session::call_as_member,
    tr, tr_title,
    trouble::refused,
    ui::{Card, Skeleton},
    words::I18n,
};

/// The lines of one page.
const LINES: i64 = 20;

/// What the club told the member, newest first; follows the channel.
#[component]
pub fn NotificationsPage() -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let live = use_live();
    let query = use_query_map();
    let cursor = Memo::new(move |_| query.with(|query| query.get("before")));
    // Counts what comes in, not what goes down when it is read.
    let heard = Memo::new(move |known: Option<&(u32, i64)>| {
        let unread = live.unread.get().unwrap_or_default();
        let (count, before) = known.copied().unwrap_or((0, unread));
        (count + u32::from(unread > before), unread)
    });
    // What came after the page was made, and before the channel opened.
    let missed = RwSignal::new(0);
    let page = Resource::new_blocking(
        move || (cursor.get(), heard.get().0, missed.get()),
        |(cursor, ..)| call_as_member(move || list_notifications(LINES, cursor.clone())),
    );
    let part = move || {
        Suspend::new(async move {
            match page.await {
                Ok(page) => {
                    let is_later = cursor.try_get_untracked().flatten().is_some();
                    let shown = page.items.first().map_or(0, |item| item.event.id);
                    Effect::new(move || {
                        let newest = live.newest.get();
                        // Once for each: it may be one that is not kept any more.
                        let is_known = missed.try_get_untracked() == Some(newest);
                        if newest > shown && !is_known && !is_later {
                            missed.set(newest);
                        }
                    });
                    view! { <Notifications page is_later/> }.into_any()
                }
                Err(error) => refused(error),
            }
        })
    };
    view! {
        <Title text=tr_title!(i18n, title.notifications)/>
        <h1 class="page-title">{tr!(i18n, live.title)}</h1>
        <p class="page-lead">{tr!(i18n, live.lead)}</p>
        <Card>
            <Transition fallback=|| view! { <Skeleton rows=6/> }>{part}</Transition>
        </Card>
    }
    .into_any()
}
