//! Which leaderboard the address names.

use games::Game;
use leptos_router::params::ParamsMap;
use serde::{Deserialize, Serialize};
use wire::{Period, stats::Metric};

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
        let game = self.game.map_or("all", Game::as_str);
        let (period, metric) = (self.period.as_str(), self.metric.as_str());
        format!("/leaderboard?game={game}&period={period}&metric={metric}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_read_back() {
        let choice = Choice {
            game: Some(Game::Crash),
            period: Period::Month,
            metric: Metric::Net,
        };
        let href = choice.href();
        let query = href.split('?').nth(1).unwrap();
        let mut map = ParamsMap::new();
        for pair in query.split('&') {
            let (name, value) = pair.split_once('=').unwrap();
            map.insert(name.to_owned(), value.to_owned());
        }
        assert_eq!(Choice::of(&map), choice);
    }
}
