//! Who does what to what, and why; and whether they may.

use economy::Timestamp;
use sqlx::AnyConnection;
use wire::staff::{Role, Roles};
use wire::{AppError, Code, UserId};

use super::Action;
use crate::{Core, Result, Staff, standing};

/// What is kept of a reason that nobody gave, where none is required.
const NO_REASON: &str = "-";
/// In the place of roles, of a command on the machine.
const CONSOLE: &str = "console";
/// In the place of roles, of what the club does by itself.
const CLUB: &str = "club";
/// The most characters of a subject that are kept.
const SUBJECT_CHARS_MAX: usize = 64;
/// The characters of a reason.
const REASON_CHARS: std::ops::RangeInclusive<usize> = 5..=500;
/// Where a reason is sent, in most calls.
const REASON: &str = "reason";

/// Who does something.
#[derive(Clone, Debug)]
enum By {
    /// A command on the machine.
    Console,
    /// The club, by itself.
    Club,
    /// Whoever asks for it now.
    Staff(Staff),
    /// Whoever asked for it before.
    Asker(Asker),
}

/// Somebody who asked for what is done only now: somebody else granted it, or nobody else could.
#[derive(Clone, Debug)]
pub(crate) struct Asker {
    pub(crate) user: UserId,
    /// The request that granted it; empty where none did.
    pub(crate) request_id: String,
    /// Whether nobody else could have granted it.
    pub(crate) is_sole: bool,
}

/// Who does what to what, and why.
#[derive(Clone, Debug)]
pub(crate) struct Act {
    by: By,
    pub(super) action: Action,
    pub(super) subject: String,
    /// The member whom it concerns.
    about: Option<UserId>,
    reason: Option<String>,
    /// Where the reason is sent.
    reason_field: &'static str,
}

impl Act {
    /// What nobody could have named is not kept whole.
    pub(crate) fn of(staff: &Staff, action: Action, subject: &str) -> Self {
        Self::by(By::Staff(staff.clone()), action, subject)
    }

    /// An act that a member is the subject of.
    pub(crate) fn on(staff: &Staff, action: Action, member: UserId) -> Self {
        Self::of(staff, action, &member.to_string()).about(member)
    }

    /// An act by a command on the machine.
    pub(crate) fn of_console(action: Action, member: UserId) -> Self {
        Self::by(By::Console, action, &member.to_string())
    }

    /// An act that the club does by itself.
    pub(crate) fn of_club(action: Action, subject: &str) -> Self {
        Self::by(By::Club, action, subject)
    }

    /// An act that somebody asked for before.
    pub(crate) fn of_asker(asker: Asker, action: Action, subject: &str) -> Self {
        Self::by(By::Asker(asker), action, subject)
    }

    fn by(by: By, action: Action, subject: &str) -> Self {
        Self {
            by,
            action,
            subject: kept(subject),
            about: None,
            reason: None,
            reason_field: REASON,
        }
    }

    /// The same, which concerns this member.
    pub(crate) fn about(mut self, member: UserId) -> Self {
        self.about = Some(member);
        self
    }

    /// The same, for this reason.
    pub(crate) fn because(self, reason: Option<&str>) -> Self {
        self.because_of(REASON, reason)
    }

    /// The same, for this reason, which is sent in a field of that name.
    pub(crate) fn because_of(mut self, field: &'static str, reason: Option<&str>) -> Self {
        self.reason = reason.map(str::to_owned);
        self.reason_field = field;
        self
    }

    /// Whether whoever asks may do it, as their rows stand now: their session and second factor, their roles,
    /// that they showed of late who they are, why, and whom it concerns. What only time ends counts as of when
    /// the call came in: one that asked the gateway in between is not left half done. What was asked for before
    /// was confirmed and explained then.
    ///
    /// # Errors
    /// `unauthenticated` and `banned`; as `Member::staff`; `forbidden`, `confirmation_required`,
    /// `own_account`, `invalid`.
    pub(super) async fn allow(
        &self,
        core: &Core,
        conn: &mut AnyConnection,
        now: Timestamp,
    ) -> Result<Leave> {
        let Some(user) = self.actor() else {
            return Ok(Leave::of_nobody());
        };
        let is_strict = core.settings.is_strict;
        let Stands {
            roles,
            is_confirmed,
        } = self.permitted(is_strict, conn, now).await?;
        if is_strict && self.action.needs_confirmation() && !is_confirmed {
            return Err(Code::ConfirmationRequired.into());
        }
        if self.caller().is_some() {
            self.expect_reason(is_strict)?;
        }
        self.allow_whom(conn, user, roles, now).await
    }

    /// Whether whoever asks may look at what it would do.
    ///
    /// # Errors
    /// `forbidden`, `own_account`.
    pub(super) async fn allow_look(
        &self,
        core: &Core,
        conn: &mut AnyConnection,
        now: Timestamp,
    ) -> Result<()> {
        let Some(user) = self.actor() else {
            return Ok(());
        };
        let stands = self.permitted(core.settings.is_strict, conn, now).await?;
        let look = self.allow_whom(conn, user, stands.roles, now).await;
        look.map(|_| ())
    }

    /// How whoever asks stands, if as that they may do it.
    async fn permitted(
        &self,
        is_strict: bool,
        conn: &mut AnyConnection,
        now: Timestamp,
    ) -> Result<Stands> {
        let stands = self.stands(is_strict, conn, now).await?;
        let may = |it| stands.roles.may(it);
        match self.action.permission().is_none_or(may) {
            true => Ok(stands),
            false => Err(Code::Forbidden.into()),
        }
    }

    async fn stands(
        &self,
        is_strict: bool,
        conn: &mut AnyConnection,
        now: Timestamp,
    ) -> Result<Stands> {
        match &self.by {
            By::Console | By::Club => Ok(Stands::default()),
            By::Staff(staff) => {
                let at = staff.asked_at();
                let member = standing::member(conn, staff.claimed(), is_strict, at).await?;
                member.expect_staff()?;
                Ok(Stands {
                    is_confirmed: member.staff_session.is_confirmed(at),
                    roles: member.roles,
                })
            }
            By::Asker(asker) => {
                if is_strict && !standing::has_factor(conn, asker.user).await? {
                    return Err(Code::Forbidden.into());
                }
                Ok(Stands {
                    roles: standing::acting(conn, asker.user, now).await?,
                    is_confirmed: true,
                })
            }
        }
    }

    async fn allow_whom(
        &self,
        conn: &mut AnyConnection,
        user: UserId,
        roles: Roles,
        now: Timestamp,
    ) -> Result<Leave> {
        let is_alone = match self.about {
            Some(member) if member == user => self.allow_oneself(conn, &roles, now).await?,
            Some(member) => self.allow_on(conn, &roles, member).await?,
            None => false,
        };
        let is_sole = is_alone || matches!(&self.by, By::Asker(asker) if asker.is_sole);
        Ok(Leave { roles, is_sole })
    }

    /// What is done to a member of staff is an owner's to do; to look is not to do.
    async fn allow_on(
        &self,
        conn: &mut AnyConnection,
        roles: &Roles,
        member: UserId,
    ) -> Result<bool> {
        let is_owners = !self.action.only_looks() && !roles.has(Role::Owner);
        if is_owners && !standing::roles(conn, member).await?.is_empty() {
            return Err(Code::Forbidden.into());
        }
        Ok(false)
    }

    /// Nobody does to their own account what another owner could do; one who is alone may most of it.
    async fn allow_oneself(
        &self,
        conn: &mut AnyConnection,
        roles: &Roles,
        now: Timestamp,
    ) -> Result<bool> {
        if self.action.only_looks() {
            return Ok(false);
        }
        if self.action.is_never_ones_own() {
            return Err(Code::OwnAccount.into());
        }
        if !self.action.is_for_others() {
            return match roles.has(Role::Owner) {
                true => Ok(false),
                false => Err(Code::Forbidden.into()),
            };
        }
        let all = standing::staff(conn, now).await?;
        let owners = all.iter().filter(|(_, roles)| roles.has(Role::Owner));
        match roles.has(Role::Owner) && owners.count() == 1 {
            true => Ok(true),
            false => Err(Code::OwnAccount.into()),
        }
    }

    fn expect_reason(&self, is_strict: bool) -> Result<()> {
        let field = self.reason_field;
        let refuse = |code, message: &str| Err(AppError::field(field, code, message).into());
        let Some(reason) = &self.reason else {
            return match self.action.needs_reason() && is_strict {
                true => refuse("required", "say why"),
                false => Ok(()),
            };
        };
        if reason.chars().any(char::is_control) {
            return refuse("characters", "a reason is one line of text");
        }
        match reason.trim().chars().count() {
            chars if REASON_CHARS.contains(&chars) => Ok(()),
            chars if chars < *REASON_CHARS.start() => {
                refuse("too_short", "a reason has 5 to 500 characters")
            }
            _ => refuse("too_long", "a reason has 5 to 500 characters"),
        }
    }

    /// As it is kept.
    pub(super) fn reason(&self) -> Option<String> {
        let given = self.reason.as_deref().map(kept_reason);
        given.or_else(|| self.action.needs_reason().then(|| NO_REASON.to_owned()))
    }

    /// Who asks for it now, whose refusals are counted.
    pub(super) const fn caller(&self) -> Option<&Staff> {
        match &self.by {
            By::Staff(staff) => Some(staff),
            By::Console | By::Club | By::Asker(_) => None,
        }
    }

    /// The member who does it.
    pub(super) fn actor(&self) -> Option<UserId> {
        match &self.by {
            By::Console | By::Club => None,
            By::Staff(staff) => Some(staff.user_id()),
            By::Asker(asker) => Some(asker.user),
        }
    }

    /// As what it is done, where no row says it.
    pub(super) fn roles(&self) -> String {
        match &self.by {
            By::Console => CONSOLE.to_owned(),
            By::Club => CLUB.to_owned(),
            By::Staff(staff) => staff.roles().as_text(),
            By::Asker(_) => String::new(),
        }
    }

    /// The request in which it is done.
    pub(super) fn request_id(&self) -> String {
        match &self.by {
            By::Console | By::Club => String::new(),
            By::Staff(staff) => staff.origin().request_id.clone(),
            By::Asker(asker) => asker.request_id.clone(),
        }
    }

    /// From where it is done.
    pub(super) fn address(&self) -> Option<String> {
        self.caller().map(|staff| staff.origin().address.clone())
    }
}

/// How whoever asks stands.
#[derive(Default)]
struct Stands {
    roles: Roles,
    /// Whether they had shown of late who they are.
    is_confirmed: bool,
}

/// As what somebody does something: as they stand in the transaction of it.
pub(crate) struct Leave {
    pub(super) roles: Roles,
    /// Whether nobody else could have done it, or granted it.
    pub(super) is_sole: bool,
}

impl Leave {
    fn of_nobody() -> Self {
        Self {
            roles: Roles::default(),
            is_sole: false,
        }
    }
}

/// A subject as it is kept.
pub(super) fn kept(subject: &str) -> String {
    let plain = subject.chars().filter(|it| *it != '\0');
    plain.take(SUBJECT_CHARS_MAX).collect()
}

/// A reason as it is kept, also of a call that was refused for it.
fn kept_reason(reason: &str) -> String {
    let plain = reason.trim().chars().filter(|it| !it.is_control());
    plain.take(*REASON_CHARS.end()).collect()
}
