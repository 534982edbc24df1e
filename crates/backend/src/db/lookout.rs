//! Asks whether the database answers, by a connection of its own. It is of no pool: one takes a
//! connection back only after an answer that it waits for without an end.

use std::time::Duration;

use sqlx::any::AnyConnectOptions;
use sqlx::{AnyConnection, ConnectOptions};
use tokio::sync::Mutex;
use tokio::time::timeout;

use super::store;
use crate::Result;

pub(super) struct Lookout {
    options: AnyConnectOptions,
    /// How long an answer may take, connecting included.
    wait: Duration,
    /// The connection that answered last.
    kept: Mutex<Option<AnyConnection>>,
}

impl Lookout {
    pub(super) fn new(options: AnyConnectOptions, wait: Duration) -> Self {
        Self {
            options,
            wait,
            kept: Mutex::default(),
        }
    }

    /// Whether the database answers.
    pub(super) async fn is_answered(&self) -> bool {
        matches!(timeout(self.wait, self.ask()).await, Ok(Ok(())))
    }

    /// Asks by the connection that is kept, or by a new one where it fails. It is out of its place
    /// meanwhile, so that it goes with whoever stops waiting for an answer.
    async fn ask(&self) -> Result<()> {
        let mut kept = self.kept.lock().await;
        if let Some(mut conn) = kept.take()
            && store::ping(&mut conn).await.is_ok()
        {
            *kept = Some(conn);
            return Ok(());
        }
        let mut conn = self.options.connect().await?;
        store::ping(&mut conn).await?;
        *kept = Some(conn);
        Ok(())
    }

    pub(super) async fn close(&self) {
        self.kept.lock().await.take();
    }
}
