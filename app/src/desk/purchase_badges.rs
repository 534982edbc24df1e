//! How a purchase stands, in words.

use leptos::prelude::*;
use wire::shop::Status;

use crate::{
    receipts::tone,
    tr,
    ui::{Badge, Tone},
    words::{self, I18n},
};

/// How it stands, and what is wrong with that.
#[component]
pub(super) fn PurchaseBadges(
    status: Status,
    /// Whether money has to go back for it.
    refund_due: bool,
    /// Whether it is pending for too long.
    is_late: bool,
) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let late = is_late.then(|| {
        view! { <span data-testid="late"><Badge tone=Tone::Bad>{tr!(i18n, desk.late)}</Badge></span> }
    });
    let owed = refund_due.then(|| {
        view! { <span data-testid="owed"><Badge tone=Tone::Warn>{tr!(i18n, desk.owed)}</Badge></span> }
    });
    view! {
        <span class="role-badges">
            <Badge tone=tone(status)>{move || words::of_status(i18n.get_locale(), status)}</Badge>
            {late}
            {owed}
        </span>
    }
    .into_any()
}
