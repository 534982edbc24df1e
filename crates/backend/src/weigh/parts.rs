//! The parts of an act, each done once in a transaction of its own.

use wire::{Code, UserId};

use super::Deed;
use crate::audit::{self, Act, Changed, Done};
use crate::db::{ScopedFutureExt, Tx};
use crate::operations::Operation;
use crate::{Core, Error, IdempotencyKey, Result};

/// What the parts of an act are known by, if it has a key.
pub(super) struct Keys {
    /// Whose key it is.
    pub(super) user: UserId,
    pub(super) key: Option<IdempotencyKey>,
    /// What was asked, as JSON.
    pub(super) request: String,
}

impl Keys {
    /// What a part is known by.
    pub(super) fn of(&self, deed: &impl Deed, part: usize) -> Result<Option<Operation>> {
        let Some(key) = self.key.clone() else {
            return Ok(None);
        };
        let name = deed.operations().get(part).copied();
        let name = name.ok_or_else(|| Error::Internal(format!("no word for part {part}")))?;
        let operation = Operation::of_json(self.user, name, key, &self.request);
        Ok(Some(operation))
    }
}

/// Does a part whose accounts are locked, and keeps its answer under its key.
pub(super) async fn run<D: Deed>(
    tx: &mut Tx,
    deed: &D,
    part: usize,
    operation: Option<&Operation>,
) -> Result<Changed<D::Answer>> {
    let changed = deed.run(tx, part).await?;
    if let Some(operation) = operation {
        operation.keep(tx, &changed.answer).await?;
    }
    Ok(changed)
}

/// Does a part, unless it was done before.
pub(super) async fn take<D: Deed>(
    tx: &mut Tx,
    deed: &D,
    keys: &Keys,
    part: usize,
) -> Result<Done<D::Answer>> {
    deed.lock(tx, part).await?;
    let operation = keys.of(deed, part)?;
    if let Some(operation) = &operation
        && let Some(answer) = operation.answered(tx).await?
    {
        return Ok(Done::Before(answer));
    }
    let changed = run(tx, deed, part, operation.as_ref()).await?;
    Ok(Done::Now(changed))
}

/// Does the parts that follow the first, each with a row of its own. A part that is refused does not undo those
/// before it: it is left out, and the answer says so.
pub(super) async fn others<D: Deed>(
    core: &Core,
    act: &Act,
    deed: &D,
    keys: &Keys,
    first: D::Answer,
) -> Result<D::Answer> {
    let mut answers = vec![first];
    for part in 1..deed.parts() {
        let done = audit::once(core, act, |tx| {
            async move { take(tx, deed, keys, part).await }.scope_boxed()
        });
        answers.extend(match done.await {
            Err(Error::Refused(refusal)) if refusal.code != Code::InProgress => {
                deed.left_out(part, refusal.code)
            }
            done => Some(done?),
        });
    }
    let merged = deed.merged(answers);
    merged.ok_or_else(|| Error::Internal("an act without an answer".to_owned()))
}
