//! One batch: loaded, decided, written.

use std::any::Any;

use economy::{Entry, Head, Posting, Timestamp, chain};
use progress::{Sheet, level};
use wire::{Code, PlaySessionId, UserId};

use super::store::{self, Kept, Place};
use super::{Answered, Ask, Outcome};
use crate::db::{Batch, Tx};
use crate::happened::{self, Happened};
use crate::operations::Operation;
use crate::play::store::sessions::close_idle;
use crate::play::{Recorded, Settled, admit, fact_of, idle_since, tell_metrics};
use crate::standing::expect_active;
use crate::wake::Changed;
use crate::{Result, ledger};

/// A hand that is decided: what is written of it, and what is answered.
pub(super) struct Decided<'a> {
    pub(super) ask: &'a Ask,
    /// Where the account stood, and where it stands then.
    pub(super) head: Head,
    pub(super) next: Head,
    pub(super) experience: i64,
    pub(super) entries: Vec<Entry>,
    /// The play session that it belongs to, and its number there.
    pub(super) session: PlaySessionId,
    pub(super) number: i64,
    /// Whether it begins that session.
    pub(super) begins: bool,
    /// The one that had gone idle and ends before.
    pub(super) ends: Option<PlaySessionId>,
    pub(super) settled: Settled,
    /// What has become of what listeners know.
    pub(super) sheet: Sheet,
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
    let free: Vec<&Ask> = asks
        .iter()
        .copied()
        .filter(|ask| locked.contains(&ask.user()))
        .collect();
    if free.is_empty() {
        let alone = asks.iter().map(|_| Ok(Outcome::Alone));
        return Ok((alone.collect(), Batch::default()));
    }
    let asked_at = tx.now();
    let mut places = store::places(tx, &free, asked_at).await?;
    // On SQLite the transaction began with that.
    tx.read_clock();
    let now = tx.now();
    if now.utc_day() != asked_at.utc_day() {
        // What was read counts for the day before.
        let alone = asks.iter().map(|_| Ok(Outcome::Alone));
        return Ok((alone.collect(), Batch::default()));
    }
    let mut outcomes = Vec::with_capacity(asks.len());
    let mut decided = Vec::new();
    for ask in asks.iter().copied() {
        let decision = match places.remove(&ask.user()) {
            Some(place) => decide(ask, place, happened, now)?,
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
    let last = write(tx, &decided).await?;
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

/// Decides one hand; a refusal is an answer and disturbs nobody.
fn decide<'a>(
    ask: &'a Ask,
    mut place: Place,
    happened: &Happened,
    now: Timestamp,
) -> Result<Decision<'a>> {
    let done = |outcome| Ok(Decision::Done(outcome));
    if let Err(refused) = expect_active(place.session, place.marks, now) {
        return done(Err(refused));
    }
    if let (Some(operation), Some(kept)) = (&ask.operation, place.kept.take()) {
        return done(again(operation, kept));
    }
    if let Err(refusal) = admit(&place.head, ask.stake) {
        return done(Err(refusal));
    }
    play(ask, place, happened, now)
}

/// What was answered before under the key, if it was for the same request.
fn again(operation: &Operation, kept: Kept) -> Result<Outcome> {
    if *operation.request_hash() != kept.request_hash {
        return Err(Code::IdempotencyMismatch.into());
    }
    Ok(Outcome::Kept(kept.answer))
}

/// Plays a hand whose stake is let through.
fn play<'a>(
    ask: &'a Ask,
    place: Place,
    happened: &Happened,
    now: Timestamp,
) -> Result<Decision<'a>> {
    let (dealt, answer) = ask.bet.deal(&mut place.draw.draws());
    let member = ask.user().account();
    let posting = Posting::hand(ask.hand.as_str(), member, ask.stake, dealt.payout);
    let (entries, next) = match chain::append(member, place.head, &posting, now) {
        Ok(appended) => appended,
        Err(refused) => return Ok(Decision::Done(Err(ledger::refusal(refused)))),
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
    let mut sheet = place.sheet;
    sheet.need.at = now;
    sheet.hear(&[fact_of(&settled)], happened.goals());
    let recorded = Recorded {
        hand: ask.hand.clone(),
        head: next,
        streak: sheet.of_game.streak,
    };
    let Answered { answer, json } = answer.answer(recorded, ask.operation.is_some())?;
    let (open, idle) = match place.sitting {
        Some(sitting) if sitting.last_hand_at <= idle_since(now) => (None, Some(sitting.id)),
        open => (open, None),
    };
    let begins = open.is_none();
    let (session, hands) = match open {
        Some(sitting) => (sitting.id, sitting.hands),
        None => (ask.session.clone(), 0),
    };
    let hand = Decided {
        ask,
        head: place.head,
        next,
        experience: level::experience_for(ask.stake),
        entries,
        session,
        number: hands + 1,
        begins,
        ends: idle,
        settled,
        sheet,
        json,
    };
    Ok(Decision::Plays(Box::new(hand), answer))
}

/// What writes all hands, with a fixed number of statements.
async fn write(tx: &mut Tx, decided: &[Decided<'_>]) -> Result<Batch> {
    let mut batch = Batch::default();
    if decided.is_empty() {
        return Ok(batch);
    }
    let now = tx.now();
    // By itself: on PostgreSQL one statement could begin a member's session before it ends the other.
    let idle: Vec<&PlaySessionId> = decided
        .iter()
        .filter_map(|hand| hand.ends.as_ref())
        .collect();
    if !idle.is_empty() {
        close_idle(tx, idle_since(now), &idle).await?;
    }
    store::put_begun(&mut batch, decided);
    store::put_hands(&mut batch, decided)?;
    store::put_entries(&mut batch, decided);
    store::put_operations(&mut batch, decided, now);
    store::put_heads(&mut batch, decided);
    store::put_nonces(&mut batch, decided);
    store::put_sessions(&mut batch, decided);
    let sheets: Vec<(UserId, &Sheet)> = decided
        .iter()
        .map(|hand| (hand.ask.user(), &hand.sheet))
        .collect();
    happened::put(&mut batch, tx, &sheets).await?;
    Ok(batch)
}
