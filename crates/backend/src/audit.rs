//! What staff did, and what they were refused: one row a call, in the transaction of its effect.

mod store;

use scoped_futures::ScopedBoxFuture;
use serde::Serialize;
use wire::{Code, UserId};

use crate::db::{ScopedFutureExt, Tx};
use crate::limits::Limit;
use crate::{Core, Error, Result, Staff};

/// What is kept of a call that was done.
const DONE: &str = "ok";

/// The most characters of a subject that are kept.
const SUBJECT_CHARS_MAX: usize = 64;

/// Who does what to what.
#[derive(Clone, Debug)]
pub(crate) struct Act {
    actor: UserId,
    action: &'static str,
    subject: String,
}

impl Act {
    /// What nobody could have named is not kept whole.
    pub(crate) fn of(staff: &Staff, action: &'static str, subject: &str) -> Self {
        Self::by(staff.user_id(), action, subject)
    }

    fn by(actor: UserId, action: &'static str, subject: &str) -> Self {
        let plain = subject.chars().filter(|it| *it != '\0');
        Self {
            actor,
            action,
            subject: plain.take(SUBJECT_CHARS_MAX).collect(),
        }
    }
}

/// Calls that came to no service, and are kept all the same.
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
        refused(&self.core, &Act::of(staff, "unreadable", path), code).await
    }

    /// Keeps that someone who does not run the club called for it.
    ///
    /// # Errors
    /// `rate_limited`: beyond that, nothing is kept of it.
    pub async fn forbidden(&self, actor: UserId, path: &str) -> Result<()> {
        let limits = &self.core.limits;
        limits.check(Limit::Forbidden, &actor.to_string()).await?;
        refused(
            &self.core,
            &Act::by(actor, "forbidden", path),
            Code::Forbidden,
        )
        .await
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

/// Does what an admin asks, with its audit row in the same transaction; a refusal is a row too.
pub(crate) async fn act<'env, T: Send>(
    core: &Core,
    act: &Act,
    work: impl Work<'env, T>,
) -> Result<T> {
    let work = &work;
    let done = core.db.write(|tx| {
        async move {
            let done = work(tx).await?;
            let now = tx.now();
            store::insert(tx, act, (done.before, done.after), DONE, now).await?;
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

/// Keeps that somebody looked at something, or was refused to.
pub(crate) async fn looked<T>(core: &Core, act: &Act, seen: Result<T>) -> Result<T> {
    match &seen {
        Ok(_) => keep(core, act, DONE).await?,
        Err(Error::Refused(refusal)) => refused(core, act, refusal.code).await?,
        Err(_) => {}
    }
    seen
}

/// Keeps that a call was refused.
pub(crate) async fn refused(core: &Core, act: &Act, code: Code) -> Result<()> {
    keep(core, act, &word(code)?).await
}

async fn keep(core: &Core, act: &Act, outcome: &str) -> Result<()> {
    let keep = core.db.write(|tx| {
        async move {
            let now = tx.now();
            store::insert(tx, act, (None, None), outcome, now).await
        }
        .scope_boxed()
    });
    keep.await
}

fn word(code: Code) -> Result<String> {
    let word = serde_json::to_value(code).map_err(|error| Error::Internal(error.to_string()))?;
    Ok(word.as_str().unwrap_or_default().to_owned())
}
