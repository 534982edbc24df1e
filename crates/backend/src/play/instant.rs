//! A turn, once per key; and a hand that settles at once, drawn, settled and recorded in one
//! transaction.

use economy::{Head, Posting, Tokens};
use games::stake::BadStake;
use games::{Draws, HandResult};
use scoped_futures::ScopedBoxFuture;
use serde::Serialize;
use serde::de::DeserializeOwned;
use wire::{AppError, Code, HandId, UserId};

use super::{Recorded, Settled, record};
use crate::db::{ScopedFutureExt, Tx};
use crate::fairness::Pace;
use crate::limits::Limit;
use crate::operations::Operation;
use crate::wake::Changed;
use crate::{Core, Device, IdempotencyKey, Result, fairness, ledger};

/// Who plays, and what they ask for.
pub(crate) struct Request<'a, R> {
    pub(crate) user: UserId,
    /// The game's word for the call; a key is bound to it.
    pub(crate) operation: &'static str,
    pub(crate) limit: Limit,
    pub(crate) body: &'a R,
    pub(crate) key: Option<IdempotencyKey>,
    /// What leaves the member before anything comes back.
    pub(crate) stake: Tokens,
}

/// What a turn does once the member's account is locked and covers the stake.
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
/// `insufficient_tokens`, `idempotency_mismatch`, `rate_limited`, and what `turn` says.
pub(crate) async fn once<'env, R: Serialize, A: Serialize + DeserializeOwned + Send + Sync>(
    core: &Core,
    request: Request<'_, R>,
    turn: impl Turn<'env, A>,
) -> Result<A> {
    let (user, stake) = (request.user, request.stake);
    let who = user.to_string();
    core.limits.check(request.limit, &who).await?;
    let operation = &request
        .key
        .map(|key| Operation::new(user, request.operation, key, request.body))
        .transpose()?;
    let turn = &turn;
    let write = core.db.write(|tx| {
        async move {
            let head = ledger::lock(tx, user).await?;
            if let Some(operation) = operation
                && let Some(answer) = operation.answered(tx).await?
            {
                return Ok(answer);
            }
            if head.balance < stake {
                return Err(Code::InsufficientTokens.into());
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

/// What the stream gave, as the record wants it and as the answer wants it.
pub(crate) struct Dealt<O> {
    pub(crate) rules_version: i64,
    pub(crate) payout: Tokens,
    pub(crate) result: HandResult,
    pub(crate) play: games::Play,
    pub(crate) outcome: O,
}

/// Plays one hand that its bet and the stream decide alone, once per key.
///
/// # Errors
/// As [`once`].
pub(crate) async fn play<R, O, A>(
    core: &Core,
    device: &Device,
    request: Request<'_, R>,
    deal: impl Fn(&mut Draws) -> Dealt<O> + Send + Sync,
    answer: impl Fn(O, Recorded) -> A + Send + Sync,
) -> Result<A>
where
    R: Serialize,
    O: Send,
    A: Serialize + DeserializeOwned + Send + Sync,
{
    let (player, stake) = ((request.user, device), request.stake);
    let (deal, answer) = (&deal, &answer);
    let turn = once(core, request, |tx, head| {
        async move {
            let (outcome, recorded) = hand(tx, core, player, head, stake, deal).await?;
            Ok(answer(outcome, recorded))
        }
        .scope_boxed()
    });
    turn.await
}

/// Draws, settles and records one hand.
pub(crate) async fn hand<O>(
    tx: &mut Tx,
    core: &Core,
    (user, device): (UserId, &Device),
    head: Head,
    stake: Tokens,
    deal: impl FnOnce(&mut Draws) -> Dealt<O>,
) -> Result<(O, Recorded)> {
    let draw = fairness::draw(tx, user, Pace::Instant).await?;
    let dealt = deal(&mut draw.draws());
    let (hand, now) = (HandId(core.fresh_id()), tx.now());
    let settled = Settled {
        posting: Posting::hand(hand.as_str(), user.account(), stake, dealt.payout),
        hand,
        at: now,
        begun_at: now,
        rules_version: dealt.rules_version,
        stake,
        payout: dealt.payout,
        result: dealt.result,
        play: dealt.play,
        stream: draw.stream,
    };
    let recorded = record(tx, core, (user, device), head, settled).await?;
    Ok((dealt.outcome, recorded))
}

/// The stake that a request names.
///
/// # Errors
/// `stake_too_small` below zero, `stake_too_large` above the largest amount.
pub(crate) fn stake(bet_amount: i64) -> Result<Tokens> {
    let code = if bet_amount < 0 {
        Code::StakeTooSmall
    } else {
        Code::StakeTooLarge
    };
    Tokens::new(bet_amount).map_err(|error| refused("bet_amount", code, &error).into())
}

/// A stake outside the limits of its game.
pub(crate) fn bad_stake(error: BadStake) -> AppError {
    let code = match error {
        BadStake::TooSmall(_) => Code::StakeTooSmall,
        BadStake::TooLarge(_) => Code::StakeTooLarge,
    };
    refused("bet_amount", code, &error)
}

/// A refusal with a code of its own that also names the field.
pub(crate) fn refused(field: &str, code: Code, error: &dyn std::error::Error) -> AppError {
    AppError {
        code,
        ..AppError::field(field, "range", &error.to_string())
    }
}
