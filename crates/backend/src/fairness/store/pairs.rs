//! Seed pairs: the one that comes next, the one in use, those that are revealed.

use economy::Timestamp;
use games::{ClientSeed, ServerSeed};
use sqlx::AnyConnection;
use sqlx::any::AnyRow;
use wire::fairness::{ActivePair, NextPair, RevealedPair};
use wire::{PairId, UserId};

use crate::Result;
use crate::db::Columns;

/// Writes the pair that comes after the active one.
pub(in crate::fairness) async fn insert_next(
    conn: &mut AnyConnection,
    id: &str,
    user: UserId,
    secret: &ServerSeed,
    client_seed: &ClientSeed,
    at: Timestamp,
) -> Result<()> {
    sqlx::query(
        "INSERT INTO seed_pairs (id, user_id, status, server_seed, server_seed_hash, client_seed, nonce, running, \
         created_at) VALUES ($1, $2, 'next', $3, $4, $5, 0, 0, $6)",
    )
    .bind(id)
    .bind(user.0)
    .bind(secret.0.to_vec())
    .bind(secret.commitment())
    .bind(client_seed.as_str())
    .bind(at.millis())
    .execute(conn)
    .await?;
    Ok(())
}

/// Reveals the active pair; false while a hand of it is running.
pub(in crate::fairness) async fn reveal(
    conn: &mut AnyConnection,
    user: UserId,
    at: Timestamp,
) -> Result<bool> {
    let done = sqlx::query(
        "UPDATE seed_pairs SET status = 'revealed', revealed_at = $2 \
         WHERE user_id = $1 AND status = 'active' AND running = 0",
    )
    .bind(user.0)
    .bind(at.millis())
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Brings the next pair into use.
pub(in crate::fairness) async fn activate(
    conn: &mut AnyConnection,
    user: UserId,
    client_seed: &ClientSeed,
) -> Result<()> {
    sqlx::query("UPDATE seed_pairs SET status = 'active', client_seed = $2 WHERE user_id = $1 AND status = 'next'")
        .bind(user.0)
        .bind(client_seed.as_str())
        .execute(conn)
        .await?;
    Ok(())
}

/// Changes the client seed of the active pair.
pub(in crate::fairness) async fn set_client_seed(
    conn: &mut AnyConnection,
    user: UserId,
    client_seed: &ClientSeed,
) -> Result<Option<ActivePair>> {
    sqlx::query(
        "UPDATE seed_pairs SET client_seed = $2 WHERE user_id = $1 AND status = 'active' \
         RETURNING id, server_seed_hash, client_seed, nonce",
    )
    .bind(user.0)
    .bind(client_seed.as_str())
    .fetch_optional(conn)
    .await?
    .as_ref()
    .map(active_of)
    .transpose()
}

fn active_of(row: &AnyRow) -> Result<ActivePair> {
    Ok(ActivePair {
        pair_id: PairId(row.text("id")?),
        server_seed_hash: row.text("server_seed_hash")?,
        client_seed: row.text("client_seed")?,
        nonce: row.int("nonce")?,
    })
}

/// The pair in use.
pub(in crate::fairness) async fn active(
    conn: &mut AnyConnection,
    user: UserId,
) -> Result<Option<ActivePair>> {
    sqlx::query(
        "SELECT id, server_seed_hash, client_seed, nonce FROM seed_pairs WHERE user_id = $1 AND status = 'active'",
    )
    .bind(user.0)
    .fetch_optional(conn)
    .await?
    .as_ref()
    .map(active_of)
    .transpose()
}

/// The pair that comes next.
pub(in crate::fairness) async fn next(
    conn: &mut AnyConnection,
    user: UserId,
) -> Result<Option<NextPair>> {
    sqlx::query("SELECT server_seed_hash FROM seed_pairs WHERE user_id = $1 AND status = 'next'")
        .bind(user.0)
        .fetch_optional(conn)
        .await?
        .map(|row| {
            Ok(NextPair {
                server_seed_hash: row.text("server_seed_hash")?,
            })
        })
        .transpose()
}

/// The newest revealed pairs, newest first.
pub(in crate::fairness) async fn revealed(
    conn: &mut AnyConnection,
    user: UserId,
    limit: i64,
) -> Result<Vec<RevealedPair>> {
    let rows = sqlx::query(
        "SELECT id, server_seed, server_seed_hash, client_seed, nonce, revealed_at FROM seed_pairs \
         WHERE user_id = $1 AND status = 'revealed' ORDER BY id DESC LIMIT $2",
    )
    .bind(user.0)
    .bind(limit)
    .fetch_all(conn)
    .await?;
    rows.iter()
        .map(|row| {
            Ok(RevealedPair {
                pair_id: PairId(row.text("id")?),
                server_seed: ServerSeed(row.array("seed_pairs.server_seed")?).to_hex(),
                server_seed_hash: row.text("server_seed_hash")?,
                client_seed: row.text("client_seed")?,
                nonces: row.int("nonce")?,
                revealed_at: row.instant("revealed_at")?,
            })
        })
        .collect()
}

/// A pair with its secret, for the house's own check.
pub(in crate::fairness) struct SecretPair {
    pub(in crate::fairness) id: PairId,
    pub(in crate::fairness) user: UserId,
    pub(in crate::fairness) secret: ServerSeed,
    pub(in crate::fairness) nonce: i64,
    pub(in crate::fairness) running: i64,
}

/// Pairs that were played with, member by member, of each the oldest first, after `after`; of one
/// member if asked.
pub(in crate::fairness) async fn secrets(
    conn: &mut AnyConnection,
    user: Option<UserId>,
    after: (UserId, &str),
    limit: i64,
) -> Result<Vec<SecretPair>> {
    let rows = sqlx::query(
        "SELECT id, user_id, server_seed, nonce, running FROM seed_pairs \
         WHERE (user_id, id) > ($1, $2) AND ($3 = 0 OR user_id = $3) AND status <> 'next' \
         ORDER BY user_id, id LIMIT $4",
    )
    .bind(after.0.0)
    .bind(after.1)
    .bind(user.map_or(0, |user| user.0))
    .bind(limit)
    .fetch_all(conn)
    .await?;
    rows.iter()
        .map(|row| {
            Ok(SecretPair {
                id: PairId(row.text("id")?),
                user: UserId(row.int("user_id")?),
                secret: ServerSeed(row.array("seed_pairs.server_seed")?),
                nonce: row.int("nonce")?,
                running: row.int("running")?,
            })
        })
        .collect()
}
