//! Rounds of crash: a bet starts the curve, a cash-out takes it.

use economy::{Timestamp, Tokens};
use serde::{Deserialize, Serialize};

use crate::GameId;

/// Asks for a round.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BetRequest {
    /// 10 to 100,000 tokens.
    #[serde(alias = "betAmount")]
    pub bet_amount: i64,
    /// Where it cashes itself out, 1.01 to 1,000 with at most two decimals; never when left out.
    #[serde(alias = "autoCashout", alias = "autoCashoutMultiplier", default)]
    pub auto_cashout_multiplier: Option<f64>,
}

/// A round that has begun. Nothing in it tells how it ends.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BetResult {
    /// The round, and later the hand, for checking it.
    pub game_id: GameId,
    /// When the curve stood at 1.00x.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub started_at: Timestamp,
    /// Where it cashes itself out, if it does.
    pub auto_cashout_multiplier: Option<f64>,
    /// What was staked.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub bet_amount: Tokens,
    /// The balance after it.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub balance: Tokens,
    /// The number of the newest transfer, to order balances by.
    pub seq: i64,
    /// The club's time when this was first answered, to measure the delay by; a bet that is sent
    /// again with its key gets the same, so that `debug/current` is to be asked then.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub now: Timestamp,
}

/// Asks for the curve as it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CashoutRequest {
    /// The round, from its bet.
    #[serde(alias = "gameId")]
    pub game_id: GameId,
}

/// What a cash-out gave.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CashoutResult {
    /// The round, which is a hand now.
    pub game_id: GameId,
    /// `cashed`, or `refunded` when it could not be settled within 30 minutes.
    pub status: String,
    /// What the stake was multiplied with; 1 when it was refunded.
    pub cashed_out_at: f64,
    /// What the payout is above the stake.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub win_amount: Tokens,
    /// The whole payout, the stake included.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub payout: Tokens,
    /// Wins in a row, this one included.
    pub streak: i64,
    /// The balance after it.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub balance: Tokens,
    /// The number of the newest transfer, to order balances by.
    pub seq: i64,
}

/// Whether a bet would be taken, and the member's own round if one is running.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CurrentRound {
    /// Whether the store of live sessions answers; without it bets are refused, cash-outs are not.
    pub available: bool,
    /// The round that is running.
    pub session: Option<RunningRound>,
    /// The club's time, to measure the delay by.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub now: Timestamp,
}

/// A round that is running, without its point.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RunningRound {
    /// The round.
    pub game_id: GameId,
    /// What was staked.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub bet_amount: Tokens,
    /// Where it cashes itself out, if it does.
    pub auto_cashout_multiplier: Option<f64>,
    /// When the curve stood at 1.00x.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub started_at: Timestamp,
}

/// A round that has ended.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PastRound {
    /// The round, which is a hand now.
    pub game_id: GameId,
    /// Where the curve broke off.
    pub point: f64,
    /// What the stake was multiplied with, when it was cashed.
    pub cashed_out_at: Option<f64>,
}
