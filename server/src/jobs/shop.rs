//! Ends payments that wait, and has money given back that is owed. Any number of processes may do so
//! at once.

use std::time::Duration;

use backend::Backend;
use tokio::sync::watch;

/// How often it looks while payments wait.
const PAUSE: Duration = Duration::from_secs(5);
/// How many passes lie between two looks at what can be forgotten: ten minutes.
const PASSES_PER_SWEEP: u32 = 120;

/// Settles what waits until it is stopped; a pass that is under way is finished.
pub(crate) async fn run(backend: Backend, mut stopped: watch::Receiver<bool>) {
    let mut was_well = true;
    let mut passes = 0_u32;
    loop {
        let well = pass(&backend, was_well).await;
        was_well = well;
        if passes.is_multiple_of(PASSES_PER_SWEEP)
            && let Err(error) = backend.shop.forget_messages().await
        {
            tracing::warn!(%error, "old messages of the payment gateway are still there");
        }
        passes = passes.wrapping_add(1);
        tokio::select! {
            () = tokio::time::sleep(PAUSE) => {}
            () = backend.shop.payment_waits() => {}
            _ = stopped.wait_for(|stopped| *stopped) => return,
        }
    }
}

/// Whether all went well. A trouble is logged once, until it is over.
async fn pass(backend: &Backend, was_well: bool) -> bool {
    let error = match backend.shop.settle_waiting().await {
        Ok(pass) => pass.cause,
        Err(error) => Some(error),
    };
    if let Some(error) = &error
        && was_well
    {
        tracing::error!(%error, "payments cannot be settled; trying again");
    }
    error.is_none()
}
