//! How the club does today, beside yesterday.

use economy::shop::Price;
use economy::{Timestamp, Tokens};
use games::Game;
use serde::{Deserialize, Serialize};

use super::OpenPurchases;
use crate::play::ExactReturn;

/// How the club does. Days are UTC days, as statistics count them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Dashboard {
    /// The club's time. What took long to count may be up to a minute older.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub at: Timestamp,
    /// How many members are connected to the server that answers.
    pub online: i64,
    /// What waits for somebody.
    pub needs: Needs,
    /// The day so far.
    pub today: DayFigures,
    /// The day before, whole.
    pub yesterday: DayFigures,
    /// Each game once, in the order of the catalogue.
    pub games: Vec<GameFigures>,
    /// The last seven days, the oldest first; today is the last.
    pub days: Vec<PlayedDay>,
}

/// What waits for somebody; each kind for whoever may see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Needs {
    /// Payments; null for whoever may not see purchases.
    pub payments: Option<OpenPurchases>,
    /// How many requests wait for approval; null for whoever may not see them.
    pub approvals: Option<i64>,
    /// The limited packages on sale of which a tenth or less is left, but something, the fewest first; at most 20.
    pub low_stock: Vec<LowStock>,
}

/// A limited package of which little is left.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LowStock {
    /// Which.
    pub package_id: String,
    /// How many are left.
    pub remaining: i64,
    /// Of how many.
    pub stock: i64,
}

/// What happened on one day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DayFigures {
    /// Which, as `2026-01-31`.
    pub date: String,
    /// How many joined.
    pub sign_ups: i64,
    /// Hands settled.
    pub hands: i64,
    /// Tokens staked in them.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub staked: Tokens,
    /// Tokens paid out for them.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub paid: Tokens,
    /// Money; null for whoever may not see purchases.
    pub money: Option<DayMoney>,
}

/// The money of one day, by currency, won first; a currency in which there was none is left out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DayMoney {
    /// What was taken for purchases that were paid for on that day.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<Object>))]
    pub captured: Vec<Price>,
    /// What purchases had cost that were undone on that day.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<Object>))]
    pub refunded: Vec<Price>,
}

/// A game, as it is built and as it was played.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct GameFigures {
    /// Which.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub game: Game,
    /// The exact return to player, for each number of lines where the game has lines; none where it returns no
    /// tokens.
    pub returns: Vec<ExactReturn>,
    /// The day so far.
    pub today: GameDay,
    /// The day before.
    pub yesterday: GameDay,
}

/// A game on one day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct GameDay {
    /// Hands settled.
    pub hands: i64,
    /// Tokens staked in them.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub staked: Tokens,
    /// Tokens paid out for them.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub paid: Tokens,
    /// Tokens paid out for a hundred staked, with two decimals, cut; null where nothing was staked and where the
    /// game returns no tokens.
    pub measured_return: Option<f64>,
}

/// What was played on one day, over all games.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PlayedDay {
    /// Which, as `2026-01-31`.
    pub date: String,
    /// Hands settled.
    pub hands: i64,
    /// Tokens staked in them.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub staked: Tokens,
    /// Tokens paid out for them.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub paid: Tokens,
}
