//! What hands are drawn from.

use games::{ClientSeed, Draws, ServerSeed};
use sqlx::AnyConnection;
use sqlx::any::AnyRow;
use wire::{PairId, UserId};

use crate::Result;
use crate::db::Columns;

/// Which stream a hand is drawn from, but for the secret.
#[derive(Clone)]
pub(crate) struct Stream {
    pub(crate) pair: PairId,
    pub(crate) client_seed: ClientSeed,
    pub(crate) nonce: i64,
}

/// What a hand is drawn from.
pub(crate) struct Draw {
    pub(crate) stream: Stream,
    pub(crate) server_seed: ServerSeed,
}

impl Draw {
    /// The stream from its beginning.
    pub(crate) fn draws(&self) -> Draws {
        let Stream {
            client_seed, nonce, ..
        } = &self.stream;
        Draws::new(&self.server_seed, client_seed, *nonce)
    }
}

/// When the hand of a nonce is settled.
#[derive(Clone, Copy)]
pub(crate) enum Pace {
    /// In the same transaction.
    Instant,
    /// Later: until then it counts as running, and its pair is not revealed.
    Running,
}

/// The stream of a row of pairs; `pair` is the column with the pair's id.
pub(crate) fn stream_of(row: &AnyRow, pair: &str) -> Result<Stream> {
    stream_in(row, pair, "seed_pairs.client_seed")
}

/// The stream that a row names in these columns.
pub(crate) fn stream_in(row: &AnyRow, pair: &str, client_seed: &str) -> Result<Stream> {
    Ok(Stream {
        pair: PairId(row.text(pair)?),
        client_seed: row.parsed(client_seed, |text| ClientSeed::parse(text).ok())?,
        nonce: row.int("nonce")?,
    })
}

/// Whether a hand of the member's active pair is running.
pub(in crate::fairness) async fn is_running(
    conn: &mut AnyConnection,
    user: UserId,
) -> Result<bool> {
    let row =
        sqlx::query("SELECT running FROM seed_pairs WHERE user_id = $1 AND status = 'active'")
            .bind(user.0)
            .fetch_one(conn)
            .await?;
    Ok(row.int("running")? > 0)
}

/// Counts a hand of the pair as settled.
pub(in crate::fairness) async fn settled(conn: &mut AnyConnection, pair: &PairId) -> Result<()> {
    sqlx::query("UPDATE seed_pairs SET running = running - 1 WHERE id = $1")
        .bind(pair.as_str())
        .execute(conn)
        .await?;
    Ok(())
}

/// Takes the next nonce of the active pair.
pub(in crate::fairness) async fn draw(
    conn: &mut AnyConnection,
    user: UserId,
    pace: Pace,
) -> Result<Option<Draw>> {
    let row = sqlx::query(
        "UPDATE seed_pairs SET nonce = nonce + 1, running = running + $2 WHERE user_id = $1 AND status = 'active' \
         RETURNING id, server_seed, client_seed, nonce - 1 AS nonce",
    )
    .bind(user.0)
    .bind(i64::from(matches!(pace, Pace::Running)))
    .fetch_optional(conn)
    .await?;
    row.map(|row| {
        Ok(Draw {
            server_seed: ServerSeed(row.array("seed_pairs.server_seed")?),
            stream: stream_of(&row, "id")?,
        })
    })
    .transpose()
}
