//! What happened in the club on one day, in sums.

use std::sync::Arc;
use std::time::Duration;

use economy::Timestamp;
use wire::Tokens;
use wire::desk::{DayFigures, DayMoney, PlayedDay};
use wire::stats::GameResult;

use super::Desk;
use crate::Result;
use crate::readings::Readings;

/// How long after its end nothing is written any more with an instant of a day: longer than a transaction takes.
const OVER_MILLIS: i64 = 60_000;
/// How long a day that is over is kept: longer than it is asked for.
const KEPT: Duration = Duration::from_secs(8 * 24 * 60 * 60);

/// The days that were read, by their number.
pub(super) type Days = Readings<i64, Arc<Day>>;

/// A UTC day, whole or so far.
pub(super) struct Day {
    date: String,
    sign_ups: i64,
    /// Those that were played.
    games: Vec<GameResult>,
    money: DayMoney,
}

impl Desk {
    /// What happened on that UTC day. It reads a row for each member who played on it and each of their games, and
    /// none of a hand; a day that is over is read once.
    pub(super) async fn day(&self, day: i64, now: Timestamp) -> Result<Arc<Day>> {
        let begins = Timestamp::of_utc_day(day);
        let ends = Timestamp::of_utc_day(day.saturating_add(1));
        let is_over = now.millis_since(ends) >= OVER_MILLIS;
        let at_least = if is_over { KEPT } else { Duration::ZERO };
        let read = async {
            let sums = Day {
                date: begins.utc_date().unwrap_or_default(),
                sign_ups: self.accounts.joined(day).await?,
                games: self.play.of_day(day).await?,
                money: self.shop.money(begins, ends).await?,
            };
            Result::Ok(Arc::new(sums))
        };
        self.days.get(day, at_least, read).await
    }
}

impl Day {
    /// Its games that were played.
    pub(super) fn games(&self) -> &[GameResult] {
        &self.games
    }

    /// With its money, where that is shown.
    pub(super) fn figures(&self, with_money: bool) -> DayFigures {
        let PlayedDay {
            date,
            hands,
            staked,
            paid,
        } = self.played();
        DayFigures {
            date,
            sign_ups: self.sign_ups,
            hands,
            staked,
            paid,
            money: with_money.then(|| self.money.clone()),
        }
    }

    /// What was played on it.
    pub(super) fn played(&self) -> PlayedDay {
        PlayedDay {
            date: self.date.clone(),
            hands: self.games.iter().map(|of| of.hands).sum(),
            staked: self.tokens(|of| of.staked),
            paid: self.tokens(|of| of.won),
        }
    }

    fn tokens(&self, value: fn(&GameResult) -> Tokens) -> Tokens {
        let values = self.games.iter().map(|of| value(of).get());
        // Beyond the largest amount there are no tokens to count.
        Tokens::new(values.sum()).unwrap_or(Tokens::MAX)
    }
}
