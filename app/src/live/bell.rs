//! The way to the notifications, and how many are new.

use leptos::prelude::*;

use super::use_live;
use crate::{
    tr,
    ui::Icon,
    words::{I18n, fill},
};

/// The number from which on it is only many.
const MANY: i64 = 99;

/// A bell with the number of notifications that were not read.
#[component]
pub(crate) fn Bell(
    /// How many were not read when the page was made.
    first: i64,
) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let live = use_live();
    let unread = Memo::new(move |_| live.unread.get().unwrap_or(first));
    let label = move || match unread.get() {
        0 => tr!(i18n, live.bell)().to_owned(),
        count => fill(tr!(i18n, live.bell_new)(), &[("count", &count.to_string())]),
    };
    let count = move || match unread.get() {
        0 => None,
        1..=MANY => Some(unread.get().to_string()),
        _ => Some(format!("{MANY}+")),
    };
    view! {
        <a class="bell" href="/notifications" aria-label=label data-testid="bell">
            <Icon name="bell"/>
            {move || count().map(|count| view! { <span class="bell-count" aria-hidden="true">{count}</span> })}
        </a>
    }
    .into_any()
}
