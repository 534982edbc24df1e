//! Reading a bet.

use games::crash::{AutoCashout, Bet};
use wire::AppError;
use wire::crash::BetRequest;

use crate::{Result, play};

/// The bet that a request names.
///
/// # Errors
/// `stake_too_small`, `stake_too_large`, `invalid` for the auto cash-out.
pub(super) fn bet(request: &BetRequest) -> Result<Bet> {
    // The shortest text that is read back as the same number: 2.35 is "2.35".
    let auto = request
        .auto_cashout_multiplier
        .map(|multiplier| AutoCashout::parse(&multiplier.to_string()))
        .transpose();
    let auto = auto
        .map_err(|error| AppError::field("auto_cashout_multiplier", "range", &error.to_string()))?;
    let stake = play::stake(request.bet_amount)?;
    Ok(Bet::new(stake, auto).map_err(play::bad_stake)?)
}
