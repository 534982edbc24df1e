//! Where members stand with the machine, and what they own.

use economy::Timestamp;
use games::gacha::{Outcome, State};
use sqlx::AnyConnection;
use wire::UserId;
use wire::gacha::{OwnedItem, PastRound};

use super::history::round_of;
use crate::db::Columns;
use crate::inventory::OWNED_MAX;
use crate::{Error, Result};

/// Where a member stands.
pub(super) struct Stands {
    pub(super) state: State,
    pub(super) pulls: i64,
}

/// Where the member stands; fresh before the first pull.
pub(super) async fn find(conn: &mut AnyConnection, user: UserId) -> Result<Stands> {
    let row = sqlx::query("SELECT state, pulls FROM gacha_states WHERE user_id = $1")
        .bind(user.0)
        .fetch_optional(conn)
        .await?;
    row.map_or_else(
        || {
            Ok(Stands {
                state: State::fresh(),
                pulls: 0,
            })
        },
        |row| {
            Ok(Stands {
                state: row.json("gacha_states.state")?,
                pulls: row.int("pulls")?,
            })
        },
    )
}

/// Moves the member to where the round left them.
pub(super) async fn advance(
    conn: &mut AnyConnection,
    user: UserId,
    outcome: &Outcome,
    at: Timestamp,
) -> Result<()> {
    let state = serde_json::to_string(&outcome.after)
        .map_err(|error| Error::Internal(error.to_string()))?;
    let pulls = i64::try_from(outcome.pulls.len()).unwrap_or_default();
    sqlx::query(
        "INSERT INTO gacha_states (user_id, state, pulls, updated_at) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (user_id) DO UPDATE SET state = excluded.state, \
         pulls = gacha_states.pulls + excluded.pulls, updated_at = excluded.updated_at",
    )
    .bind(user.0)
    .bind(state)
    .bind(pulls)
    .bind(at.millis())
    .execute(conn)
    .await?;
    Ok(())
}

/// What the member owns, in the order it first came.
pub(super) async fn collection(conn: &mut AnyConnection, user: UserId) -> Result<Vec<OwnedItem>> {
    let rows = sqlx::query(
        "SELECT item, count, first_at FROM inventory WHERE user_id = $1 ORDER BY first_at, item LIMIT $2",
    )
    .bind(user.0)
    .bind(OWNED_MAX)
    .fetch_all(conn)
    .await?;
    rows.iter()
        .map(|row| {
            Ok(OwnedItem {
                code: row.text("item")?,
                count: row.int("count")?,
                first_at: row.instant("first_at")?,
            })
        })
        .collect()
}

/// The member's rounds before one of them and its instant, newest first.
pub(super) async fn rounds(
    conn: &mut AnyConnection,
    user: UserId,
    before: (&str, i64),
    limit: i64,
) -> Result<Vec<PastRound>> {
    let rows = sqlx::query(
        "SELECT h.id, h.rules_version, h.stake, h.play, h.created_at, p.status \
         FROM hands h JOIN seed_pairs p ON p.id = h.pair_id \
         WHERE h.user_id = $1 AND h.game = 'gacha' AND h.created_at <= $2 \
         AND NOT (h.created_at = $2 AND h.id >= $3) \
         ORDER BY h.created_at DESC, h.id DESC LIMIT $4",
    )
    .bind(user.0)
    .bind(before.1)
    .bind(before.0)
    .bind(limit)
    .fetch_all(conn)
    .await?;
    rows.iter().map(round_of).collect()
}
