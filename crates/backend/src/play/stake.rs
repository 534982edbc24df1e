//! Reading the stake that a request names.

use economy::Tokens;
use games::stake::BadStake;
use wire::{AppError, Code};

use crate::Result;

/// The stake that a request names.
///
/// # Errors
/// `stake_too_small` below zero, `stake_too_large` above the largest amount.
pub(crate) fn stake(bet_amount: i64) -> Result<Tokens> {
    let code = if bet_amount < 0 {
        Code::StakeTooSmall
    } else {
        Code::StakeTooLarge
    };
    Tokens::new(bet_amount).map_err(|error| refused("bet_amount", code, &error).into())
}

/// A stake outside the limits of its game.
pub(crate) fn bad_stake(error: BadStake) -> AppError {
    let code = match error {
        BadStake::TooSmall(_) => Code::StakeTooSmall,
        BadStake::TooLarge(_) => Code::StakeTooLarge,
    };
    refused("bet_amount", code, &error)
}

/// A refusal with a code of its own that also names the field.
pub(crate) fn refused(field: &str, code: Code, error: &dyn std::error::Error) -> AppError {
    AppError {
        code,
        ..AppError::field(field, "range", &error.to_string())
    }
}
