//! A page of receipts.

use leptos::prelude::*;
use leptos_router::location::Url;
use wire::{
    Page,
    shop::{Receipt, Status},
};

use super::{choice::Choice, receipt_path};
use crate::{
    shop::{Cost, ware_name_of},
    tr,
    ui::{Badge, Empty, Icon, Tone, Weight, When},
    words::{self, I18n},
};

/// The receipts of one page, and the ways to the others.
#[component]
pub(super) fn List(page: Page<Receipt>, choice: Choice, is_later: bool) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    if page.items.is_empty() {
        return view! { <Empty title=tr!(i18n, receipt.none) text=tr!(i18n, receipt.none_text)/> }
            .into_any();
    }
    let rows = page.items.into_iter();
    let rows = rows.map(|receipt| view! { <Row receipt/> }).collect_view();
    let newest = is_later.then(|| {
        view! { <a class=Weight::Quiet.class() href=choice.href() data-noscroll="true">{tr!(i18n, ui.newest)}</a> }
    });
    let more = page.next_cursor.map(|cursor| {
        let href = format!("{}&cursor={}", choice.href(), Url::escape(&cursor));
        view! {
            <a class=Weight::Quiet.class() href=href data-noscroll="true" rel="next">
                {tr!(i18n, ui.more)}
                <Icon name="next"/>
            </a>
        }
    });
    view! {
        <ul class="rows receipts">{rows}</ul>
        <nav class="pager">{newest} {more}</nav>
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
pub(super) fn tone(status: Status) -> Tone {
    match status {
        Status::Captured => Tone::Good,
        Status::Pending => Tone::Warn,
        Status::Declined => Tone::Bad,
        Status::Voided | Status::Refunded => Tone::Plain,
    }
}
