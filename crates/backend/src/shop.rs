//! The shop: what is sold, buying it, and what becomes of a payment.
//!
//! A purchase with tokens is one transaction. One with money is a row that waits (`pending`) with
//! all its reservations; the gateway is asked between transactions, and whoever learns first how the
//! charge stands settles the row, once.

mod brake;
mod buy;
mod catalogue;
mod figures;
pub mod gateway;
mod job;
mod keys;
mod order;
mod purchase;
mod receipts;
mod refund;
mod settle;
mod signature;
mod staff;
mod store;
pub mod webhook;

use std::sync::Arc;

use sqlx::AnyConnection;
use tokio::sync::{Notify, OnceCell};
use wire::Code;
use wire::shop::{ReceiptKey, Status, StatusAt};

use crate::{Core, Result};
use keys::ReceiptSigner;
use purchase::Purchase;

pub use gateway::{Access, Charge, GatewayAnswer, GatewayError, HttpGateway, PaymentGateway};
pub use job::Pass;
pub(crate) use staff::Sold;

/// The shop.
#[derive(Clone)]
pub struct Shop {
    core: Core,
    gateway: Option<Arc<dyn PaymentGateway>>,
    /// Read, or made, when it is first needed.
    signer: Arc<OnceCell<ReceiptSigner>>,
    waiting: Arc<Notify>,
}

impl Shop {
    pub(crate) fn new(core: Core, gateway: Option<Arc<dyn PaymentGateway>>) -> Self {
        Self {
            core,
            gateway,
            signer: Arc::default(),
            waiting: Arc::default(),
        }
    }

    /// What receipts are checked with.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn receipt_key(&self) -> Result<ReceiptKey> {
        Ok(self.signer().await?.public().clone())
    }

    async fn signer(&self) -> Result<&ReceiptSigner> {
        let open = || ReceiptSigner::open(&self.core);
        self.signer.get_or_try_init(open).await
    }

    fn gateway(&self) -> Result<&dyn PaymentGateway> {
        Ok(self.gateway.as_deref().ok_or(Code::GatewayUnreachable)?)
    }

    /// Waits until a payment waits for its end, for whoever ends it.
    pub async fn payment_waits(&self) {
        self.waiting.notified().await;
    }
}

/// Goes on when whoever asked hangs up: a payment that has begun is better known than guessed.
///
/// # Errors
/// What the work gives; `internal` when it ended without an answer.
pub async fn uninterrupted<T: Send + 'static>(
    work: impl Future<Output = Result<T>> + Send + 'static,
) -> Result<T> {
    let done = tokio::spawn(work).await;
    done.map_err(|error| crate::Error::Internal(error.to_string()))?
}

/// Keeps how a purchase stands from now on, signed.
async fn remember(
    conn: &mut AnyConnection,
    signer: &ReceiptSigner,
    purchase: &Purchase,
    stands: StatusAt,
) -> Result<()> {
    let past = store::purchases::history(conn, &[purchase.number]).await?;
    let past: Vec<StatusAt> = past.into_iter().map(|past| past.stood).collect();
    let seq = i64::try_from(past.len()).unwrap_or_default() + 1;
    let signature = purchase.signed(past, stands, signer);
    store::purchases::remember(conn, purchase.number, seq, stands, signature).await
}

/// A status from now on.
const fn since(status: Status, at: economy::Timestamp) -> StatusAt {
    StatusAt { status, at }
}
