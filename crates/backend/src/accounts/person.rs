//! A member's row, read once and shown in several ways.

use economy::{Timestamp, Tokens};
use progress::level;
use wire::UserId;
use wire::user::{PublicUser, Rank, User};

use crate::standing::{Marks, Standing};

/// A member with their balance.
#[derive(Clone)]
pub(crate) struct Person {
    pub(crate) id: UserId,
    pub(crate) site_id: String,
    pub(crate) site_id_key: String,
    pub(crate) nickname: String,
    pub(crate) nickname_key: String,
    pub(crate) phone_number: String,
    pub(crate) password_hash: String,
    pub(crate) rank: Rank,
    pub(crate) is_admin: bool,
    pub(crate) experience: i64,
    pub(crate) balance: Tokens,
    pub(crate) marks: Marks,
    pub(crate) created_at: Timestamp,
    pub(crate) last_login_at: Option<Timestamp>,
}

impl Person {
    pub(crate) fn standing(&self, now: Timestamp) -> Standing {
        self.marks.standing(now)
    }

    /// As they see themselves.
    pub(crate) fn as_user(&self, now: Timestamp) -> User {
        User {
            id: self.id,
            site_id: self.site_id.clone(),
            nickname: self.nickname.clone(),
            phone_number: self.phone_number.clone(),
            rank: self.rank,
            is_admin: self.is_admin,
            is_active: self.standing(now) == Standing::Active,
            level: level::level_of(self.experience),
            experience: self.experience,
            cyber_token_balance: self.balance,
            created_at: self.created_at,
            last_login: self.last_login_at,
        }
    }

    /// As others see them, with the codes of their achievements as badges.
    pub(crate) fn as_public(&self, badges: Vec<String>) -> PublicUser {
        PublicUser {
            id: self.id,
            nickname: self.nickname.clone(),
            rank: self.rank,
            level: level::level_of(self.experience),
            badges,
            joined: self.created_at,
        }
    }
}
