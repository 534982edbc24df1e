//! When to stop: SIGINT from a keyboard or cargo-leptos, SIGTERM from a container.

use tokio::signal::unix::{SignalKind, signal};

/// Ends at the first of both signals.
///
/// # Errors
/// When the process cannot listen for them.
pub fn asked() -> std::io::Result<impl Future<Output = ()> + Send + 'static> {
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
        tracing::info!("stopping: no new requests, finishing what is under way");
    })
}
