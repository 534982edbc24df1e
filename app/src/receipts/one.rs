//! One receipt: to be read, printed and checked.

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;
use wire::{
    ReceiptCode,
    shop::{Receipt, ReceiptLine, Status},
};

use super::{list::tone, load_receipt, verify::Verify};
use crate::{
    browser,
    error::Refusal,
    format,
    goods::{ContentsLine, Cost, applied_name, money, ware_name_of},
    live::use_live,
    session::call_as_member,
    settle::CheckAgain,
    tr, tr_title,
    trouble::refused,
    ui::{Art, Badge, Button, Card, Column, Fact, Hash, Icon, Skeleton, Table, When, take_refusal},
    words::{self, I18n, fill},
};

/// One receipt; follows its payment while that is not settled.
#[component]
pub fn ReceiptPage() -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let live = use_live();
    let params = use_params_map();
    let code =
        Memo::new(move |_| ReceiptCode(params.with(|it| it.get("code")).unwrap_or_default()));
    let version = RwSignal::new(0_u32);
    let receipt = Resource::new_blocking(
        move || (code.get(), version.get(), live.purchase.get()),
        |(code, _, _)| call_as_member(move || load_receipt(code.clone())),
    );
    let refusal = Resource::new_blocking(|| (), |()| async { take_refusal("settle") });
    let settled = Callback::new(move |_| version.update(|version| *version += 1));
    let part = move || {
        Suspend::new(async move {
            let refusal = refusal.await;
            match receipt.await {
                Ok(receipt) => view! { <Paper receipt refusal settled/> }.into_any(),
                Err(error) => refused(error),
            }
        })
    };
    view! {
        <Title text=tr_title!(i18n, title.receipts)/>
        <p class="no-print"><a class="text-link" href="/receipts">{tr!(i18n, receipt.back)}</a></p>
        <Transition fallback=|| view! { <Skeleton rows=14/> }>{part}</Transition>
    }
    .into_any()
}

#[component]
fn Paper(receipt: Receipt, refusal: Option<Refusal>, settled: Callback<Status>) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let code = receipt.receipt_code.to_string();
    let (named, status, kind) = (code.clone(), receipt.status, receipt.kind);
    let title = move || fill(tr!(i18n, receipt.one)(), &[("code", &named)]);
    let waiting = (status == Status::Pending).then(|| {
        let receipt_code = receipt.receipt_code.clone();
        view! {
            <div class="receipt-waiting no-print">
                <p>{tr!(i18n, receipt.waiting)}</p>
                <CheckAgain receipt_code refusal settled/>
            </div>
        }
    });
    let promo = receipt.promo_code.clone().map(|promo| {
        view! { <Fact name=tr!(i18n, receipt.promo)>{promo}</Fact> }
    });
    view! {
        <article class="receipt" data-testid="receipt" data-code=code data-status=status.as_str()>
            <header class="receipt-head">
                <Art name="logo" class="art-large"/>
                <div>
                    <h1 class="page-title receipt-title">{title}</h1>
                    <p class="receipt-sub">{tr!(i18n, club.name)} " · " <When at=receipt.created_at/></p>
                </div>
                <Badge tone=tone(status)>{move || words::of_status(i18n.get_locale(), status)}</Badge>
            </header>
            {waiting}
            <Bought lines=receipt.lines.clone()/>
            <Sums receipt=receipt.clone()/>
            <dl class="facts facts-grid">
                <Fact name=tr!(i18n, receipt.kind)>{move || words::of_purchase(i18n.get_locale(), kind)}</Fact>
                <Fact name=tr!(i18n, receipt.when)><When at=receipt.created_at/></Fact>
                {promo}
            </dl>
            <History receipt=receipt.clone()/>
            <Hash value=receipt.signature.clone() label=tr!(i18n, receipt.signature)/>
            <p class="fine-print">{tr!(i18n, receipt.key)} " " <code>{receipt.key_id.clone()}</code></p>
            <p class="fine-print">{tr!(i18n, receipt.no_cash)}</p>
        </article>
        <div class="receipt-tools no-print">
            <Button press=Callback::new(|()| browser::print()) testid="print">
                <Icon name="print"/>
                {tr!(i18n, receipt.print)}
            </Button>
        </div>
        <div class="no-print">
            <Card title=tr!(i18n, receipt.verify_title) lead=tr!(i18n, receipt.verify_lead)>
                <Verify receipt/>
            </Card>
        </div>
    }
    .into_any()
}

/// Line by line.
#[component]
pub(crate) fn Bought(lines: Vec<ReceiptLine>) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let columns = vec![
        Column::text(tr!(i18n, receipt.bought)),
        Column::number(tr!(i18n, receipt.quantity)),
    ];
    let row = move |line: ReceiptLine| {
        let (quantity, contents) = (line.quantity, line.contents.clone());
        let line = StoredValue::new(line);
        let name = move || line.with_value(|line| ware_name_of(i18n.get_locale(), line));
        view! {
            <tr data-testid="receipt-line">
                <td>{name} <ContentsLine contents/></td>
                <td class="number">{format::group(quantity)}</td>
            </tr>
        }
    };
    let rows = lines.into_iter().map(row).collect_view();
    view! { <Table columns label=tr!(i18n, receipt.bought)>{rows}</Table> }.into_any()
}

/// The price before, what was taken off, and what was paid.
#[component]
pub(crate) fn Sums(receipt: Receipt) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let currency = receipt.total.currency();
    let applied = receipt.applied.into_iter().map(move |applied| {
        let less = economy::shop::Price::new(applied.amount, currency).ok();
        let less = move || less.map(|less| format!("\u{2212}{}", money(i18n.get_locale(), less)));
        let name = move || applied_name(i18n.get_locale(), &applied);
        view! { <div class="line line-less"><dt>{name}</dt><dd>{less}</dd></div> }
    });
    view! {
        <dl class="lines-of-price">
            <div class="line">
                <dt>{tr!(i18n, checkout.list)}</dt>
                <dd><Cost price=receipt.list_total/></dd>
            </div>
            {applied.collect_view()}
            <div class="line line-total" data-testid="receipt-total" data-amount=receipt.total.amount().to_string()>
                <dt>{tr!(i18n, receipt.paid)}</dt>
                <dd><Cost price=receipt.total/></dd>
            </div>
        </dl>
    }
    .into_any()
}

/// How it stood, from when on.
#[component]
pub(crate) fn History(receipt: Receipt) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let steps = receipt.history.into_iter().map(|past| {
        let status = past.status;
        view! {
            <li class="step" data-testid="receipt-step" data-status=status.as_str()>
                <Badge tone=tone(status)>{move || words::of_status(i18n.get_locale(), status)}</Badge>
                <When at=past.at/>
            </li>
        }
    });
    view! {
        <h2 class="card-title">{tr!(i18n, receipt.history)}</h2>
        <ol class="steps">{steps.collect_view()}</ol>
    }
    .into_any()
}
