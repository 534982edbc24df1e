//! A turn: what a member asks for, done once per key while their account is locked.

use economy::Head;
use scoped_futures::ScopedBoxFuture;
use serde::Serialize;
use serde::de::DeserializeOwned;
use wire::UserId;

use crate::db::{ScopedFutureExt, Tx};
use crate::limits::Limit;
use crate::operations::Operation;
use crate::wake::Changed;
use crate::{Claimed, Core, Error, IdempotencyKey, Result, ledger, standing};

/// Who asks, and what for.
pub(crate) struct Request<'a, R> {
    pub(crate) user: UserId,
    /// The service's word for the call; a key is bound to it.
    pub(crate) operation: &'static str,
    pub(crate) limit: Limit,
    pub(crate) body: &'a R,
    pub(crate) key: Option<IdempotencyKey>,
}

/// What a turn does once the member's account is locked, from where that stands.
pub(crate) trait Turn<'env, A>:
    for<'tx> Fn(&'tx mut Tx, Head) -> ScopedBoxFuture<'env, 'tx, Result<A>> + Send + Sync
{
}

impl<'env, A, F> Turn<'env, A> for F where
    F: for<'tx> Fn(&'tx mut Tx, Head) -> ScopedBoxFuture<'env, 'tx, Result<A>> + Send + Sync
{
}

/// Takes one turn, once per key.
///
/// # Errors
/// `idempotency_mismatch`, `rate_limited`, and what `turn` says.
pub(crate) async fn once<'env, R: Serialize, A: Serialize + DeserializeOwned + Send + Sync>(
    core: &Core,
    request: Request<'_, R>,
    turn: impl Turn<'env, A>,
) -> Result<A> {
    let (user, operation) = ready(core, request).await?;
    take(core, user, operation.as_ref(), None, turn).await
}

/// Counts a request, and names it if it has a key.
///
/// # Errors
/// `rate_limited`.
pub(crate) async fn ready<R: Serialize>(
    core: &Core,
    request: Request<'_, R>,
) -> Result<(UserId, Option<Operation>)> {
    let user = request.user;
    core.limits.check(request.limit, &user.to_string()).await?;
    let key = request.key;
    let operation = key.map(|key| Operation::new(user, request.operation, key, request.body));
    Ok((user, operation.transpose()?))
}

/// What a request that is ready was answered before, if it has a key and was; only a look, [`take`]
/// decides.
///
/// # Errors
/// `idempotency_mismatch`.
pub(crate) async fn answered<A: DeserializeOwned>(
    core: &Core,
    operation: Option<&Operation>,
) -> Result<Option<A>> {
    match operation {
        Some(operation) => operation.answered(&mut *core.db.read().await?).await,
        None => Ok(None),
    }
}

/// Takes a turn that is ready, in a transaction of its own; whether whoever asks may act is read in it,
/// unless that is known.
///
/// # Errors
/// `unauthenticated`, `banned`, `idempotency_mismatch`, and what `turn` says.
pub(crate) async fn take<'env, A: Serialize + DeserializeOwned + Send + Sync>(
    core: &Core,
    user: UserId,
    operation: Option<&Operation>,
    claimed: Option<&Claimed>,
    turn: impl Turn<'env, A>,
) -> Result<A> {
    let turn = &turn;
    let write = core.db.write(|tx| {
        async move {
            let locked = match ledger::lock(tx, user).await {
                Err(Error::Refused(refusal)) => Err(refusal),
                locked => Ok(locked?),
            };
            // Under the lock: a ban or a sign-out that it was waited for counts. Whose account is not
            // there may not act either, and is told that.
            if let Some(claimed) = claimed {
                let now = tx.now();
                standing::member(tx, claimed, core.settings.is_strict, now).await?;
            }
            let head = locked?;
            if let Some(operation) = operation
                && let Some(answer) = operation.answered(tx).await?
            {
                return Ok(answer);
            }
            let answer = turn(tx, head).await?;
            if let Some(operation) = operation {
                operation.keep(tx, &answer).await?;
            }
            tx.wake(user, Changed::PLAYED);
            Ok(answer)
        }
        .scope_boxed()
    });
    write.await
}
