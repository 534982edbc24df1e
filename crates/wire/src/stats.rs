//! What members have played, over a period, and how they stand among each other.

use economy::Tokens;
use games::Game;
use serde::{Deserialize, Serialize};

use crate::{Period, UserId};

/// Which statistics.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams), into_params(parameter_in = Query))]
pub struct StatsRequest {
    /// Only of this game.
    #[serde(alias = "gameType")]
    pub game_type: Option<String>,
    /// `day`, `week` (from Monday), `month` or `all`, in UTC days; `all` when left out.
    #[cfg_attr(feature = "openapi", param(value_type = Option<String>))]
    pub period: Option<Period>,
}

/// What a member has played. Rates are in percent with two decimals, cut, not rounded, and null where
/// there is nothing to divide by; `wins` and `rated_hands` give the exact fraction.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct GameStats {
    /// Who.
    pub user_id: UserId,
    /// Of which game; null: of all.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub game_type: Option<Game>,
    /// Over which period.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub period: Period,
    /// Hands settled.
    pub hands: i64,
    /// Hands that could be won or lost: a round of pulls cannot.
    pub rated_hands: i64,
    /// Hands won.
    pub wins: i64,
    /// Wins in a hundred rated hands.
    pub win_rate: Option<f64>,
    /// The best multiplier.
    pub best_multiplier: f64,
    /// The largest payout.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub largest_win: Tokens,
    /// Wins in a row at the moment, in the game played last of those asked for.
    pub current_streak: i64,
    /// The longest row of wins that the period saw; it may have begun before.
    pub best_streak: i64,
    /// What only the member themselves and whoever runs the club see.
    #[serde(flatten)]
    pub own: Option<OwnStats>,
}

/// The part of the statistics that others do not see: all of it is there, or none.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OwnStats {
    /// Tokens staked.
    #[cfg_attr(feature = "openapi", schema(value_type = i64, required = false))]
    pub staked: Tokens,
    /// Tokens paid out.
    #[cfg_attr(feature = "openapi", schema(value_type = i64, required = false))]
    pub won: Tokens,
    /// Tokens paid out for a hundred staked in rated hands.
    pub return_rate: Option<f64>,
    /// The game with the most hands.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub favourite: Option<Game>,
    /// Seconds from hand to hand, pauses of 15 minutes and more left out.
    #[cfg_attr(feature = "openapi", schema(required = false))]
    pub seconds_played: i64,
    /// The same by game, those that were played.
    #[cfg_attr(feature = "openapi", schema(required = false))]
    pub games: Vec<GameResult>,
}

/// What a member has played of one game.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct GameResult {
    /// Which.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub game: Game,
    /// Hands settled.
    pub hands: i64,
    /// Hands won.
    pub wins: i64,
    /// Tokens staked.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub staked: Tokens,
    /// Tokens paid out.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub won: Tokens,
}

/// What a leaderboard ranks by; never what was staked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Metric {
    /// The best multiplier.
    #[default]
    Multiplier,
    /// The largest payout.
    LargestWin,
    /// Payouts less stakes.
    Net,
}

impl Metric {
    /// Every metric.
    pub const ALL: [Self; 3] = [Self::Multiplier, Self::LargestWin, Self::Net];

    /// The name in queries and JSON.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Multiplier => "multiplier",
            Self::LargestWin => "largest_win",
            Self::Net => "net",
        }
    }

    /// The metric of that name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|metric| metric.as_str() == name)
    }
}

/// Which leaderboard.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams), into_params(parameter_in = Query))]
pub struct LeaderboardRequest {
    /// Of which game; of all together when left out.
    #[serde(alias = "gameType")]
    pub game_type: Option<String>,
    /// `day`, `week` (from Monday), `month` or `all`, in UTC days; `all` when left out.
    #[cfg_attr(feature = "openapi", param(value_type = Option<String>))]
    pub period: Option<Period>,
    /// `multiplier`, `largest_win` or `net`; `multiplier` when left out.
    pub metric: Option<Metric>,
    /// How many, 1 to 200; 50 when left out.
    pub limit: Option<i64>,
}

/// Who stands where: the first 10,000 with a result above zero.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Leaderboard {
    /// Of which game; null: of all together.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub game_type: Option<Game>,
    /// Over which period.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub period: Period,
    /// What it ranks by.
    pub metric: Metric,
    /// The best, first of all the first.
    pub items: Vec<Place>,
    /// The member who asks, if they are listed.
    pub me: Option<Place>,
    /// The member who asks with up to two above and two below; empty if they are not listed.
    pub neighbours: Vec<Place>,
}

/// A member's place on a leaderboard.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Place {
    /// From 1; of equal values the member who joined first comes first.
    pub rank: i64,
    /// Who.
    pub user_id: UserId,
    /// What others call them.
    pub nickname: String,
    /// What they are ranked by.
    pub value: Value,
}

/// What somebody is ranked by.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(untagged)]
pub enum Value {
    /// Tokens.
    Tokens(i64),
    /// A multiplier, with two decimals.
    Multiplier(f64),
}
