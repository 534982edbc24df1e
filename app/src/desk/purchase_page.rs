//! One purchase: the receipt whole, what it moved, and what is done to it.

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::{hooks::use_params_map, params::ParamsMap};
use wire::{ReceiptCode, desk::PurchaseWhole, staff::Permission};

use super::{
    answered::answered,
    left::LeftOfPurchase,
    place::Place,
    purchase_acts::Acts,
    purchase_head::{Head, Payment, Transfers},
    purchases_read::{Sale, purchase},
    read::Desk,
    room::Room,
    told::Told,
};
use crate::{tr_title, ui::glyphs, words::I18n};

/// A purchase, whole.
#[component]
pub(super) fn PurchasePage() -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let code = use_params_map().try_with_untracked(asked);
    let code = code.unwrap_or_else(|| ReceiptCode(String::new()));
    let page = answered(purchase(code.clone()), move |desk| {
        let left = LeftOfPurchase::take(&code);
        view! { <Purchase desk left/> }.into_any()
    });
    view! {
        <Title text=tr_title!(i18n, title.desk_purchase)/>
        {page}
    }
    .into_any()
}

/// Which is asked for.
fn asked(params: &ParamsMap) -> ReceiptCode {
    ReceiptCode(params.get("receipt").unwrap_or_default())
}

#[component]
fn Purchase(desk: Desk<Sale>, left: LeftOfPurchase) -> impl IntoView {
    let Desk { looker, shown } = desk;
    let Sale {
        purchase,
        offered,
        key,
    } = shown;
    let PurchaseWhole {
        purchase,
        payment,
        transfers,
    } = purchase;
    let LeftOfPurchase { refused, told } = left;
    let glyphs = glyphs([&*purchase.nickname]);
    let title = purchase.receipt.receipt_code.to_string();
    let may_audit = looker.roles.may(Permission::AuditRead);
    let (asks, of_acts) = (looker.asks, purchase.clone());
    let payment = payment.map(|payment| view! { <Payment payment/> });
    view! {
        {glyphs}
        <Room place=Place::Purchases looker title>
            <Told told/>
            <Head purchase may_audit/>
            <Acts purchase=of_acts offered asks key refused/>
            {payment}
            <Transfers transfers/>
        </Room>
    }
    .into_any()
}
