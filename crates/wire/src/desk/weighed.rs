//! Acts of staff's that are weighed: on money, or on several members.

use economy::Tokens;
use serde::{Deserialize, Serialize};

use crate::{Code, UserId};

/// How many members a preview shows one by one.
pub const FIRST_MAX: usize = 20;

/// How an act that is weighed is asked for: in the address, so that what its key is bound to is what it does.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams), into_params(parameter_in = Query))]
#[serde(default)]
pub struct WeighRequest {
    /// Whether nothing is done, and what would be is shown; that needs no confirmation and no reason.
    pub dry_run: Option<bool>,
    /// The `preview` that was shown; where the act would do something else by now, nothing is done.
    pub preview: Option<String>,
}

/// What an act would do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Preview {
    /// To how many members.
    pub members: i64,
    /// How many tokens it moves, of all of them together; at most 9,007,199,254,740,991 is told.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub tokens: Tokens,
    /// The first of the members, at most 20.
    pub first: Vec<PreviewedMember>,
    /// The SHA-256 of all that it would do, and of what that hangs on, in lower-case hex: to be sent back
    /// with the act.
    pub preview: String,
}

/// A member, before an act and after it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PreviewedMember {
    /// From 1.
    pub id: UserId,
    /// What others see.
    pub nickname: String,
    /// Their tokens now.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub before: Tokens,
    /// Their tokens then.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub after: Tokens,
}

/// An act that waits for somebody else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Waits {
    /// The number of what is to be granted.
    pub approval_id: i64,
}

/// What a call that is weighed came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(untagged)]
pub enum Weighed<T> {
    /// It was done.
    Done(T),
    /// Nothing was done, as was asked for.
    Preview(Preview),
    /// It goes beyond what one does alone in a day; comes with 202.
    Waits(Waits),
}

impl<T> Weighed<T> {
    /// The answer of what was done.
    ///
    /// # Errors
    /// `approval_waits` where nothing was.
    pub fn done(self) -> Result<T, Code> {
        match self {
            Self::Done(answer) => Ok(answer),
            Self::Preview(_) | Self::Waits(_) => Err(Code::ApprovalWaits),
        }
    }

    /// The same with another answer of what was done.
    pub fn map<U>(self, into: impl FnOnce(T) -> U) -> Weighed<U> {
        match self {
            Self::Done(answer) => Weighed::Done(into(answer)),
            Self::Preview(preview) => Weighed::Preview(preview),
            Self::Waits(waits) => Weighed::Waits(waits),
        }
    }
}
