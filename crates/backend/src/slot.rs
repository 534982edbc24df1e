//! The slot.

use economy::Tokens;
use games::slot::{self, BadBet, Bet, Lines};
use games::{Draws, HandResult, multiplier_hundredths};
use sqlx::AnyConnection;
use wire::slot::{SpinRequest, SpinResult};
use wire::{AppError, Code, UserId};

use crate::db::ScopedFutureExt;
use crate::limits::Limit;
use crate::operations::Operation;
use crate::play::{self, Recorded, Settled};
use crate::{Core, Device, IdempotencyKey, Result, fairness, ledger};

/// The slot.
#[derive(Clone)]
pub struct Slot {
    core: Core,
}

impl Slot {
    pub(crate) fn new(core: Core) -> Self {
        Self { core }
    }

    /// Plays one spin, once per key.
    ///
    /// # Errors
    /// `stake_too_small`, `stake_too_large`, `stake_uneven`, `bad_lines`, `insufficient_tokens`,
    /// `idempotency_mismatch`, `rate_limited`.
    pub async fn spin(
        &self,
        user: UserId,
        request: SpinRequest,
        key: Option<IdempotencyKey>,
        device: &Device,
    ) -> Result<SpinResult> {
        self.core
            .limits
            .check(Limit::Play, &user.to_string())
            .await?;
        let bet = parse(&request)?;
        let operation = &key
            .map(|key| Operation::new(user, "slot/spin", key, &request))
            .transpose()?;
        let core = &self.core;
        let spin = self.core.db.write(|tx| {
            async move {
                let head = ledger::lock(tx, user).await?;
                if let Some(operation) = operation
                    && let Some(answer) = operation.answered(tx).await?
                {
                    return Ok(answer);
                }
                if head.balance < bet.stake() {
                    return Err(Code::InsufficientTokens.into());
                }
                let (outcome, settled) = settle(tx, user, bet).await?;
                let recorded = play::record(tx, core, (user, device), head, settled).await?;
                let answer = answer(bet, outcome, recorded);
                count(bet, &answer);
                if let Some(operation) = operation {
                    operation.keep(tx, core, &answer).await?;
                }
                Ok(answer)
            }
            .scope_boxed()
        });
        spin.await
    }
}

fn parse(request: &SpinRequest) -> Result<Bet> {
    let lines =
        Lines::new(request.lines).map_err(|error| refused("lines", Code::BadLines, &error))?;
    let stake = Tokens::new(request.bet_amount).map_err(|error| {
        let code = if request.bet_amount < 0 {
            Code::StakeTooSmall
        } else {
            Code::StakeTooLarge
        };
        refused("bet_amount", code, &error)
    })?;
    let bet = Bet::new(stake, lines).map_err(|error| {
        let code = match error {
            BadBet::TooSmall => Code::StakeTooSmall,
            BadBet::TooLarge => Code::StakeTooLarge,
            BadBet::Uneven => Code::StakeUneven,
        };
        refused("bet_amount", code, &error)
    })?;
    Ok(bet)
}

/// A refusal with a code of its own that also names the field.
fn refused(field: &str, code: Code, error: &dyn std::error::Error) -> AppError {
    AppError {
        code,
        ..AppError::field(field, "range", &error.to_string())
    }
}

async fn settle(
    conn: &mut AnyConnection,
    user: UserId,
    bet: Bet,
) -> Result<(slot::Outcome, Settled)> {
    let draw = fairness::draw(conn, user).await?;
    let mut draws = Draws::new(&draw.server_seed, &draw.client_seed, draw.nonce);
    let outcome = slot::settle(bet, &mut draws);
    let settled = Settled {
        rules_version: slot::RULES_VERSION,
        stake: bet.stake(),
        payout: outcome.payout,
        result: HandResult::of(bet.stake(), outcome.payout),
        play: games::Play::Slot {
            lines: bet.lines(),
            outcome: outcome.clone(),
        },
        draw,
    };
    Ok((outcome, settled))
}

fn answer(bet: Bet, outcome: slot::Outcome, recorded: Recorded) -> SpinResult {
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

/// Hundredths as a JSON number with two decimals; exact far beyond any payout.
#[expect(
    clippy::cast_precision_loss,
    reason = "a multiplier is far below 2^53 hundredths"
)]
fn decimal(hundredths: i64) -> f64 {
    hundredths as f64 / 100.0
}

/// What `/metrics` tells. A transaction that runs again counts again; that is rare, and no ledger.
fn count(bet: Bet, answer: &SpinResult) {
    let tokens = |tokens: Tokens| u64::try_from(tokens.get()).unwrap_or_default();
    metrics::counter!("hands_total", "game" => "slot").increment(1);
    metrics::counter!("tokens_staked_total", "game" => "slot").increment(tokens(bet.stake()));
    metrics::counter!("tokens_paid_total", "game" => "slot").increment(tokens(answer.win_amount));
}
