//! Settles rounds of crash when they are due. Any number of processes may do so at once.

use std::time::Duration;

use backend::{Backend, Result};
use tokio::sync::watch;

/// The longest wait: a round that began in another process is seen by then, and one that could not
/// be settled is tried again.
const WAIT_MAX: Duration = Duration::from_secs(1);

/// Settles what is due until it is stopped; a pass that is under way is finished.
pub(crate) async fn run(backend: Backend, mut stopped: watch::Receiver<bool>) {
    let mut was_well = true;
    loop {
        let (wait, is_well) = match pass(&backend, was_well).await {
            Ok(passed) => passed,
            Err(error) => {
                if was_well {
                    tracing::error!(%error, "rounds of crash cannot be settled; trying again");
                }
                (WAIT_MAX, false)
            }
        };
        was_well = is_well;
        tokio::select! {
            () = tokio::time::sleep(wait) => {}
            () = backend.crash.bet_made() => {}
            _ = stopped.wait_for(|stopped| *stopped) => return,
        }
    }
}

/// Settles what is due now; gives how long nothing more will be, and whether all went well. A
/// trouble is logged once, until it is over.
async fn pass(backend: &Backend, was_well: bool) -> Result<(Duration, bool)> {
    let now = backend.clock().now();
    let pass = backend.crash.settle_due(now).await?;
    let is_well = pass.cause.is_none();
    if let Some((game, error)) = pass.cause
        && was_well
    {
        tracing::error!(%game, %error, failed = pass.failed, "a round of crash was not settled; trying again");
    }
    let next = backend.crash.next_due(now).await?;
    let left = next.map(|next| next.millis_since(backend.clock().now()).max(0));
    let wait = left.map(|millis| Duration::from_millis(millis.unsigned_abs()));
    Ok((wait.unwrap_or(WAIT_MAX).min(WAIT_MAX), is_well))
}
