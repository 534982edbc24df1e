//! Closes sittings in which nobody has played for a while. Any number of processes may do so at
//! once.

use std::time::Duration;

use backend::Backend;
use tokio::sync::watch;

/// How often it looks: what is asked for in between is told right without it.
const PAUSE: Duration = Duration::from_secs(60);

/// Closes what is idle until it is stopped; a pass that is under way is finished.
pub(crate) async fn run(backend: Backend, mut stopped: watch::Receiver<bool>) {
    let mut was_well = true;
    loop {
        let pass = backend.play.close_idle_sessions().await;
        if let Err(error) = &pass
            && was_well
        {
            tracing::error!(%error, "idle play sessions cannot be closed; trying again");
        }
        was_well = pass.is_ok();
        tokio::select! {
            () = tokio::time::sleep(PAUSE) => {}
            _ = stopped.wait_for(|stopped| *stopped) => return,
        }
    }
}
