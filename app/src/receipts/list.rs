//! A page of receipts.

use leptos::prelude::*;
use wire::{
    Page,
    shop::{Receipt, Status},
};

use crate::{
    goods::{Cost, ware_name_of},
    paths::receipt_path,
    tr,
    ui::{Badge, Empty, Pager, Tone, When},
    words::{self, I18n},
};

/// The receipts of one page, and the ways to the others.
#[component]
pub(super) fn List(page: Page<Receipt>, is_later: bool) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    if page.items.is_empty() {
        return view! { <Empty title=tr!(i18n, receipt.none) text=tr!(i18n, receipt.none_text)/> }
            .into_any();
    }
    let rows = page.items.into_iter();
    let rows = rows.map(|receipt| view! { <Row receipt/> }).collect_view();
    view! {
        <ul class="rows receipts">{rows}</ul>
        <Pager parameter="cursor" next=page.next_cursor is_later/>
    }
    .into_any()
}

#[component]
fn Row(receipt: Receipt) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let (code, status) = (receipt.receipt_code.to_string(), receipt.status);
    let shown = code.clone();
    let lines = StoredValue::new(receipt.lines);
    let name = move || {
        let locale = i18n.get_locale();
        lines.with_value(|lines| lines.first().map(|line| ware_name_of(locale, line)))
    };
    view! {
        <li class="receipt-row" data-testid="receipt-row" data-code=shown data-status=status.as_str()>
            <a class="receipt-link" href=receipt_path(&receipt.receipt_code)>
                <span class="receipt-name">{name}</span>
                <span class="receipt-sub">{code} " · " <When at=receipt.created_at/></span>
            </a>
            <span class="receipt-cost"><Cost price=receipt.total/></span>
            <Badge tone=tone(status)>{move || words::of_status(i18n.get_locale(), status)}</Badge>
        </li>
    }
    .into_any()
}

/// What a status feels like.
pub(crate) fn tone(status: Status) -> Tone {
    match status {
        Status::Captured => Tone::Good,
        Status::Pending => Tone::Warn,
        Status::Declined => Tone::Bad,
        Status::Voided | Status::Refunded => Tone::Plain,
    }
}
