//! What can be achieved, and who has.

use economy::Timestamp;
use games::Game;
use games::achievement::{Kind, Requirement};
use sqlx::AnyConnection;
use wire::UserId;

use super::Definition;
use crate::db::Columns;
use crate::{Error, Result};

/// The most achievements there are; a bound, so that a list has one.
const DEFINITIONS_MAX: i64 = 500;

/// Everything that can be achieved, in the club's order.
pub(super) async fn definitions(conn: &mut AnyConnection) -> Result<Vec<Definition>> {
    let rows = sqlx::query(
        "SELECT code, kind, game, threshold, reward FROM achievements ORDER BY place, code LIMIT $1",
    )
    .bind(DEFINITIONS_MAX)
    .fetch_all(conn)
    .await?;
    let game_of = |name: String| {
        Game::parse(&name).ok_or_else(|| Error::Corrupt("achievements.game".to_owned()))
    };
    rows.iter()
        .map(|row| {
            Ok(Definition {
                code: row.text("code")?,
                requirement: Requirement {
                    kind: row.parsed("kind", Kind::parse)?,
                    game: row.text_opt("game")?.map(game_of).transpose()?,
                    threshold: row.int("threshold")?,
                },
                reward: row.tokens("reward")?,
            })
        })
        .collect()
}

/// An achievement of a member.
pub(super) struct Unlock {
    pub(super) code: String,
    pub(super) unlocked_at: Timestamp,
    pub(super) claimed_at: Option<Timestamp>,
}

/// What the member has achieved.
pub(super) async fn unlocks(conn: &mut AnyConnection, user: UserId) -> Result<Vec<Unlock>> {
    let rows = sqlx::query(
        "SELECT code, unlocked_at, claimed_at FROM achievement_unlocks WHERE user_id = $1 \
         ORDER BY unlocked_at, code LIMIT $2",
    )
    .bind(user.0)
    .bind(DEFINITIONS_MAX)
    .fetch_all(conn)
    .await?;
    rows.iter()
        .map(|row| {
            Ok(Unlock {
                code: row.text("code")?,
                unlocked_at: row.instant("unlocked_at")?,
                claimed_at: row.instant_opt("claimed_at")?,
            })
        })
        .collect()
}

/// The codes of what the member has achieved, in the order it came.
pub(crate) async fn badges(conn: &mut AnyConnection, user: UserId) -> Result<Vec<String>> {
    let unlocks = unlocks(conn, user).await?;
    Ok(unlocks.into_iter().map(|unlock| unlock.code).collect())
}

/// Writes that the member achieved it.
pub(super) async fn unlock(
    conn: &mut AnyConnection,
    user: UserId,
    code: &str,
    at: Timestamp,
) -> Result<()> {
    sqlx::query(
        "INSERT INTO achievement_unlocks (user_id, code, unlocked_at, claimed_at) VALUES ($1, $2, $3, NULL)",
    )
    .bind(user.0)
    .bind(code)
    .bind(at.millis())
    .execute(conn)
    .await?;
    Ok(())
}

/// Marks the reward as claimed; false when it is not unlocked, or was claimed before.
pub(super) async fn claim(
    conn: &mut AnyConnection,
    user: UserId,
    code: &str,
    at: Timestamp,
) -> Result<bool> {
    let done = sqlx::query(
        "UPDATE achievement_unlocks SET claimed_at = $3 WHERE user_id = $1 AND code = $2 AND claimed_at IS NULL",
    )
    .bind(user.0)
    .bind(code)
    .bind(at.millis())
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}
