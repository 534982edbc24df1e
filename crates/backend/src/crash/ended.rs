//! Rounds that have ended, for whoever was away when they did.

use sqlx::any::AnyRow;
use wire::crash::PastRound;
use wire::live::CrashEnded;
use wire::{Code, GameId, UserId};

use super::{Crash, store};
use crate::Result;
use crate::db::Columns;
use crate::play::decimal;

/// How many past rounds are told: what a strip of them has room for.
const PAST_MAX: i64 = 12;

impl Crash {
    /// How a round of the member ended; nothing while it runs, so that its point stays secret.
    /// Balance and streak are as they stand now, which may be after later hands.
    ///
    /// # Errors
    /// `not_found` unless the member has had that round.
    pub async fn ended(&self, user: UserId, game: &GameId) -> Result<Option<CrashEnded>> {
        let mut conn = self.core.db.read().await?;
        let row = store::round(&mut conn, user, game)
            .await?
            .ok_or(Code::NotFound)?;
        if row.text("status")? == "active" {
            return Ok(None);
        }
        end_of(&row).map(Some)
    }

    /// The member's last rounds that have ended, newest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn past(&self, user: UserId) -> Result<Vec<PastRound>> {
        let mut conn = self.core.db.read().await?;
        let rows = store::past(&mut conn, user, PAST_MAX).await?;
        rows.iter().map(past_of).collect()
    }
}

fn end_of(row: &AnyRow) -> Result<CrashEnded> {
    let (stake, payout) = (
        row.tokens("crash_sessions.stake")?,
        row.tokens("crash_sessions.payout")?,
    );
    Ok(CrashEnded {
        game_id: GameId(row.text("id")?),
        status: row.text("status")?,
        point: decimal(row.int("point_hundredths")?),
        cashed_out_at: row.int_opt("cashed_hundredths")?.map(decimal),
        bet_amount: stake,
        payout,
        win_amount: payout.checked_sub(stake).unwrap_or_default(),
        balance: row.tokens("accounts.balance")?,
        seq: row.int("seq")?,
        streak: row.int("streak")?,
    })
}

fn past_of(row: &AnyRow) -> Result<PastRound> {
    Ok(PastRound {
        game_id: GameId(row.text("id")?),
        point: decimal(row.int("point_hundredths")?),
        cashed_out_at: row.int_opt("cashed_hundredths")?.map(decimal),
    })
}
