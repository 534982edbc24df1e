//! What the receipts' pages ask the club.

use leptos::prelude::*;
use wire::{
    Page, ReceiptCode,
    shop::{PurchaseKind, Receipt, ReceiptKey, Status},
};

use crate::{error::PageError, protocol::Post};

/// The member's receipts, newest first.
#[server(protocol = Post)]
pub async fn load_receipts(
    limit: i64,
    #[server(default)] cursor: Option<String>,
    #[server(default)] status: Option<Status>,
    #[server(default)] kind: Option<PurchaseKind>,
) -> Result<Page<Receipt>, PageError> {
    use crate::ssr;
    use wire::shop::TransactionsRequest;
    let (backend, member) = ssr::reader().await?;
    let request = TransactionsRequest {
        limit: Some(limit),
        cursor,
        status,
        kind,
        ..TransactionsRequest::default()
    };
    let page = backend.shop.transactions(member.user_id, request).await;
    page.map_err(ssr::fail)
}

/// One receipt of the member.
#[server(protocol = Post)]
pub async fn load_receipt(receipt_code: ReceiptCode) -> Result<Receipt, PageError> {
    use crate::ssr;
    let (backend, member) = ssr::reader().await?;
    let receipt = backend.shop.receipt(member.user_id, &receipt_code).await;
    receipt.map_err(ssr::fail)
}

/// The key that receipts are checked with; it is published.
#[server(protocol = Post)]
pub async fn load_receipt_key() -> Result<ReceiptKey, PageError> {
    use crate::ssr;
    let backend = ssr::backend()?;
    let key = backend.shop.receipt_key().await;
    key.map_err(ssr::fail)
}
