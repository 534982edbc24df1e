//! Checking hands with the club's own rules, compiled into the page.

use std::collections::BTreeMap;

use games::{
    ClientSeed, ServerSeed,
    verify::{self, Fault, Hand},
};
use wire::{PairId, UserId, fairness::Round};

use super::promise;
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
        })
    }
}

/// Checks one hand of a member: promise, outcome, payout, ledger.
pub(super) fn check(member: UserId, round: &Round) -> Verdict {
    let Some(server_seed) = &round.server_seed else {
        return Verdict::Sealed;
    };
    let (Some(seed), Ok(client_seed)) = (
        ServerSeed::from_hex(server_seed),
        ClientSeed::parse(round.client_seed.clone()),
    ) else {
        return Verdict::Unreadable;
    };
    if promise::remembered(&round.pair_id)
        .is_some_and(|promised| promised != round.server_seed_hash)
    {
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

/// The nonces seen of each pair, for finding what was left out.
#[derive(Default)]
pub(super) struct Nonces(BTreeMap<PairId, Vec<i64>>);

impl Nonces {
    pub(super) fn see(&mut self, round: &Round) {
        self.0
            .entry(round.pair_id.clone())
            .or_default()
            .push(round.nonce);
    }

    /// The first nonce of any pair that is missing or doubled; `played` says how many hands a pair
    /// had, where that is known.
    pub(super) fn gap(&mut self, played: impl Fn(&PairId) -> Option<i64>) -> Option<i64> {
        self.0.iter_mut().find_map(|(pair, nonces)| {
            nonces.sort_unstable();
            let seen = i64::try_from(nonces.len()).unwrap_or(i64::MAX);
            verify::first_gap(nonces, played(pair).unwrap_or(seen))
        })
    }
}
