//! What staff did, and what they were refused: one row a call, in the transaction of its effect, in one
//! hash chain. Personal values and free text stand apart of the rows, which keep salted hashes of them.

mod action;
mod earlier;
mod entry;
mod store;
pub(crate) mod verify;

use economy::Timestamp;
use scoped_futures::ScopedBoxFuture;
use serde::Serialize;
use sqlx::AnyConnection;
use wire::staff::{AuditRequest, AuditRow, Permission, Role};
use wire::{AppError, Code, Page, UserId};

pub(crate) use self::action::Action;
pub(crate) use self::earlier::seal as seal_earlier;
use self::entry::{Entry, Field, Head, SALT_BYTES, digest};
use self::store::Personal;
pub(crate) use self::store::about;
pub use self::verify::{Fault, Flaw, Report};
use crate::db::{ScopedFutureExt, Tx};
use crate::limits::Limit;
use crate::{Core, Entropy, Error, Result, Staff, paging, standing};

/// What is kept of a call that was done.
const DONE: &str = "ok";
/// What is kept of a reason that nobody gave, where none is required.
const NO_REASON: &str = "-";
/// Beside the roles of somebody who did to their own account what nobody else could have done.
const SOLE: &str = " sole";
/// The most characters of a subject that are kept.
const SUBJECT_CHARS_MAX: usize = 64;
/// The characters of a reason.
const REASON_CHARS: std::ops::RangeInclusive<usize> = 5..=500;
const MINUTE_MILLIS: i64 = 60 * 1_000;

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

    /// Whether whoever asks may do it: their roles, whom it concerns, and why. Whether nobody else
    /// could have.
    async fn allow(&self, core: &Core, conn: &mut AnyConnection) -> Result<bool> {
        self.expect(core.settings.is_strict)?;
        let (Some(staff), Some(member)) = (&self.staff, self.about) else {
            return Ok(false);
        };
        if member == staff.user_id() {
            return self.allow_oneself(conn, staff).await;
        }
        let is_staff = !standing::roles(conn, member).await?.is_empty();
        if is_staff && !staff.roles().has(Role::Owner) {
            return Err(Code::Forbidden.into());
        }
        Ok(false)
    }

    /// Nobody does to their own account what another could do as well; an owner who is alone may.
    async fn allow_oneself(&self, conn: &mut AnyConnection, staff: &Staff) -> Result<bool> {
        let Some(permission) = self.action.permission().filter(|_| self.action.is_for_others())
        else {
            return Ok(false);
        };
        let is_owner = staff.roles().has(Role::Owner);
        if is_owner && !others_may(conn, staff, permission).await? {
            return Ok(true);
        }
        Err(Code::OwnAccount.into())
    }

    /// What needs no rows: their roles, and why.
    fn expect(&self, is_strict: bool) -> Result<()> {
        let Some(staff) = &self.staff else {
            return Ok(());
        };
        if let Some(permission) = self.action.permission() {
            staff.expect(permission)?;
        }
        self.expect_reason(is_strict)
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

/// Whether somebody else has the permission.
async fn others_may(
    conn: &mut AnyConnection,
    staff: &Staff,
    permission: Permission,
) -> Result<bool> {
    let all = standing::staff(conn).await?;
    let others = all.iter().filter(|(user, _)| *user != staff.user_id());
    Ok(others.into_iter().any(|(_, roles)| roles.may(permission)))
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

    /// Keeps that a call of whoever runs the club could not be read.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn unreadable(&self, staff: &Staff, path: &str, code: Code) -> Result<()> {
        refused(&self.core, &Act::of(staff, Action::Unreadable, path), code).await
    }

    /// Keeps that someone who does not run the club called for it.
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
            let is_sole = act.allow(core, tx).await?;
            let done = match work(tx).await? {
                Done::Now(done) => done,
                Done::Before(answer) => return Ok(answer),
            };
            let mut row = Row::of(act, DONE, tx.now());
            if is_sole {
                row.roles.push_str(SOLE);
            }
            row.values[1] = done.before;
            row.values[2] = done.after;
            append(tx, core.entropy.as_ref(), row).await?;
            Ok(done.answer)
        }
        .scope_boxed()
    });
    let done = done.await;
    if let Err(Error::Refused(refusal)) = &done {
        refused(core, act, refusal.code).await?;
    }
    done
}

/// Refuses whoever may not, before anything is asked for that is no business of theirs.
pub(crate) async fn expect(core: &Core, act: &Act) -> Result<()> {
    let allowed = act.expect(core.settings.is_strict);
    if let Err(error) = &allowed {
        refused(core, act, error.code()).await?;
    }
    allowed
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
pub(crate) async fn refused(core: &Core, act: &Act, code: Code) -> Result<()> {
    let outcome = &word(code)?;
    let keep = core.db.write(|tx| {
        async move {
            let row = Row::of(act, outcome, tx.now());
            append(tx, core.entropy.as_ref(), row).await
        }
        .scope_boxed()
    });
    keep.await
}

/// A row that is about to be.
struct Row {
    actor: Option<UserId>,
    roles: String,
    action: String,
    subject: String,
    outcome: String,
    request_id: String,
    at: Timestamp,
    /// Of each [`Field`] what stands apart of the row.
    values: [Option<String>; 4],
}

impl Row {
    fn of(act: &Act, outcome: &str, at: Timestamp) -> Self {
        let staff = act.staff.as_ref();
        let origin = staff.map(Staff::origin);
        Self {
            actor: staff.map(Staff::user_id),
            roles: staff.map_or("console".to_owned(), |staff| staff.roles().as_text()),
            action: act.action.as_str().to_owned(),
            subject: act.subject.clone(),
            outcome: outcome.to_owned(),
            request_id: origin.map_or(String::new(), |origin| origin.request_id.clone()),
            at,
            values: [
                act.reason(),
                None,
                None,
                origin.map(|origin| origin.address.clone()),
            ],
        }
    }
}

/// Writes a row behind the newest. The head's lock is taken after all others, and its row is the last to
/// be written.
async fn append(conn: &mut AnyConnection, entropy: &dyn Entropy, row: Row) -> Result<()> {
    let head = store::hold(conn).await?;
    let seq = head.seq + 1;
    let mut personal = Vec::new();
    let mut digests = [None; 4];
    for ((field, value), kept) in Field::ALL.into_iter().zip(row.values).zip(&mut digests) {
        let Some(value) = value else { continue };
        let mut salt = vec![0; SALT_BYTES];
        entropy.fill(&mut salt);
        *kept = Some(digest(&salt, &value));
        personal.push(Personal {
            seq,
            field,
            salt,
            value,
        });
    }
    let mut entry = Entry {
        seq,
        actor: row.actor,
        roles: row.roles,
        action: row.action,
        subject: row.subject,
        outcome: row.outcome,
        request_id: row.request_id,
        created_at: row.at,
        digests,
        prev: head.hash,
        hash: head.hash,
    };
    entry.hash = entry.seal();
    store::insert(conn, &entry).await?;
    for value in &personal {
        store::insert_personal(conn, value).await?;
    }
    let hash = entry.hash;
    store::set_head(conn, Head { seq, hash }).await
}

fn word(code: Code) -> Result<String> {
    let word = serde_json::to_value(code).map_err(|error| Error::Internal(error.to_string()))?;
    Ok(word.as_str().unwrap_or_default().to_owned())
}
