//! Forms that asked for something that waits for somebody else to grant it.

use leptos::prelude::*;
use wire::Code;

use super::{place::approval_path, sent::WAITS};
use crate::{error::Refusal, tr, words::I18n};

/// The key that a form is sent with: what waits is sent again under its own, so that it waits once.
pub(super) fn key_of(refusal: Option<&Refusal>, fresh: String) -> String {
    match refusal.map(|refusal| refusal.error.code()) {
        Some(Some(Code::ApprovalWaits)) => Refusal::value(refusal, "key"),
        _ => fresh,
    }
}

/// The number of what waits of what a form asked for.
pub(super) fn number(refusal: Option<&Refusal>) -> Option<i64> {
    Refusal::value(refusal, WAITS).parse().ok()
}

/// The way to what waits.
#[component]
pub(super) fn Waits(number: Option<i64>) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let way = number.map(|id| {
        let href = approval_path(id);
        view! { <a class="text-link" href=href data-testid="waits">{tr!(i18n, desk.approval_see)}</a> }
    });
    view! { {way} }.into_any()
}
