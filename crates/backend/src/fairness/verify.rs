//! The house's own check of every hand, with the same rules that the browser has.

use std::collections::BTreeMap;
use std::fmt;

use games::verify::{self, Hand, Trail};
use games::{ClientSeed, ServerSeed};
use sqlx::AnyConnection;
use wire::fairness::Round;
use wire::{AppError, PairId, UserId};

use super::store::pairs::{self, SecretPair};
use super::store::rounds;
use crate::Result;

/// How many rows are in memory at once.
const BATCH: i64 = 500;

/// Hands that all check.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Pairs of seeds that were played with.
    pub pairs: i64,
    /// Hands checked.
    pub hands: i64,
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "every hand checks: {} hands of {} pairs",
            self.hands, self.pairs
        )
    }
}

/// The first hand that does not check.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// A hand is not what its seeds say.
    #[error("hands row {hand}: {fault}")]
    Hand {
        /// The hand.
        hand: String,
        /// What is wrong with it.
        fault: verify::Fault,
    },
    /// A nonce was used twice or never.
    #[error("seed_pairs row {pair}: nonce {nonce} is missing")]
    Gap {
        /// The pair.
        pair: String,
        /// The nonce.
        nonce: i64,
    },
    /// A pair counts other rounds as running than there are.
    #[error("seed_pairs row {pair}: running is {written}, {proved} rounds are")]
    Running {
        /// The pair.
        pair: String,
        /// What is written.
        written: i64,
        /// How many rounds run.
        proved: i64,
    },
}

/// The nonces of rounds that are not settled, by pair.
pub(crate) type Running = BTreeMap<PairId, Vec<i64>>;

/// Checks in a snapshot every hand of every pair, or of one member's, with the secrets that only the
/// house has yet.
pub(crate) async fn check(
    conn: &mut AnyConnection,
    user: Option<UserId>,
    running: &Running,
) -> Result<Result<Report, Fault>> {
    let mut report = Report::default();
    let mut after = (UserId(0), String::new());
    let mut trail = Trail::default();
    loop {
        let pairs = pairs::secrets(conn, user, (after.0, &after.1), BATCH).await?;
        if pairs.is_empty() {
            return Ok(Ok(report));
        }
        for pair in &pairs {
            if pair.user != after.0 {
                trail = Trail::default();
            }
            after = (pair.user, pair.id.0.clone());
            match check_pair(conn, pair, running, &mut trail).await? {
                Ok(hands) => report.hands += hands,
                Err(fault) => return Ok(Err(fault)),
            }
            report.pairs += 1;
        }
    }
}

/// Checks the hands of one pair, that they go on where the pair before ended, and that they and the
/// rounds still running fill its nonces.
async fn check_pair(
    conn: &mut AnyConnection,
    pair: &SecretPair,
    running: &Running,
    trail: &mut Trail,
) -> Result<Result<i64, Fault>> {
    let mut nonces = Vec::new();
    loop {
        let after = nonces.last().copied().unwrap_or(-1);
        let rounds = rounds::rounds_of_pair(conn, &pair.id, after, BATCH).await?;
        if rounds.is_empty() {
            break;
        }
        for round in &rounds {
            let checked = check_round(round, pair).and_then(|()| trail.follow(&round.play));
            if let Err(fault) = checked {
                return Ok(Err(Fault::Hand {
                    hand: round.hand_id.0.clone(),
                    fault,
                }));
            }
            nonces.push(round.nonce);
        }
    }
    let count = |nonces: &[i64]| i64::try_from(nonces.len()).unwrap_or(i64::MAX);
    let settled = count(&nonces);
    let running = running.get(&pair.id).map_or(&[][..], Vec::as_slice);
    if count(running) != pair.running {
        return Ok(Err(Fault::Running {
            pair: pair.id.0.clone(),
            written: pair.running,
            proved: count(running),
        }));
    }
    nonces.extend(running);
    nonces.sort_unstable();
    match verify::first_gap(&nonces, pair.nonce) {
        Some(nonce) => Ok(Err(Fault::Gap {
            pair: pair.id.0.clone(),
            nonce,
        })),
        None => Ok(Ok(settled)),
    }
}

fn check_round(round: &Round, pair: &SecretPair) -> Result<(), verify::Fault> {
    if round.member != pair.user.account() {
        return Err(verify::Fault::Transfers);
    }
    let hand = hand_of(round).map_err(|_| verify::Fault::Outcome)?;
    verify::check(&hand, &ServerSeed(pair.secret.0), &round.server_seed_hash)
}

fn hand_of(round: &Round) -> Result<Hand, AppError> {
    let client_seed = ClientSeed::parse(round.client_seed.clone())
        .map_err(|error| AppError::field("client_seed", "characters", &error.to_string()))?;
    Ok(Hand {
        member: round.member,
        rules_version: round.rules_version,
        client_seed,
        nonce: round.nonce,
        stake: round.stake,
        payout: round.payout,
        result: round.result,
        play: round.play.clone(),
        transfers: round.transfers.clone(),
    })
}
