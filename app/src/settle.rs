//! A payment that is not settled yet: asking how it stands.

use leptos::prelude::*;
use wire::{
    Code, ReceiptCode,
    shop::{PurchaseResult, Status},
};

use crate::{
    error::{PageError, Refusal},
    protocol::Post,
    session::use_wallet,
    tr,
    ui::{Answered, Button, FormError, PostForm, Submission},
    words::I18n,
};

/// Asks the gateway how a pending payment stands.
#[server(protocol = Post)]
pub async fn settle_purchase(receipt_code: ReceiptCode) -> Result<PurchaseResult, PageError> {
    use crate::{paths::receipt_path, ssr};
    let (backend, member) = ssr::member().await?;
    let settled = backend.shop.settle(member.user_id, &receipt_code).await;
    let path = receipt_path(&receipt_code);
    let settled = settled.map_err(|error| ssr::bounce(&path, "settle", &[], error))?;
    ssr::done(&path);
    Ok(settled)
}

/// Asks the gateway how the payment stands; works without JavaScript.
#[component]
pub(crate) fn CheckAgain(
    receipt_code: ReceiptCode,
    /// Runs with how it stands when the club has an answer.
    settled: Callback<Status>,
    /// Why it was refused before this page was made.
    #[prop(optional_no_strip)]
    refusal: Option<Refusal>,
) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let wallet = use_wallet();
    let submission = Submission::new(refusal.as_ref());
    let answered = Answered::new(move |answer: &Result<PurchaseResult, PageError>| {
        let status = match answer {
            Ok(result) => {
                wallet.hear(result.balance, result.seq);
                result.status
            }
            // That the card said no is how it stands from now on.
            Err(error) if error.code() == Some(Code::PaymentDeclined) => Status::Declined,
            Err(_) => return,
        };
        _ = settled.try_run(status);
    });
    view! {
        <PostForm<SettlePurchase> submission answered class="inline-form">
            <FormError submission/>
            <input type="hidden" name="receipt_code" value=receipt_code.to_string()/>
            <Button busy=submission.pending() testid="settle">{tr!(i18n, checkout.check_again)}</Button>
        </PostForm<SettlePurchase>>
    }
    .into_any()
}
