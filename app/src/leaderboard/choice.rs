//! Which leaderboard the address names.

use games::Game;
use leptos_router::params::ParamsMap;
use serde::{Deserialize, Serialize};
use wire::{Period, stats::Metric};

use crate::ui::filtered;

/// A game or all of them, a period and a metric.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// Nothing: all games together.
    pub game: Option<Game>,
    pub period: Period,
    pub metric: Metric,
}

impl Choice {
    /// What an address chose; anything unknown is left at where the page opens.
    pub(super) fn of(query: &ParamsMap) -> Self {
        let named = |name: &str| query.get(name).unwrap_or_default();
        Self {
            game: Game::parse(&named("game")),
            period: Period::parse(&named("period")).unwrap_or(Period::Week),
            metric: Metric::parse(&named("metric")).unwrap_or_default(),
        }
    }

    /// Its address.
    pub(super) fn href(self) -> String {
        let game = ("game", self.game.map(Game::as_str));
        let period = ("period", Some(self.period.as_str()));
        let metric = ("metric", Some(self.metric.as_str()));
        filtered("/leaderboard", &[game, period, metric])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::query_of;

    #[test]
    fn an_address_is_read_back() {
        let choice = Choice {
            game: Some(Game::Crash),
            period: Period::Month,
            metric: Metric::Net,
        };
        assert_eq!(Choice::of(&query_of(&choice.href())), choice);
    }
}
