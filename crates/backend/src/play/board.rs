//! Leaderboards.

use std::sync::Arc;
use std::time::Duration;

use progress::Period;
use wire::UserId;
use wire::stats::{Leaderboard, LeaderboardRequest, Metric, Place, Value};

use super::store::board::{self as store, Board, Ranked};
use super::{Play, decimal, game_of};
use crate::readings::Readings;
use crate::{Result, paging};

/// The rankings that were read.
pub(super) type Rankings = Readings<Board, Arc<[Ranked]>>;

/// How many stand above and below the member who asks.
const NEIGHBOURS: usize = 2;

impl Play {
    /// Who stands where over a period, and where the member who asks does.
    ///
    /// # Errors
    /// `unknown_game`; `invalid` unless the limit is 1 to 200.
    pub async fn leaderboard(
        &self,
        user: UserId,
        request: &LeaderboardRequest,
    ) -> Result<Leaderboard> {
        let limit = usize::try_from(paging::limit(request.limit)?).unwrap_or_default();
        let (period, now) = (request.period.unwrap_or_default(), self.core.now());
        let board = Board {
            game: game_of(request.game_type.as_deref())?,
            metric: request.metric.unwrap_or_default(),
            first_day: (period != Period::All).then(|| period.first_day(now)),
        };
        let read = async {
            let ranking = store::ranking(&mut *self.core.db.read().await?, board, now).await;
            ranking.map(Arc::<[Ranked]>::from)
        };
        let ranking = self.rankings.get(board, Duration::ZERO, read).await?;
        let place = |at: usize| {
            ranking
                .get(at)
                .map(|ranked| place_of(board.metric, at, ranked))
        };
        let me = ranking.iter().position(|ranked| ranked.user == user);
        let near = me.map(|at| at.saturating_sub(NEIGHBOURS)..at + NEIGHBOURS + 1);
        Ok(Leaderboard {
            game_type: board.game,
            period,
            metric: board.metric,
            items: (0..limit).map_while(place).collect(),
            me: me.and_then(place),
            neighbours: near.into_iter().flatten().map_while(place).collect(),
        })
    }
}

fn place_of(metric: Metric, at: usize, ranked: &Ranked) -> Place {
    Place {
        rank: i64::try_from(at).unwrap_or_default() + 1,
        user_id: ranked.user,
        nickname: ranked.nickname.clone(),
        value: match metric {
            Metric::Multiplier => Value::Multiplier(decimal(ranked.value)),
            Metric::LargestWin | Metric::Net => Value::Tokens(ranked.value),
        },
    }
}
