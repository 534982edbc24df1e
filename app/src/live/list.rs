//! A page of notifications.

use leptos::prelude::*;
use wire::{Page, live::Notification};

use super::{api::read_notifications, use_live};
use crate::{
    session::call_as_member,
    task::spawn_detached,
    tr,
    ui::{Badge, Empty, Icon, Pager, Tone, When},
    words::{self, I18n},
};

/// The lines of one page; those that were new are read once they are shown.
#[component]
pub(super) fn Notifications(page: Page<Notification>, is_later: bool) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    if page.items.is_empty() {
        return view! { <Empty title=tr!(i18n, live.none) text=tr!(i18n, live.none_text)/> }
            .into_any();
    }
    if let Some(newest) = page.items.first().filter(|_| !is_later) {
        read_once_shown(newest.event.id);
    }
    let rows = page.items.into_iter();
    let rows = rows.map(|item| view! { <Row item/> }).collect_view();
    view! {
        <ul class="notices" data-testid="notifications">{rows}</ul>
        <Pager parameter="before" next=page.next_cursor is_later/>
    }
    .into_any()
}

fn read_once_shown(newest: i64) {
    let live = use_live();
    Effect::new(move || {
        // They were seen, though the page may be left before the club has heard so; what could not
        // be marked now is marked the next time.
        spawn_detached(async move {
            if call_as_member(|| read_notifications(newest)).await.is_ok() {
                live.unread.set(Some(0));
            }
        });
    });
}

#[component]
fn Row(item: Notification) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let Notification { event, is_read } = item;
    let notice = StoredValue::new(event.notice);
    let said = move || notice.with_value(|notice| words::of_notice(i18n.get_locale(), notice));
    let new = (!is_read).then(|| view! { <Badge tone=Tone::Warn>{tr!(i18n, live.new)}</Badge> });
    view! {
        <li class="notice" data-testid="notification" data-id=event.id.to_string()>
            <Icon name="bell"/>
            <div class="notice-words">
                <p class="notice-title">{move || said().title} {new}</p>
                <p class="notice-text">{move || said().text}</p>
            </div>
            <When at=event.at/>
        </li>
    }
    .into_any()
}
