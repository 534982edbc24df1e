//! Throwing rock, paper or scissors.

use economy::Tokens;
use games::rps::{Shape, Verdict};
use serde::{Deserialize, Serialize};

use crate::HandId;

/// Asks for one throw.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ThrowRequest {
    /// `rock`, `paper` or `scissors`.
    pub choice: String,
    /// 10 to 10,000 tokens.
    #[serde(alias = "betAmount")]
    pub bet_amount: i64,
}

/// What a throw gave. Built from the same outcome that the hand stores.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ThrowResult {
    /// The hand, for checking it.
    pub hand_id: HandId,
    /// What the member showed.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub player_choice: Shape,
    /// What the house showed.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub computer_choice: Shape,
    /// `win`, `draw` or `lose`.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub result: Verdict,
    /// The whole payout; a draw's is the stake.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub win_amount: Tokens,
    /// Wins in a row, this one included.
    pub streak: i64,
    /// The balance after it.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub balance: Tokens,
    /// The number of the newest transfer, to order balances by.
    pub seq: i64,
}
