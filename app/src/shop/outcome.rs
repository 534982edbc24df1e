//! What came of a purchase; a payment that is not settled yet is followed until it is.

use leptos::prelude::*;
use wire::{
    ReceiptCode,
    shop::{PurchaseResult, Status},
};

use crate::{
    live::use_live,
    paths::receipt_path,
    settle::CheckAgain,
    tr,
    ui::{Icon, Weight},
    words::I18n,
};

/// How the purchase stands, and where to go from here.
#[component]
pub(super) fn Outcome(result: PurchaseResult, leave: Callback<()>) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let PurchaseResult {
        receipt_code,
        status,
        ..
    } = result;
    let status = follow(&receipt_code, status);
    let word = move || status.get().as_str();
    let go = move |_| {
        _ = leave.try_run(());
    };
    let path = receipt_path(&receipt_code);
    let code = receipt_code.to_string();
    let is_pending = Memo::new(move |_| status.get() == Status::Pending);
    let settled = Callback::new(move |now| status.set(now));
    let again = move || {
        let receipt_code = receipt_code.clone();
        is_pending
            .get()
            .then(|| view! { <CheckAgain receipt_code settled/> })
    };
    view! {
        <div class="outcome" role="status" data-testid="outcome" data-status=word data-receipt=code>
            {move || view! { <Said status=status.get()/> }}
        </div>
        {again}
        <div class="outcome-ways">
            <a class=Weight::Quiet.class() href=path data-testid="to-receipt">{tr!(i18n, checkout.receipt)}</a>
            <a class=Weight::Quiet.class() href="/inventory">{tr!(i18n, checkout.inventory)}</a>
            <button type="button" class=Weight::Primary.class() on:click=go>
                {tr!(i18n, checkout.more_shopping)}
            </button>
        </div>
    }
    .into_any()
}

#[component]
fn Said(status: Status) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    macro_rules! said {
        ($icon:literal, $title:ident, $text:ident) => {
            ($icon, tr!(i18n, checkout.$title), tr!(i18n, checkout.$text))
        };
    }
    let (icon, title, text) = match status {
        Status::Captured => said!("check", captured, captured_text),
        Status::Pending => said!("clock", pending, pending_text),
        Status::Declined => said!("warn", declined, declined_text),
        Status::Voided => said!("warn", voided, voided_text),
        Status::Refunded => said!("info", refunded, refunded_text),
    };
    view! {
        <span class=format!("outcome-mark outcome-{}", status.as_str())><Icon name=icon/></span>
        <p class="outcome-title">{title}</p>
        <p class="card-lead">{text}</p>
    }
    .into_any()
}

/// How a purchase stands: as it was told here, then as the live channel tells.
fn follow(code: &ReceiptCode, first: Status) -> RwSignal<Status> {
    let (live, code) = (use_live(), code.clone());
    let status = RwSignal::new(first);
    Effect::new(move || {
        let heard = live.purchase.get();
        if let Some(event) = heard.filter(|event| event.receipt_code == code) {
            status.set(event.status);
        }
    });
    status
}
