//! How a round ended, and what the page does with it.

use games::crash::{End, Multiplier};
use leptos::prelude::*;
use wire::{
    GameId, HandId, Tokens,
    crash::{CashoutResult, PastRound},
    live::CrashEnded,
};

use super::{
    flight::{Flight, Phase, Running, multiplier},
    points::POINTS,
    remembered,
    sound::{self, Cue},
};

/// A round that has ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Ended {
    pub(super) game: GameId,
    pub(super) stake: Tokens,
    pub(super) end: End,
    /// Where the curve broke off, once it is known.
    pub(super) point: Option<Multiplier>,
    pub(super) win_amount: Tokens,
    pub(super) payout: Tokens,
}

impl Ended {
    /// A cash-out that was taken; where the curve broke off is told apart.
    pub(super) fn taken(round: &Running, result: &CashoutResult) -> Self {
        Self {
            game: round.game.clone(),
            stake: round.bet.stake(),
            end: end(&result.status, Some(result.cashed_out_at)),
            point: None,
            win_amount: result.win_amount,
            payout: result.payout,
        }
    }

    fn told(ended: &CrashEnded) -> Self {
        Self {
            game: ended.game_id.clone(),
            stake: ended.bet_amount,
            end: end(&ended.status, ended.cashed_out_at),
            point: Some(multiplier(ended.point)),
            win_amount: ended.win_amount,
            payout: ended.payout,
        }
    }

    /// Where the curve stands still on the page: where it was left, or where it broke off.
    pub(super) fn at(&self) -> Multiplier {
        let left = self.end.cashed_at().or(self.point);
        left.unwrap_or(Multiplier::ONE)
    }
}

fn end(status: &str, cashed_out_at: Option<f64>) -> End {
    match (status, cashed_out_at) {
        ("cashed", Some(at)) => End::Cashed { at: multiplier(at) },
        ("refunded", _) => End::Refunded,
        _ => End::Crashed,
    }
}

impl Flight {
    /// Takes in how a round ended, whoever told it and however often.
    pub(super) fn hear_end(self, told: &CrashEnded) {
        self.table.wallet.hear(told.balance, told.seq);
        let ended = Ended::told(told);
        if self.is_running(&ended.game) {
            self.table.streak.set(told.streak);
            self.land(ended);
        } else if self.shows_end_of(&ended.game) {
            self.ended.set(Some(ended));
        } else {
            // A round of another tab.
            self.record(&ended);
        }
        self.mark(told);
    }

    /// Brings the round that runs to its end.
    pub(super) fn land(self, ended: Ended) {
        self.phase.set(Phase::Idle);
        self.round.set(None);
        self.is_lost.set(false);
        self.shown.set(ended.at());
        self.record(&ended);
        remembered::forget();
        sound::play(self.table, Cue::of(&ended));
        self.ended.set(Some(ended));
    }

    /// Shows how a round ended that nobody watched.
    pub(super) fn show_end(self, told: &CrashEnded) {
        self.shown.set(Ended::told(told).at());
        self.ended.set(Some(Ended::told(told)));
        self.hear_end(told);
    }

    fn shows_end_of(self, game: &GameId) -> bool {
        let ended = self.ended.try_get_untracked().flatten();
        ended.is_some_and(|ended| ended.game == *game)
    }

    /// Puts it on top of the list of hands.
    fn record(self, ended: &Ended) {
        let hand = HandId(ended.game.0.clone());
        let is_listed = self
            .table
            .played
            .try_with_untracked(|played| played.iter().any(|other| other.hand_id == hand));
        if is_listed == Some(false) {
            self.table.remember(hand, ended.stake, ended.payout);
        }
    }

    /// Puts its point on the strip.
    fn mark(self, told: &CrashEnded) {
        let past = PastRound {
            game_id: told.game_id.clone(),
            point: told.point,
            cashed_out_at: told.cashed_out_at,
        };
        self.past.update(|all| {
            if all.iter().all(|other| other.game_id != past.game_id) {
                all.insert(0, past);
                all.truncate(POINTS);
            }
        });
    }
}
