//! What members have played.

use std::cmp::Reverse;

use games::Game;
use wire::stats::{GameResult, GameStats, OwnStats, StatsRequest};
use wire::user::UserStats;
use wire::{Tokens, UserId};

use super::store::days;
use super::store::stats::{self as store, OfGame};
use super::{Play, decimal, game_of};
use crate::caller::Eyes;
use crate::{Member, Result, accounts};

impl Play {
    /// What everyone played of each game on that UTC day; a game that nobody played is left out.
    ///
    /// # Errors
    /// When the database fails.
    pub(crate) async fn of_day(&self, day: i64) -> Result<Vec<GameResult>> {
        let mut conn = self.core.db.read().await?;
        days::of_day(&mut conn, day).await
    }

    /// What a member has played so far, over all games.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn stats(&self, user: UserId) -> Result<UserStats> {
        let mut conn = self.core.db.read().await?;
        let mut stats = store::stats(&mut conn, user).await?;
        stats.current_streak = store::streak(&mut conn, user, None).await?;
        Ok(stats)
    }

    /// What `user` has played over a period, of one game or of all; to others the public part.
    ///
    /// # Errors
    /// `unknown_game`; `not_found` without such a member.
    pub async fn stats_over(
        &self,
        asker: &Member,
        user: UserId,
        request: &StatsRequest,
    ) -> Result<GameStats> {
        let eyes = asker.eyes(user);
        let game = game_of(request.game_type.as_deref())?;
        let period = request.period.unwrap_or_default();
        let now = self.core.now();
        let mut conn = self.core.db.read().await?;
        accounts::expect_known(&mut conn, user, now).await?;
        let mut played = store::since(&mut conn, user, period.first_day(now)).await?;
        played.retain(|of| game.is_none_or(|game| game == of.result.game));
        let current_streak = store::streak(&mut conn, user, game).await?;
        let rated = rated(&played);
        Ok(GameStats {
            user_id: user,
            game_type: game,
            period,
            hands: played.iter().map(|of| of.result.hands).sum(),
            rated_hands: rated.hands,
            wins: rated.wins,
            win_rate: percent(rated.wins, rated.hands),
            best_multiplier: decimal(best(&played, |of| of.multiplier_max_hundredths)),
            largest_win: most(&played),
            current_streak,
            best_streak: best(&played, |of| of.streak_max),
            own: (eyes == Eyes::Own).then(|| own(&played)),
        })
    }
}

/// The hands that count in rates: those that could be won or lost.
struct Rated {
    hands: i64,
    wins: i64,
    staked: i64,
    won: i64,
}

fn rated(played: &[OfGame]) -> Rated {
    let sum = |value: fn(&GameResult) -> i64| {
        let rated = played.iter().map(|of| &of.result);
        rated.filter(|of| of.game != Game::Gacha).map(value).sum()
    };
    Rated {
        hands: sum(|of| of.hands),
        wins: sum(|of| of.wins),
        staked: sum(|of| of.staked.get()),
        won: sum(|of| of.won.get()),
    }
}

fn own(played: &[OfGame]) -> OwnStats {
    let total = |value: fn(&GameResult) -> Tokens| {
        let values = played.iter().map(|of| value(&of.result).get());
        // Beyond the largest amount there are no tokens to count.
        Tokens::new(values.sum()).unwrap_or(Tokens::MAX)
    };
    let rated = rated(played);
    let mut games: Vec<GameResult> = played.iter().map(|of| of.result).collect();
    games.sort_by_key(|of| of.game);
    // Of equals, the game that the club lists first.
    let favourite = games.iter().min_by_key(|of| (Reverse(of.hands), of.game));
    OwnStats {
        staked: total(|of| of.staked),
        won: total(|of| of.won),
        return_rate: percent(rated.won, rated.staked),
        favourite: favourite.map(|of| of.game),
        seconds_played: played.iter().map(|of| of.millis_played).sum::<i64>() / 1_000,
        games,
    }
}

fn best(played: &[OfGame], value: fn(&OfGame) -> i64) -> i64 {
    played.iter().map(value).max().unwrap_or_default()
}

fn most(played: &[OfGame]) -> Tokens {
    let wins = played.iter().map(|of| of.largest_win);
    wins.max().unwrap_or_default()
}

/// So many in a hundred, with two decimals, cut.
pub(crate) fn percent(part: i64, whole: i64) -> Option<f64> {
    let hundredths = part.checked_mul(10_000)?.checked_div(whole)?;
    Some(decimal(hundredths))
}
