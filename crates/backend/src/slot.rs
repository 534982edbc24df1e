//! The slot.

use games::slot::{self, BadBet, Bet, Lines, Outcome};
use games::{Draws, Game, HandResult, multiplier_hundredths};
use wire::Code;
use wire::slot::{SpinRequest, SpinResult};

use crate::limits::Limit;
use crate::play::croupier::Croupiers;
use crate::play::instant::{self, Dealt, Wager};
use crate::play::{self, Recorded, decimal, refused};
use crate::turn::Request;
use crate::{Claimed, Core, Device, IdempotencyKey, Result};

/// The slot.
#[derive(Clone)]
pub struct Slot {
    core: Core,
    croupiers: Croupiers,
}

impl Slot {
    pub(crate) const fn new(core: Core, croupiers: Croupiers) -> Self {
        Self { core, croupiers }
    }

    /// Plays one spin, once per key.
    ///
    /// # Errors
    /// `unauthenticated`, `banned`; `stake_too_small`, `stake_too_large`, `stake_uneven`, `bad_lines`,
    /// `insufficient_tokens`, `balance_too_large`, `idempotency_mismatch`, `rate_limited`;
    /// `in_progress` when it waited for too long, `unavailable` when too many wait.
    pub async fn spin(
        &self,
        claimed: &Claimed,
        request: SpinRequest,
        key: Option<IdempotencyKey>,
        device: &Device,
    ) -> Result<SpinResult> {
        let bet = parse(&request)?;
        let asked = Request {
            user: claimed.user_id,
            operation: "slot/spin",
            limit: Limit::Play,
            body: &request,
            key,
        };
        let deal = move |draws: &mut Draws| deal(bet, draws);
        let answer = move |outcome, recorded| answer(bet, outcome, recorded);
        let wager = Wager {
            game: Game::Slot,
            stake: bet.stake(),
        };
        let (core, croupiers) = (&self.core, &self.croupiers);
        instant::play(
            core,
            croupiers,
            (claimed, device),
            asked,
            wager,
            deal,
            answer,
        )
        .await
    }
}

fn parse(request: &SpinRequest) -> Result<Bet> {
    let lines =
        Lines::new(request.lines).map_err(|error| refused("lines", Code::BadLines, &error))?;
    let stake = play::stake(request.bet_amount)?;
    let bet = Bet::new(stake, lines).map_err(|error| match error {
        BadBet::Stake(error) => play::bad_stake(error),
        BadBet::Uneven => refused("bet_amount", Code::StakeUneven, &error),
    })?;
    Ok(bet)
}

fn deal(bet: Bet, draws: &mut Draws) -> Dealt<Outcome> {
    let outcome = slot::settle(bet, draws);
    Dealt {
        rules_version: slot::RULES_VERSION,
        payout: outcome.payout,
        result: HandResult::of(bet.stake(), outcome.payout),
        play: games::Play::Slot {
            lines: bet.lines(),
            outcome: outcome.clone(),
        },
        outcome,
    }
}

fn answer(bet: Bet, outcome: Outcome, recorded: Recorded) -> SpinResult {
    let animation = slot::animation(bet, &outcome);
    SpinResult {
        hand_id: recorded.hand,
        reels: outcome.spin.reels,
        win_lines: outcome.spin.win_lines,
        free_spins: outcome.free_spins,
        win_amount: outcome.payout,
        multiplier: decimal(multiplier_hundredths(bet.stake(), outcome.payout)),
        is_jackpot: outcome.is_jackpot,
        animation,
        streak: recorded.streak,
        balance: recorded.head.balance,
        seq: recorded.head.seq,
    }
}
