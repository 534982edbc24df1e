//! A hand that settles at once, drawn, settled and recorded in one transaction.

use std::any::Any;
use std::marker::PhantomData;
use std::sync::Arc;

use economy::{Head, Posting, Tokens};
use games::{Draws, Game, HandResult};
use progress::Fact;
use serde::Serialize;
use serde::de::DeserializeOwned;
use wire::{Code, HandId, PlaySessionId, UserId};

use super::croupier::{Answer, Answered, Ask, Bet, Croupiers, Outcome};
use super::{Recorded, Settled, admit, record};
use crate::db::{ScopedFutureExt, Tx};
use crate::fairness::{Pace, Stream};
use crate::turn::{self, Request};
use crate::{Claimed, Core, Device, Error, Result, fairness, operations};

/// What the stream gave, as the record wants it and as the answer wants it.
pub(crate) struct Dealt<O> {
    pub(crate) rules_version: i64,
    pub(crate) payout: Tokens,
    pub(crate) result: HandResult,
    pub(crate) play: games::Play,
    pub(crate) outcome: O,
}

/// What is put on the table, in which game.
#[derive(Clone, Copy)]
pub(crate) struct Wager {
    pub(crate) game: Game,
    pub(crate) stake: Tokens,
}

/// How a game settles a hand of its own, and what it answers.
struct Hand<D, F, O, A> {
    deal: D,
    answer: F,
    of: PhantomData<fn(O) -> A>,
}

/// Plays one hand that its bet and the stream decide alone, once per key: with others that wait, or
/// in a transaction of its own.
///
/// # Errors
/// `unauthenticated` and `banned` for whoever may not act; as [`turn::once`] and [`draw`];
/// `unavailable` when too many wait.
pub(crate) async fn play<R, O, A>(
    core: &Core,
    croupiers: &Croupiers,
    (claimed, device): (&Claimed, &Device),
    request: Request<'_, R>,
    wager: Wager,
    deal: impl Fn(&mut Draws) -> Dealt<O> + Send + Sync + 'static,
    answer: impl Fn(O, Recorded) -> A + Send + Sync + 'static,
) -> Result<A>
where
    R: Serialize,
    O: Send + 'static,
    A: Serialize + DeserializeOwned + Send + Sync + 'static,
{
    let Wager { game, stake } = wager;
    croupiers.remembered.expect_running(claimed)?;
    let (user, operation) = turn::ready(core, request).await?;
    let of = PhantomData;
    let hand = &Arc::new(Hand { deal, answer, of });
    let ask = Ask {
        claimed: claimed.clone(),
        device: device.clone(),
        game,
        hand: HandId(core.fresh_id()),
        session: PlaySessionId(core.fresh_id()),
        operation: operation.clone(),
        stake,
        bet: Box::new(hand.clone()),
    };
    match croupiers.settle(ask).await? {
        Outcome::Played(answer) => own(answer),
        Outcome::Kept(answer) => operations::answer_of(&answer),
        Outcome::Alone => {
            let turn = turn::take(core, user, operation.as_ref(), Some(claimed), |tx, head| {
                async move {
                    let drawn = draw(tx, user, &head, stake, &hand.deal).await?;
                    let player = (user, device);
                    let settled = settle(tx, core, player, head, stake, drawn, None).await?;
                    let (outcome, recorded) = settled;
                    Ok((hand.answer)(outcome, recorded))
                }
                .scope_boxed()
            });
            let answer = turn.await;
            let code = answer.as_ref().err().map(Error::code);
            if code == Some(Code::Internal) {
                croupiers.remembered.set_apart(user);
            }
            answer
        }
    }
}

/// The answer as its game gave it to the croupier.
fn own<A: 'static>(answer: Box<dyn Any + Send>) -> Result<A> {
    let own = answer.downcast::<A>().map(|answer| *answer);
    own.map_err(|_| Error::Internal("an answer of another game".to_owned()))
}

impl<D, F, O, A> Bet for Arc<Hand<D, F, O, A>>
where
    D: Fn(&mut Draws) -> Dealt<O> + Send + Sync + 'static,
    F: Fn(O, Recorded) -> A + Send + Sync + 'static,
    O: Send + 'static,
    A: Serialize + Send + 'static,
{
    fn deal(&self, draws: &mut Draws) -> (Dealt<()>, Box<dyn Answer>) {
        let dealt = (self.deal)(draws);
        let answer = Decided {
            hand: self.clone(),
            outcome: dealt.outcome,
        };
        let dealt = Dealt {
            rules_version: dealt.rules_version,
            payout: dealt.payout,
            result: dealt.result,
            play: dealt.play,
            outcome: (),
        };
        (dealt, Box::new(answer))
    }
}

/// A hand whose outcome is known, to be answered once it is recorded.
struct Decided<D, F, O, A> {
    hand: Arc<Hand<D, F, O, A>>,
    outcome: O,
}

impl<D, F, O, A> Answer for Decided<D, F, O, A>
where
    D: Send + Sync,
    F: Fn(O, Recorded) -> A + Send + Sync,
    O: Send,
    A: Serialize + Send + 'static,
{
    fn answer(self: Box<Self>, recorded: Recorded, is_kept: bool) -> Result<Answered> {
        let answer = (self.hand.answer)(self.outcome, recorded);
        let json = is_kept.then(|| operations::json_of(&answer)).transpose()?;
        Ok(Answered {
            answer: Box::new(answer),
            json,
        })
    }
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
