//! Spinning the slot.

use economy::Tokens;
use games::slot::{Animation, Spin, Symbol, WinLine};
use serde::{Deserialize, Serialize};

use crate::HandId;

/// Asks for one spin.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SpinRequest {
    /// The stake of the whole spin, 10 to 10,000 tokens; divides by the lines.
    #[serde(alias = "betAmount")]
    pub bet_amount: i64,
    /// 1 to 5.
    pub lines: i64,
}

/// What a spin gave. Built from the same outcome that the hand stores.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SpinResult {
    /// The hand, for checking it.
    pub hand_id: HandId,
    /// What is visible: each reel from the left, each from the top.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<Vec<String>>))]
    pub reels: [[Symbol; 3]; 3],
    /// The lines that pay.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<Object>))]
    pub win_lines: Vec<WinLine>,
    /// The free spins it gave, already played, in order.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<Object>))]
    pub free_spins: Vec<Spin>,
    /// The whole payout, free spins included.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub win_amount: Tokens,
    /// The payout over the stake, with two decimals, rounded down.
    pub multiplier: f64,
    /// Whether three sevens stood on a line.
    pub is_jackpot: bool,
    /// How to show it.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub animation: Animation,
    /// Wins in a row, this one included.
    pub streak: i64,
    /// The balance after it.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub balance: Tokens,
    /// The number of the newest transfer, to order balances by.
    pub seq: i64,
}
