//! Leaderboards.

use economy::Period;
use wire::stats::{Leaderboard, LeaderboardRequest};
use wire::{AppError, UserId};

use super::store::board::{self as store, Board};
use super::{Play, game_of};
use crate::Result;

/// How many places a leaderboard lists at most, and when nothing is said.
const LIMIT_MAX: i64 = 100;
const LIMIT_DEFAULT: i64 = 50;

impl Play {
    /// Who stands where over a period, and where the member who asks does.
    ///
    /// # Errors
    /// `unknown_game`; `invalid` unless the limit is 1 to 100.
    pub async fn leaderboard(
        &self,
        user: UserId,
        request: &LeaderboardRequest,
    ) -> Result<Leaderboard> {
        let limit = limit_of(request.limit)?;
        let (period, now) = (request.period.unwrap_or_default(), self.core.now());
        let board = Board {
            game: game_of(request.game_type.as_deref())?,
            metric: request.metric.unwrap_or_default(),
            first_day: (period != Period::All).then(|| period.first_day(now)),
        };
        let mut conn = self.core.db.read().await?;
        let places = store::places(&mut conn, board, user, limit, now).await?;
        let me = places.iter().find(|place| place.user_id == user).cloned();
        let is_near = |rank: i64| {
            let mine = me.as_ref().map(|me| me.rank);
            mine.is_some_and(|mine| (rank - mine).abs() <= store::NEIGHBOURS)
        };
        let listed = |is_listed: &dyn Fn(i64) -> bool| {
            let listed = places.iter().filter(|place| is_listed(place.rank));
            listed.cloned().collect()
        };
        Ok(Leaderboard {
            game_type: board.game,
            period,
            metric: board.metric,
            items: listed(&|rank| rank <= limit),
            neighbours: listed(&is_near),
            me,
        })
    }
}

fn limit_of(asked: Option<i64>) -> Result<i64> {
    match asked.unwrap_or(LIMIT_DEFAULT) {
        limit @ 1..=LIMIT_MAX => Ok(limit),
        _ => Err(AppError::field("limit", "range", "limit is 1 to 100").into()),
    }
}
