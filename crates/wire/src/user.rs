//! Members: what they see of themselves and of each other.

use std::fmt;

use economy::{Timestamp, Tokens};
use serde::{Deserialize, Serialize};

use crate::{Secret, UserId};

/// What a member may do beyond playing; ordered.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "UPPERCASE")]
pub enum Rank {
    /// Everyone, at first.
    #[default]
    Standard,
    /// Above standard.
    Premium,
    /// Above premium.
    Vip,
}

impl Rank {
    /// Every rank, lowest first.
    pub const ALL: [Self; 3] = [Self::Standard, Self::Premium, Self::Vip];

    /// The text in rows, tokens and JSON.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Standard => "STANDARD",
            Self::Premium => "PREMIUM",
            Self::Vip => "VIP",
        }
    }

    /// The rank of that text.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|rank| rank.as_str() == text)
    }
}

/// A member, as they see themselves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct User {
    /// From 1.
    pub id: UserId,
    /// What they sign in with.
    pub site_id: String,
    /// What others see.
    pub nickname: String,
    /// Digits only.
    pub phone_number: String,
    /// What they may do.
    pub rank: Rank,
    /// Whether they run the club.
    pub is_admin: bool,
    /// Whether they are neither banned nor deleted.
    pub is_active: bool,
    /// From 1.
    pub level: i64,
    /// All experience so far, in XP.
    pub experience: i64,
    /// Their tokens.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub cyber_token_balance: Tokens,
    /// When they joined.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub created_at: Timestamp,
    /// When they last signed in.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = DateTime))]
    pub last_login: Option<Timestamp>,
}

/// A member, as others see them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PublicUser {
    /// From 1.
    pub id: UserId,
    /// What others see.
    pub nickname: String,
    /// What they may do.
    pub rank: Rank,
    /// From 1.
    pub level: i64,
    /// Badges they earned: the codes of their achievements, in the order they came.
    pub badges: Vec<String>,
    /// When they joined.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub joined: Timestamp,
}

/// What a member may change of themselves; what is left out stays.
#[derive(Clone, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct ProfileChange {
    /// 2 to 50 characters that show.
    pub nickname: Option<String>,
    /// 10 to 15 digits; another number needs `current_password`, and five are asked for within a day.
    pub phone_number: Option<String>,
    /// A new password, as at sign-up; needs `current_password`, and ends all other sessions.
    pub password: Option<String>,
    /// The password in force; needed for another phone number and for a new password.
    pub current_password: Option<String>,
    /// Beside it, of those who have a second factor: the six digits that it shows, or one of their recovery
    /// codes.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub code: Option<Secret>,
}

/// Without the passwords and the code.
impl fmt::Debug for ProfileChange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ProfileChange")
            .field("nickname", &self.nickname)
            .field("phone_number", &self.phone_number)
            .finish_non_exhaustive()
    }
}

/// A balance and the number of the transfer that made it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Balance {
    /// Tokens.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub cyber_token_balance: Tokens,
    /// The newest transfer's number in the member's chain.
    pub seq: i64,
}

/// A balance at the end of a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BalanceOfDay {
    /// The UTC day, as `2026-01-31`.
    pub day: String,
    /// Tokens after the newest transfer until its end.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub balance: Tokens,
}

/// A balance over time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BalanceHistory {
    /// The last 30 days, today last; those before the first transfer are left out.
    pub days: Vec<BalanceOfDay>,
}

/// One line of a member's ledger.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Transaction {
    /// Its number in the member's chain, from 1.
    pub seq: i64,
    /// Why the tokens moved.
    pub kind: String,
    /// What it is about: a hand id, a reason.
    pub reference: String,
    /// What the member gained (above zero) or lost (below), in tokens.
    pub change: i64,
    /// The balance after it.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub balance_after: Tokens,
    /// When.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub created_at: Timestamp,
    /// The entry's SHA-256 in the chain, lower-case hex.
    pub hash: String,
}

/// What a member has played so far, over all games.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UserStats {
    /// Hands settled.
    pub hands: i64,
    /// Hands won.
    pub wins: i64,
    /// Hands that could be won or lost: a round of pulls cannot.
    pub rated_hands: i64,
    /// Tokens staked.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub staked: Tokens,
    /// Tokens paid out.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub won: Tokens,
    /// The largest payout.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub largest_win: Tokens,
    /// Wins in a row at the moment, in the game played last.
    pub current_streak: i64,
    /// The longest row of wins.
    pub best_streak: i64,
}
