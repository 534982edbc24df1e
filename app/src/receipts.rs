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
#[cfg(feature = "ssr")]
pub(crate) use {
    list::tone,
    one::{Bought, History, Sums},
};
