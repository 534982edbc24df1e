//! Purchases in a list.

use leptos::prelude::*;
use wire::{Page, desk::PurchaseRow};

use super::{
    place::{member_path, purchase_path},
    purchase_badges::PurchaseBadges,
};
use crate::{
    goods::{money, ware_name_of},
    tr,
    ui::{Column, Empty, Pager, Table, When},
    words::I18n,
};

/// A page of purchases, and the ways to the others. On a phone each is a card of two lines.
#[component]
pub(super) fn PurchasesTable(page: Page<PurchaseRow>, is_later: bool) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let next = page.next_cursor;
    if page.items.is_empty() {
        return view! {
            <section class="card">
                <Empty title=tr!(i18n, desk.purchases_none) text=tr!(i18n, desk.audit_none_text)/>
                <Pager parameter="cursor" next is_later/>
            </section>
        }
        .into_any();
    }
    let columns = vec![
        Column::text(tr!(i18n, desk.moment_receipt)),
        Column::text(tr!(i18n, desk.member)),
        Column::text(tr!(i18n, receipt.status)),
        Column::number(tr!(i18n, receipt.paid)),
        Column::wide(tr!(i18n, receipt.when)),
    ];
    let rows = page.items.into_iter();
    let rows = rows
        .map(|purchase| view! { <Row purchase/> })
        .collect_view();
    view! {
        <section class="card members">
            <Table columns label=tr!(i18n, desk.purchases) testid="purchases">{rows}</Table>
            <Pager parameter="cursor" next is_later/>
        </section>
    }
    .into_any()
}

#[component]
fn Row(purchase: PurchaseRow) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let PurchaseRow {
        receipt,
        site_id,
        nickname,
        refund_due,
        is_late,
    } = purchase;
    let (code, status, total) = (receipt.receipt_code, receipt.status, receipt.total);
    let (path, marked) = (purchase_path(&code), code.to_string());
    let line = receipt.lines.into_iter().next();
    let what = move || {
        let line = line.as_ref();
        line.map(|line| ware_name_of(i18n.get_locale(), line))
    };
    view! {
        <tr data-testid="purchase-row" data-code=marked data-status=status.as_str()>
            <td class="member-name">
                <a class="desk-link" href=path>{code.to_string()}</a>
                <span class="table-sub">{what}</span>
            </td>
            <td class="member-what">
                <a class="desk-link" href=member_path(receipt.user_id)>{nickname}</a>
                <span class="table-sub">"@" {site_id}</span>
            </td>
            <td class="member-stands"><PurchaseBadges status refund_due is_late/></td>
            <td class="number member-holds">{move || money(i18n.get_locale(), total)}</td>
            <td class="member-date wide-only"><When at=receipt.created_at/></td>
        </tr>
    }
    .into_any()
}
