//! Checks a hand from its seeds alone: what the browser and `verify-hands` both call.

use economy::{AccountId, Leg, Posting, Tokens};
use serde::{Deserialize, Serialize};

use crate::{ClientSeed, Draws, HandResult, Play, ServerSeed, slot};

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
    let payout = match &hand.play {
        Play::Slot { lines, outcome } => slot_payout(hand, *lines, outcome, &mut draws)?,
    };
    if hand.payout != payout || hand.result != HandResult::of(hand.stake, payout) {
        return Err(Fault::Payout);
    }
    if hand.transfers != owed(hand.member, hand.stake, payout) {
        return Err(Fault::Transfers);
    }
    Ok(())
}

/// What the stored spin pays, once the seeds have given it again.
fn slot_payout(
    hand: &Hand,
    lines: slot::Lines,
    stored: &slot::Outcome,
    draws: &mut Draws,
) -> Result<Tokens, Fault> {
    let tables = slot::Tables::of(hand.rules_version).ok_or(Fault::UnknownRules)?;
    let bet = slot::Bet::new(hand.stake, lines).map_err(|_| Fault::Bet)?;
    let outcome = tables.settle(bet, draws);
    if outcome == *stored {
        Ok(outcome.payout)
    } else {
        Err(Fault::Outcome)
    }
}

/// What the ledger moves for a hand, in order.
fn owed(member: AccountId, stake: Tokens, payout: Tokens) -> Vec<Movement> {
    // The hand's name is in the operation, which is not compared.
    Posting::hand("", member, stake, payout)
        .legs
        .into_iter()
        .map(Movement::from)
        .collect()
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
