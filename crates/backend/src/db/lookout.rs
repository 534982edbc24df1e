//! Asks whether the database answers, by the one connection of a pool.

use sqlx::pool::PoolConnection;
use sqlx::{Any, AnyPool};
use tokio::time::timeout;

use super::store;

/// A connection that has been asked. One that does not answer is closed when it is dropped, also by
/// whoever stops waiting: the pool would ask it once more before it took it back, without an end, and
/// would have no other meanwhile.
struct Asked {
    conn: PoolConnection<Any>,
    has_answered: bool,
}

impl Drop for Asked {
    fn drop(&mut self) {
        if !self.has_answered {
            self.conn.close_on_drop();
        }
    }
}

/// Whether the database answers: it has as long as the pool has to give the connection.
pub(super) async fn is_answered(pool: &AnyPool) -> bool {
    let Ok(conn) = pool.acquire().await else {
        return false;
    };
    let mut asked = Asked {
        conn,
        has_answered: false,
    };
    let wait = pool.options().get_acquire_timeout();
    let answer = timeout(wait, store::ping(&mut asked.conn)).await;
    asked.has_answered = matches!(answer, Ok(Ok(())));
    asked.has_answered
}
