//! What was bought, by whom and for what, and what became of it.

use leptos::prelude::*;
use wire::{
    desk::{PaymentAtGateway, PurchaseRow},
    user::Transaction,
};

use super::{place::member_path, purchase_badges::PurchaseBadges};
use crate::{
    format,
    receipts::{Bought, History, Sums},
    tr,
    ui::{Amount, Card, Column, Empty, Fact, Table, When},
    words::{self, I18n},
};

/// The receipt as the club signed it, and how it stands.
#[component]
pub(super) fn Head(
    purchase: PurchaseRow,
    /// Whether whoever looks may read the audit log.
    may_audit: bool,
) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let PurchaseRow {
        receipt,
        site_id,
        nickname,
        refund_due,
        is_late,
    } = purchase;
    let (code, status, kind) = (
        receipt.receipt_code.to_string(),
        receipt.status,
        receipt.kind,
    );
    let (key_id, signature) = (receipt.key_id.clone(), receipt.signature.clone());
    let log = may_audit.then(|| {
        let href = format!("/admin/audit?subject={code}");
        view! { <p><a class="text-link" href=href>{tr!(i18n, desk.audit_of)}</a></p> }
    });
    let promo = receipt.promo_code.clone().map(|promo| {
        view! { <Fact name=tr!(i18n, receipt.promo)>{promo}</Fact> }
    });
    view! {
        <section class="card member-head" data-testid="purchase" data-code=code data-status=status.as_str()>
            <p class="row"><PurchaseBadges status refund_due is_late/></p>
            <dl class="facts facts-grid member-facts">
                <Fact name=tr!(i18n, desk.member)>
                    <a class="desk-link" href=member_path(receipt.user_id)>{nickname}</a>
                    <span class="table-sub">"@" {site_id}</span>
                </Fact>
                <Fact name=tr!(i18n, receipt.kind)>{move || words::of_purchase(i18n.get_locale(), kind)}</Fact>
                <Fact name=tr!(i18n, receipt.when)><When at=receipt.created_at/></Fact>
                {promo}
                <Fact name=tr!(i18n, receipt.key)><code>{key_id}</code></Fact>
                <Fact name=tr!(i18n, receipt.signature)><code class="hash-text">{signature}</code></Fact>
            </dl>
            <Bought lines=receipt.lines.clone()/>
            <Sums receipt=receipt.clone()/>
            <History receipt/>
            {log}
        </section>
    }
    .into_any()
}

/// What the club keeps of a payment, as the gateway knows it.
#[component]
pub(super) fn Payment(payment: PaymentAtGateway) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let method = payment.method.map(|method| {
        view! { <Fact name=tr!(i18n, checkout.method)><code>{method}</code></Fact> }
    });
    let waits = payment.waits_until.map(|at| {
        view! { <Fact name=tr!(i18n, desk.waits_until)><When at/></Fact> }
    });
    view! {
        <Card title=tr!(i18n, desk.payment)>
            <dl class="facts facts-grid member-facts" data-testid="payment">
                <Fact name=tr!(i18n, desk.gateway_reference)><code>{payment.reference}</code></Fact>
                {method}
                {waits}
            </dl>
        </Card>
    }
    .into_any()
}

/// What it moved in the member's ledger.
#[component]
pub(super) fn Transfers(transfers: Vec<Transaction>) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    if transfers.is_empty() {
        return view! {
            <Card title=tr!(i18n, desk.transfers)><Empty title=tr!(i18n, desk.transfers_none)/></Card>
        }
        .into_any();
    }
    let columns = vec![
        Column::wide_number(tr!(i18n, profile.seq)),
        Column::text(tr!(i18n, profile.kind)),
        Column::number(tr!(i18n, profile.change)),
        Column::number(tr!(i18n, profile.after)),
        Column::wide(tr!(i18n, desk.at)),
    ];
    let rows = transfers.into_iter();
    let rows = rows.map(|line| view! { <Line line/> }).collect_view();
    view! {
        <Card title=tr!(i18n, desk.transfers)>
            <Table columns label=tr!(i18n, desk.transfers)>{rows}</Table>
        </Card>
    }
    .into_any()
}

#[component]
fn Line(line: Transaction) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let kind = line.kind;
    view! {
        <tr data-testid="transfer" data-change=line.change.to_string()>
            <td class="number wide-only">{format::group(line.seq)}</td>
            <td>{move || words::of_kind(i18n.get_locale(), &kind)}</td>
            <td class="number" class:is-win={line.change > 0}>{format::signed(line.change)}</td>
            <td class="number"><Amount amount=line.balance_after.get()/></td>
            <td class="wide-only"><When at=line.created_at/></td>
        </tr>
    }
    .into_any()
}
