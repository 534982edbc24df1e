//! Rock-paper-scissors.

use games::rps::{self, Bet, Outcome, Shape};
use games::{Draws, Game};
use wire::AppError;
use wire::rps::{ThrowRequest, ThrowResult};

use crate::limits::Limit;
use crate::play::croupier::Croupiers;
use crate::play::instant::{self, Dealt, Wager};
use crate::play::{self, Recorded};
use crate::turn::Request;
use crate::{Claimed, Core, Device, IdempotencyKey, Result};

/// Rock-paper-scissors.
#[derive(Clone)]
pub struct Rps {
    core: Core,
    croupiers: Croupiers,
}

impl Rps {
    pub(crate) const fn new(core: Core, croupiers: Croupiers) -> Self {
        Self { core, croupiers }
    }

    /// Plays one throw, once per key.
    ///
    /// # Errors
    /// `unauthenticated`, `banned`; `invalid` for an unknown choice; `stake_too_small`, `stake_too_large`,
    /// `insufficient_tokens`, `balance_too_large`, `idempotency_mismatch`, `rate_limited`;
    /// `in_progress` when it waited for too long, `unavailable` when too many wait.
    pub async fn play(
        &self,
        claimed: &Claimed,
        request: ThrowRequest,
        key: Option<IdempotencyKey>,
        device: &Device,
    ) -> Result<ThrowResult> {
        let bet = parse(&request)?;
        let asked = Request {
            user: claimed.user_id,
            operation: "rps/play",
            limit: Limit::Play,
            body: &request,
            key,
        };
        let deal = move |draws: &mut Draws| deal(bet, draws);
        let answer = move |outcome, recorded| answer(bet, outcome, recorded);
        let wager = Wager {
            game: Game::Rps,
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

fn parse(request: &ThrowRequest) -> Result<Bet> {
    let choice = Shape::parse(&request.choice)
        .ok_or_else(|| AppError::field("choice", "range", "choice is rock, paper or scissors"))?;
    let stake = play::stake(request.bet_amount)?;
    Ok(Bet::new(stake, choice).map_err(play::bad_stake)?)
}

fn deal(bet: Bet, draws: &mut Draws) -> Dealt<Outcome> {
    let outcome = rps::settle(bet, draws);
    Dealt {
        rules_version: rps::RULES_VERSION,
        payout: outcome.payout,
        result: outcome.verdict.result(),
        play: games::Play::Rps {
            choice: bet.choice(),
            outcome,
        },
        outcome,
    }
}

fn answer(bet: Bet, outcome: Outcome, recorded: Recorded) -> ThrowResult {
    ThrowResult {
        hand_id: recorded.hand,
        player_choice: bet.choice(),
        computer_choice: outcome.house,
        result: outcome.verdict,
        win_amount: outcome.payout,
        streak: recorded.streak,
        balance: recorded.head.balance,
        seq: recorded.head.seq,
    }
}
