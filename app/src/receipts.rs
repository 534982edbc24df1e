//! Receipts: what was bought, and that the club signed it.

mod api;
mod choice;
mod list;
mod one;
mod page;
mod verify;

pub use api::{load_receipt, load_receipt_key, load_receipts};
pub use one::ReceiptPage;
pub use page::ReceiptsPage;

use wire::ReceiptCode;

/// The page of a receipt. What is no code of ours leads to a page that says so.
#[must_use]
pub fn receipt_path(code: &ReceiptCode) -> String {
    let is_plain = |it: &char| it.is_ascii_alphanumeric() || *it == '-';
    let code: String = code.as_str().chars().filter(is_plain).collect();
    format!("/receipts/{code}")
}
