//! Checking hands with the club's own rules, compiled into the page.

use std::collections::BTreeMap;

use games::{
    ClientSeed, ServerSeed,
    verify::{self, Fault, Hand, Trail},
};
use wire::{PairId, UserId, fairness::Round};

use super::promise::Promises;
use crate::i18n::{Locale, td_string};

/// What came of checking one hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Everything follows from the seeds.
    Good,
    /// Its server seed is still in use.
    Sealed,
    /// The seed that was revealed is no seed, or the client seed is none.
    Unreadable,
    /// This browser was promised another seed.
    BrokenPromise,
    /// The rules say otherwise.
    Fault(Fault),
}

impl Verdict {
    /// What is wrong, in words; nothing for a hand that is right or sealed.
    pub(super) fn fault_text(self, locale: Locale) -> Option<&'static str> {
        Some(match self {
            Self::Good | Self::Sealed => return None,
            Self::Unreadable => td_string!(locale, fault.seed),
            Self::BrokenPromise => td_string!(locale, fault.remembered),
            Self::Fault(Fault::Commitment) => td_string!(locale, fault.commitment),
            Self::Fault(Fault::UnknownRules) => td_string!(locale, fault.unknown_rules),
            Self::Fault(Fault::Bet) => td_string!(locale, fault.bet),
            Self::Fault(Fault::Outcome) => td_string!(locale, fault.outcome),
            Self::Fault(Fault::Payout) => td_string!(locale, fault.payout),
            Self::Fault(Fault::Transfers) => td_string!(locale, fault.transfers),
            Self::Fault(Fault::Continuity) => td_string!(locale, fault.continuity),
        })
    }
}

/// Checks one hand of a member: promise, outcome, payout, ledger.
pub(super) fn check(member: UserId, round: &Round, promises: &Promises) -> Verdict {
    let Some(server_seed) = &round.server_seed else {
        return Verdict::Sealed;
    };
    let (Some(seed), Ok(client_seed)) = (
        ServerSeed::from_hex(server_seed),
        ClientSeed::parse(round.client_seed.clone()),
    ) else {
        return Verdict::Unreadable;
    };
    let promised = promises.of(&round.pair_id);
    if promised.is_some_and(|promised| promised != round.server_seed_hash) {
        return Verdict::BrokenPromise;
    }
    let hand = Hand {
        member: member.account(),
        rules_version: round.rules_version,
        client_seed,
        nonce: round.nonce,
        stake: round.stake,
        payout: round.payout,
        result: round.result,
        play: round.play.clone(),
        transfers: round.transfers.clone(),
    };
    verify::check(&hand, &seed, &round.server_seed_hash)
        .map_or_else(Verdict::Fault, |()| Verdict::Good)
}

/// What was seen of all hands so far, for what one hand cannot tell: that none was left out, and that
/// each pull began where the one before ended.
pub(super) struct Seen {
    nonces: BTreeMap<PairId, Vec<i64>>,
    trail: Trail,
    promises: Promises,
}

impl Seen {
    /// Nothing yet.
    pub(super) fn nothing() -> Self {
        Self {
            nonces: BTreeMap::new(),
            trail: Trail::default(),
            promises: Promises::kept(),
        }
    }

    /// Checks the next hand of a member, oldest first.
    pub(super) fn check(&mut self, member: UserId, round: &Round) -> Verdict {
        self.nonces
            .entry(round.pair_id.clone())
            .or_default()
            .push(round.nonce);
        let continuity = self.trail.follow(&round.play);
        match (check(member, round, &self.promises), continuity) {
            (Verdict::Good, Err(fault)) => Verdict::Fault(fault),
            (verdict, _) => verdict,
        }
    }

    /// The first nonce of any pair that is missing or doubled; `played` says how many hands a pair
    /// had, where that is known.
    pub(super) fn gap(&mut self, played: impl Fn(&PairId) -> Option<i64>) -> Option<i64> {
        self.nonces.iter_mut().find_map(|(pair, nonces)| {
            nonces.sort_unstable();
            let seen = i64::try_from(nonces.len()).unwrap_or(i64::MAX);
            verify::first_gap(nonces, played(pair).unwrap_or(seen))
        })
    }
}
