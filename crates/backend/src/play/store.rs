//! Hands, and the history they make.

pub(super) mod board;
pub(super) mod days;
pub(super) mod sessions;
pub(super) mod stats;

use economy::Timestamp;
use games::{Game, HandResult};
use sqlx::AnyConnection;
use sqlx::any::AnyRow;
use wire::play::HandSummary;
use wire::{HandId, PlaySessionId, UserId};

use super::{Seat, Settled};
use crate::db::{Batch, Columns};
use crate::{Error, Result};
use sessions::Place;

/// Writes the hand.
pub(super) fn insert_hand(
    batch: &mut Batch,
    seat: &Seat,
    place: &Place,
    settled: &Settled,
) -> Result<()> {
    let play =
        serde_json::to_string(&settled.play).map_err(|error| Error::Internal(error.to_string()))?;
    batch
        .push(
            "INSERT INTO hands (id, user_id, game, rules_version, session_id, number, pair_id, client_seed, nonce, \
             stake, payout, result, play, created_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
        )
        .bind(settled.hand.as_str())
        .bind(seat.user.0)
        .bind(seat.game.as_str())
        .bind(settled.rules_version)
        .bind(place.session.as_str())
        .bind(place.number)
        .bind(settled.stream.pair.as_str())
        .bind(settled.stream.client_seed.as_str())
        .bind(settled.stream.nonce)
        .bind(settled.stake.get())
        .bind(settled.payout.get())
        .bind(settled.result.as_str())
        .bind(play)
        .bind(seat.at.millis());
    Ok(())
}

/// Which hands: from `since` on, before `until`, and after the hand that a page ended with.
pub(super) struct Filter {
    pub(super) game: Option<Game>,
    pub(super) since: Timestamp,
    pub(super) until: Timestamp,
    pub(super) before: (Timestamp, String),
}

/// The history, with or without a condition on the game: a plan that is right for both does not use
/// the index of either.
macro_rules! history {
    ($of_game:literal) => {
        concat!(
            "SELECT h.id, h.game, h.session_id, h.number, h.stake, h.payout, h.result, h.created_at, p.status \
             FROM hands h JOIN seed_pairs p ON p.id = h.pair_id \
             WHERE h.user_id = $1 AND h.created_at BETWEEN $2 AND $3 \
             AND NOT (h.created_at = $4 AND h.id >= $5)",
            $of_game,
            " ORDER BY h.created_at DESC, h.id DESC LIMIT $6"
        )
    };
}
pub(super) const HISTORY: &str = history!("");
pub(super) const HISTORY_OF_GAME: &str = history!(" AND h.game = $7");

/// The member's hands, newest first.
pub(super) async fn history(
    conn: &mut AnyConnection,
    user: UserId,
    filter: &Filter,
    limit: i64,
) -> Result<Vec<HandSummary>> {
    let sql = if filter.game.is_some() {
        HISTORY_OF_GAME
    } else {
        HISTORY
    };
    let (at, id) = &filter.before;
    let query = sqlx::query(sql)
        .bind(user.0)
        .bind(filter.since.millis())
        .bind(filter.until.plus_millis(-1).min(*at).millis())
        .bind(at.millis())
        .bind(id.as_str())
        .bind(limit);
    let query = match filter.game {
        Some(game) => query.bind(game.as_str()),
        None => query,
    };
    let rows = query.fetch_all(conn).await?;
    rows.iter().map(summary_of).collect()
}

fn summary_of(row: &AnyRow) -> Result<HandSummary> {
    Ok(HandSummary {
        hand_id: HandId(row.text("id")?),
        game: row.parsed("hands.game", Game::parse)?,
        session_id: PlaySessionId(row.text("session_id")?),
        number: row.int("number")?,
        stake: row.tokens("hands.stake")?,
        payout: row.tokens("hands.payout")?,
        result: row.parsed("hands.result", HandResult::parse)?,
        revealed: row.text("status")? == "revealed",
        created_at: row.instant("created_at")?,
    })
}
