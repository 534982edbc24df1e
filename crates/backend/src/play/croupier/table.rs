//! One batch: loaded, decided, written.

use std::any::Any;
use std::collections::HashMap;

use economy::chain::{self, Refusal};
use economy::{Entry, Head, Posting, Timestamp};
use progress::sheet::Need;
use progress::{Sheet, level};
use wire::{Code, PlaySessionId, UserId};

use super::store::{self, Kept, Place};
use super::{Answered, Ask, Outcome};
use crate::db::{Batch, Tx};
use crate::happened::{self, Happened};
use crate::play::{Recorded, Settled, admit, fact_of, idle_since, tell_metrics};
use crate::standing::expect_active;
use crate::wake::Changed;
use crate::{Error, Result, ledger};

/// A hand that is decided: what is written of it, and what is answered.
pub(super) struct Decided<'a> {
    pub(super) ask: &'a Ask,
    /// Where the account stood, and where it stands then.
    pub(super) head: Head,
    pub(super) next: Head,
    pub(super) experience: i64,
    pub(super) entries: Vec<Entry>,
    pub(super) session: PlaySessionId,
    /// Its number in the session.
    pub(super) number: i64,
    pub(super) settled: Settled,
    /// The answer, if it is kept.
    pub(super) json: Option<String>,
}

/// Settles hands of different members, in the order of their numbers, at least one; with what is to be
/// written then.
///
/// # Errors
/// When the database fails; then nothing is written.
pub(super) async fn settle(
    tx: &mut Tx,
    happened: &Happened,
    asks: &[&Ask],
) -> Result<(Vec<Result<Outcome>>, Batch)> {
    let users: Vec<UserId> = asks.iter().map(|ask| ask.user()).collect();
    let locked = ledger::lock_free(tx, &users).await?;
    let now = tx.now();
    let free: Vec<&Ask> = asks
        .iter()
        .copied()
        .filter(|ask| locked.contains(&ask.user()))
        .collect();
    if free.is_empty() {
        let alone = asks.iter().map(|_| Ok(Outcome::Alone));
        return Ok((alone.collect(), Batch::default()));
    }
    let mut places = store::places(tx, &free, idle_since(now)).await?;
    let kept = store::kept(tx, &free).await?;
    let wanted: Vec<(UserId, Need)> = free
        .iter()
        .map(|ask| (ask.user(), need_of(ask, now)))
        .collect();
    let sheets = happened::load(tx, &wanted).await?;
    let mut sheets: HashMap<UserId, Sheet> = sheets.into_iter().collect();
    let mut outcomes = Vec::with_capacity(asks.len());
    let mut decided = Vec::new();
    for ask in asks.iter().copied() {
        let place = places.remove(&ask.user());
        let sheet = sheets.get_mut(&ask.user());
        let decision = match place.zip(sheet) {
            Some((place, sheet)) => {
                decide(ask, place, kept.get(&ask.user()), sheet, happened, now)?
            }
            None => Decision::Done(Ok(Outcome::Alone)),
        };
        outcomes.push(match decision {
            Decision::Done(outcome) => outcome,
            Decision::Plays(hand, answer) => {
                decided.push(*hand);
                Ok(Outcome::Played(answer))
            }
        });
    }
    let last = write(tx, &decided, sheets).await?;
    for hand in &decided {
        tx.wake(hand.ask.user(), Changed::PLAYED);
        tell_metrics(tx, &hand.settled);
    }
    Ok((outcomes, last))
}

enum Decision<'a> {
    Done(Result<Outcome>),
    /// What is written, and what is answered then.
    Plays(Box<Decided<'a>>, Box<dyn Any + Send>),
}

fn need_of(ask: &Ask, now: Timestamp) -> Need {
    Need {
        game: ask.game,
        at: now,
    }
}

/// Decides one hand; a refusal is an answer and disturbs nobody.
fn decide<'a>(
    ask: &'a Ask,
    place: Place,
    kept: Option<&Kept>,
    sheet: &mut Sheet,
    happened: &Happened,
    now: Timestamp,
) -> Result<Decision<'a>> {
    if let Err(refused) = expect_active(place.session, place.marks, now) {
        return Ok(Decision::Done(Err(refused)));
    }
    if let (Some(operation), Some(kept)) = (&ask.operation, kept) {
        let is_same = *operation.request_hash() == kept.request_hash;
        return Ok(Decision::Done(if is_same {
            Ok(Outcome::Kept(kept.answer.clone()))
        } else {
            Err(Code::IdempotencyMismatch.into())
        }));
    }
    let Some((session, hands)) = place.play else {
        return Ok(Decision::Done(Ok(Outcome::Alone)));
    };
    if let Err(refusal) = admit(&place.head, ask.stake) {
        return Ok(Decision::Done(Err(refusal)));
    }
    let mut draws = place.draw.draws();
    let (dealt, answer) = ask.bet.deal(&mut draws);
    let member = ask.user().account();
    let posting = Posting::hand(ask.hand.as_str(), member, ask.stake, dealt.payout);
    let (entries, next) = match chain::append(member, place.head, &posting, now) {
        Ok(appended) => appended,
        Err(Refusal::Insufficient) => {
            return Ok(Decision::Done(Err(Code::InsufficientTokens.into())));
        }
        Err(Refusal::TooLarge) => return Ok(Decision::Done(Err(Code::BalanceTooLarge.into()))),
    };
    let settled = Settled {
        hand: ask.hand.clone(),
        at: now,
        begun_at: now,
        posting,
        rules_version: dealt.rules_version,
        stake: ask.stake,
        payout: dealt.payout,
        result: dealt.result,
        play: dealt.play,
        stream: place.draw.stream,
    };
    sheet.hear(&[fact_of(&settled)], happened.goals());
    let recorded = Recorded {
        hand: ask.hand.clone(),
        head: next,
        streak: sheet.of_game.streak,
    };
    let Answered { answer, json } = answer.answer(recorded, ask.operation.is_some())?;
    let hand = Decided {
        ask,
        head: place.head,
        next,
        experience: level::experience_for(ask.stake),
        entries,
        session,
        number: hands + 1,
        settled,
        json,
    };
    Ok(Decision::Plays(Box::new(hand), answer))
}

/// What writes all hands, with a fixed number of statements.
async fn write(
    tx: &mut Tx,
    decided: &[Decided<'_>],
    mut sheets: HashMap<UserId, Sheet>,
) -> Result<Batch> {
    let mut batch = Batch::default();
    if decided.is_empty() {
        return Ok(batch);
    }
    let now = tx.now();
    let of_hand = |hand: &Decided<'_>| {
        let sheet = sheets.remove(&hand.ask.user());
        let sheet = sheet.ok_or_else(|| Error::Internal("a hand without its sheet".to_owned()))?;
        Ok((hand.ask.user(), sheet))
    };
    let sheets: Vec<(UserId, Sheet)> = decided.iter().map(of_hand).collect::<Result<_>>()?;
    store::put_hands(&mut batch, decided)?;
    store::put_entries(&mut batch, decided);
    store::put_operations(&mut batch, decided, now);
    store::put_heads(&mut batch, decided);
    store::put_nonces(&mut batch, decided);
    store::put_sessions(&mut batch, decided);
    happened::put(&mut batch, tx, &sheets).await?;
    Ok(batch)
}
