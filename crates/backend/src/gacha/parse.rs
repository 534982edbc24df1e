//! Reading what is pulled.

use games::gacha::PullCount;
use wire::AppError;
use wire::gacha::{PullRequest, STANDARD};

use crate::Result;

/// How many pulls a request names.
///
/// # Errors
/// `invalid` for a number outside 1 to 10, an unknown machine or premium currency.
pub(super) fn count(request: &PullRequest) -> Result<PullCount> {
    if request.gacha_id != STANDARD {
        return Err(AppError::field("gacha_id", "range", "gacha_id is standard").into());
    }
    if request.use_premium_currency {
        let message = "there is no premium currency";
        return Err(AppError::field("use_premium_currency", "range", message).into());
    }
    Ok(PullCount::new(request.pull_count)
        .map_err(|error| AppError::field("pull_count", "range", &error.to_string()))?)
}
