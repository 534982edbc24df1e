//! Checks a hand from its seeds alone: what the browser and `verify-hands` both call.

use economy::{AccountId, Leg, Posting, Tokens};
use serde::{Deserialize, Serialize};

use crate::{ClientSeed, Draws, HandResult, Play, ServerSeed, crash, gacha, rps, slot};

/// A transfer of the ledger as far as a hand's check needs it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Movement {
    /// The account that lost the tokens.
    pub debit: AccountId,
    /// The account that gained them.
    pub credit: AccountId,
    /// How many.
    pub amount: Tokens,
    /// Why; see [`economy::Kind::as_str`].
    pub kind: String,
}

impl From<Leg> for Movement {
    fn from(leg: Leg) -> Self {
        Self {
            debit: leg.debit,
            credit: leg.credit,
            amount: leg.amount,
            kind: leg.kind.as_str().to_owned(),
        }
    }
}

/// A stored hand with everything that a verifier needs but the server seed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hand {
    /// The member's account.
    pub member: AccountId,
    /// The rules it was played under.
    pub rules_version: i64,
    /// The client seed it was played with.
    pub client_seed: ClientSeed,
    /// Its place in the pair's stream, from 0.
    pub nonce: i64,
    /// What was staked.
    pub stake: Tokens,
    /// What was paid.
    pub payout: Tokens,
    /// How it was recorded.
    pub result: HandResult,
    /// What was played and what came of it.
    pub play: Play,
    /// What the ledger moved for it, in order.
    pub transfers: Vec<Movement>,
}

/// What is wrong with a hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    /// The revealed seed does not match the commitment shown before.
    #[error("the server seed does not match its commitment")]
    Commitment,
    /// The hand names rules that this build does not have.
    #[error("unknown rules version")]
    UnknownRules,
    /// The bet breaks the rules it was played under.
    #[error("the bet breaks the rules")]
    Bet,
    /// The seeds give another outcome.
    #[error("the seeds give another outcome")]
    Outcome,
    /// The outcome gives another payout or result.
    #[error("the outcome gives another payout")]
    Payout,
    /// The ledger moved something else.
    #[error("the ledger moved something else")]
    Transfers,
    /// A pull began where the one before did not end.
    #[error("the pulls before led elsewhere")]
    Continuity,
}

/// What an honest house records for a hand that the seeds have given again.
struct Due {
    payout: Tokens,
    result: HandResult,
    posting: Vec<Posting>,
}

/// Checks one hand: commitment, outcome from seeds, payout from outcome, transfers from payout.
///
/// # Errors
/// The first [`Fault`] found.
pub fn check(hand: &Hand, server_seed: &ServerSeed, commitment: &str) -> Result<(), Fault> {
    if server_seed.commitment() != commitment {
        return Err(Fault::Commitment);
    }
    let mut draws = Draws::new(server_seed, &hand.client_seed, hand.nonce);
    let due = match &hand.play {
        Play::Slot { lines, outcome } => slot(hand, *lines, outcome, &mut draws),
        Play::Rps { choice, outcome } => rps(hand, *choice, outcome, &mut draws),
        Play::Gacha { before, outcome } => gacha(hand, before, outcome, &mut draws),
        Play::Crash(played) => crash(hand, played, &mut draws),
    }?;
    if hand.payout != due.payout || hand.result != due.result {
        return Err(Fault::Payout);
    }
    let legs = due.posting.into_iter().flat_map(|posting| posting.legs);
    if !legs.map(Movement::from).eq(hand.transfers.iter().cloned()) {
        return Err(Fault::Transfers);
    }
    Ok(())
}

/// Follows a member through all their hands, for what a hand cannot tell by itself: that the pity
/// and the last results, which the odds of a pull depend on, are those that the pulls before led to.
#[derive(Clone, Debug)]
pub struct Trail {
    gacha: gacha::State,
}

impl Default for Trail {
    fn default() -> Self {
        Self {
            gacha: gacha::State::fresh(),
        }
    }
}

impl Trail {
    /// Takes the next hand; they come in the order in which they were played, from the first on.
    ///
    /// # Errors
    /// [`Fault::Continuity`]; the trail goes on from where that hand ended.
    pub fn follow(&mut self, play: &Play) -> Result<(), Fault> {
        let Play::Gacha { before, outcome } = play else {
            return Ok(());
        };
        let led_to = std::mem::replace(&mut self.gacha, outcome.after.clone());
        if led_to == *before {
            Ok(())
        } else {
            Err(Fault::Continuity)
        }
    }
}

fn same<T: PartialEq>(given: &T, stored: &T) -> Result<(), Fault> {
    if given == stored {
        Ok(())
    } else {
        Err(Fault::Outcome)
    }
}

/// A hand whose stake and payout are both tokens, and which settled at once.
fn paid(hand: &Hand, payout: Tokens) -> Due {
    // The hand's name is in the operation, which is not compared.
    Due {
        payout,
        result: HandResult::of(hand.stake, payout),
        posting: vec![Posting::hand("", hand.member, hand.stake, payout)],
    }
}

fn slot(
    hand: &Hand,
    lines: slot::Lines,
    stored: &slot::Outcome,
    draws: &mut Draws,
) -> Result<Due, Fault> {
    let tables = slot::Tables::of(hand.rules_version).ok_or(Fault::UnknownRules)?;
    let bet = slot::Bet::new(hand.stake, lines).map_err(|_| Fault::Bet)?;
    let outcome = tables.settle(bet, draws);
    same(&outcome, stored)?;
    Ok(paid(hand, outcome.payout))
}

fn rps(
    hand: &Hand,
    choice: rps::Shape,
    stored: &rps::Outcome,
    draws: &mut Draws,
) -> Result<Due, Fault> {
    known(hand, rps::RULES_VERSION)?;
    let bet = rps::Bet::new(hand.stake, choice).map_err(|_| Fault::Bet)?;
    let outcome = rps::settle(bet, draws);
    same(&outcome, stored)?;
    Ok(paid(hand, outcome.payout))
}

/// Items are what a round of pulls pays; its stake is what it costs.
fn gacha(
    hand: &Hand,
    before: &gacha::State,
    stored: &gacha::Outcome,
    draws: &mut Draws,
) -> Result<Due, Fault> {
    let tables = gacha::Tables::of(hand.rules_version).ok_or(Fault::UnknownRules)?;
    let pulls = i64::try_from(stored.pulls.len()).unwrap_or(i64::MAX);
    let count = gacha::PullCount::new(pulls).map_err(|_| Fault::Bet)?;
    if hand.stake != tables.cost(count) {
        return Err(Fault::Bet);
    }
    same(&tables.settle(count, before, draws), stored)?;
    Ok(Due {
        result: HandResult::Bonus,
        ..paid(hand, Tokens::ZERO)
    })
}

/// The stake goes into escrow at the bet; the end of the round takes it out.
fn crash(hand: &Hand, stored: &crash::Played, draws: &mut Draws) -> Result<Due, Fault> {
    known(hand, crash::RULES_VERSION)?;
    let bet = crash::Bet::new(hand.stake, stored.auto).map_err(|_| Fault::Bet)?;
    let played = stored.replay(bet, draws).map_err(|_| Fault::Outcome)?;
    same(&played, stored)?;
    let payout = played.outcome.payout;
    Ok(Due {
        payout,
        result: HandResult::of(hand.stake, payout),
        posting: vec![
            Posting::crash_bet("", hand.member, hand.stake),
            Posting::crash_end("", hand.member, hand.stake, payout),
        ],
    })
}

fn known(hand: &Hand, version: i64) -> Result<(), Fault> {
    if hand.rules_version == version {
        Ok(())
    } else {
        Err(Fault::UnknownRules)
    }
}

/// The first nonce that keeps `nonces` from being exactly 0 to `played` - 1: missing, doubled,
/// or beyond what was played. `nonces` is in ascending order.
#[must_use]
pub fn first_gap(nonces: &[i64], played: i64) -> Option<i64> {
    let mut next = 0_i64;
    for &nonce in nonces {
        if nonce != next {
            // Below what is due it is doubled; above, what is due is missing.
            return Some(nonce.min(next));
        }
        if nonce >= played {
            return Some(nonce);
        }
        next = next.saturating_add(1);
    }
    (next < played).then_some(next)
}
