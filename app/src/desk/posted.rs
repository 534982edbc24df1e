//! What is done to a member, as the forms of their page post it.

use std::fmt::Display;

use backend::{Backend, Error, IdempotencyKey, Staff, audit::Action};
use serde::{Deserialize, Serialize};
use wire::{
    AppError, Code, Secret, UserId,
    desk::{TokensMoved, TokensRequest, Weighed},
    staff::{BanRequest, Permission, ReasonRequest},
};

use super::{
    confirm::{Shown, confirm},
    left::TOLD,
    place::member_path,
    sent::{Fault, Sent, Typed},
    ticked::{self, staff_path},
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

/// What a form is called where it comes back: what was typed for one member, or one purchase, must not stand in the
/// form of another.
pub(super) fn form_of(name: &str, of: impl Display) -> String {
    format!("{name}-{of}")
}

/// The form that lets a member in again.
pub(super) struct Unban(pub(super) PostedReason);

/// The form that takes a second factor away.
pub(super) struct Reset(pub(super) PostedReason);

/// The form that gives tokens, or takes them.
pub(super) struct Moved {
    pub(super) form: PostedTokens,
    pub(super) way: Way,
}

impl Sent for PostedBan {
    type Answer = ();

    fn page(&self) -> String {
        member_path(self.user_id)
    }

    fn name(&self) -> String {
        form_of("ban", self.user_id)
    }

    fn typed(&self) -> Typed {
        vec![
            ("hours", self.hours.clone()),
            ("reason", self.reason.clone().unwrap_or_default()),
            ("site_id", self.site_id.clone()),
        ]
    }

    fn told_by(&self) -> String {
        form_of(TOLD, self.user_id)
    }

    /// Bans; for good only whoever was named.
    async fn act(&self, backend: &Backend, staff: &Staff) -> Result<(), Fault> {
        let hours = hours_of(&self.hours)?;
        let user = self.user_id;
        if hours.is_none() {
            let named = (user, self.site_id.as_str());
            expect_named(backend, staff, Permission::Members, named).await?;
        }
        let shown = Shown::of(&self.password, &self.code);
        confirm(backend, staff, Action::Ban, shown).await?;
        let reason = self.reason.clone();
        let request = BanRequest { reason, hours };
        let banned = backend.accounts.ban(staff, user, request).await;
        banned.map(|_| ()).map_err(Fault::Kept)
    }
}

impl Sent for Unban {
    type Answer = ();

    fn page(&self) -> String {
        member_path(self.0.user_id)
    }

    fn name(&self) -> String {
        form_of("unban", self.0.user_id)
    }

    fn typed(&self) -> Typed {
        self.0.typed()
    }

    fn told_by(&self) -> String {
        form_of(TOLD, self.0.user_id)
    }

    async fn act(&self, backend: &Backend, staff: &Staff) -> Result<(), Fault> {
        self.0.confirm(backend, staff, Action::Unban).await?;
        let (user, request) = (self.0.user_id, self.0.request());
        let lifted = backend.accounts.unban(staff, user, request).await;
        lifted.map(|_| ()).map_err(Fault::Kept)
    }
}

impl Sent for Reset {
    type Answer = ();

    fn page(&self) -> String {
        staff_path(self.0.user_id)
    }

    fn name(&self) -> String {
        form_of("reset", self.0.user_id)
    }

    fn typed(&self) -> Typed {
        self.0.typed()
    }

    fn told_by(&self) -> String {
        ticked::form_of(self.0.user_id)
    }

    async fn act(&self, backend: &Backend, staff: &Staff) -> Result<(), Fault> {
        let action = Action::ResetFactor;
        self.0.confirm(backend, staff, action).await?;
        let (user, request) = (self.0.user_id, self.0.request());
        let accounts = &backend.accounts;
        let reset = accounts.reset_second_factor(staff, user, request).await;
        reset.map(|_| ()).map_err(Fault::Kept)
    }
}

impl PostedReason {
    /// Notes that whoever asks has shown who they are, where the act asks for that.
    async fn confirm(&self, backend: &Backend, staff: &Staff, action: Action) -> Result<(), Error> {
        let shown = Shown::of(&self.password, &self.code);
        confirm(backend, staff, action, shown).await
    }

    /// What is to stand in the form again.
    fn typed(&self) -> Typed {
        vec![("reason", self.reason.clone().unwrap_or_default())]
    }

    fn request(&self) -> ReasonRequest {
        ReasonRequest {
            reason: self.reason.clone(),
        }
    }
}

impl Sent for Moved {
    type Answer = TokensMoved;

    fn page(&self) -> String {
        member_path(self.form.user_id)
    }

    fn name(&self) -> String {
        form_of(self.way.word(), self.form.user_id)
    }

    fn typed(&self) -> Typed {
        self.form.typed()
    }

    fn told_by(&self) -> String {
        form_of(TOLD, self.form.user_id)
    }

    fn told(&self, moved: &TokensMoved) -> String {
        let amount = amount_of(&self.form.amount).unwrap_or_default();
        self.way.told(amount, moved.balance)
    }

    /// Moves them, once per key; takes them only of whoever was named.
    async fn act(&self, backend: &Backend, staff: &Staff) -> Result<TokensMoved, Fault> {
        let Self { form, way } = self;
        let request = TokensRequest {
            amount: amount(&form.amount)?,
            reason: form.reason.clone(),
        };
        let key = IdempotencyKey::parse(&form.key).map_err(|_| Code::Invalid)?;
        let (desk, user) = (&backend.desk, form.user_id);
        if *way == Way::Take {
            let named = (user, form.site_id.as_str());
            expect_named(backend, staff, Permission::Tokens, named).await?;
        }
        let shown = Shown::of(&form.password, &form.code);
        confirm(backend, staff, way.action(), shown).await?;
        let wish = Some(key).into();
        let asked = match way {
            Way::Give => desk.ask_to_add(staff, user, request, wish).await,
            Way::Take => desk.ask_to_deduct(staff, user, request, wish).await,
        };
        match asked.map_err(at_amount).map_err(Fault::Kept)? {
            Weighed::Waits(waits) => Err(Fault::Waits(waits.approval_id)),
            asked => Ok(asked.done()?),
        }
    }
}

impl PostedTokens {
    /// What is to stand in the form again.
    fn typed(&self) -> Typed {
        vec![
            ("amount", self.amount.clone()),
            ("reason", self.reason.clone().unwrap_or_default()),
            ("site_id", self.site_id.clone()),
            ("key", self.key.clone()),
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
        let typed = [ban, reason, tokens].concat();
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
