//! A hand that settles at once, drawn, settled and recorded in one transaction.

use economy::{Head, Posting, Tokens};
use games::{Draws, HandResult};
use progress::Fact;
use serde::Serialize;
use serde::de::DeserializeOwned;
use wire::{HandId, UserId};

use super::{Recorded, Settled, admit, record};
use crate::db::{ScopedFutureExt, Tx};
use crate::fairness::{Pace, Stream};
use crate::turn::{self, Request};
use crate::{Core, Device, Result, fairness};

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
/// As [`turn::once`] and [`draw`].
pub(crate) async fn play<R, O, A>(
    core: &Core,
    device: &Device,
    request: Request<'_, R>,
    stake: Tokens,
    deal: impl Fn(&mut Draws) -> Dealt<O> + Send + Sync,
    answer: impl Fn(O, Recorded) -> A + Send + Sync,
) -> Result<A>
where
    R: Serialize,
    O: Send,
    A: Serialize + DeserializeOwned + Send + Sync,
{
    let player = (request.user, device);
    let (deal, answer) = (&deal, &answer);
    let turn = turn::once(core, request, |tx, head| {
        async move {
            let drawn = draw(tx, player.0, &head, stake, deal).await?;
            let settled = settle(tx, core, player, head, stake, drawn, None).await?;
            let (outcome, recorded) = settled;
            Ok(answer(outcome, recorded))
        }
        .scope_boxed()
    });
    turn.await
}

/// A hand that is drawn, and not settled yet.
pub(crate) struct Drawn<O> {
    pub(crate) dealt: Dealt<O>,
    stream: Stream,
}

/// Admits the stake and draws one hand.
///
/// # Errors
/// As [`admit`].
pub(crate) async fn draw<O>(
    tx: &mut Tx,
    user: UserId,
    head: &Head,
    stake: Tokens,
    deal: impl FnOnce(&mut Draws) -> Dealt<O>,
) -> Result<Drawn<O>> {
    admit(head, stake)?;
    let draw = fairness::draw(tx, user, Pace::Instant).await?;
    Ok(Drawn {
        dealt: deal(&mut draw.draws()),
        stream: draw.stream,
    })
}

/// Settles and records a hand that is drawn, with what else happened by it.
pub(crate) async fn settle<O>(
    tx: &mut Tx,
    core: &Core,
    (user, device): (UserId, &Device),
    head: Head,
    stake: Tokens,
    drawn: Drawn<O>,
    more: Option<Fact>,
) -> Result<(O, Recorded)> {
    let Drawn { dealt, stream } = drawn;
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
        stream,
    };
    let recorded = record(tx, core, (user, device), head, settled, more).await?;
    Ok((dealt.outcome, recorded))
}
