//! Granting what waits: it is weighed anew, and done once or not at all.

use serde::Serialize;
use wire::desk::ApprovalState;
use wire::{Code, UserId};

use super::Deed;
use super::approvals::{decided, expect_waiting, hold, of_another};
use super::outlook::sole;
use super::parts::{self, Keys};
use super::store::{self, Decision, Kept};
use crate::audit::{self, Act, Action, Asker, Changed, DONE, Done, Leave};
use crate::db::{ScopedFutureExt, Tx};
use crate::operations::json_of;
use crate::{Core, Error, IdempotencyKey, Result, Staff};

/// Why something that waited is done.
#[derive(Clone, Copy)]
pub(crate) enum Errand<'a> {
    /// Somebody else grants it.
    Granted(&'a Staff),
    /// Nobody else could, and it has waited for an hour.
    Sole,
    /// It was granted, and whoever did it was stopped in the middle.
    Resumed,
}

/// What kept something from being done.
#[derive(Serialize)]
struct Failed {
    code: Code,
}

/// Does what waited, as it was kept; whether there was something to be done.
///
/// # Errors
/// What keeps whoever grants it from that: see [`of_another`]. `preview_changed` where it would do something
/// else than what was shown, or could not be done, or whoever asked may no more: then it has failed.
pub(crate) async fn carry_on<D: Deed>(
    core: &Core,
    deed: &D,
    kept: &Kept,
    errand: Errand<'_>,
) -> Result<bool> {
    let grant = &Grant::new(core, deed, kept, errand)?;
    if matches!(errand, Errand::Resumed) {
        let first = grant.first().await?;
        return grant.finish(first).await.map(|()| true);
    }
    let begin = core
        .db
        .write(|tx| async move { grant.begin(tx).await }.scope_boxed());
    match begin.await {
        // Somebody else's write was in the way: nothing was decided.
        Err(Error::Refused(refusal)) if refusal.code != Code::InProgress => {
            // What keeps whoever grants it from that has ended nothing, and is what this refuses.
            grant.fail(refusal.code).await?;
            Err(Code::PreviewChanged.into())
        }
        begun => match begun? {
            Some(first) => grant.finish(first).await.map(|()| true),
            None => Ok(false),
        },
    }
}

/// Something that is about to be done.
struct Grant<'a, D> {
    core: &'a Core,
    deed: &'a D,
    id: i64,
    /// The act of whoever asked.
    act: Act,
    keys: Keys,
    errand: Errand<'a>,
}

impl<'a, D: Deed> Grant<'a, D> {
    fn new(core: &'a Core, deed: &'a D, kept: &Kept, errand: Errand<'a>) -> Result<Self> {
        let (id, user) = (kept.approval.id, kept.approval.actor);
        // What is done in parts is done once in any case.
        let key = match kept.key.as_deref() {
            Some(key) => IdempotencyKey::parse(key)?,
            None => IdempotencyKey::of_club(&format!("approval {id}")),
        };
        let asker = Asker {
            user,
            request_id: match errand {
                Errand::Granted(staff) => staff.origin().request_id.clone(),
                Errand::Sole | Errand::Resumed => String::new(),
            },
            is_sole: match errand {
                Errand::Granted(_) => false,
                Errand::Sole => true,
                Errand::Resumed => kept.approval.decided_by.is_none(),
            },
        };
        Ok(Self {
            core,
            deed,
            id,
            act: deed.facts().by_asker(asker),
            keys: Keys {
                user,
                key: Some(key),
                request: kept.request.clone(),
            },
            errand,
        })
    }

    /// Who grants it, if somebody does.
    fn granted_by(&self) -> Option<&'a Staff> {
        match self.errand {
            Errand::Granted(staff) => Some(staff),
            Errand::Sole | Errand::Resumed => None,
        }
    }

    /// The act of whoever grants it.
    fn granting(&self, staff: &Staff) -> Act {
        Act::of(staff, Action::Approve, &self.id.to_string())
    }

    /// Does the first part of what waits, with the rows of who asked and who granted it; nothing where it is not
    /// time, or no more.
    async fn begin(&self, tx: &mut Tx) -> Result<Option<D::Answer>> {
        let granting = self.enter(tx).await?;
        let Some(kept) = self.hold(tx).await? else {
            return Ok(None);
        };
        let leave = audit::enter(tx, self.core, &self.act).await?;
        self.deed.lock(tx, 0).await?;
        let now = tx.now();
        let weight = self.deed.weigh(tx, now).await?;
        if self
            .granted_by()
            .is_some_and(|staff| weight.concerns(staff.user_id()))
        {
            return Err(Code::OwnAccount.into());
        }
        if !weight.is_as(&kept.approval.preview) {
            return Err(Code::PreviewChanged.into());
        }
        let operation = self.keys.of(self.deed, 0)?;
        let done = parts::run(tx, self.deed, 0, operation.as_ref()).await?;
        let Changed { before, after, .. } = self.note(tx, &done.answer).await?;
        let states = (done.before, done.after);
        audit::keep(tx, self.core, &self.act, Some(&leave), (DONE, states)).await?;
        if let Some((act, leave)) = &granting {
            let states = (before, after);
            audit::keep(tx, self.core, act, Some(leave), (DONE, states)).await?;
        }
        Ok(Some(done.answer))
    }

    /// The act of whoever grants it, who may.
    async fn enter(&self, tx: &mut Tx) -> Result<Option<(Act, Leave)>> {
        let Some(staff) = self.granted_by() else {
            return Ok(None);
        };
        let act = self.granting(staff);
        let leave = audit::enter(tx, self.core, &act).await?;
        Ok(Some((act, leave)))
    }

    /// What waits, held; nothing where somebody could grant it, or it does not wait any more.
    async fn hold(&self, tx: &mut Tx) -> Result<Option<Kept>> {
        if let Some(staff) = self.granted_by() {
            return of_another(tx, self.id, staff).await.map(Some);
        }
        let kept = hold(tx, self.id).await?;
        let now = tx.now();
        let is_time = expect_waiting(&kept, now).is_ok() && sole(tx, &kept, now).await?;
        Ok(is_time.then_some(kept))
    }

    /// Notes that it is done, or its first part.
    async fn note(&self, tx: &mut Tx, answer: &D::Answer) -> Result<Changed<()>> {
        let at = tx.now();
        let is_whole = self.deed.parts() == 1;
        let decision = Decision {
            state: match is_whole {
                true => ApprovalState::Done,
                false => ApprovalState::Granted,
            },
            by: self.granted_by().map(Staff::user_id),
            at,
            result: is_whole.then(|| json_of(answer)).transpose()?,
        };
        decided(tx, self.id, decision).await
    }

    /// What its first part answered, which is done.
    async fn first(&self) -> Result<D::Answer> {
        let missing = || Error::Internal(format!("nothing is kept of approval {}", self.id));
        let operation = self.keys.of(self.deed, 0)?.ok_or_else(missing)?;
        let mut conn = self.core.db.read().await?;
        let answer = operation.answered(&mut conn).await?;
        answer.ok_or_else(missing)
    }

    /// Does what is left of it.
    async fn finish(&self, first: D::Answer) -> Result<()> {
        if self.deed.parts() == 1 {
            return Ok(());
        }
        let whole = parts::others(self.core, &self.act, self.deed, &self.keys, first).await?;
        let (id, result) = (self.id, &json_of(&whole)?);
        let finish = self
            .core
            .db
            .write(|tx| async move { store::finish(tx, id, result).await }.scope_boxed());
        finish.await
    }

    /// Ends it as what failed, with the row of who granted it, or of who asked. What keeps whoever grants it
    /// from that ends nothing.
    async fn fail(&self, code: Code) -> Result<()> {
        let outcome = &audit::word(code)?;
        let Some(staff) = self.granted_by() else {
            return self.fail_alone(code, outcome).await;
        };
        let granting = &self.granting(staff);
        let fail = audit::once(self.core, granting, |tx| {
            async move {
                of_another(tx, self.id, staff).await?;
                self.expect_disinterested(tx, staff).await?;
                let failed = self.failed(tx, Some(staff.user_id()), code).await?;
                Ok(Done::As(outcome.clone(), failed))
            }
            .scope_boxed()
        });
        fail.await
    }

    /// Refuses whoever would decide about what they get themselves.
    async fn expect_disinterested(&self, tx: &mut Tx, staff: &Staff) -> Result<()> {
        let (user, now) = (staff.user_id(), tx.now());
        let is_about = self.deed.facts().about == Some(user);
        let concerns = match self.deed.weigh(tx, now).await {
            Ok(weight) => weight.concerns(user),
            Err(Error::Refused(_)) => false,
            Err(error) => return Err(error),
        };
        match is_about || concerns {
            true => Err(Code::OwnAccount.into()),
            false => Ok(()),
        }
    }

    async fn fail_alone(&self, code: Code, outcome: &str) -> Result<()> {
        let fail = self.core.db.write(|tx| {
            async move {
                let kept = hold(tx, self.id).await?;
                if kept.approval.state != ApprovalState::Waiting {
                    return Ok(());
                }
                let failed = self.failed(tx, None, code).await?;
                let states = (failed.before, failed.after);
                audit::keep(tx, self.core, &self.act, None, (outcome, states)).await
            }
            .scope_boxed()
        });
        fail.await
    }

    async fn failed(&self, tx: &mut Tx, by: Option<UserId>, code: Code) -> Result<Changed<()>> {
        let at = tx.now();
        let decision = Decision {
            state: ApprovalState::Failed,
            by,
            at,
            result: Some(json_of(&Failed { code })?),
        };
        decided(tx, self.id, decision).await
    }
}
