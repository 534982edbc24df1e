//! What staff did, and what they were refused: one row a call, in the transaction of its effect, in one
//! hash chain. Personal values and free text stand apart of the rows, which keep salted hashes of them.

mod act;
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
use wire::staff::{AuditRequest, AuditRow, Permission};
use wire::{Code, Page, UserId};

use self::act::kept;
pub(crate) use self::act::{Act, Asker, Leave};
pub use self::action::Action;
pub(crate) use self::earlier::seal as seal_earlier;
pub(crate) use self::own::Own;
use self::row::{Row, append};
pub(crate) use self::store::{about, has_unseated};
pub use self::verify::{Fault, Flaw, Report};
use crate::db::{ScopedFutureExt, Tx};
use crate::limits::Limit;
use crate::{Core, Error, Result, Staff, paging, standing};

/// What is kept of a call that was done.
pub(crate) const DONE: &str = "ok";
/// What is kept of a call that waits for somebody else to grant it.
pub(crate) const WAITING: &str = "waiting";
const MINUTE_MILLIS: i64 = 60 * 1_000;
/// How long it is kept what members asked for who are no staff: 30 days.
const STRANGERS_KEPT_SECS: i64 = 30 * 24 * 60 * 60;
/// How many of those one transaction forgets.
const FORGOTTEN_MAX: i64 = 1_000;

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

impl<T> Changed<T> {
    /// The same with another answer.
    pub(crate) fn map<U>(self, into: impl FnOnce(T) -> U) -> Changed<U> {
        Changed {
            answer: into(self.answer),
            before: self.before,
            after: self.after,
        }
    }
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
    /// It changed something else than what was asked for, which is a row with this outcome.
    As(String, Changed<T>),
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
            let leave = enter(tx, core, act).await?;
            let (outcome, done) = match work(tx).await? {
                Done::Now(done) => (DONE.to_owned(), done),
                Done::As(outcome, done) => (outcome, done),
                Done::Before(answer) => return Ok(answer),
            };
            let states = (done.before, done.after);
            keep(tx, core, act, Some(&leave), (&outcome, states)).await?;
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

/// Whether whoever asks may, as the first of what their transaction does.
///
/// # Errors
/// `forbidden`, `confirmation_required`, `own_account`, `invalid`.
pub(crate) async fn enter(tx: &mut Tx, core: &Core, act: &Act) -> Result<Leave> {
    if act.action.is_about_staff() {
        standing::hold_staff(tx).await?;
    }
    let now = tx.now();
    act.allow(core, tx, now).await
}

/// Writes the row of an act, with its outcome and how its subject stood before and after: the last that its
/// transaction does.
pub(crate) async fn keep(
    tx: &mut Tx,
    core: &Core,
    act: &Act,
    leave: Option<&Leave>,
    (outcome, (before, after)): (&str, (Option<String>, Option<String>)),
) -> Result<()> {
    let row = Row::of(act, outcome).in_roles(leave);
    append(tx, core.entropy.as_ref(), row.of_states(before, after)).await
}

/// Refuses whoever may not look at what an act would do: a read, which leaves no row.
///
/// # Errors
/// `forbidden`, `own_account`.
pub(crate) async fn expect_look(
    core: &Core,
    conn: &mut AnyConnection,
    act: &Act,
    now: Timestamp,
) -> Result<()> {
    act.allow_look(core, conn, now).await
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

/// Whether whoever asked for it could have it done, as rows stand: a read, which leaves no row.
pub(crate) async fn may(
    core: &Core,
    conn: &mut AnyConnection,
    act: &Act,
    now: Timestamp,
) -> Result<bool> {
    match act.allow(core, conn, now).await {
        Ok(_) => Ok(true),
        Err(Error::Refused(_)) => Ok(false),
        Err(error) => Err(error),
    }
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
    if let Some(staff) = act.caller() {
        let who = staff.user_id().to_string();
        core.limits.check(Limit::Forbidden, &who).await?;
    }
    let outcome = &word(code)?;
    let keep = core.db.write(|tx| {
        async move { append(tx, core.entropy.as_ref(), Row::of(act, outcome)).await }.scope_boxed()
    });
    keep.await
}

/// The outcome of what was refused.
pub(crate) fn word(code: Code) -> Result<String> {
    let word = serde_json::to_value(code).map_err(|error| Error::Internal(error.to_string()))?;
    Ok(word.as_str().unwrap_or_default().to_owned())
}
