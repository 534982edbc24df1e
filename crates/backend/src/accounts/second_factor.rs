//! A member's second factor: codes of an authenticator (RFC 6238), and what takes their place when it is
//! lost.

mod authenticator;
mod check;
mod drawn;
mod first_code;
mod give_up;
mod own;
mod recovery;
mod renew;
mod reset;
mod seal;
mod set_up;

use economy::Timestamp;
use sqlx::AnyConnection;
use wire::UserId;

use self::authenticator::Authenticator;
pub use self::own::OwnFactor;
pub(super) use self::seal::Seal;
use self::seal::Sealed;
use super::Accounts;
use super::store::second_factors::Kept;
use super::store::{recovery_codes, second_factors};
use crate::Result;

/// What a code is worth at a member's second factor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Answer {
    /// They have none, so that none is asked for.
    Unasked,
    /// It is right, and was taken: it counts no more.
    Right,
    /// There is none.
    Missing,
    /// It is wrong, or was taken before.
    Wrong,
}

impl Accounts {
    /// What a code is worth at the member's second factor; a right one is taken, so that it counts once.
    /// Called in a transaction that holds the member's row.
    pub(super) async fn answer(
        &self,
        conn: &mut AnyConnection,
        user: UserId,
        code: Option<&str>,
        at: Timestamp,
    ) -> Result<Answer> {
        let factor = second_factors::find(conn, user).await?;
        let Some(factor) = factor.filter(|factor| factor.confirmed_at.is_some()) else {
            return Ok(Answer::Unasked);
        };
        // A form sends an empty field along.
        let Some(code) = code.filter(|code| !code.trim().is_empty()) else {
            return Ok(Answer::Missing);
        };
        let is_right = match recovery::digest(code) {
            Some(hash) => recovery_codes::take(conn, user, &hash, at).await?,
            None => match self.step_of(user, &factor, code, at)? {
                Some(step) => second_factors::take(conn, user, step).await?,
                None => false,
            },
        };
        Ok(if is_right {
            Answer::Right
        } else {
            Answer::Wrong
        })
    }

    /// The step that a code of the member's authenticator is of, if it is one of now.
    fn step_of(
        &self,
        user: UserId,
        factor: &Kept,
        code: &str,
        at: Timestamp,
    ) -> Result<Option<i64>> {
        let secret = self.seal.open(Sealed::Factor(user), &factor.sealed)?;
        Ok(Authenticator::new(secret)?.step_of(code, at))
    }
}
