//! What is done to a member, as the forms of their page post it.

use backend::{Backend, Error, IdempotencyKey, Staff, audit::Action};
use serde::{Deserialize, Serialize};
use wire::{
    AppError, Code, Secret, UserId,
    desk::{TokensMoved, TokensRequest},
    staff::{BanRequest, Permission, ReasonRequest},
};

use super::{
    confirm::{Shown, confirmed},
    way::{Way, amount_of},
};

/// The word for a ban that lasts.
pub(super) const FOR_GOOD: &str = "good";
/// For how long somebody may be banned, as it is sent: in hours, or for good.
pub(super) const TERMS: [&str; 4] = ["1", "24", "168", FOR_GOOD];

/// A ban.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostedBan {
    /// Whose.
    pub user_id: UserId,
    /// For how many hours, or for good. A form of which nothing is chosen does not send it.
    #[serde(default)]
    pub hours: String,
    /// Why.
    #[serde(default)]
    pub reason: Option<String>,
    /// The member's site id, which is typed for a ban that lasts.
    #[serde(default)]
    pub site_id: String,
    /// Whoever asks shows with it who they are, where they are to.
    #[serde(default)]
    pub password: Option<Secret>,
    /// The same.
    #[serde(default)]
    pub code: Option<Secret>,
}

/// What is done to a member for a reason, and asks for nothing else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostedReason {
    /// To whom.
    pub user_id: UserId,
    /// Why.
    #[serde(default)]
    pub reason: Option<String>,
    /// Whoever asks shows with it who they are, where they are to.
    #[serde(default)]
    pub password: Option<Secret>,
    /// The same.
    #[serde(default)]
    pub code: Option<Secret>,
}

/// Tokens that are given or taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostedTokens {
    /// Whose.
    pub user_id: UserId,
    /// How many, as it was typed.
    pub amount: String,
    /// Why.
    #[serde(default)]
    pub reason: Option<String>,
    /// The member's site id, which is typed where tokens are taken.
    #[serde(default)]
    pub site_id: String,
    /// The key of the gesture.
    pub key: String,
    /// Whoever asks shows with it who they are, where they are to.
    #[serde(default)]
    pub password: Option<Secret>,
    /// The same.
    #[serde(default)]
    pub code: Option<Secret>,
}

/// What a form is called where it comes back: what was typed for one member must not stand in the form of
/// another.
pub(super) fn form_of(name: &str, user: UserId) -> String {
    format!("{name}-{user}")
}

impl PostedBan {
    /// Bans; for good only whoever was named.
    pub(super) async fn act(&self, backend: &Backend, staff: &Staff) -> Result<(), Error> {
        let hours = hours_of(&self.hours)?;
        let user = self.user_id;
        if hours.is_none() {
            let named = (user, self.site_id.as_str());
            expect_named(backend, staff, Permission::Members, named).await?;
        }
        let shown = Shown::of(&self.password, &self.code);
        let staff = &confirmed(backend, staff, Action::Ban, shown).await?;
        let reason = self.reason.clone();
        let request = BanRequest { reason, hours };
        let banned = backend.accounts.ban(staff, user, request).await;
        banned.map(|_| ())
    }

    /// What is to stand in the form again.
    pub(super) fn typed(&self) -> [(&'static str, &str); 3] {
        [
            ("hours", self.hours.as_str()),
            ("reason", self.reason.as_deref().unwrap_or_default()),
            ("site_id", self.site_id.as_str()),
        ]
    }
}

impl PostedReason {
    /// Lets them in again.
    pub(super) async fn unban(&self, backend: &Backend, staff: &Staff) -> Result<(), Error> {
        let shown = Shown::of(&self.password, &self.code);
        let staff = &confirmed(backend, staff, Action::Unban, shown).await?;
        let accounts = &backend.accounts;
        let lifted = accounts.unban(staff, self.user_id, self.request()).await;
        lifted.map(|_| ())
    }

    /// Takes their second factor away.
    pub(super) async fn reset(&self, backend: &Backend, staff: &Staff) -> Result<(), Error> {
        let shown = Shown::of(&self.password, &self.code);
        let staff = &confirmed(backend, staff, Action::ResetFactor, shown).await?;
        let accounts = &backend.accounts;
        let reset = accounts.reset_second_factor(staff, self.user_id, self.request());
        reset.await.map(|_| ())
    }

    /// What is to stand in the form again.
    pub(super) fn typed(&self) -> [(&'static str, &str); 1] {
        [("reason", self.reason.as_deref().unwrap_or_default())]
    }

    fn request(&self) -> ReasonRequest {
        ReasonRequest {
            reason: self.reason.clone(),
        }
    }
}

impl PostedTokens {
    /// Moves them, once per key; takes them only of whoever was named.
    pub(super) async fn act(
        &self,
        backend: &Backend,
        staff: &Staff,
        way: Way,
    ) -> Result<TokensMoved, Error> {
        let request = TokensRequest {
            amount: amount(&self.amount)?,
            reason: self.reason.clone(),
        };
        let key = IdempotencyKey::parse(&self.key).map_err(|_| Code::Invalid)?;
        let (desk, user) = (&backend.desk, self.user_id);
        if way == Way::Take {
            let named = (user, self.site_id.as_str());
            expect_named(backend, staff, Permission::Tokens, named).await?;
        }
        let shown = Shown::of(&self.password, &self.code);
        let staff = &confirmed(backend, staff, way.action(), shown).await?;
        let moved = match way {
            Way::Give => desk.add_tokens(staff, user, request, Some(key)).await,
            Way::Take => desk.deduct_tokens(staff, user, request, Some(key)).await,
        };
        moved.map_err(at_amount)
    }

    /// What is to stand in the form again.
    pub(super) fn typed(&self) -> [(&'static str, &str); 3] {
        [
            ("amount", self.amount.as_str()),
            ("reason", self.reason.as_deref().unwrap_or_default()),
            ("site_id", self.site_id.as_str()),
        ]
    }
}

/// Nothing for a ban that lasts.
fn hours_of(word: &str) -> Result<Option<i64>, AppError> {
    let is_known = TERMS.contains(&word);
    let code = if word.is_empty() { "required" } else { "range" };
    match word.parse() {
        Ok(hours) if is_known => Ok(Some(hours)),
        _ if word == FOR_GOOD => Ok(None),
        _ => Err(AppError::field("hours", code, "it is none of the choices")),
    }
}

fn amount(typed: &str) -> Result<i64, AppError> {
    let is_empty = typed.trim().is_empty();
    let code = if is_empty { "required" } else { "type" };
    amount_of(typed).ok_or_else(|| AppError::field("amount", code, "it is no whole number"))
}

/// Refuses what is hard to undo, unless the member's site id was typed. Whoever may not do it at all is
/// refused by the club, which keeps that.
async fn expect_named(
    backend: &Backend,
    staff: &Staff,
    permission: Permission,
    (user, typed): (UserId, &str),
) -> Result<(), Error> {
    if !staff.roles().may(permission) {
        return Ok(());
    }
    let (member, typed) = (backend.accounts.me(user).await?, typed.trim());
    let code = match typed {
        "" => "required",
        _ if typed == member.site_id => return Ok(()),
        _ => "other",
    };
    Err(AppError::field("site_id", code, "it is not the member's site id").into())
}

/// What the balance cannot hold is a matter of the amount.
fn at_amount(error: Error) -> Error {
    match error.code() {
        Code::BalanceTooLarge => {
            AppError::field("amount", "range", "the balance would be too large").into()
        }
        _ => error,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_somebody_shows_is_shown_to_nobody() {
        let shown = "password=hunter2-hunter2&code=271828";
        let of = |form: &str| format!("{form}&{shown}").into_bytes();
        let ban: PostedBan = wire::read::form(&of("user_id=7&hours=1")).unwrap();
        let reason: PostedReason = wire::read::form(&of("user_id=7")).unwrap();
        let tokens: PostedTokens = wire::read::form(&of("user_id=7&amount=5&key=k")).unwrap();
        let text = format!("{ban:?} {reason:?} {tokens:?}");
        assert!(
            !text.contains("hunter2") && !text.contains("271828"),
            "{text}"
        );
        let (ban, reason, tokens) = (ban.typed(), reason.typed(), tokens.typed());
        let typed = [ban.as_slice(), reason.as_slice(), tokens.as_slice()].concat();
        let stands = |value: &str| typed.iter().any(|(_, text)| *text == value);
        assert!(!stands("hunter2-hunter2") && !stands("271828"), "{typed:?}");
    }

    #[test]
    fn a_ban_is_for_one_of_the_choices() {
        let hours = TERMS.map(|term| hours_of(term).unwrap());
        assert_eq!(hours, [Some(1), Some(24), Some(168), None]);
        for odd in ["", "0", "2", "good ", "-1", "87600"] {
            let refused = hours_of(odd).unwrap_err();
            assert_eq!(refused.fields[0].field, "hours", "{odd}");
        }
    }
}
