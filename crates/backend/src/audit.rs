//! What staff did, and what they were refused: one row a call, in the transaction of its effect, in one
//! hash chain. Personal values and free text stand apart of the rows, which keep salted hashes of them.

mod action;
mod earlier;
mod entry;
mod own;
mod row;
mod store;
pub(crate) mod verify;

use economy::Timestamp;
use scoped_futures::ScopedBoxFuture;
use serde::Serialize;
use sqlx::AnyConnection;
use wire::staff::{AuditRequest, AuditRow, Permission, Role, Roles};
use wire::{AppError, Code, Page, UserId};

pub use self::action::Action;
pub(crate) use self::earlier::seal as seal_earlier;
pub(crate) use self::own::Own;
use self::row::{Row, append};
pub(crate) use self::store::about;
pub use self::verify::{Fault, Flaw, Report};
use crate::db::{ScopedFutureExt, Tx};
use crate::limits::Limit;
use crate::{Core, Error, Result, Staff, paging, standing};

/// What is kept of a call that was done.
const DONE: &str = "ok";
/// What is kept of a reason that nobody gave, where none is required.
const NO_REASON: &str = "-";
/// In the place of roles, of a command on the machine.
const CONSOLE: &str = "console";
/// Beside the roles of somebody who did to their own account what nobody else could have done.
const SOLE: &str = " sole";
/// The most characters of a subject that are kept.
const SUBJECT_CHARS_MAX: usize = 64;
/// The characters of a reason.
const REASON_CHARS: std::ops::RangeInclusive<usize> = 5..=500;
const MINUTE_MILLIS: i64 = 60 * 1_000;
/// How long it is kept what members asked for who are no staff: 30 days.
const STRANGERS_KEPT_SECS: i64 = 30 * 24 * 60 * 60;
/// How many of those one transaction forgets.
const FORGOTTEN_MAX: i64 = 1_000;

/// Who does what to what, and why.
#[derive(Clone, Debug)]
pub(crate) struct Act {
    /// Nobody, when it is a command on the machine.
    staff: Option<Staff>,
    action: Action,
    subject: String,
    /// The member whom it concerns.
    about: Option<UserId>,
    reason: Option<String>,
}

impl Act {
    /// What nobody could have named is not kept whole.
    pub(crate) fn of(staff: &Staff, action: Action, subject: &str) -> Self {
        Self::by(Some(staff.clone()), action, subject)
    }

    /// An act that a member is the subject of.
    pub(crate) fn on(staff: &Staff, action: Action, member: UserId) -> Self {
        Self::of(staff, action, &member.to_string()).about(member)
    }

    /// An act by a command on the machine.
    pub(crate) fn of_console(action: Action, member: UserId) -> Self {
        Self::by(None, action, &member.to_string())
    }

    fn by(staff: Option<Staff>, action: Action, subject: &str) -> Self {
        Self {
            staff,
            action,
            subject: kept(subject),
            about: None,
            reason: None,
        }
    }

    /// The same, which concerns this member.
    pub(crate) fn about(mut self, member: UserId) -> Self {
        self.about = Some(member);
        self
    }

    /// The same, for this reason.
    pub(crate) fn because(mut self, reason: Option<&str>) -> Self {
        self.reason = reason.map(str::to_owned);
        self
    }

    /// Whether whoever asks may do it, as their rows stand now: their session and second factor, their roles,
    /// that they showed of late who they are, why, and whom it concerns. What only time ends counts as of when
    /// the call came in: one that asked the gateway in between is not left half done.
    ///
    /// # Errors
    /// `unauthenticated` and `banned`; as `Member::staff`; `forbidden`, `confirmation_required`,
    /// `own_account`, `invalid`.
    async fn allow(&self, core: &Core, conn: &mut AnyConnection, now: Timestamp) -> Result<Leave> {
        let Some(staff) = &self.staff else {
            return Ok(Leave::console());
        };
        let (is_strict, asked_at) = (core.settings.is_strict, staff.asked_at());
        let member = standing::member(conn, staff.claimed(), is_strict, asked_at).await?;
        member.expect_staff()?;
        let roles = member.roles;
        let may = self.action.permission().is_none_or(|it| roles.may(it));
        if !may {
            return Err(Code::Forbidden.into());
        }
        let is_confirmed = member.staff_session.is_confirmed(asked_at);
        if is_strict && self.action.needs_confirmation() && !is_confirmed {
            return Err(Code::ConfirmationRequired.into());
        }
        self.expect_reason(core.settings.is_strict)?;
        let is_sole = match self.about {
            Some(member) if member == staff.user_id() => {
                self.allow_oneself(conn, &roles, now).await?
            }
            Some(member) => self.allow_on(conn, &roles, member).await?,
            None => false,
        };
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
        let refuse = |code, message: &str| Err(AppError::field("reason", code, message).into());
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
    fn reason(&self) -> Option<String> {
        let given = self.reason.as_deref().map(kept_reason);
        given.or_else(|| self.action.needs_reason().then(|| NO_REASON.to_owned()))
    }
}

/// As what somebody does something: as they stand in the transaction of it.
struct Leave {
    roles: Roles,
    /// Whether they do to their own account what nobody else could.
    is_sole: bool,
}

impl Leave {
    fn console() -> Self {
        Self {
            roles: Roles::default(),
            is_sole: false,
        }
    }
}

/// A subject as it is kept.
fn kept(subject: &str) -> String {
    let plain = subject.chars().filter(|it| *it != '\0');
    plain.take(SUBJECT_CHARS_MAX).collect()
}

/// A reason as it is kept, also of a call that was refused for it.
fn kept_reason(reason: &str) -> String {
    let plain = reason.trim().chars().filter(|it| !it.is_control());
    plain.take(*REASON_CHARS.end()).collect()
}

/// The log, and calls that came to no service and are kept all the same.
#[derive(Clone)]
pub struct Audit {
    core: Core,
}

impl Audit {
    pub(crate) const fn new(core: Core) -> Self {
        Self { core }
    }

    /// Keeps that a call of whoever runs the club came to no service: it could not be read, or was refused before.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn unreadable(&self, staff: &Staff, path: &str, code: Code) -> Result<()> {
        refused(&self.core, &Act::of(staff, Action::Unreadable, path), code).await
    }

    /// Keeps that someone who may not act as staff called for it.
    ///
    /// # Errors
    /// `rate_limited`: beyond that, nothing is kept of it.
    pub async fn stranger(&self, member: UserId, path: &str) -> Result<()> {
        let limits = &self.core.limits;
        limits.check(Limit::Forbidden, &member.to_string()).await?;
        let path = &kept(path);
        let count = self.core.db.write(|tx| {
            async move {
                let minute = tx.now().millis() / MINUTE_MILLIS;
                store::count_stranger(tx, member, path, minute).await
            }
            .scope_boxed()
        });
        count.await
    }

    /// Whether whoever asks is to show once more who they are before what asks for that
    /// ([`Action::needs_confirmation`]).
    #[must_use]
    pub fn is_confirmation_due(&self, staff: &Staff) -> bool {
        self.core.settings.is_strict && !staff.is_confirmed()
    }

    /// What staff did, the newest first.
    ///
    /// # Errors
    /// `forbidden`; `invalid` when the page is.
    pub async fn list(&self, staff: &Staff, filter: AuditRequest) -> Result<Page<AuditRow>> {
        staff.expect(Permission::AuditRead)?;
        let limit = paging::limit(filter.limit)?;
        let before = paging::cursor_int(filter.cursor.as_deref())?.unwrap_or(i64::MAX);
        let mut conn = self.core.db.read().await?;
        let rows = store::list(&mut conn, &filter, before, limit + 1).await?;
        Ok(paging::page(rows, limit, |row| row.seq.to_string()))
    }

    /// Seals what a build before the chain wrote beside this one, and forgets what strangers asked for
    /// a month ago.
    ///
    /// # Errors
    /// When the database fails; what was done stays so.
    pub async fn tidy(&self) -> Result<()> {
        let core = &self.core;
        earlier::seal(&core.db, core.clock.as_ref(), core.entropy.as_ref()).await?;
        let minute = core.now().plus_secs(-STRANGERS_KEPT_SECS).millis() / MINUTE_MILLIS;
        loop {
            let forget = core.db.write(|tx| {
                async move { store::forget_strangers(tx, minute, FORGOTTEN_MAX).await }
                    .scope_boxed()
            });
            if forget.await? == 0 {
                return Ok(());
            }
        }
    }

    /// Where the log stands: the number of its newest row and that one's hash, in hex.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn head(&self) -> Result<(i64, String)> {
        let mut conn = self.core.db.read().await?;
        let head = store::head(&mut conn).await?;
        Ok((head.seq, head.hash.to_string()))
    }
}

/// What a call answers, and how its subject stood before and after it, as JSON.
pub(crate) struct Changed<T> {
    pub(crate) answer: T,
    pub(crate) before: Option<String>,
    pub(crate) after: Option<String>,
}

/// How something stands, as it is kept.
pub(crate) fn state(of: &impl Serialize) -> Result<String> {
    serde_json::to_string(of).map_err(|error| Error::Internal(error.to_string()))
}

/// What a call does, in the transaction that also keeps its row.
pub(crate) trait Work<'env, T>:
    for<'tx> Fn(&'tx mut Tx) -> ScopedBoxFuture<'env, 'tx, Result<Changed<T>>> + Send + Sync
{
}

impl<'env, T, F> Work<'env, T> for F where
    F: for<'tx> Fn(&'tx mut Tx) -> ScopedBoxFuture<'env, 'tx, Result<Changed<T>>> + Send + Sync
{
}

/// What a call came to that is done once for its key.
pub(crate) enum Done<T> {
    /// It changed something, which is a row.
    Now(Changed<T>),
    /// It was done before, and has its row; this was the answer.
    Before(T),
}

/// What a call does, unless it was done before, in the transaction that also keeps its row.
pub(crate) trait Once<'env, T>:
    for<'tx> Fn(&'tx mut Tx) -> ScopedBoxFuture<'env, 'tx, Result<Done<T>>> + Send + Sync
{
}

impl<'env, T, F> Once<'env, T> for F where
    F: for<'tx> Fn(&'tx mut Tx) -> ScopedBoxFuture<'env, 'tx, Result<Done<T>>> + Send + Sync
{
}

/// Does what somebody who runs the club asks, with its row in the same transaction; a refusal is a row
/// too. The first thing that is asked is whether they may.
pub(crate) async fn act<'env, T: Send>(
    core: &Core,
    act: &Act,
    work: impl Work<'env, T>,
) -> Result<T> {
    let work = &work;
    let once = self::once(core, act, |tx| {
        async move { Ok(Done::Now(work(tx).await?)) }.scope_boxed()
    });
    once.await
}

/// The same for what has a key: where it was done before, nothing is done, and no row is written.
pub(crate) async fn once<'env, T: Send>(
    core: &Core,
    act: &Act,
    work: impl Once<'env, T>,
) -> Result<T> {
    let work = &work;
    let done = core.db.write(|tx| {
        async move {
            if act.action.is_about_staff() {
                standing::hold_staff(tx).await?;
            }
            let now = tx.now();
            let leave = act.allow(core, tx, now).await?;
            let done = match work(tx).await? {
                Done::Now(done) => done,
                Done::Before(answer) => return Ok(answer),
            };
            let row = Row::of(act, DONE)
                .in_roles(&leave)
                .of_states(done.before, done.after);
            append(tx, core.entropy.as_ref(), row).await?;
            Ok(done.answer)
        }
        .scope_boxed()
    });
    let done = done.await;
    match &done {
        // Somebody else's write was in the way: nothing was decided.
        Err(Error::Refused(refusal)) if refusal.code != Code::InProgress => {
            refused(core, act, refusal.code).await?;
        }
        _ => {}
    }
    done
}

/// Refuses whoever may not, before anything is asked for that is no business of theirs. It is asked
/// again in the transaction.
pub(crate) async fn expect(core: &Core, act: &Act) -> Result<()> {
    let allowed = {
        let mut conn = core.db.read().await?;
        act.allow(core, &mut conn, core.now()).await
    };
    if let Err(Error::Refused(refusal)) = &allowed {
        refused(core, act, refusal.code).await?;
    }
    allowed.map(|_| ())
}

/// Keeps what was looked at, where that is kept.
pub(crate) async fn looked(core: &Core, act: &Act) -> Result<()> {
    let look = self::act(core, act, |_| {
        async move {
            Ok(Changed {
                answer: (),
                before: None,
                after: None,
            })
        }
        .scope_boxed()
    });
    look.await
}

/// Keeps that a call was refused.
///
/// # Errors
/// `rate_limited` for many within a minute: beyond that, nothing is kept of it.
pub(crate) async fn refused(core: &Core, act: &Act, code: Code) -> Result<()> {
    if let Some(staff) = &act.staff {
        let who = staff.user_id().to_string();
        core.limits.check(Limit::Forbidden, &who).await?;
    }
    let outcome = &word(code)?;
    let keep = core.db.write(|tx| {
        async move { append(tx, core.entropy.as_ref(), Row::of(act, outcome)).await }.scope_boxed()
    });
    keep.await
}

fn word(code: Code) -> Result<String> {
    let word = serde_json::to_value(code).map_err(|error| Error::Internal(error.to_string()))?;
    Ok(word.as_str().unwrap_or_default().to_owned())
}
