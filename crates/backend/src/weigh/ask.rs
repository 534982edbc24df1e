//! Asking for an act that is weighed.

use sqlx::AnyConnection;
use wire::desk::{Preview, Waits, WeighRequest, Weighed};
use wire::{Code, UserId};

use super::day::Day;
use super::parts::{self, Keys};
use super::store::{self, New, days};
use super::{Deed, Weight};
use crate::audit::{self, Act, Changed, Done, WAITING};
use crate::db::{ScopedFutureExt, Tx};
use crate::{Core, Error, IdempotencyKey, Result, Staff};

/// How long something waits for somebody else to grant it, in seconds: 24 hours.
const WAITS_SECS: i64 = 24 * 60 * 60;

/// How much of what one member of staff asked for may wait at once: somebody else has to look at each.
const WAITING_MAX: i64 = 20;

/// How an act is asked for.
#[derive(Clone, Debug, Default)]
pub struct Wish {
    request: WeighRequest,
    key: Option<IdempotencyKey>,
}

impl Wish {
    /// To be done as that says, once for the key if there is one.
    #[must_use]
    pub const fn new(request: WeighRequest, key: Option<IdempotencyKey>) -> Self {
        Self { request, key }
    }

    /// Whether nothing is to be done.
    pub(crate) fn is_dry_run(&self) -> bool {
        self.request.dry_run.unwrap_or_default()
    }

    /// Refuses what is not what was shown.
    fn expect_shown(&self, weight: &Weight) -> Result<()> {
        let shown = self.request.preview.as_deref();
        match shown.is_none_or(|shown| shown == weight.hash()) {
            true => Ok(()),
            false => Err(Code::PreviewChanged.into()),
        }
    }
}

/// To be done, once for the key if there is one.
impl From<Option<IdempotencyKey>> for Wish {
    fn from(key: Option<IdempotencyKey>) -> Self {
        Self::new(WeighRequest::default(), key)
    }
}

/// Refuses whoever may not ask for it in that way, before anything is looked for.
///
/// # Errors
/// `forbidden`, `confirmation_required`, `own_account`, `invalid`.
pub(crate) async fn expect(core: &Core, act: &Act, wish: &Wish) -> Result<()> {
    if !wish.is_dry_run() {
        return audit::expect(core, act).await;
    }
    let mut conn = core.db.read().await?;
    audit::expect_look(core, &mut conn, act, core.now()).await
}

/// Refuses what is not what was shown, before something is done that no transaction undoes.
///
/// # Errors
/// `preview_changed`, and what the act refuses.
pub(crate) async fn compare(core: &Core, act: &Act, deed: &impl Deed, wish: &Wish) -> Result<()> {
    let weighed = {
        let mut conn = core.db.read().await?;
        deed.weigh(&mut conn, core.now()).await
    };
    let compared = weighed.and_then(|weight| wish.expect_shown(&weight));
    if let Err(Error::Refused(refusal)) = &compared {
        audit::refused(core, act, refusal.code).await?;
    }
    compared
}

/// What an act would do as rows stand, whoever looks; nothing where it would be refused.
pub(crate) async fn weighed(core: &Core, deed: &impl Deed) -> Result<Option<Weight>> {
    let mut conn = core.db.read().await?;
    match deed.weigh(&mut conn, core.now()).await {
        Ok(weight) => Ok(Some(weight)),
        Err(Error::Refused(_)) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Does what somebody who runs the club asks, shows what it would do, or lets it wait for somebody else. Where the
/// very same of theirs waits already, that is what waits, under the key that it was first asked with.
///
/// # Errors
/// `forbidden`, `confirmation_required`, `own_account`, `invalid`; `preview_changed` where it would do something
/// else than what was shown; `too_much_waits` where it had to wait beside as much as may; `idempotency_mismatch`;
/// and what the act refuses.
pub(crate) async fn ask<D: Deed>(
    core: &Core,
    staff: &Staff,
    deed: &D,
    wish: &Wish,
) -> Result<Weighed<D::Answer>> {
    let act = &deed.facts().by(staff);
    if wish.is_dry_run() {
        let mut conn = core.db.read().await?;
        return Ok(Weighed::Preview(look(core, &mut conn, act, deed).await?));
    }
    let keys = &Keys {
        user: staff.user_id(),
        key: wish.key.clone(),
        request: deed.request()?,
    };
    let ask = &Ask {
        core,
        actor: staff.user_id(),
        deed,
        keys,
        wish,
    };
    let begin = audit::once(core, act, |tx| {
        async move { ask.begin(tx).await }.scope_boxed()
    });
    match begin.await? {
        Weighed::Done(first) => {
            let whole = parts::others(core, act, deed, keys, first).await?;
            Ok(Weighed::Done(whole))
        }
        other => Ok(other),
    }
}

/// What an act would do; a read, which leaves no row.
async fn look(
    core: &Core,
    conn: &mut AnyConnection,
    act: &Act,
    deed: &impl Deed,
) -> Result<Preview> {
    let now = core.now();
    audit::expect_look(core, conn, act, now).await?;
    let weight = deed.weigh(conn, now).await?;
    Ok(weight.preview())
}

/// Who asks for what, in which way.
struct Ask<'a, D> {
    core: &'a Core,
    actor: UserId,
    deed: &'a D,
    keys: &'a Keys,
    wish: &'a Wish,
}

impl<D: Deed> Ask<'_, D> {
    /// Does the first part, or lets all of it wait. It is decided while all that it hangs on is held: the day
    /// of whoever asks, then the accounts.
    async fn begin(&self, tx: &mut Tx) -> Result<Done<Weighed<D::Answer>>> {
        let day = self.hold_day(tx).await?;
        self.deed.lock(tx, 0).await?;
        let operation = self.keys.of(self.deed, 0)?;
        if let Some(operation) = &operation {
            if let Some(answer) = operation.answered(tx).await? {
                return Ok(Done::Before(Weighed::Done(answer)));
            }
            if let Some(waits) = self.under_way(tx, operation.key()).await? {
                return Ok(Done::Before(Weighed::Waits(waits)));
            }
        }
        let now = tx.now();
        let weight = self.deed.weigh(tx, now).await?;
        self.wish.expect_shown(&weight)?;
        if let Some(day) = day.map(|day| day.with(&weight)) {
            if let Some(waits) = self.twin(tx).await? {
                return Ok(Done::Before(Weighed::Waits(waits)));
            }
            if day.is_beyond(self.core.settings.approvals) {
                return self.wait(tx, &weight).await;
            }
            days::put(tx, self.actor, day).await?;
        }
        let done = parts::run(tx, self.deed, 0, operation.as_ref()).await?;
        Ok(Done::Now(done.map(Weighed::Done)))
    }

    /// What they did today alone, where that is counted.
    async fn hold_day(&self, tx: &mut Tx) -> Result<Option<Day>> {
        if !D::COUNTS || !self.core.settings.approvals.is_on() {
            return Ok(None);
        }
        let today = tx.now().utc_day();
        days::hold(tx, self.actor, today).await.map(Some)
    }

    /// What waits already under the same key.
    async fn under_way(&self, tx: &mut Tx, key: &str) -> Result<Option<Waits>> {
        let action = self.deed.facts().action;
        let found = store::under_way(tx, self.actor, action, key).await?;
        let Some((approval_id, request)) = found else {
            return Ok(None);
        };
        match request == self.keys.request {
            true => Ok(Some(Waits { approval_id })),
            false => Err(Code::IdempotencyMismatch.into()),
        }
    }

    /// The very same that they asked for before and that waits still, under whichever key: granted beside this, it
    /// would be done twice. It is looked for while the day of whoever asks is held.
    async fn twin(&self, tx: &mut Tx) -> Result<Option<Waits>> {
        let (facts, now) = (self.deed.facts(), tx.now());
        let twin = store::twin(tx, self.actor, &facts, &self.keys.request, now).await?;
        Ok(twin.map(|approval_id| Waits { approval_id }))
    }

    /// Lets it wait. What waits already is counted while the day of whoever asks is held.
    async fn wait(&self, tx: &mut Tx, weight: &Weight) -> Result<Done<Weighed<D::Answer>>> {
        let at = tx.now();
        if store::waiting(tx, self.actor, at).await? >= WAITING_MAX {
            return Err(Code::TooMuchWaits.into());
        }
        let new = New {
            actor: self.actor,
            facts: &self.deed.facts(),
            request: &self.keys.request,
            key: self.keys.key.as_ref().map(IdempotencyKey::as_str),
            preview: &weight.preview(),
            at,
            expires_at: at.plus_secs(WAITS_SECS),
        };
        let approval_id = store::insert(tx, &new).await?;
        let waits = Waits { approval_id };
        let after = Some(audit::state(&waits)?);
        let waiting = Changed {
            answer: Weighed::Waits(waits),
            before: None,
            after,
        };
        Ok(Done::As(WAITING.to_owned(), waiting))
    }
}
